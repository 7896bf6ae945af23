"""Figures that a quarter still waits for: who owes what, and where it is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from runtut.cases.enums import StepState, TaskState
from runtut.cases.models import Case, Task
from runtut.cases.queries import RunView, StepView, step_of
from runtut.core.errors import DomainError
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.performance.actions import submit_realisations
from runtut.performance.models import Indicator
from runtut.performance.queries import OwnerStatus, completeness
from runtut.performance.rules import collects_in
from runtut.procedures.enums import Work
from runtut.web.frame.addresses import run_address
from runtut.web.frame.authority import authorities, moment, today

COLLECTING: Final = (Work.COLLECT, "realisation")
TAKING: Final = ((Work.PREPARE, "measurement"), (Work.PREPARE, "data_compilation"))
"""Steps that compose a paper of figures which their owners have handed over."""
GATHERING: Final = (Work.COLLECT, "data_compilation")
VALIDATING: Final = (Work.PREPARE, "validation")
CONTROLS: Final = {"value_text": "nilai", "evidence": "bukti", "cause": "sebab"}


@dataclass(frozen=True)
class OwnerLine:
    """An owner of figures as the reader sees it. `authority` lets the reader hand over for it from here;
    `task_url` is the step of a run where it is done instead."""

    owner: OwnerStatus
    authority: Authority | None = None
    task_url: str = ""

    @property
    def can_hand_over(self) -> bool:
        return self.authority is not None and not self.task_url and not self.owner.is_complete


def owner_lines(
    request: HttpRequest, office: OrganisationUnit, quarter: Quarter, tasks: Sequence[Task]
) -> list[OwnerLine]:
    """Who owes what, with what the reader can do about it; `tasks` as from tasks_of_quarter. Six queries."""
    owners = completeness(unit=office, quarter=quarter, on=today(request))
    addresses = {
        task.position_id: run_address(task.case.uid) for task in tasks if kind_of(task) == COLLECTING
    }
    return [
        OwnerLine(owner, speaker_for(request, owner, office), addresses.get(owner.position.pk, ""))
        for owner in owners
    ]


def tasks_of_quarter(office: OrganisationUnit, quarter: Quarter) -> list[Task]:
    """The open tasks of the runs about a quarter of an office, with run and SOP. One query."""
    tasks = Task.objects.filter(
        unit=office, state=TaskState.OPEN, case__year=quarter.year, case__quarter=quarter.number
    )
    return list(tasks.select_related("case__procedure_version").order_by("due_at", "id"))


def kind_of(task: Task) -> tuple[str, str]:
    step = step_of(task)
    return step.work, step.topic


@dataclass(frozen=True)
class OwnTask:
    """A task of the reader for which figures are typed on this page, and the way back to it."""

    run: str
    url: str
    no: int
    label: str


def own_tasks(request: HttpRequest, tasks: Sequence[Task]) -> list[OwnTask]:
    """Which of the open tasks are the reader's own."""
    positions = {one.position_id for one in authorities(request) if one.position_id}
    return [
        OwnTask(task.case.title, run_address(task.case.uid), task.step_no, step_of(task).label)
        for task in tasks
        if task.position_id in positions
    ]


def speaker_for(request: HttpRequest, owner: OwnerStatus, office: OrganisationUnit) -> Authority | None:
    """The reader's authority to hand over for an owner: the position itself; for a vacant one, whoever
    collects the office's figures."""
    mine = authorities(request)
    own = next((one for one in mine if one.position_id == owner.position.pk), None)
    if own or owner.holder:
        return own
    return next((one for one in mine if collects_in(one, office)), None)


def hand_over_figures(
    request: HttpRequest, line: OwnerLine, office: OrganisationUnit, quarter: Quarter
) -> list[tuple[str, str]]:
    """Hand over what an owner owes; return what stands in the way, with the control it speaks of."""
    assert line.authority is not None
    try:
        submit_realisations(
            position=line.owner.position,
            unit=office,
            quarter=quarter,
            authority=line.authority,
            at=moment(request),
        )
    except DomainError as refusal:
        return [(refusal.sentence, control_of(refusal.field or ""))]
    return []


def control_of(field: str) -> str:
    """The id of the grid's control for a field such as "evidence:<uid of indicator>"."""
    name, _, key = field.partition(":")
    return f"{CONTROLS[name]}-{key}" if key and name in CONTROLS else ""


@dataclass(frozen=True)
class Owed:
    """What a run still waits for from owners whom none of its steps asks. `mine` are the reader's own;
    `otherwise` says what happens to figures that their owners do not hand over."""

    quarter: Quarter
    lines: tuple[OwnerStatus, ...]
    mine: tuple[OwnerStatus, ...]
    url: str
    otherwise: str


def owed_to(request: HttpRequest, view: RunView) -> Owed | None:
    """Return which figures a paper of a run waits for and no step asks for; None when that is no
    matter of this reader now. Owners whom the run asks in a step of its own are told there."""
    case, positions = view.case, {one.position_id for one in authorities(request) if one.position_id}
    if case.quarter is None or not view.current or not waits_for_figures(view):
        return None
    own = Indicator.objects.filter(unit=case.unit, owner__in=positions)
    if not is_time_to_tell(view) and not own.exists():
        return None
    quarter = Quarter(case.year, case.quarter)
    owners = completeness(unit=case.unit, quarter=quarter, on=today(request))
    asked = asked_positions(view)
    lines = tuple(one for one in owners if not one.is_complete and one.position.pk not in asked)
    mine = tuple(one for one in lines if one.position.pk in positions)
    shown = lines if is_time_to_tell(view) else mine
    return Owed(quarter, shown, mine, grid_address(case, quarter), otherwise(view)) if shown else None


def otherwise(view: RunView) -> str:
    """What the SOP does with figures that their owners have not handed over: who gathers may type them in
    their place, and who validates hands all of them over; without such steps the document waits."""
    handing = still_ahead(view, VALIDATING)
    if handing is None:
        return "Sebelum itu dokumen belum dapat diteruskan."
    gathering = still_ahead(view, GATHERING)
    filled = (
        f"diisi {seat_of(gathering)} pada langkah {gathering.step.no} untuk pemiliknya, lalu "
        if gathering
        else ""
    )
    return (
        f"Angka yang sampai saat itu belum diajukan {filled}diajukan {seat_of(handing)} pada langkah "
        f"{handing.step.no}; layar dan dokumennya menyebut siapa yang mengisi."
    )


def still_ahead(view: RunView, kind: tuple[str, str]) -> StepView | None:
    """The first step of a kind that is not over."""
    return next((one for one in of_kind(view, kind) if not one.state.is_past), None)


def seat_of(one: StepView) -> str:
    return one.seats[0].position.short_title if one.seats else "pelaksana"


def of_kind(view: RunView, kind: tuple[str, str]) -> list[StepView]:
    return [one for one in view.steps if (one.step.work, one.step.topic) == kind]


def waits_for_figures(view: RunView) -> bool:
    """Tell whether a paper of figures is still to be made in this run."""
    return not all(one.state.is_past for kind in TAKING for one in of_kind(view, kind))


def is_time_to_tell(view: RunView) -> bool:
    """Tell whether everybody should know what is missing: figures are being collected or brought together."""
    return any(
        one.state == StepState.CURRENT for kind in (COLLECTING, *TAKING) for one in of_kind(view, kind)
    )


def asked_positions(view: RunView) -> set[int]:
    """Positions that this run asks, or will ask, in a step of its own."""
    return {
        seat.position.pk for one in of_kind(view, COLLECTING) if not one.state.is_past for seat in one.seats
    }


def grid_address(case: Case, quarter: Quarter) -> str:
    """The page Kinerja of a run's office and quarter."""
    query = urlencode({"unit": case.unit.uid, "tahun": quarter.year, "tw": quarter.number})
    return f"{reverse('web:kinerja')}?{query}"


def position_asked(lines: Sequence[OwnerLine], uid: str) -> OwnerLine | None:
    """The owner whose button was pressed, if the reader may press it."""
    return next((one for one in lines if str(one.owner.position.uid) == uid and one.can_hand_over), None)
