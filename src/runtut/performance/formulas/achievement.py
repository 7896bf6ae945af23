"""Achievement (capaian) in per cent: computed from target and realisation, never typed in.

The forms come from PermenPANRB 8/2021, Lampiran Bab VI (ordinary and special conditions, ranges), which
PermenPANRB 6/2022 replaced for employees; PermenPANRB 53/2014 fixes none for offices. So the form is a
property of the indicator, chosen before the year begins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

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


class Outcome(NamedTuple):
    """What a target and a realisation come to, before anything is written about it.

    `value` is the outcome of the formula, None where nothing counts or no bound is found; `bound` is the
    target that was divided by; `tell` writes the sum; `side` names the bound of a range that was missed.
    """

    standing: Standing
    value: Decimal | None = None
    bound: Decimal = ZERO
    tell: Callable[[sums.Terms, Decimal], sums.Sum] = sums.zero_reached
    side: str = ""

    def capped(self, measure: Measure) -> Decimal | None:
        """Return what an average takes: from 0 up, cut at the cap, which also stands where no bound is found;
        None where nothing counts."""
        if self.standing is not Standing.COUNTED or self.value is None:
            return measure.cap if self.standing is Standing.COUNTED else None
        raw = max(self.value, ZERO)
        return raw if measure.cap is None else min(raw, measure.cap)


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
    found = outcome(measure, target=target, realisation=realisation, upper=upper)
    beside = f"Di luar rentang, dibandingkan dengan batas {found.side}. " if found.side else ""
    if found.standing is not Standing.COUNTED or realisation is None:
        return not_counted(found.standing, f"{beside}{SENTENCES[found.standing]}")
    if measure.variant.has_range and not found.side and target is not None:
        told = sums.inside(target, target if upper is None else upper, realisation, measure.decimals)
    else:
        terms = sums.Terms(found.bound, realisation, expression, measure.decimals)
        told = found.tell(terms, (measure.cap or ZERO) if found.value is None else found.value)
    return _written(measure, found, told[0], beside + told[1])


def outcome(
    measure: Measure, *, target: Decimal | None, realisation: Decimal | None, upper: Decimal | None = None
) -> Outcome:
    """Return what `achievement` finds, without the words: they take longer than the sum."""
    if target is None:
        return Outcome(Standing.NO_TARGET)
    if realisation is None:
        return Outcome(Standing.BLANK)
    if measure.variant.has_range:
        return _against_range(measure, target, target if upper is None else upper, realisation)
    return _against_target(measure, measure.variant, target, realisation)


def _against_range(measure: Measure, lower: Decimal, upper: Decimal, realisation: Decimal) -> Outcome:
    """Inside the bounds 100; outside against the nearer bound, with the form of the range's direction."""
    if lower <= realisation <= upper:
        return Outcome(Standing.COUNTED, HUNDRED)
    bound = upper if realisation > upper else lower
    form = Variant.NEGATIVE_LINEAR if measure.variant.lower_is_better else Variant.POSITIVE
    outside = _against_target(measure, form, bound, realisation)
    return outside._replace(side="atas" if bound == upper else "bawah")


def _against_target(measure: Measure, form: Variant, target: Decimal, realisation: Decimal) -> Outcome:
    if target < ZERO:
        return Outcome(Standing.NEGATIVE_TARGET)
    if target == ZERO:
        return _against_zero(measure, form, realisation)
    if form is Variant.NEGATIVE_RATIO and realisation <= ZERO:
        standing = Standing.NO_CAP if measure.cap is None else Standing.COUNTED
        return Outcome(standing, None, target, sums.unbounded)
    value, tell = FORMS[form]
    return Outcome(Standing.COUNTED, value(target, realisation), target, tell)


def _against_zero(measure: Measure, form: Variant, realisation: Decimal) -> Outcome:
    """Zero against zero is reached in full. Above zero: nothing to divide by, so not counted; but where
    lower is better nothing worse than missing "none at all" is needed to score 0."""
    if measure.zero_rule is ZeroRule.EXCLUDE:
        return Outcome(Standing.ZERO_TARGET)
    reached = realisation <= ZERO if form.lower_is_better else realisation == ZERO
    if reached or (form is Variant.DONE and realisation > ZERO):
        return Outcome(Standing.COUNTED, HUNDRED, tell=sums.zero_reached)
    if form.lower_is_better:
        return Outcome(Standing.COUNTED, ZERO, tell=sums.zero_missed)
    return Outcome(Standing.ZERO_TARGET)


def _positive(target: Decimal, realisation: Decimal) -> Decimal:
    return realisation / target * HUNDRED


def _negative_linear(target: Decimal, realisation: Decimal) -> Decimal:
    return (2 * target - realisation) / target * HUNDRED


def _negative_ratio(target: Decimal, realisation: Decimal) -> Decimal:
    return target / realisation * HUNDRED


def _stable(target: Decimal, realisation: Decimal) -> Decimal:
    return HUNDRED - abs(realisation - target) / target * HUNDRED


def _done(target: Decimal, realisation: Decimal) -> Decimal:
    return HUNDRED if realisation >= target else ZERO


def _written(measure: Measure, found: Outcome, sum_text: str, words: str) -> Achievement:
    """Keep the outcome, print it from 0 up, and cut a copy at the cap for averages."""
    capped = found.capped(measure)
    if found.value is None or capped is None:
        return Achievement(standing=Standing.COUNTED, capped=capped, sum_text=sum_text, words=words)
    raw = max(found.value, ZERO)
    if found.value < ZERO:
        words += " Di bawah nol dibulatkan menjadi 0."
    if capped < raw:
        words += f" Dalam rata-rata dihitung paling tinggi {percent(capped)}."
    return Achievement(Standing.COUNTED, raw, capped, found.value, sum_text, words)


FORMS = {
    Variant.POSITIVE: (_positive, sums.positive),
    Variant.NEGATIVE_LINEAR: (_negative_linear, sums.negative_linear),
    Variant.NEGATIVE_RATIO: (_negative_ratio, sums.negative_ratio),
    Variant.STABLE: (_stable, sums.stable),
    Variant.DONE: (_done, sums.done),
}
"""Of each form the sum, of target and realisation, and how it is told."""
