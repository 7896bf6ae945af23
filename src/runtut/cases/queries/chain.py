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


def event_hash(previous: str, row: Mapping[str, Any]) -> str:
    """Return the hash of an event after the one before it: everything but the row's own key is covered."""
    return chain.entry_hash(previous or chain.START, {name: row[name] for name in FIELDS})
