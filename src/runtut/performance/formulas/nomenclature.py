"""Codes of programmes, activities and sub-activities: Permendagri 90/2019 and the decisions that renew it.

A code is text: "7.01" is not "7.1". Sub-activities have two digits up to Kepmendagri 050-5889/2021 and four
from 900.1.15.5-1317/2023 on; both are read.
"""

from __future__ import annotations

import re

from runtut.performance.enums import ItemLevel

CODE = re.compile(r"(X|\d)\.(XX|\d{2})\.\d{2}(\.[12]\.\d{2}(\.(\d{2}|\d{4}))?)?")
OLD_ACTIVITY = re.compile(r"((?:X|\d)\.(?:XX|\d{2})\.\d{2})\.([12])(\d{2})(?=\.|$)")
LEVELS = {3: ItemLevel.PROGRAMME, 5: ItemLevel.ACTIVITY, 6: ItemLevel.SUB_ACTIVITY}


def normal_code(text: str) -> str:
    """Write a code as the nomenclature does: no blanks, no dot at the end, "2.01" for the old "201"."""
    cleaned = "".join(text.split()).rstrip(".").upper()
    return OLD_ACTIVITY.sub(r"\1.\2.\3", cleaned)


def level_of(code: str) -> ItemLevel | None:
    """Return what a code names; None for anything that is no code."""
    return LEVELS.get(code.count(".") + 1) if CODE.fullmatch(code) else None


def parent_of(code: str) -> str:
    """Return the code one level up, empty for a programme."""
    parts = code.split(".")
    return ".".join(parts[: {6: 5, 5: 3}.get(len(parts), 0)])
