from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

from runtut.performance import formulas

FILE = Path(__file__).resolve().parents[1] / "data" / "predicates.json"


@lru_cache(maxsize=1)
def _records() -> tuple[tuple[date, date | None, formulas.PredicateScale], ...]:
    return tuple(
        (
            date.fromisoformat(record["valid_from"]),
            date.fromisoformat(record["valid_until"]) if record["valid_until"] else None,
            formulas.scale_from_data(record),
        )
        for record in json.loads(FILE.read_text(encoding="utf-8"))
    )


def predicate_scale(*, on: date) -> formulas.PredicateScale:
    """Return the predicate scale in force on a day (Permendagri 86/2017), without a query.

    Raises LookupError for a day before the first scale.
    """
    for valid_from, valid_until, scale in _records():
        if valid_from <= on and (valid_until is None or on < valid_until):
            return scale
    raise LookupError(f"no predicate scale on {on}")
