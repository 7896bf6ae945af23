"""What the hash of a run's event covers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runtut.core import chain

FIELDS = (
    "region",
    "case_id",
    "sequence",
    "task_id",
    "kind",
    "user_id",
    "position_id",
    "capacity",
    "at",
    "key",
    "data",
)


def covered(row: Mapping[str, Any]) -> dict[str, object]:
    """Return what an event's hash covers: everything but the hashes and the row's own key."""
    return {name: row[name] for name in FIELDS}


def event_hash(previous: str, row: Mapping[str, Any]) -> str:
    """Return the hash of an event after the one before it."""
    return chain.entry_hash(previous or chain.START, covered(row))
