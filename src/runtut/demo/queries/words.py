"""What the people of the made-up office write and say, and the plan that they begin with."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from runtut.performance.actions.demo_plans import FILE as PLANS

FILE = Path(__file__).resolve().parents[1] / "data" / "year.json"


@cache
def words() -> dict[str, Any]:
    """Return data/year.json: lists of sentences by what they are for."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@cache
def plan_items() -> list[dict[str, Any]]:
    """Return the programmes, activities and sub-activities of the first plan, parents first."""
    found: list[dict[str, Any]] = json.loads(PLANS.read_text(encoding="utf-8"))["items"]
    return found
