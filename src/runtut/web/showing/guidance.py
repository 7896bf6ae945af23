"""What a task's sheet tells a person who has never seen it: with whom, what comes next, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from runtut.cases.enums import EventKind
from runtut.cases.models import Task
from runtut.cases.queries import AttemptView, RunView, Seat, StepView
from runtut.procedures.enums import TimeUnit
from runtut.procedures.graph import StepNode
from runtut.web.showing.runs import who_of

SHOWN_NAMES: Final = 6
GIVING: Final = frozenset({EventKind.STARTED, EventKind.COMPLETED, EventKind.RETURNED})


@dataclass(frozen=True)
class Guidance:
    """`together` take part in the step; `colleagues` could do it as well as the reader; `after` and `ask` are
    sentences, empty when there is nothing to say."""

    together: tuple[Seat, ...]
    colleagues: tuple[str, ...]
    after: str
    ask: str


def guidance_for(view: RunView, task: Task, user_id: int) -> Guidance:
    """Read everything from the run as its page has it; no query."""
    own = attempt_of(view, task)
    colleagues = tuple(one.label for one in own.seat.holders if one.user_id != user_id)
    return Guidance(own.participants, colleagues, after(view, task, own), ask(view, task, user_id))


def attempt_of(view: RunView, task: Task) -> AttemptView:
    return next(one for step in view.steps for one in step.attempts if one.uid == task.uid)


def after(view: RunView, task: Task, own: AttemptView) -> str:
    """ "Langkah 6: Paraf Sekcam, oleh Sekcam · Rina Wahyuni, paling lama 1 hari kerja."""
    others = [one.seat.position.short_title for one in view.current if one.uid != own.uid]
    following = next((one for one in view.steps if one.step.no > task.step_no), None)
    if following is None:
        return "Ini langkah terakhir. Sesudah itu kerja ini selesai."
    what = f"langkah {following.step.no}, {following.step.label}, oleh {named(following)}"
    when = f"paling lama {standard(following.step)}"
    if others:
        return f"Bila {listed(others)} juga sudah selesai: {what}, {when}."
    return f"{what[0].upper()}{what[1:]}, {when}."


def named(view: StepView) -> str:
    """Who does a step, with the name where it is one person."""
    seats = [seat for seat in view.seats if seat.holders]
    names = ", ".join(holder.label for holder in seats[0].holders) if len(seats) == 1 else ""
    return f"{who_of(view)} · {names}" if names and view.step.mode != "each" else who_of(view)


def standard(step: StepNode) -> str:
    """ "3 hari kerja", "5 menit"."""
    unit = TimeUnit(step.rule_unit)
    words = f"{step.rule_value.normalize():f} {unit.label}".replace(".", ",")
    return f"{words} kerja" if unit == TimeUnit.DAY else words


def listed(names: Iterable[str]) -> str:
    shown = list(dict.fromkeys(names))
    if len(shown) > SHOWN_NAMES:
        return f"{len(shown)} pejabat lain"
    return ", ".join(shown)


def ask(view: RunView, task: Task, user_id: int) -> str:
    """Whoever handed the run on to this step. Where several did, or the reader alone, whoever gave it to
    them: the nearest step back that one other person has done, or the start of the run."""
    giving = (one for one in view.history if one.kind in GIVING and one.step_no != task.step_no)
    for _, same in groupby(giving, key=attrgetter("step_no")):
        givers = {one.user_id: one.who for one in same if one.user_id}
        if len(givers) == 1 and user_id not in givers:
            return next(iter(givers.values()))
    return ""
