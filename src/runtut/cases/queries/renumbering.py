"""What the steps that older events of a run speak of are called now."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from runtut.cases.enums import EventKind
from runtut.cases.models import Case, CaseEvent


@dataclass(frozen=True)
class Renumbering:
    """By run, the oldest first: the sequence of each event that moved it to another version, and the number
    that every step got by it. Events are never rewritten, so whoever reads them asks here."""

    moves: Mapping[int, tuple[tuple[int, Mapping[int, int]], ...]]

    @classmethod
    def of(cls, events: Iterable[CaseEvent]) -> Renumbering:
        """Read the events that moved runs, in any order."""
        moves: dict[int, tuple[tuple[int, Mapping[int, int]], ...]] = {}
        for event in sorted(events, key=lambda event: event.sequence):
            numbers = {int(old): new for old, new in json.loads(event.data)["steps"].items()}
            moves[event.case_id] = (*moves.get(event.case_id, ()), (event.sequence, numbers))
        return cls(moves)

    def told(self, event: CaseEvent) -> dict[str, Any]:
        """Return the data of an event with the present number of its step and of the step it led back to."""
        data: dict[str, Any] = json.loads(event.data)
        names = ("step", "to") if event.kind == EventKind.RETURNED else ("step",)
        for name in names:
            if name in data:
                data[name] = self.now(event, data[name])
        return data

    def now(self, event: CaseEvent, number: int) -> int:
        """Return the present number of a step that an event speaks of."""
        for sequence, numbers in self.moves.get(event.case_id, ()):
            if sequence > event.sequence:
                number = numbers[number]
        return number


def renumbering_of(cases: Collection[int] | QuerySet[Case, Any]) -> Renumbering:
    """Return the renumbering of some runs (one query)."""
    return Renumbering.of(CaseEvent.objects.filter(case_id__in=cases, kind=EventKind.MOVED))
