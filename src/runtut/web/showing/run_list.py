"""The list of runs as its page shows it: filters of the address, rows, keyset pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from runtut.cases.enums import CaseState
from runtut.cases.queries import CaseFilter, CaseLine
from runtut.core.dates import day_date, full_day_date
from runtut.core.periods import ROMAN
from runtut.core.worktime import Calendar
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import units_within
from runtut.procedures.models import Procedure
from runtut.web.frame.addresses import run_address
from runtut.web.frame.deadlines import Deadline, deadline
from runtut.web.frame.selectors import Selection
from runtut.web.showing.work_rows import in_short

STATES: Final[dict[str, CaseState | None]] = {
    "berjalan": CaseState.RUNNING,
    "selesai": CaseState.DONE,
    "dibatalkan": CaseState.CANCELLED,
    "semua": None,
}
STATE_LABELS: Final = (
    ("berjalan", "Berjalan"),
    ("selesai", "Selesai"),
    ("dibatalkan", "Dibatalkan"),
    ("semua", "Semua"),
)
BADGE_OF: Final[dict[CaseState, str]] = {
    CaseState.RUNNING: "berjalan",
    CaseState.DONE: "selesai",
    CaseState.CANCELLED: "dibatalkan",
}
LONGEST_TEXT: Final = 80
DEEPEST: Final = 40
LARGEST_KEY: Final = 2**63 - 1


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything unknown counts as not asked."""

    state: str
    sop: str
    late: bool
    period: bool
    text: str

    @property
    def is_narrowed(self) -> bool:
        return bool(self.state != "berjalan" or self.sop or self.late or self.period or self.text)


@dataclass(frozen=True)
class RunRow:
    """A run as the list words it: `details` is its SOP, period, office where that is another, and returns;
    `where` the steps at which it stands, a line each."""

    title: str
    url: str
    details: str
    where: str
    deadline: Deadline | None
    closed_on: str
    badge: str


def asked(request: HttpRequest) -> Asked:
    state = request.GET.get("keadaan", "")
    return Asked(
        state=state if state in STATES else "berjalan",
        sop=request.GET.get("sop", ""),
        late="terlambat" in request.GET,
        period="periode" in request.GET,
        text=request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_TEXT],
    )


def unit_ids(unit: OrganisationUnit) -> list[int]:
    """The unit and everything below it (one query)."""
    return list(units_within([unit.path]).values_list("pk", flat=True))


def filter_of(
    wanted: Asked, chosen: Selection, units: Sequence[int], procedures: Sequence[Procedure]
) -> CaseFilter:
    procedure = next((one for one in procedures if str(one.uid) == wanted.sop), None)
    return CaseFilter(
        unit_ids=units,
        state=STATES[wanted.state],
        procedure_id=procedure.pk if procedure else None,
        year=chosen.year if wanted.period else None,
        quarter=chosen.quarter.number if wanted.period else None,
        late=wanted.late,
        text=wanted.text,
    )


def run_rows(
    lines: Sequence[CaseLine], *, calendar: Calendar | None, at: datetime, home: str = ""
) -> list[RunRow]:
    """Rows for the lines. `home`: the office that need not be named."""
    return [run_row(line, calendar, at, home) for line in lines]


def run_row(line: CaseLine, calendar: Calendar | None, at: datetime, home: str) -> RunRow:
    due = min((step.due_at for step in line.current), default=line.due_at)
    is_running = line.state == CaseState.RUNNING
    return RunRow(
        title=line.title,
        url=run_address(line.uid),
        details=" · ".join(details_of(line, home)),
        where="\n".join(
            f"langkah {one.no} dari {line.steps} · {in_short(one.positions)}" for one in line.current
        ),
        deadline=deadline(due_at=due, at=at, calendar=calendar) if is_running and calendar else None,
        closed_on=closing_day(line.closed_at, at) if line.closed_at else "",
        badge="dijeda" if is_running and line.is_paused else BADGE_OF[line.state],
    )


def closing_day(closed_at: datetime, at: datetime) -> str:
    """The day on which a run ended: "Kamis, 20 Nov", with its year when that has passed."""
    day = timezone.localtime(closed_at).date()
    return day_date(day) if day.year == timezone.localtime(at).year else full_day_date(day)


def details_of(line: CaseLine, home: str) -> Iterator[str]:
    yield line.procedure
    yield f"TW {ROMAN[line.quarter - 1]} {line.year}" if line.quarter else str(line.year)
    if line.unit != home:
        yield line.unit
    if line.rounds:
        yield f"dikembalikan {line.rounds} kali"


def trail_of(request: HttpRequest) -> list[int]:
    """The keys after which the pages up to this one begin, oldest first; none where unreadable."""
    parts = request.GET.get("setelah", "").split(".")
    if all(part.isascii() and part.isdigit() and len(part) < 20 for part in parts):
        return [key for key in map(int, parts) if key <= LARGEST_KEY][-DEEPEST:]
    return []


def page_address(request: HttpRequest, trail: Sequence[int]) -> str:
    """The address of the page that a trail leads to; all filters stay."""
    query = request.GET.copy()
    query.pop("setelah", None)
    if trail:
        query["setelah"] = ".".join(map(str, trail))
    return f"?{query.urlencode()}"
