"""The letters that ask the made-up office for its runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from runtut.core.dates import roman_month
from runtut.core.periods import Quarter
from runtut.demo.actions.desk import Office
from runtut.demo.formulas import Planned, chance
from runtut.demo.queries import words


@dataclass(frozen=True)
class Letter:
    """A letter that asks for a run, dated some days before it."""

    sender: str
    number: str
    subject: str
    date: date


def letter_for(planned: Planned, office: Office) -> Letter:
    """Return the letter that asks for a planned run, written on a working day."""
    given = words()["letters"][planned.sop]
    day = planned.starts_on - timedelta(days=2 + int(3 * chance("letter", planned.key)))
    while not office.calendar.is_working_day(day):
        day -= timedelta(days=1)
    number = 100 + int(800 * chance("number", planned.key))
    return Letter(
        sender=given["sender"],
        number=given["number"].format(no=number, when=f"{roman_month(day.month)}/{day.year}"),
        subject=given["subject"].format(period=period_of(planned)),
        date=day,
    )


def period_of(planned: Planned) -> str:
    return Quarter(planned.year, planned.quarter).label if planned.quarter else str(planned.year)
