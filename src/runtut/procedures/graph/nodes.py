from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from runtut.procedures.enums import Mode, StepKind, TimeUnit, Work

MINUTES: dict[str, int] = {TimeUnit.MINUTE: 1, TimeUnit.HOUR: 60, TimeUnit.DAY: 450}
"""Working minutes in one unit; a day is 7.5 hours (Perpres 21/2023)."""


@dataclass(frozen=True)
class Column:
    """A pelaksana column of the form. `id` is what the steps' actors refer to."""

    id: int
    name: str
    role: str = ""


@dataclass(frozen=True)
class StepNode:
    """One step: who acts, for how long, what it needs and yields, where it may send the run back to.

    `actors` are the columns that must complete it (one for mode main, one or more for each); `joint`
    columns take part without completing. `return_to` holds earlier numbers, the suggested one first.
    `minutes` are working minutes; of a time that is a range they are its upper end, and `least` its lower.
    """

    no: int
    activity: str
    label: str
    kind: str
    work: str
    topic: str
    actors: tuple[int, ...]
    mode: str
    joint: tuple[int, ...]
    rule_value: Decimal
    rule_unit: str
    minutes: int
    outputs: tuple[str, ...]
    requirements: tuple[str, ...]
    return_to: tuple[int, ...]
    calls: str
    time_text: str = ""
    note: str = ""
    least: int | None = None

    @property
    def is_decision(self) -> bool:
        return self.kind == StepKind.DECISION

    @property
    def everyone(self) -> tuple[int, ...]:
        """All columns of the step, those that complete it first."""
        return self.actors + self.joint


@dataclass(frozen=True)
class Graph:
    """The steps of an SOP in order, and its columns in the order of the form."""

    steps: tuple[StepNode, ...]
    columns: tuple[Column, ...] = ()

    @property
    def first(self) -> StepNode:
        return self.steps[0]

    @property
    def needs_letter(self) -> bool:
        """Whether the SOP begins with a letter: its first step gives a disposisi on one that it requires."""
        first = self.first
        return first.work == Work.DISPOSISI and any("surat" in name.lower() for name in first.requirements)

    @property
    def last(self) -> StepNode:
        return self.steps[-1]

    @property
    def total_minutes(self) -> int:
        """Sum of the standard times in working minutes: effort, not elapsed time."""
        return sum(step.minutes for step in self.steps)

    def step(self, no: int) -> StepNode:
        """Return the step with this number; KeyError when there is none."""
        for step in self.steps:
            if step.no == no:
                return step
        raise KeyError(no)

    def next_no(self, no: int) -> int | None:
        """Return the number of the step after this one, None after the last."""
        following = [step.no for step in self.steps if step.no > no]
        return min(following) if following else None

    def column(self, column_id: int) -> Column:
        """Return a column by its id; KeyError when there is none."""
        for column in self.columns:
            if column.id == column_id:
                return column
        raise KeyError(column_id)


def least_of(low: Decimal | None, unit: str) -> int | None:
    """Return the lower end of a range of time in working minutes; None where the time is none."""
    return None if low is None else round(low * MINUTES[unit])


def split_modes(entries: Sequence[tuple[int, str]]) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Split (column id, mode) pairs in form order into mode, actors and joint columns.

    The first main or each entry decides: main has exactly one actor, each has all entries of mode each.
    Everyone else takes part jointly. Without any such entry nobody acts, which lint reports.
    """
    acting = next((mode for _, mode in entries if mode != Mode.JOINT), None)
    if acting is None:
        return Mode.MAIN.value, (), tuple(column for column, _ in entries)
    actors = tuple(column for column, mode in entries if mode == acting)
    if acting == Mode.MAIN:
        actors = actors[:1]
    joint = tuple(column for column, _ in entries if column not in actors)
    return str(Mode(acting).value), actors, joint
