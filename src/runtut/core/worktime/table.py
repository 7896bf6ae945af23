"""The prefix table: spans of work with the work done before each, so that every question is one bisection.

Instants are integers, microseconds since 1970 in UTC: exact, and quick to compare.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MINUTE = 60_000_000


def to_ticks(at: datetime) -> int:
    """Return an aware instant as microseconds since 1970."""
    return (at - EPOCH) // MICROSECOND


def from_ticks(ticks: int) -> datetime:
    return EPOCH + timedelta(microseconds=ticks)


@dataclass(frozen=True, slots=True)
class WorkTable:
    """Spans of work in order, none touching the next. `before[i]` is the work in all spans before the i-th;
    its last item is the work of the whole table. `days` are the ordinals of the working days, `closings` the
    instants at which they end."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[int, ...]
    days: tuple[int, ...]
    closings: tuple[int, ...]

    @classmethod
    def of(cls, work_days: Iterable[tuple[date, list[tuple[datetime, datetime]]]]) -> WorkTable:
        starts: list[int] = []
        ends: list[int] = []
        before = [0]
        days: list[int] = []
        closings: list[int] = []
        for day, spans in work_days:
            for start, end in spans:
                starts.append(to_ticks(start))
                ends.append(to_ticks(end))
                before.append(before[-1] + ends[-1] - starts[-1])
            days.append(day.toordinal())
            closings.append(ends[-1])
        return cls(tuple(starts), tuple(ends), tuple(before), tuple(days), tuple(closings))

    def worked(self, ticks: int) -> int:
        """Return the work between the beginning of the table and an instant."""
        index = bisect_right(self.starts, ticks) - 1
        if index < 0:
            return 0
        return self.before[index] + min(ticks, self.ends[index]) - self.starts[index]

    def instant_after(self, ticks: int, work: int) -> int | None:
        """Return the instant by which `work` is done from `ticks` on; None beyond the end of the table.

        Work that fills a span to the brim ends with that span, not at the start of the next. No work at all
        ends at once inside a span, else where the next one starts.
        """
        if work <= 0:
            return self.next_open(ticks)
        target = self.worked(ticks) + work
        if target > self.before[-1]:
            return None
        index = bisect_left(self.before, target) - 1
        return self.starts[index] + target - self.before[index]

    def next_open(self, ticks: int) -> int | None:
        """Return `ticks` itself inside a span (both ends included), else the start of the next span."""
        index = bisect_left(self.ends, ticks)
        if index == len(self.ends):
            return None
        return max(ticks, self.starts[index])

    def closing_of_nth_day_after(self, ordinal: int, number: int) -> int | None:
        """Return the end of the `number`-th working day after a day; None beyond the end of the table."""
        index = bisect_right(self.days, ordinal) + number - 1
        return self.closings[index] if index < len(self.closings) else None

    def has_day(self, ordinal: int) -> bool:
        index = bisect_left(self.days, ordinal)
        return index < len(self.days) and self.days[index] == ordinal
