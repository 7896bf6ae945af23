from __future__ import annotations

from runtut.demo.queries.lived import checkups_due, last_act, left_to_do, open_tasks
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
    "checkups_due",
    "last_act",
    "left_to_do",
    "living_office",
    "living_since",
    "open_tasks",
    "plan_items",
    "progress",
    "start_key",
    "words",
]
