"""Times as offices write them: "30 Menit", "1 (satu) hari", "2-3 hari", "10x24 jam", "Disesuaikan"."""

from __future__ import annotations

import re
from dataclasses import dataclass

MINUTES = {"menit": 1, "jam": 60, "hari": 450}
"""Working minutes in a unit; a working day has 7.5 hours (Perpres 21/2023)."""

UNITS = {
    "detik": ("menit", 1 / 60),
    "menit": ("menit", 1), "mnt": ("menit", 1), "menlt": ("menit", 1), "m": ("menit", 1), "min": ("menit", 1),
    "jam": ("jam", 1), "j": ("jam", 1), "iam": ("jam", 1), "jarn": ("jam", 1),
    "hari": ("hari", 1), "hr": ("hari", 1), "harl": ("hari", 1), "h": ("hari", 1), "hk": ("hari", 1),
    "minggu": ("hari", 5), "pekan": ("hari", 5), "mgg": ("hari", 5),
    "minute": ("menit", 1), "minutes": ("menit", 1), "mins": ("menit", 1),
    "hour": ("jam", 1), "hours": ("jam", 1), "day": ("hari", 1), "days": ("hari", 1),
    "week": ("hari", 5), "weeks": ("hari", 5),
}  # fmt: skip
WORDS = {
    "setengah": 0.5, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7,
    "delapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11, "dua belas": 12, "lima belas": 15,
    "dua puluh": 20, "tiga puluh": 30, "empat puluh lima": 45, "enam puluh": 60,
}  # fmt: skip
UNIT = (
    r"(?:(?:working|business) )?(?P<unit>detik|menit|menlt|mnt|min|jam|iam|jarn|hari|harl|hr|hk|minggu|mgg|"
    r"pekan|bulan|bln|tahun|thn|triwulan|semester|minutes?|mins|hours?|days?|weeks?|months?|[mjh])\b"
)
LETTERS = str.maketrans(
    {"S": "5", "O": "0", "o": "0", "l": "1", "I": "1", "i": "1", "|": "1", "B": "8", "Z": "2"}
)
NUMBER = r"(?:\d+(?:[.,]\d+)?)"
READ = re.compile(
    rf"(?P<low>{NUMBER}|(?<![A-Za-z\d])[SOoIlBZ\d]{{1,3}}(?=\s))\s*(?:\([^)]{{1,30}}\)\s*)?"
    rf"(?:(?P<times>[x×X*])\s*(?P<each>\d+)\s*(?:\([^)]{{1,30}}\)\s*)?|"
    r"(?:(?:menit|jam|hari)\s*)?(?:-|–|—|s\.?/?d\.?|sampai(?: dengan)?|hingga|"
    rf"~)\s*(?P<high>{NUMBER})\s*(?:\([^)]{{1,30}}\)\s*)?)?"
    rf"{UNIT}",
    re.IGNORECASE,
)
FRACTION = re.compile(
    r"(?<![\d.,/⁄])(?:(?P<whole>\d+)\s+)?(?P<part>[1-3])\s*[⁄/]\s*(?P<of>[2-4])\s*"
    r"(?=(?:menit|mnt|jam|hari|hr|hk|minggu|pekan)\b)",
    re.IGNORECASE,
)
"""A half or a quarter before a unit: "½ jam", "1 ½ jam", "1/2 hari"."""
SPELT = re.compile(rf"\b(?P<word>{'|'.join(sorted(WORDS, key=len, reverse=True))})\s+{UNIT}", re.IGNORECASE)
BARE = re.compile(rf"(?P<low>{NUMBER})(?:\s*(?:-|–|—|s\.?/?d\.?)\s*(?P<high>{NUMBER}))?\s*['’]?")
UNTIMED = {"", "-", "–", "—", "_", "s", ".", "0"}


@dataclass(frozen=True)
class Time:
    """A time: what was written, and what was understood of it.

    `value` and `unit` (menit, jam, hari) are empty for free text. Of a range they are the upper end, with
    both ends in `low` and `high`. `minutes` are working minutes; `sure` is False where a sign was guessed.
    """

    text: str = ""
    value: float | None = None
    unit: str = ""
    minutes: int | None = None
    low: float | None = None
    high: float | None = None
    sure: bool = True

    @property
    def is_range(self) -> bool:
        return self.low is not None


def parse(text: str, unit: str = "") -> Time:
    """Read one time; `unit` is the one that the column's heading gives, for bare numbers.

    Free text stays text. Weeks become five working days; months have no working minutes and stay text.
    """
    written = " ".join(text.split())
    text = re.sub(r"(?<=\d)\.(?=\s*[a-zA-Z])", "", written)
    if written.casefold() in UNTIMED and written != "0":
        return Time(text=written)
    text = FRACTION.sub(_decimal, text)
    found = list(READ.finditer(text))
    if not found:
        return _spelt(written) or _bare(written, unit) or Time(text=written)
    times = [_time(match, written) for match in found]
    if len(times) > 1 and all(time.minutes is not None for time in times):
        return _sum(times, written)
    return times[0]


def _decimal(match: re.Match[str]) -> str:
    value = int(match["whole"] or 0) + int(match["part"]) / int(match["of"])
    return f"{value:g} ".replace(".", ",")


def find(text: str) -> re.Match[str] | None:
    """The first time written anywhere in a line of text."""
    return READ.search(text)


def unit_of_heading(text: str) -> str:
    """The unit that a heading such as "Waktu (menit)" gives, or nothing."""
    match = re.search(r"\b(menit|(?:mnt|jam|hari|minutes|hours|days)\b)", text, re.IGNORECASE)
    return UNITS[match.group(1).casefold()][0] if match else ""


def _time(match: re.Match[str], written: str) -> Time:
    digits, sure = _number(match["low"])
    name = match["unit"].casefold()
    if name not in UNITS:
        return Time(text=written)
    unit, factor = UNITS[name]
    if match["times"]:
        digits *= float(match["each"])
        return _made(written, digits * factor, unit, sure)
    if match["high"]:
        high = _number(match["high"])[0]
        time = _made(written, high * factor, unit, sure)
        return Time(written, time.value, unit, time.minutes, digits * factor, high * factor, sure)
    return _made(written, digits * factor, unit, sure)


def _number(text: str) -> tuple[float, bool]:
    digits = text.translate(LETTERS)
    return float(digits.replace(",", ".")), digits == text


def _made(written: str, value: float, unit: str, sure: bool = True) -> Time:
    value = int(value) if value == int(value) else round(value, 4)
    return Time(written, value, unit, round(value * MINUTES[unit]), sure=sure)


def _sum(times: list[Time], written: str) -> Time:
    """ "1 jam 30 menit" is one time; two times of the same unit in one cell are not one: the first counts."""
    units = [time.unit for time in times]
    order = [MINUTES[unit] for unit in units]
    if len(set(units)) < len(units) or order != sorted(order, reverse=True):
        first = times[0]
        return Time(written, first.value, first.unit, first.minutes, first.low, first.high, sure=False)
    minutes = sum(time.minutes or 0 for time in times)
    return Time(written, minutes, "menit", minutes)


def _spelt(written: str) -> Time | None:
    match = SPELT.search(written)
    if match is None or match["unit"].casefold() not in UNITS:
        return None
    unit, factor = UNITS[match["unit"].casefold()]
    return _made(written, WORDS[match["word"].casefold()] * factor, unit)


def _bare(written: str, unit: str) -> Time | None:
    """A number without a unit: the heading's, or minutes unsurely when the heading gives none."""
    match = BARE.fullmatch(written)
    if match is None:
        return None
    known = unit or "menit"
    low = _number(match["low"])[0]
    if match["high"]:
        high = _number(match["high"])[0]
        time = _made(written, high, known)
        return Time(written, time.value, known, time.minutes, low, high, bool(unit))
    return _made(written, low, known, bool(unit))
