"""Worked sums: in figures ("86,12 ÷ 86,50 × 100") and in words, as one would explain them at a desk.

Every function returns the pair (figures, words). The result in the words is rounded to two decimals; the
achievement itself is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from runtut.performance.formulas.figures import figure, percent

Sum = tuple[str, str]


@dataclass(frozen=True)
class Terms:
    """The figures of one sum. `expression` stands for the realisation where it was reached by adding or
    averaging."""

    target: Decimal
    realisation: Decimal
    expression: str
    decimals: int

    @property
    def t(self) -> str:
        return figure(self.target, self.decimals)

    @property
    def r(self) -> str:
        return figure(self.realisation, self.decimals)

    @property
    def written(self) -> str:
        return self.expression or self.r


def positive(terms: Terms, value: Decimal) -> Sum:
    return f"{terms.written} ÷ {terms.t} × 100", (
        f"Makin tinggi makin baik: realisasi {terms.r} dibagi target {terms.t}, "
        f"dikali 100 = {percent(value)}."
    )


def negative_linear(terms: Terms, value: Decimal) -> Sum:
    return f"(2 × {terms.t} − {terms.written}) ÷ {terms.t} × 100", (
        f"Makin rendah makin baik: dua kali target {terms.t} dikurangi realisasi {terms.r}, "
        f"dibagi target {terms.t}, dikali 100 = {percent(value)}."
    )


def negative_ratio(terms: Terms, value: Decimal) -> Sum:
    return f"{terms.t} ÷ {terms.written} × 100", (
        f"Makin rendah makin baik: target {terms.t} dibagi realisasi {terms.r}, "
        f"dikali 100 = {percent(value)}."
    )


def unbounded(terms: Terms, cap: Decimal) -> Sum:
    return f"{terms.t} ÷ {terms.written}, paling tinggi {percent(cap)}", (
        f"Makin rendah makin baik: target {terms.t} tidak dapat dibagi realisasi {terms.r}, "
        f"jadi dipakai batas atas indikator, {percent(cap)}."
    )


def stable(terms: Terms, value: Decimal) -> Sum:
    return f"100 − |{terms.written} − {terms.t}| ÷ {terms.t} × 100", (
        f"Tetap pada target: selisih realisasi {terms.r} dan target {terms.t} dibagi target, "
        f"dikali 100, dikurangkan dari 100 = {percent(value)}."
    )


def done(terms: Terms, value: Decimal) -> Sum:
    return ("selesai = 100", "Selesai: capaian 100.") if value else ("belum = 0", "Belum selesai: capaian 0.")


def inside(lower: Decimal, upper: Decimal, realisation: Decimal, decimals: int) -> Sum:
    low, high, reached = (figure(value, decimals) for value in (lower, upper, realisation))
    return f"{low} ≤ {reached} ≤ {high}", (
        f"Dalam rentang: realisasi {reached} berada antara {low} dan {high}, jadi capaian 100,00."
    )


def zero_reached(terms: Terms, value: Decimal) -> Sum:
    return f"target 0, realisasi {terms.r}", "Target nol tercapai, jadi capaian 100,00."


def zero_missed(terms: Terms, value: Decimal) -> Sum:
    return f"target 0, realisasi {terms.r}", (
        f"Makin rendah makin baik: target nol, tetapi realisasi {terms.r}, jadi capaian 0,00."
    )
