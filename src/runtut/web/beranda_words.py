"""The sentences of Beranda."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from runtut.core.dates import long_date
from runtut.core.numbers import format_decimal
from runtut.core.periods import Quarter
from runtut.performance.queries import Summary
from runtut.web.work_rows import Desk, WaitingRow

WORDS: Final = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
FULL_BAR: Final = Decimal(110)
BARS: Final = 8


@dataclass(frozen=True)
class Bar:
    """An indicator in short. `width` is ready for an SVG attribute; without a figure, `note` says why."""

    name: str
    width: str
    figure: str
    note: str


def in_words(number: int) -> str:
    """ "empat"; digits from twelve on."""
    return WORDS[number] if number < len(WORDS) else str(number)


def sentence(desk: Desk) -> str:
    """The one sentence above the page."""
    late, now = len(desk.late), len(desk.late) + len(desk.today)
    if not now and not desk.later:
        return "Tidak ada yang menunggu Anda."
    if not now:
        count = in_words(len(desk.later)).capitalize()
        return f"{count} hal menunggu Anda, tidak ada yang jatuh tempo hari ini."
    start = f"{in_words(now).capitalize()} hal menunggu keputusan Anda hari ini"
    if late == now:
        return f"{start}, {'sudah' if now == 1 else 'semuanya sudah'} terlambat."
    return f"{start}, {in_words(late)} sudah terlambat." if late else f"{start}."


def next_obligation(
    figures: Summary | None, waiting: Sequence[WaitingRow], positions: Collection[int], now: Quarter
) -> str:
    """What comes next for a person for whom nothing waits: own indicators, else a run of others."""
    rows = [row for one in figures.objectives for row in one.rows] if figures else []
    if any(row.indicator.owner_id in positions for row in rows):
        return f"Kewajiban berikutnya: mengisi realisasi {now.label} mulai {long_date(now.end)}."
    if waiting:
        return f"Yang terdekat pada orang lain: {waiting[0].title}, {waiting[0].deadline.exact}."
    return ""


def bars(figures: Summary) -> list[Bar]:
    """The first indicators of the quarter in official order."""
    rows = [row for one in figures.objectives for row in one.rows]
    return [bar(row.indicator.short_name, row.achievement.shown, row.achievement.note) for row in rows[:BARS]]


def bar(name: str, value: Decimal | None, note: str) -> Bar:
    if value is None:
        return Bar(name, "", "", note)
    return Bar(name, f"{min(value, FULL_BAR):.1f}", format_decimal(value, 2), "")
