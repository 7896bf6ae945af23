"""A monitoring or evaluation as its page shows it: rows, figures from the runs, what was judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.http import QueryDict

from runtut.procedures.actions import Judged
from runtut.procedures.enums import CheckupKind, CheckupState
from runtut.procedures.models import Checkup
from runtut.procedures.queries import period_start, statements
from runtut.reports.queries import PeriodFigures, period_figures

VERDICTS = {"ya": True, "tidak": False}


@dataclass(frozen=True)
class CheckupLine:
    """A line of the list of an office."""

    checkup: Checkup
    today: date

    @property
    def is_open(self) -> bool:
        return self.checkup.state == CheckupState.WAITING

    @property
    def is_late(self) -> bool:
        return self.is_open and self.checkup.due_on < self.today

    @property
    def found(self) -> int:
        return sum(row["good"] is False for row in self.checkup.rows)


def figures_of(checkup: Checkup, at: datetime) -> PeriodFigures:
    """What the runs showed since the period of a checkup began (five queries)."""
    zone = ZoneInfo(checkup.procedure.unit.zone)
    since = datetime.combine(period_start(checkup), time(), zone)
    return period_figures(version=checkup.version, since=since, until=at)


def rows_to_judge(checkup: Checkup, figures: PeriodFigures) -> list[Judged]:
    """The rows of an open checkup: fresh figures, and what was kept so far."""
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
        return [Judged(no, text) for no, text in enumerate(statements(), start=1)]
    steps = checkup.version.steps.order_by("no").values_list("no", "activity")
    return [Judged(no, activity, figures.step(no).words) for no, activity in steps]


def kept_rows(checkup: Checkup) -> list[Judged]:
    """The rows of a finished checkup, as they were judged."""
    return [Judged(**row) for row in checkup.rows]


def judged_in(data: QueryDict, rows: Sequence[Judged]) -> list[Judged]:
    """The rows with what the form says of them."""
    return [
        Judged(
            row.no,
            row.text,
            row.figures,
            VERDICTS.get(str(data.get(f"good-{row.no}", ""))),
            str(data.get(f"note-{row.no}", "")),
            str(data.get(f"action-{row.no}", "")),
        )
        for row in rows
    ]
