"""Who is asked to answer an instrument, who has, and what waits for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch

from runtut.cases.enums import NoticeAbout, TaskState
from runtut.cases.models import Task, TaskParticipant
from runtut.cases.registry import Ask
from runtut.evaluation.enums import InstrumentState, ResponseState
from runtut.evaluation.models import AnswerFile, Instrument, Response
from runtut.evaluation.queries.instrument import INSTRUMENT, task_for
from runtut.evaluation.rules import RESPONDENTS
from runtut.organisations.models import Position
from runtut.organisations.queries import holders_of
from runtut.procedures.enums import Work
from runtut.procedures.models import Step


@dataclass(frozen=True)
class Collecting:
    """The step in which an instrument is answered. `is_open` tells whether answers are taken now."""

    instrument: Instrument
    task: Task
    is_open: bool


@dataclass(frozen=True)
class RespondentStatus:
    """One respondent: who acts for the position, and how far the answers are."""

    position: Position
    holder: str
    response: Response | None

    @property
    def has_answered(self) -> bool:
        return self.response is not None and self.response.is_submitted

    @property
    def has_begun(self) -> bool:
        """A row that only holds reminders counts as nothing."""
        return self.response is not None and self.response.version > 0


def collecting_of(instrument: Instrument) -> Collecting | None:
    """Return the step that collects the answers, None before it has been opened (two queries)."""
    task = task_for(instrument.case, Work.COLLECT)
    if task is None:
        return None
    is_open = task.state == TaskState.OPEN and instrument.state == InstrumentState.IN_USE
    return Collecting(instrument, task, is_open)


def respondents_of(collecting: Collecting) -> list[Position]:
    """Return the positions that answer: of those that take part in the step, whoever leads something; all
    that take part when none does (two queries)."""
    taking_part = TaskParticipant.objects.filter(task=collecting.task).values_list("position", flat=True)
    found = Position.objects.filter(pk__in=list(taking_part)).select_related("unit")
    return chosen(found.order_by("unit__path", "sequence", "pk"))


def chosen(positions: Iterable[Position]) -> list[Position]:
    everybody = list(positions)
    return [one for one in everybody if one.role in RESPONDENTS] or everybody


def respondent_matrix(*, collecting: Collecting, on: date) -> list[RespondentStatus]:
    """Return one entry per respondent (a constant number of queries)."""
    positions = respondents_of(collecting)
    given = {one.position_id: one for one in Response.objects.filter(instrument=collecting.instrument)}
    holders = holders_of(position_ids=[one.pk for one in positions], on=on)
    return [
        RespondentStatus(one, ", ".join(holder.label for holder in holders[one.pk]), given.get(one.pk))
        for one in positions
    ]


def answer_ask(instrument: Instrument, position: Position) -> Ask:
    """Return what an instrument asks of a respondent, for those who are told of it."""
    path = f"/instrumen/{instrument.uid}/isi/?jabatan={position.uid}"
    return Ask(position.pk, NoticeAbout.INSTRUMENT, instrument.title, path)


def response_of(instrument: Instrument, position: Position) -> Response | None:
    """Return what a position has answered so far, with answers and standing files (three queries)."""
    standing = AnswerFile.objects.filter(removed_at__isnull=True).select_related("file").order_by("id")
    return (
        Response.objects.filter(instrument=instrument, position=position)
        .prefetch_related("answers", Prefetch("files", queryset=standing))
        .first()
    )


def owed_answers(*, position_ids: Collection[int]) -> list[tuple[Instrument, Position, Task]]:
    """Return the instruments that wait for the answers of these positions, the most urgent first (a constant
    number of queries)."""
    if not position_ids:
        return []
    asks = Step.objects.filter(
        version=OuterRef("case__procedure_version"),
        no=OuterRef("step_no"),
        work=Work.COLLECT,
        topic=INSTRUMENT,
    )
    everybody = TaskParticipant.objects.select_related("position__unit").order_by("id")
    tasks = (
        Task.objects.filter(Exists(asks), state=TaskState.OPEN, participants__position__in=list(position_ids))
        .prefetch_related(Prefetch("participants", queryset=everybody))
        .order_by("due_at", "id")
        .distinct()
    )
    waiting = list(tasks)
    if not waiting:
        return []
    used = {
        one.case_id: one
        for one in Instrument.objects.filter(
            case__in=[task.case_id for task in waiting], state=InstrumentState.IN_USE
        ).select_related("case__unit")
    }
    given = set(
        Response.objects.filter(
            instrument__in=[one.pk for one in used.values()], state=ResponseState.SUBMITTED
        ).values_list("instrument_id", "position_id")
    )
    return [
        (used[task.case_id], position, task)
        for task in waiting
        if task.case_id in used
        for position in chosen(one.position for one in task.participants.all())
        if position.pk in position_ids and (used[task.case_id].pk, position.pk) not in given
    ]
