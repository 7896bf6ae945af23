"""What an event log tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class LoggedEvent(NamedTuple):
    """One act on a run. `transition` is a word of the XES lifecycle; instants are ISO 8601 in UTC. What
    belongs to a step is None for an act on the run as a whole: its number, the round, when its task opened,
    the working minutes that it took, and whether it ended late."""

    sequence: int
    activity: str
    transition: str
    at: str
    person: str
    role: str
    step: int | None = None
    round: int | None = None
    opened_at: str | None = None
    minutes: int | None = None
    is_late: bool | None = None


class LoggedRun(NamedTuple):
    """A run; `uid` names it, `state` is its word on the screen, `quarter` None for a whole year."""

    uid: str
    title: str
    sop: str
    office: str
    state: str
    year: int
    quarter: int | None
    started_at: str
    due_at: str
    closed_at: str | None


Logs = Iterable[tuple[LoggedRun, Sequence[LoggedEvent]]]
"""Runs with their events, the oldest event first."""
