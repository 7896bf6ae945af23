"""What Beranda and the list of runs show of open steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone

from runtut.cases.queries import Arrival, TaskLine, calendar_of
from runtut.core.worktime import Calendar
from runtut.organisations.errors import CalendarMissing
from runtut.procedures.enums import Work
from runtut.procedures.models import ProcedureVersion
from runtut.web.frame.addresses import run_address
from runtut.web.frame.deadlines import Deadline, deadline
from runtut.web.frame.selectors import Selection, home_of

BUTTONS: Final[dict[str, str]] = {
    Work.DISPOSISI: "Buka dan disposisi",
    Work.REVIEW: "Periksa",
    Work.SIGN: "Baca dan setujui",
    Work.COLLECT: "Isi data",
    Work.PREPARE: "Susun",
    Work.ARCHIVE: "Arsipkan",
}
OTHERWISE: Final = "Buka"
DECISIONS: Final = frozenset({Work.DISPOSISI, Work.REVIEW, Work.SIGN})
NAMED: Final = 2
LONGEST_REASON: Final = 160


@dataclass(frozen=True)
class Sop:
    title: str
    steps: int


@dataclass(frozen=True)
class WorkRow:
    """A step that waits for the reader. `returned` says who sent it back and why; empty otherwise.
    `is_paper`: it asks for a paraf or a signature."""

    title: str
    url: str
    details: tuple[str, ...]
    deadline: Deadline
    action: str
    returned: str = ""
    is_decision: bool = False
    is_paper: bool = False


@dataclass(frozen=True)
class Duty:
    """Something without a deadline of its own that waits for the reader beside the steps; `mark` stands in
    the deadline's place."""

    title: str
    url: str
    details: tuple[str, ...]
    action: str = "Isi"
    deadline: None = None
    returned: str = ""
    mark: str = ""
    is_urgent: bool = False


@dataclass(frozen=True)
class TimedDuty:
    """The same with a deadline."""

    title: str
    url: str
    details: tuple[str, ...]
    deadline: Deadline
    action: str = "Isi"
    returned: str = ""


@dataclass(frozen=True)
class WaitingRow:
    """A step that waits for others; parallel tasks of one step are one row."""

    title: str
    url: str
    where: str
    deadline: Deadline


@dataclass(frozen=True)
class Desk:
    """Steps that wait for the reader, by urgency."""

    late: tuple[WorkRow, ...]
    today: tuple[WorkRow, ...]
    later: tuple[WorkRow, ...]

    @property
    def papers(self) -> int:
        """How many ask for a paraf or a signature."""
        return sum(row.is_paper for row in (*self.late, *self.today, *self.later))


def calendar_shown(request: HttpRequest, chosen: Selection) -> Calendar | None:
    """The work calendar of the unit chosen; where none reaches it, that of the reader's own office."""
    for unit in (chosen.unit, home_of(request, chosen.units)):
        try:
            return calendar_of(unit) if unit else None
        except CalendarMissing:
            continue
    return None


def sops_of(version_ids: Collection[int]) -> dict[int, Sop]:
    """Title and number of steps of SOP versions (one query)."""
    found = ProcedureVersion.objects.filter(pk__in=version_ids).annotate(count=Count("steps"))
    return {key: Sop(title, count) for key, title, count in found.values_list("pk", "title", "count")}


@dataclass(frozen=True)
class Reading:
    """What rows are written with. `several`: the reader holds more than one position; `home`: the unit that
    need not be named."""

    sops: Mapping[int, Sop]
    arrivals: Mapping[UUID, Arrival]
    calendar: Calendar
    at: datetime
    several: bool
    home: str


def desk(lines: Sequence[TaskLine], reading: Reading) -> Desk:
    """Sort lines into late, due today, and later."""
    rows = [work_row(line, reading) for line in lines]
    today = timezone.localtime(reading.at).date()
    open_rows = [row for row in rows if not row.deadline.is_late]
    due = [row for row in open_rows if timezone.localtime(row.deadline.due_at).date() == today]
    return Desk(
        late=tuple(row for row in rows if row.deadline.is_late),
        today=tuple(due),
        later=tuple(row for row in open_rows if row not in due),
    )


def work_row(line: TaskLine, reading: Reading) -> WorkRow:
    sop = reading.sops[line.procedure_version_id]
    arrival = reading.arrivals.get(line.uid)
    is_return = arrival is not None and arrival.is_return
    where = f"{sop.title}, langkah {line.step_no} dari {sop.steps}: {line.label}"
    notes = notes_of(line, "" if is_return or arrival is None else arrival.label, reading)
    return WorkRow(
        title=line.case_title,
        url=run_address(line.case_uid),
        details=(where, " · ".join(notes)) if notes else (where,),
        deadline=deadline(due_at=line.due_at, at=reading.at, calendar=reading.calendar),
        action=BUTTONS.get(line.work, OTHERWISE),
        returned=returned(arrival) if arrival and is_return else "",
        is_decision=line.work in DECISIONS,
        is_paper=line.work in {Work.REVIEW, Work.SIGN} and not line.is_paused,
    )


def notes_of(line: TaskLine, sender: str, reading: Reading) -> list[str]:
    found = [f"dari {sender}"] if sender else []
    if line.unit != reading.home:
        found.append(line.unit)
    if reading.several:
        found.append(f"sebagai {line.position}")
    if line.round > 1:
        found.append(f"putaran ke-{line.round}")
    if line.is_paused:
        found.append("dijeda")
    return found


def returned(arrival: Arrival) -> str:
    """ "Dikembalikan Sekcam · (Plt.) Rina: “…”": a long reason is cut, the run's page has it in full."""
    return f"Dikembalikan {arrival.label}: “{shortened(arrival.note)}”"


def shortened(text: str) -> str:
    """A text cut at a word where it is too long for a row."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_REASON else f"{words[:LONGEST_REASON].rsplit(' ', 1)[0]} …"


def in_short(positions: Sequence[str]) -> str:
    """Positions in one breath: "5 Kasi" when all are of a kind, else the first two and how many more."""
    kinds = {position.split(" ")[0] for position in positions}
    if len(positions) > NAMED and len(kinds) == 1:
        return f"{len(positions)} {kinds.pop()}"
    if len(positions) > NAMED + 1:
        return f"{', '.join(positions[:NAMED])}, dan {len(positions) - NAMED} lainnya"
    return ", ".join(positions)


def waiting_rows(
    lines: Sequence[TaskLine], sops: Mapping[int, Sop], *, calendar: Calendar, at: datetime
) -> list[WaitingRow]:
    """One row per run and step, in the order of the lines; the earliest deadline of a step is shown."""
    groups: dict[tuple[object, int], list[TaskLine]] = {}
    for line in lines:
        groups.setdefault((line.case_uid, line.step_no), []).append(line)
    return [waiting_row(group, sops, calendar, at) for group in groups.values()]


def waiting_row(
    group: Sequence[TaskLine], sops: Mapping[int, Sop], calendar: Calendar, at: datetime
) -> WaitingRow:
    first = group[0]
    who = in_short([line.position for line in group])
    steps = sops[first.procedure_version_id].steps
    return WaitingRow(
        title=first.case_title,
        url=run_address(first.case_uid),
        where=f"{who} · langkah {first.step_no} dari {steps}",
        deadline=deadline(due_at=first.due_at, at=at, calendar=calendar),
    )
