"""A monitoring or evaluation as its page shows it: rows, figures from the runs, what was judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from runtut.procedures.enums import CheckupState
from runtut.procedures.models import Checkup
from runtut.procedures.queries import Judged

ANSWERS = {"ya": True, "tidak": False}


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
            ANSWERS.get(str(data.get(f"good-{row.no}", ""))),
            str(data.get(f"note-{row.no}", "")),
            str(data.get(f"action-{row.no}", "")),
        )
        for row in rows
    ]
