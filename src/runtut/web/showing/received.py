"""The instruction that a task follows from: whose disposisi, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from runtut.cases.models import Task
from runtut.cases.queries import AttemptView, EventLine, RunView, StepView
from runtut.procedures.enums import Work


@dataclass(frozen=True)
class Order:
    """A disposisi as its receiver reads it."""

    who: str
    at: datetime
    instruction: str
    note: str
    taken_over: str = ""
    """From what the step was taken over; then `who` took it over and gave no order."""


def order_for(view: RunView, task: Task) -> Order | None:
    """Return what the step before, a disposisi, has handed to a task; None after other work. No query."""
    before = next((one for one in view.steps if one.step.no == task.step_no - 1), None)
    if before is None or before.step.work != Work.DISPOSISI:
        return None
    given = [one for one in before.attempts if one.completed_at and one.completed_at <= task.opened_at]
    output = given[-1].outputs[0] if given and given[-1].outputs else None
    if output is None:
        return None
    link = output.disposisi
    if link:
        who = f"{link.from_position.short_title} · {link.acting} {link.given_by.full_name}".replace("  ", " ")
        return Order(who, link.given_at, link.instruction, link.note)
    instruction, _, note = output.text.partition("\n")
    source = taken_over_from(view, before.step.no, given[-1])
    if source is not None:
        return Order(source.who, output.created_at, instruction, note, source.taken_over)
    who = f"{given[-1].seat.position.short_title} · {given[-1].who}"
    return Order(who, output.created_at, instruction, note)


def taken_over_from(view: RunView, step_no: int, attempt: AttemptView) -> EventLine | None:
    """Return the act by which an attempt at a step was taken over instead of done, None where somebody did
    it, as in a later round."""
    same = (one for one in view.history if one.taken_over and one.step_no == step_no)
    return next((one for one in same if one.at == attempt.completed_at), None)


def is_taken_over(view: RunView, step: StepView) -> bool:
    """Tell whether nobody has done a step in this run: all that is done of it was there before."""
    done = [one for one in step.attempts if one.completed_at]
    return bool(done) and all(taken_over_from(view, step.step.no, one) for one in done)
