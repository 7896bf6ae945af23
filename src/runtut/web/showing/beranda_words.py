"""The sentences of Beranda."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from runtut.core.numbers import format_decimal
from runtut.performance.queries import Summary
from runtut.web.showing.work_rows import Desk

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
    """An indicator in short. `width` is ready for an SVG attribute."""

    name: str
    width: str
    figure: str


def in_words(number: int) -> str:
    """ "empat"; digits from twelve on."""
    return WORDS[number] if number < len(WORDS) else str(number)


def headline(desk: Desk, besides: int = 0, overdue: str = "") -> str:
    """What stands above the page. `overdue` names a duty that should have begun: it comes first, and with
    nothing else at hand it is all there is to say."""
    if not overdue:
        return sentence(desk, besides)
    has_more = bool(besides or desk.late or desk.today or desk.later)
    return f"{overdue}. {sentence(desk, besides)}" if has_more else f"{overdue}."


def sentence(desk: Desk, besides: int = 0) -> str:
    """How much waits for the reader. `besides` counts what waits beside steps: papers to sign, follow-up,
    meetings, one's part of a whole."""
    has_steps = bool(desk.late or desk.today or desk.later)
    if not besides:
        return of_steps(desk)
    count = in_words(besides).capitalize()
    if not has_steps:
        return f"{count} hal menunggu Anda di samping langkah SOP."
    return f"{of_steps(desk)} {count} hal lain di samping langkah SOP."


def of_steps(desk: Desk) -> str:
    """How many steps wait for the reader, and how pressing they are."""
    late, now = len(desk.late), len(desk.late) + len(desk.today)
    if not now and not desk.later:
        return "Tidak ada yang menunggu Anda."
    if not now:
        count = in_words(len(desk.later)).capitalize()
        return f"{count} hal menunggu Anda, tidak ada yang jatuh tempo hari ini."
    whom = "keputusan Anda" if all(row.is_decision for row in (*desk.late, *desk.today)) else "Anda"
    start = f"{in_words(now).capitalize()} hal menunggu {whom} hari ini"
    if late == now:
        return f"{start}, {'sudah' if now == 1 else 'semuanya sudah'} terlambat."
    return f"{start}, {in_words(late)} sudah terlambat." if late else f"{start}."


def bars(figures: Summary) -> list[Bar]:
    """The first indicators with a figure, in official order."""
    rows = [row for one in figures.objectives for row in one.rows]
    return [
        bar(row.indicator.short_name, value) for row in rows if (value := row.achievement.shown) is not None
    ][:BARS]


def bar(name: str, value: Decimal) -> Bar:
    return Bar(name, f"{max(Decimal(0), min(value, FULL_BAR)):.1f}", format_decimal(value, 2))


def without_figure(figures: Summary) -> str:
    """Why the other indicators have no figure yet, each reason with its count: "5 belum diisi"."""
    rows = [row for one in figures.objectives for row in one.rows]
    notes = Counter(row.achievement.note for row in rows if row.achievement.shown is None)
    return ", ".join(f"{count} {note}" for note, count in notes.items())
