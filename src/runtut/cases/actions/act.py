"""An act on a run: what was decided, ready to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from runtut.cases.enums import EventKind, ReminderKind, TaskState
from runtut.cases.models import Case
from runtut.cases.registry import OutputSpec
from runtut.organisations.models import Authority


@dataclass(frozen=True)
class Closing:
    """A task ends. `withdrawn` siblings end with it, by the same hand, without a note of their own."""

    task_id: int
    state: TaskState
    minutes_used: int | None
    note: str = ""


@dataclass(frozen=True)
class NewTask:
    """A task that begins: what sets it apart from the others that begin with it."""

    uid: UUID
    position_id: int
    branch: int


@dataclass(frozen=True)
class Opening:
    """A step begins: its tasks, and what they have in common. An act opens one step at most."""

    tasks: tuple[NewTask, ...]
    participants: tuple[int, ...]
    step_no: int
    round: int
    due_at: datetime
    reminders: Mapping[ReminderKind, datetime]
    rule_value: Decimal
    rule_unit: str
    calendar_version: int
    supervising_unit_id: int | None
    calls: str = ""


@dataclass(frozen=True)
class Moving:
    """An open task changes hands, its standard time or its deadline; `reminders` are moved along unless they
    were sent."""

    task_id: int
    row: Mapping[str, Any]
    reminders: Mapping[ReminderKind, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Act:
    """One act on a run, decided on `case` as it was read. `changes` are the run's own new values."""

    case: Case
    kind: EventKind
    authority: Authority
    at: datetime
    task_id: int | None = None
    key: UUID | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    closings: tuple[Closing, ...] = ()
    opening: Opening | None = None
    movings: tuple[Moving, ...] = ()
    outputs: Sequence[OutputSpec] = ()
