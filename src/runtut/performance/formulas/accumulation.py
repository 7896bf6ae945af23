"""From the figures of quarters to the figure "s.d. TW" (up to and including a quarter)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from runtut.core.periods import ROMAN
from runtut.performance.enums import Accumulation
from runtut.performance.formulas.figures import figure

Values = Sequence[Decimal | None]
Filled = list[tuple[int, Decimal]]
"""The quarters that count, in order, each with its figure."""


@dataclass(frozen=True)
class Accumulated:
    """A figure up to a quarter. `expression` is how it was reached ("(9 + 2)", or the figure alone), ready
    to stand inside a larger sum; `words` tells it in a sentence, empty when there is nothing to tell."""

    value: Decimal | None
    expression: str = ""
    words: str = ""
    quarters: tuple[int, ...] = ()


EMPTY = Accumulated(value=None)


def accumulate(
    kind: Accumulation, values: Values, through: int, *, decimals: int = 2, measure: str = ""
) -> Accumulated:
    """Return the figure from TW I up to and including quarter `through` (1 to 4).

    `values` are the quarters' own figures in order; None is blank, which is never zero. A sum adds what is
    filled; "nilai akhir" takes the last filled quarter (not the highest); an average divides by the filled
    quarters; a yearly figure exists in TW IV only. Without any filled quarter the value is None.
    """
    filled = _filled(kind, values, through)
    return MEANINGS[kind](filled, decimals, measure) if filled else EMPTY


def to_date(kind: Accumulation, values: Values, through: int) -> Decimal | None:
    """Return the figure of `accumulate` alone, without the words that make it dear where thousands are
    added up and nobody reads them."""
    filled = _filled(kind, values, through)
    return FIGURES[kind](filled) if filled else None


def _filled(kind: Accumulation, values: Values, through: int) -> Filled:
    first = 4 if kind is Accumulation.ANNUAL else 1
    return [
        (number, value)
        for number, value in enumerate(values[:through], 1)
        if value is not None and number >= first
    ]


def cumulative_target(
    kind: Accumulation, targets: Values, annual: Decimal | None, through: int
) -> Decimal | None:
    """Return the target up to and including a quarter, of the same meaning as the realisation.

    In TW IV a missing quarterly target is taken from the year's; a yearly figure has no target before
    TW IV. None means "tanpa target".
    """
    if kind is Accumulation.ANNUAL:
        return annual if through == 4 else None
    filled = _filled(kind, targets, through)
    if through == 4 and (not filled or (kind is Accumulation.LAST and filled[-1][0] != 4)):
        return annual
    return FIGURES[kind](filled) if filled else None


def _latest(filled: Filled) -> Decimal:
    return filled[-1][1]


def _total(filled: Filled) -> Decimal:
    return sum((value for _, value in filled), Decimal(0))


def _average(filled: Filled) -> Decimal:
    return _total(filled) / len(filled)


FIGURES = {
    Accumulation.SUM: _total,
    Accumulation.LAST: _latest,
    Accumulation.MEAN: _average,
    Accumulation.ANNUAL: _latest,
}


def _last(filled: Filled, decimals: int, measure: str) -> Accumulated:
    number, value = filled[-1]
    words = f"Nilai akhir memakai TW terakhir yang terisi, yaitu TW {ROMAN[number - 1]}."
    return Accumulated(value, figure(value, decimals), words, (number,))


def _annual(filled: Filled, decimals: int, measure: str) -> Accumulated:
    number, value = filled[-1]
    return Accumulated(value, figure(value, decimals), "Angka tahunan diisi sekali, pada TW IV.", (number,))


def _sum(filled: Filled, decimals: int, measure: str) -> Accumulated:
    numbers = tuple(number for number, _ in filled)
    total = _total(filled)
    if len(filled) == 1:
        return Accumulated(total, figure(total, decimals), "", numbers)
    last_number, last = filled[-1]
    before = total - last
    words = (
        f"Dijumlahkan: {_with_measure(before, decimals, measure)} s.d. TW {ROMAN[numbers[-2] - 1]} ditambah "
        f"{_with_measure(last, decimals, measure)} TW {ROMAN[last_number - 1]} = {figure(total, decimals)}."
    )
    return Accumulated(total, f"({figure(before, decimals)} + {figure(last, decimals)})", words, numbers)


def _mean(filled: Filled, decimals: int, measure: str) -> Accumulated:
    numbers = tuple(number for number, _ in filled)
    mean = _average(filled)
    if len(filled) == 1:
        return Accumulated(mean, figure(mean, decimals), "", numbers)
    added = " + ".join(figure(value, decimals) for _, value in filled)
    words = (
        f"Rata-rata {len(filled)} triwulan yang terisi: ({added}) dibagi {len(filled)} "
        f"= {figure(mean, decimals)}."
    )
    return Accumulated(mean, f"(({added}) ÷ {len(filled)})", words, numbers)


def _with_measure(value: Decimal, decimals: int, measure: str) -> str:
    return f"{figure(value, decimals)} {measure}".strip()


MEANINGS = {
    Accumulation.SUM: _sum,
    Accumulation.LAST: _last,
    Accumulation.MEAN: _mean,
    Accumulation.ANNUAL: _annual,
}
