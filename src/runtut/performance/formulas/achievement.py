"""Achievement (capaian) in per cent: computed from target and realisation, never typed in.

The forms come from PermenPANRB 8/2021, Lampiran Bab VI (ordinary and special conditions, ranges), which
PermenPANRB 6/2022 replaced for employees; PermenPANRB 53/2014 fixes none for offices. So the form is a
property of the indicator, chosen before the year begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from runtut.performance.enums import Standing, Variant, ZeroRule
from runtut.performance.formulas import sums
from runtut.performance.formulas.figures import HUNDRED, ZERO, percent

SENTENCES = {
    Standing.BLANK: "Realisasi belum diisi; kosong bukan nol.",
    Standing.NO_TARGET: "Belum ada target untuk periode ini, jadi capaian tidak dihitung.",
    Standing.NOT_YET: "Indikator tahunan: capaian dihitung pada TW IV.",
    Standing.ZERO_TARGET: "Target nol: capaian tidak dapat dihitung dan tidak ikut dirata-rata.",
    Standing.NEGATIVE_TARGET: "Target negatif: rumus persentase tidak berlaku dan tidak ikut dirata-rata.",
    Standing.NO_CAP: "Realisasi nol pada rumus perbandingan perlu batas atas capaian pada indikator.",
}


@dataclass(frozen=True)
class Measure:
    """What an indicator fixes before the year begins: its form, its zero rule, its cap, its decimals."""

    variant: Variant
    zero_rule: ZeroRule = ZeroRule.POLICY
    cap: Decimal | None = None
    decimals: int = 2


@dataclass(frozen=True)
class Achievement:
    """An achievement with its worked sum.

    `raw` is what is printed: the outcome of the formula, not below 0, not cut at the cap; None when there is
    none (not counted, or without bound because a ratio would divide by zero). `capped` is what an average
    takes. `formula_value` is the outcome before the floor, kept for whoever checks the sum.
    """

    standing: Standing
    raw: Decimal | None = None
    capped: Decimal | None = None
    formula_value: Decimal | None = None
    sum_text: str = ""
    words: str = ""

    @property
    def countable(self) -> bool:
        return self.standing is Standing.COUNTED

    @property
    def note(self) -> str:
        """Why it is not counted: two or three words, empty when it is."""
        return "" if self.countable else str(self.standing.label)

    @property
    def shown(self) -> Decimal | None:
        """The figure for a page: the raw one, or the cap where there is no finite one."""
        return self.capped if self.raw is None else self.raw


def not_counted(standing: Standing, words: str = "") -> Achievement:
    """Return an achievement that no average takes, with its reason."""
    return Achievement(standing=standing, words=words or SENTENCES[standing])


def achievement(
    measure: Measure,
    *,
    target: Decimal | None,
    realisation: Decimal | None,
    upper: Decimal | None = None,
    expression: str = "",
) -> Achievement:
    """Return the achievement of a realisation against a target, both of the same period and meaning.

    `upper` is the upper bound of a range, whose lower bound is `target`. `expression` is how the
    realisation was reached ("(9 + 2)"), to stand in the sum in its place. A blank realisation or target
    gives no figure, never 0. A target of 0 follows the indicator's zero rule; below 0 no form holds.
    """
    if target is None:
        return not_counted(Standing.NO_TARGET)
    if realisation is None:
        return not_counted(Standing.BLANK)
    if measure.variant.has_range:
        return _against_range(measure, target, target if upper is None else upper, realisation, expression)
    if target < ZERO:
        return not_counted(Standing.NEGATIVE_TARGET)
    if target == ZERO:
        return _against_zero(measure, realisation, expression)
    return FORMS[measure.variant](measure, sums.Terms(target, realisation, expression, measure.decimals))


def _against_range(
    measure: Measure, lower: Decimal, upper: Decimal, realisation: Decimal, expression: str
) -> Achievement:
    """Inside the bounds 100; outside against the nearer bound, with the form of the range's direction."""
    if lower <= realisation <= upper:
        text, words = sums.inside(lower, upper, realisation, measure.decimals)
        return _counted(measure, HUNDRED, text, words)
    bound = upper if realisation > upper else lower
    form = Variant.NEGATIVE_LINEAR if measure.variant.lower_is_better else Variant.POSITIVE
    outside = achievement(
        replace(measure, variant=form), target=bound, realisation=realisation, expression=expression
    )
    which = "atas" if bound == upper else "bawah"
    return replace(outside, words=f"Di luar rentang, dibandingkan dengan batas {which}. {outside.words}")


def _against_zero(measure: Measure, realisation: Decimal, expression: str) -> Achievement:
    """Zero against zero is reached in full. Above zero: nothing to divide by, so not counted; but where
    lower is better nothing worse than missing "none at all" is needed to score 0."""
    if measure.zero_rule is ZeroRule.EXCLUDE:
        return not_counted(Standing.ZERO_TARGET)
    terms = sums.Terms(ZERO, realisation, expression, measure.decimals)
    reached = realisation <= ZERO if measure.variant.lower_is_better else realisation == ZERO
    if reached or (measure.variant is Variant.DONE and realisation > ZERO):
        return _counted(measure, HUNDRED, *sums.zero_reached(terms))
    if measure.variant.lower_is_better:
        return _counted(measure, ZERO, *sums.zero_missed(terms))
    return not_counted(Standing.ZERO_TARGET)


def _positive(measure: Measure, terms: sums.Terms) -> Achievement:
    value = terms.realisation / terms.target * HUNDRED
    return _counted(measure, value, *sums.positive(terms, value))


def _negative_linear(measure: Measure, terms: sums.Terms) -> Achievement:
    value = (2 * terms.target - terms.realisation) / terms.target * HUNDRED
    return _counted(measure, value, *sums.negative_linear(terms, value))


def _negative_ratio(measure: Measure, terms: sums.Terms) -> Achievement:
    if terms.realisation > ZERO:
        value = terms.target / terms.realisation * HUNDRED
        return _counted(measure, value, *sums.negative_ratio(terms, value))
    if measure.cap is None:
        return not_counted(Standing.NO_CAP)
    text, words = sums.unbounded(terms, measure.cap)
    return Achievement(standing=Standing.COUNTED, capped=measure.cap, sum_text=text, words=words)


def _stable(measure: Measure, terms: sums.Terms) -> Achievement:
    value = HUNDRED - abs(terms.realisation - terms.target) / terms.target * HUNDRED
    return _counted(measure, value, *sums.stable(terms, value))


def _done(measure: Measure, terms: sums.Terms) -> Achievement:
    value = HUNDRED if terms.realisation >= terms.target else ZERO
    return _counted(measure, value, *sums.done(value))


def _counted(measure: Measure, value: Decimal, sum_text: str, words: str) -> Achievement:
    """Keep the outcome, print it from 0 up, and cut a copy at the cap for averages."""
    raw = max(value, ZERO)
    capped = raw if measure.cap is None else min(raw, measure.cap)
    if value < ZERO:
        words += " Di bawah nol dibulatkan menjadi 0."
    if capped < raw:
        words += f" Dalam rata-rata dihitung paling tinggi {percent(capped)}."
    return Achievement(Standing.COUNTED, raw, capped, value, sum_text, words)


FORMS = {
    Variant.POSITIVE: _positive,
    Variant.NEGATIVE_LINEAR: _negative_linear,
    Variant.NEGATIVE_RATIO: _negative_ratio,
    Variant.STABLE: _stable,
    Variant.DONE: _done,
}
