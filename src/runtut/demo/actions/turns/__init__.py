"""What the people do next at an open task: first whatever the step needs beforehand, one move at a time, then
the act that ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from runtut.cases.actions import complete_task, mark_notices_read, return_task
from runtut.cases.enums import TaskState
from runtut.cases.models import Task
from runtut.demo.actions.desk import Answers, Move, Turn
from runtut.demo.actions.turns import evaluating, figures, meetings, papers, plans, sections
from runtut.demo.queries import words
from runtut.organisations.models import Authority

Ahead = Callable[[Turn], Move | None]
Told = Callable[[Turn, Authority, datetime], Answers]

AHEAD: dict[tuple[str, str], Ahead] = {
    ("collect", ""): figures.spending_entered,
    ("collect", "measurement_form"): figures.spending_entered,
    ("collect", "realisation"): figures.figure_entered,
    ("prepare", "data_compilation"): figures.own_figure_entered,
    ("collect", "section_analysis"): sections.part_handed_in,
    ("collect", "section_material"): sections.part_handed_in,
    ("meet", ""): meetings.meeting_held,
    ("follow_up", "monitoring"): meetings.item_moved,
    ("disposisi", "nota_umum"): papers.note_written,
    ("disposisi", "nota_permintaan"): papers.note_written,
    ("prepare", "nota_permintaan"): papers.note_written,
    ("prepare", "typing"): papers.note_written,
    ("prepare", "rkt"): plans.plan_drawn,
    ("prepare", "instrument"): evaluating.instrument_made,
    ("collect", "instrument"): evaluating.instrument_answered,
    ("distribute", "agenda"): papers.paper_sent,
    ("register", "outgoing"): papers.paper_sent,
}
"""What comes before the act itself, by work and topic: the next of it, None once nothing is left."""

TOLD: dict[tuple[str, str], Told] = {
    ("disposisi", ""): papers.instructed,
    ("disposisi", "nota_umum"): papers.instructed,
    ("disposisi", "nota_permintaan"): papers.instructed,
    ("disposisi", "undangan"): meetings.invited,
    ("collect", ""): papers.said,
    ("collect", "section_analysis"): sections.gone_on_without,
    ("collect", "section_material"): sections.gone_on_without,
    ("collect", "instrument"): evaluating.gone_on_without,
    ("prepare", "measurement"): figures.analysed,
    ("prepare", "ekt"): plans.year_explained,
    ("prepare", "instrument_report"): evaluating.advised,
    ("follow_up", "monitoring"): meetings.explained,
    ("review", ""): papers.examined,
    ("sign", ""): papers.signed,
    ("sign", "rkt"): papers.signed,
    ("record", "realisation"): papers.recorded,
    ("record", "evaluation"): papers.recorded,
    ("archive", ""): papers.recorded,
    ("distribute", "agenda"): papers.sent,
    ("register", "outgoing"): papers.sent,
}
"""What is said when the step is completed, by work and topic; nothing where everything is proposed."""


def next_move(turn: Turn) -> Move:
    """Return what happens next at an open task."""
    ahead = AHEAD.get(turn.kind)
    first = ahead(turn) if ahead else None
    if first is not None:
        return first
    objection = objection_at(turn)
    if objection is not None:
        return turn.move(turn.after(1), partial(send_back, turn, *objection))
    return turn.move(turn.after(1), partial(complete, turn))


def objection_at(turn: Turn) -> tuple[int, str] | None:
    """Return where the step sends the run back to, and why; None where it is content, or was sent back
    once."""
    known = words()["returns"].get(f"{turn.planned.sop}.{turn.step.no}")
    if known is None or turn.lot("objects") >= known["share"]:
        return None
    before = Task.objects.filter(case=turn.case, step_no=turn.step.no, state=TaskState.RETURNED)
    if before.exists():
        return None
    return known["to"], turn.say(known["why"])


def send_back(turn: Turn, target: int, reason: str, authority: Authority, at: datetime) -> None:
    return_task(
        task_uid=turn.task.uid,
        case_version=0,
        target_no=target,
        reason=reason,
        key=None,
        authority=authority,
        at=at,
    )
    seen(turn, authority, at)


def complete(turn: Turn, authority: Authority, at: datetime) -> None:
    told = TOLD.get(turn.kind)
    complete_task(
        task_uid=turn.task.uid,
        case_version=0,
        data=told(turn, authority, at) if told else {},
        key=None,
        authority=authority,
        at=at,
    )
    seen(turn, authority, at)


def seen(turn: Turn, authority: Authority, at: datetime) -> None:
    """Whoever has done a step has read what told of it."""
    assert authority.user_id is not None, "whoever acts is somebody"
    mark_notices_read(user_id=authority.user_id, at=at)
