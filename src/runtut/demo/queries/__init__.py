from __future__ import annotations

from runtut.demo.queries.progress import (
    OFFICE,
    TOPIC,
    Progress,
    living_office,
    living_since,
    progress,
    start_key,
)
from runtut.demo.queries.words import plan_items, words

__all__ = [
    "OFFICE",
    "TOPIC",
    "Progress",
    "living_office",
    "living_since",
    "plan_items",
    "progress",
    "start_key",
    "words",
]
