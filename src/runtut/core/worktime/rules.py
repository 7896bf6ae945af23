"""The rules of a work calendar, and the spans of work that follow from them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

NORMAL = "biasa"
RAMADAN = "ramadan"


@dataclass(frozen=True)
class HoursRule:
    """One span of work on a weekday (0 = Monday) while the rule is valid; `valid_until` is exclusive.

    A break is the gap between two spans of the same day. Local time of the unit; a span ends on the day on
    which it starts.
    """

    kind: str
    valid_from: date
    valid_until: date | None
    weekday: int
    start: time
    end: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"weekday {self.weekday}")
        if self.end <= self.start:
            raise ValueError(f"a span of work from {self.start} to {self.end}")

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


def spans_of_day(hours: Sequence[HoursRule], day: date) -> list[tuple[time, time]]:
    """Return the spans of work of a day that is no holiday, in order and merged where they touch.

    While any rule for Ramadan is valid, only the rules for Ramadan count (Perpres 21/2023 Pasal 4).
    """
    valid = [rule for rule in hours if rule.is_valid_on(day)]
    kind = RAMADAN if any(rule.kind == RAMADAN for rule in valid) else NORMAL
    merged: list[tuple[time, time]] = []
    for start, end in sorted(
        (rule.start, rule.end) for rule in valid if rule.kind == kind and rule.weekday == day.weekday()
    ):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def work_days(
    hours: Sequence[HoursRule], holidays: frozenset[date], zone: ZoneInfo, first: date, last: date
) -> Iterator[tuple[date, list[tuple[datetime, datetime]]]]:
    """Walk through the working days from `first` to `last`, each with its spans as instants."""
    changes = sorted({day for rule in hours for day in (rule.valid_from, rule.valid_until) if day})
    weeks: dict[tuple[int, int], list[tuple[time, time]]] = {}
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day in holidays:
            continue
        key = (bisect_right(changes, day), day.weekday())
        if key not in weeks:
            weeks[key] = spans_of_day(hours, day)
        if spans := weeks[key]:
            yield day, [(datetime.combine(day, a, zone), datetime.combine(day, b, zone)) for a, b in spans]
