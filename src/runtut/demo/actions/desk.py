"""The office as its people find it: who sits where, when it works, what lies on the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from runtut.accounts.models import User
from runtut.cases.models import Case, Task
from runtut.cases.queries import proposed_class, version_at_work
from runtut.core.periods import Quarter
from runtut.core.worktime import Calendar
from runtut.demo.formulas import Planned, chance, minutes_taken, pick
from runtut.demo.queries import OFFICE, living_office, words
from runtut.documents.actions import store_file
from runtut.documents.models import ArchiveClass, StoredFile
from runtut.organisations.actions.demo import demo_uid
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import authority_for, calendar_for, holders_of
from runtut.procedures.graph import StepNode

Act = Callable[[Authority, datetime], object]


class NobodyThere(Exception):
    """A position that nobody holds on the day: the story cannot go on as it was written."""


@dataclass(frozen=True)
class Move:
    """What somebody will do: from which instant on, in which position, and the act itself."""

    at: datetime
    by: Position
    act: Act


@dataclass
class Office:
    """A demonstration office on its days."""

    unit: OrganisationUnit
    calendar: Calendar
    _seated: dict[tuple[int, date], Authority] = field(default_factory=dict)

    @classmethod
    def find(cls) -> Office | None:
        unit = living_office()
        return None if unit is None else cls(unit, calendar_for(unit=unit))

    def seat(self, key: str) -> Position:
        """Return a position by its key: "camat", "kasi2"."""
        return Position.objects.select_related("unit").get(uid=demo_uid("position", f"{OFFICE}.{key}"))

    def key_of(self, position: Position) -> str:
        """Return the key of a position, "" for one that was added later."""
        return self._keys.get(position.pk, "")

    @cached_property
    def _keys(self) -> dict[int, str]:
        named = {demo_uid("position", f"{OFFICE}.{key}"): key for key in words()["seats"]}
        found = Position.objects.filter(uid__in=named).values_list("pk", "uid")
        return {pk: named[uid] for pk, uid in found}

    def authority(self, position: Position, at: datetime) -> Authority:
        """Return whoever acts for a position on the day. Raises NobodyThere."""
        key = (position.pk, self.unit.local_date(at))
        if key not in self._seated:
            self._seated[key] = self._holder(position, key[1])
        return self._seated[key]

    def _holder(self, position: Position, on: date) -> Authority:
        holders = holders_of(position_ids=[position.pk], on=on)[position.pk]
        user = User.objects.get(pk=holders[0].user_id) if holders else None
        found = authority_for(user=user, position=position, on=on) if user else None
        if found is None:
            raise NobodyThere(position.short_title)
        return found

    def morning(self, day: date, minutes: int = 0) -> datetime:
        """Return the instant so many working minutes after the office opens on a working day."""
        midnight = datetime.combine(day, time(), ZoneInfo(self.unit.zone))
        return self.calendar.add(midnight, minutes)

    def evening(self, day: date) -> datetime:
        """Return the end of a working day."""
        eve = datetime.combine(day - timedelta(days=1), time(12), ZoneInfo(self.unit.zone))
        return self.calendar.end_of_nth_working_day(eve, 1)

    def next_morning(self, at: datetime, minutes: int) -> datetime:
        """Return so many working minutes after opening on the next working day."""
        day = self.unit.local_date(at) + timedelta(days=1)
        return self.morning(day, minutes)

    def half_hour(self, at: datetime) -> datetime:
        """Return the next full or half hour, in working time."""
        local = at.astimezone(self.calendar.zone)
        over = timedelta(minutes=-local.minute % 30, seconds=-local.second, microseconds=-local.microsecond)
        return self.working_moment(at + over)

    def working_moment(self, at: datetime) -> datetime:
        """Return the instant itself in working time, else the first minute of the next span of work."""
        return at if self.calendar.is_open(at) else self.calendar.add(at, 1)

    def file(self, name: str, content: bytes, authority: Authority, at: datetime) -> StoredFile:
        return store_file(unit=self.unit, name=name, content=content, authority=authority, at=at)

    @cached_property
    def archive_classes(self) -> dict[str, ArchiveClass]:
        """The classification in force, by code."""
        return {one.code: one for one in ArchiveClass.objects.filter(is_legacy=False)}


@dataclass(frozen=True)
class Turn:
    """An open task, and what its people know: the run that was planned, the step, the office."""

    office: Office
    planned: Planned
    task: Task
    step: StepNode

    @property
    def archive_class(self) -> ArchiveClass:
        """The class that the paper at work is proposed under."""
        version = version_at_work(self.task)
        code = proposed_class(version.document.kind if version else "", self.case)
        return self.office.archive_classes[code]

    @property
    def kind(self) -> tuple[str, str]:
        return (self.step.work, self.step.topic)

    @property
    def case(self) -> Case:
        return self.task.case

    @property
    def period(self) -> str:
        """ "TW I 2025", "2025"."""
        return Quarter(self.planned.year, self.planned.quarter).label if self.planned.quarter else self.year

    @property
    def year(self) -> str:
        return str(self.planned.year)

    @property
    def name(self) -> str:
        """What chance is drawn from: the same step of the same round of the same run."""
        return f"{self.planned.key}.{self.step.no}.{self.task.round}.{self.task.branch}"

    @property
    def own(self) -> Position:
        return self.task.position

    @property
    def minutes(self) -> int:
        return minutes_taken(self.step.minutes, self.name)

    def after(self, share: float) -> datetime:
        """Return the instant at which a share of the time taken for the step is over."""
        return self.office.calendar.add(self.task.opened_at, max(1, round(self.minutes * share)))

    def say(self, key: str, *names: object, **values: object) -> str:
        """Return a sentence of the demonstration's own, by chance among those of a key."""
        text: str = pick(words()[key], self.name, key, *names)
        return text.format(period=self.period, year=self.year, before=self.planned.year - 1, **values)

    def lot(self, *names: object) -> float:
        return chance(self.name, *names)

    def move(self, at: datetime, act: Act, by: Position | None = None) -> Move:
        return Move(at, by or self.own, act)


Answers = dict[str, Any]
"""The `data` of a step (docs/work.md)."""
