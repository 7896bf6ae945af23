"""How a deadline is said: plain until it matters, always in working time, the exact instant beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone

from runtut.core.dates import clock_time, day_date
from runtut.core.worktime import Calendar, humanise

WORKING_DAY: Final = 450
HALF_DAY: Final = WORKING_DAY // 2
FEW_DAYS: Final = 5


@dataclass(frozen=True)
class Deadline:
    """`tone` is "" (far), "dekat" (within half a working day) or "terlambat". `beside` is the exact instant
    as a row shows it: on the very day the hour alone."""

    tone: str
    text: str
    exact: str
    due_at: datetime
    beside: str = ""

    @property
    def is_late(self) -> bool:
        return self.tone == "terlambat"


def exact_time(instant: datetime) -> str:
    """ "Senin, 12 Okt 11.00" in the zone of the page."""
    return day_and_hour(timezone.localtime(instant))


def day_and_hour(local: datetime) -> str:
    return f"{day_date(local)} {clock_time(local)}"


def deadline(*, due_at: datetime, at: datetime, calendar: Calendar) -> Deadline:
    """The label of an open deadline as seen at an instant."""
    zone = timezone.get_current_timezone()
    local = due_at.astimezone(zone)
    is_today = local.date() == at.astimezone(zone).date()
    exact = day_and_hour(local)
    beside = f"pukul {clock_time(local)}" if is_today else exact
    tone, text = label(due_at, at, calendar, is_today=is_today)
    return Deadline(tone, text, exact, due_at, beside)


def label(due_at: datetime, at: datetime, calendar: Calendar, *, is_today: bool) -> tuple[str, str]:
    """Tone and text of a deadline."""
    if due_at <= at:
        late = humanise(max(calendar.between(due_at, at), 1))
        return "terlambat", f"terlambat {late} kerja" if late.endswith("hari") else f"terlambat {late}"
    left = calendar.between(at, due_at)
    if left <= HALF_DAY:
        return "dekat", f"{humanise(max(left, 1))} kerja lagi"
    if is_today:
        return "", "hari ini"
    days = round(left / WORKING_DAY)
    if 1 <= days <= FEW_DAYS:
        return "", f"{days} hari kerja lagi"
    return "", day_date(timezone.localtime(due_at).date())
