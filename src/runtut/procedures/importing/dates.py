"""Dates of any precision: "9 Januari 2024", "Desember 2021", "02-06-2025", "2 Jun. 2025"."""

from __future__ import annotations

import calendar
import re

MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
SHORT = {"jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "agu": 8, "ags": 8,
         "agt": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nop": 11, "nov": 11, "des": 12, "dec": 12,
         "pebruari": 2, "nopember": 11, "mei": 5}  # fmt: skip
ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
WRITTEN = re.compile(
    r"(?:(?P<day>\d{1,2})\s*[-./]?\s*)?(?P<month>[A-Za-z]{3,12})\.?\s*[-./,]?\s*(?P<year>(?:19|20)\d{2})"
)
DIGITS = re.compile(
    r"(?P<day>\d{1,2})\s*[-./]\s*(?P<month>\d{1,2}|[IVX]{1,4})\s*[-./]\s*(?P<year>(?:19|20)\d{2})", re.I
)
ISO = re.compile(r"(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})(?:-(?P<day>\d{2}))?")
YEAR = re.compile(r"(?:19|20)\d{2}")


def parse(text: str) -> str:
    """The first date in a text as ISO of its own precision (`2021-12`), or nothing when there is none."""
    for pattern in (ISO, DIGITS, WRITTEN):
        for match in pattern.finditer(text):
            month = _month(match["month"])
            if month and 1 <= month <= 12:
                return _iso(int(match["year"]), month, int(match["day"] or 0))
    only = YEAR.fullmatch(text.strip(" .:-"))
    return only.group() if only else ""


def _iso(year: int, month: int, day: int) -> str:
    if 1 <= day <= calendar.monthrange(year, month)[1]:
        return f"{year}-{month:02d}-{day:02d}"
    return f"{year}-{month:02d}"


def _month(text: str) -> int:
    name = text.casefold()
    if name.isdigit():
        return int(name)
    if name in MONTHS:
        return MONTHS.index(name) + 1
    return SHORT.get(name) or SHORT.get(name[:3], 0) if name not in ROMAN else ROMAN[name]
