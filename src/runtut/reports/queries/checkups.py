"""What the runs of a period tell of an SOP, for whoever judges it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q

from runtut.cases.enums import CaseState, EventKind, TaskState
from runtut.cases.models import Case, CaseEvent, CasePause, Task
from runtut.cases.queries import renumbering_of
from runtut.procedures.enums import CheckupKind
from runtut.procedures.models import Checkup, ProcedureVersion
from runtut.procedures.queries import Judged, period_start, statements
from runtut.reports.formulas import share_of


@dataclass(frozen=True)
class StepPeriod:
    """One step in a period: attempts that ended, how many of them in time, and the returns that it made."""

    attempts: int = 0
    in_time: int = 0
    returns: int = 0

    @property
    def words(self) -> str:
        if not self.attempts:
            return "belum dikerjakan pada masa ini"
        back = f", {self.returns} kali mengembalikan" if self.returns else ""
        return f"{self.attempts} kali dikerjakan, {share_of(self.in_time, self.attempts)} % tepat waktu{back}"


@dataclass(frozen=True)
class PeriodFigures:
    """An SOP in a period: runs begun and finished, pauses, and its steps by number."""

    started: int
    finished: int
    pauses: int
    steps: dict[int, StepPeriod]

    @property
    def words(self) -> str:
        if not self.started and not self.finished and not self.steps:
            return "Tidak ada pelaksanaan pada masa ini."
        attempts = sum(step.attempts for step in self.steps.values())
        in_time = sum(step.in_time for step in self.steps.values())
        returns = sum(step.returns for step in self.steps.values())
        share = share_of(in_time, attempts)
        ontime = f"{share} % langkah tepat waktu" if share is not None else "belum ada langkah selesai"
        return (
            f"{self.started} pelaksanaan dimulai, {self.finished} selesai; {ontime}; "
            f"{returns} pengembalian, {self.pauses} jeda."
        )

    def about(self, what: str) -> str:
        """What the runs tell about a statement: "runs", "time", "returns", "pauses"; nothing without runs."""
        if not self.steps:
            return ""
        return {
            "runs": f"{self.started} pelaksanaan dimulai, {self.finished} selesai",
            "time": self._about_time(),
            "returns": self._about_returns(),
            "pauses": f"{self.pauses} kali dijeda",
        }.get(what, "")

    def _about_time(self) -> str:
        attempts = sum(step.attempts for step in self.steps.values())
        late = {no: step.attempts - step.in_time for no, step in self.steps.items()}
        words = f"{share_of(attempts - sum(late.values()), attempts)} % langkah tepat waktu"
        worst = max(late, key=lambda no: (late[no], -no))
        if not late[worst]:
            return words
        return f"{words}; paling sering terlambat langkah {worst} ({late[worst]} kali)"

    def _about_returns(self) -> str:
        returns = {no: step.returns for no, step in self.steps.items()}
        worst = max(returns, key=lambda no: (returns[no], -no))
        if not returns[worst]:
            return "tidak ada pengembalian"
        most = f"paling sering oleh langkah {worst} ({returns[worst]} kali)"
        return f"{sum(returns.values())} pengembalian, {most}"

    def step(self, no: int) -> StepPeriod:
        return self.steps.get(no, StepPeriod())


def period_figures(*, version: ProcedureVersion, since: datetime, until: datetime) -> PeriodFigures:
    """Return what the runs of a version showed between two instants, both included. Five
    queries."""
    runs = Case.objects.filter(procedure_version=version)
    counts = runs.aggregate(
        started=Count("pk", filter=Q(started_at__gte=since, started_at__lte=until)),
        finished=Count("pk", filter=Q(state=CaseState.DONE, closed_at__gte=since, closed_at__lte=until)),
    )
    ended = Task.objects.filter(
        case__procedure_version=version,
        state__in=(TaskState.DONE, TaskState.RETURNED),
        completed_at__gte=since,
        completed_at__lte=until,
    )
    tallies = ended.values_list("step_no").annotate(
        count=Count("pk"), good=Count("pk", filter=Q(completed_at__lte=F("due_at")))
    )
    events = CaseEvent.objects.filter(
        case_id__in=runs.values("pk"), kind=EventKind.RETURNED, at__gte=since, at__lte=until
    )
    numbers = renumbering_of(runs.values("pk"))
    returns: dict[int, int] = {}
    for event in events:
        no = numbers.told(event)["step"]
        returns[no] = returns.get(no, 0) + 1
    pauses = CasePause.objects.filter(
        case__procedure_version=version, paused_at__gte=since, paused_at__lte=until
    )
    return PeriodFigures(
        started=counts["started"],
        finished=counts["finished"],
        pauses=pauses.count(),
        steps={no: StepPeriod(count, good, returns.get(no, 0)) for no, count, good in tallies.order_by()},
    )


def checkup_figures(*, checkup: Checkup, at: datetime) -> PeriodFigures:
    """Return what the runs showed since the period of a checkup began (five queries)."""
    zone = ZoneInfo(checkup.procedure.unit.zone)
    since = datetime.combine(period_start(checkup), time(), zone)
    return period_figures(version=checkup.version, since=since, until=at)


def rows_to_judge(*, checkup: Checkup, figures: PeriodFigures) -> list[Judged]:
    """Return the rows of an open checkup: fresh figures, and what was kept so far. One query at most."""
    kept = {row["no"]: row for row in checkup.rows}
    rows = blank_rows(checkup, figures)
    return [
        Judged(
            row.no,
            row.text,
            row.figures,
            kept[row.no]["good"] if row.no in kept else None,
            kept[row.no]["note"] if row.no in kept else "",
            kept[row.no]["action"] if row.no in kept else "",
        )
        for row in rows
    ]


def blank_rows(checkup: Checkup, figures: PeriodFigures) -> list[Judged]:
    if checkup.kind == CheckupKind.EVALUATION:
        return [
            Judged(no, one.text, figures.about(one.figures)) for no, one in enumerate(statements(), start=1)
        ]
    steps = checkup.version.steps.order_by("no").values_list("no", "activity")
    return [Judged(no, activity, figures.step(no).words) for no, activity in steps]
