"""How answers become scores. Pure: numbers in, numbers out; a blank is left out, it is never 0.

An answer on a scale of n steps gives its step / n of 100 points; "ya" gives 100 and "tidak" 0. A question
scores the mean of those who answered it, a section the mean of its questions, the whole the mean of the
sections weighted as the instrument says. Scores are rounded half up to two decimals before they enter the
next sum, so that whoever recalculates the printed figures arrives at the printed total."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from runtut.core.numbers import format_decimal

HUNDRED: Final = Decimal(100)
CENT: Final = Decimal("0.01")
STRONG: Final = Decimal(80)
"""From this score on a question is proposed as a strength, below it as a weakness."""
SHOWN: Final = 3


def rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def scale_points(value: Decimal, top: int) -> Decimal:
    """Return the points (0 to 100) of step `value` on a scale of `top` steps."""
    return value * HUNDRED / top


def yes_no_points(value: Decimal) -> Decimal:
    """Return 100 for yes (1) and 0 for no (0)."""
    return value * HUNDRED


def mean_score(points: Iterable[Decimal | None]) -> Decimal | None:
    """Return the mean of what is there, to two decimals; None when nothing is."""
    there = [one for one in points if one is not None]
    return rounded(sum(there, Decimal(0)) / len(there)) if there else None


def weights_left(weights: Iterable[Decimal]) -> Decimal:
    """Return what the weights lack of 100; negative when they exceed it."""
    return HUNDRED - sum(weights, Decimal(0))


@dataclass(frozen=True)
class Weighted:
    """A section's name, its weight and its score, None when nothing in it was answered."""

    name: str
    weight: Decimal
    score: Decimal | None


@dataclass(frozen=True)
class Total:
    """The whole: the score, the sum as written out, and the names of the sections left out."""

    score: Decimal | None
    sum_text: str
    excluded: tuple[str, ...]


def total_score(sections: Sequence[Weighted]) -> Total:
    """Return the mean of the sections by weight. A section without a score is left out with its weight."""
    counted = [(one.weight, one.score) for one in sections if one.score is not None]
    excluded = tuple(one.name for one in sections if one.score is None)
    weight = sum((weight for weight, _ in counted), Decimal(0))
    if not weight:
        return Total(None, "", excluded)
    score = rounded(sum((weight * score for weight, score in counted), Decimal(0)) / weight)
    terms = " + ".join(f"{format_decimal(weight)} × {format_decimal(score, 2)}" for weight, score in counted)
    return Total(score, f"({terms}) / {format_decimal(weight)} = {format_decimal(score, 2)}", excluded)


def strongest(scores: Sequence[Decimal | None]) -> list[int]:
    """Return the places of the highest scores that reach STRONG, highest first, at most SHOWN."""
    found = [(score, place) for place, score in enumerate(scores) if score is not None and score >= STRONG]
    return [place for _, place in sorted(found, key=lambda one: (-one[0], one[1]))][:SHOWN]


def weakest(scores: Sequence[Decimal | None]) -> list[int]:
    """Return the places of the lowest scores that stay below STRONG, lowest first, at most SHOWN."""
    found = [(score, place) for place, score in enumerate(scores) if score is not None and score < STRONG]
    return [place for _, place in sorted(found)][:SHOWN]
