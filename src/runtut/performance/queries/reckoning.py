"""What is to be kept of figures, computed anew from plain rows: a country's in one night.

The formulas are those of the grid, without the words that nobody reads here; what the same target and the
same figure come to is computed once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q

from runtut.performance import formulas
from runtut.performance.enums import Accumulation, Variant, ZeroRule
from runtut.performance.models import Realisation, Target

Key = tuple[int, int, int]
"""An indicator's or a unit's id, the year, the quarter."""
YEAR = 4
"""Where the target of the year stands, behind those of the quarters."""
Figures = list[Decimal | None]


class Meaning(NamedTuple):
    """What of an indicator decides on its sums, by the names of its columns."""

    variant: str
    zero_rule: str
    cap: Decimal | None
    accumulation: str


def reckoned(meanings: Mapping[int, Meaning], *, within: Q, year: int) -> Iterator[tuple[Key, formulas.Kept]]:
    """Yield what is to be kept of indicators in a year: of every quarter with a figure or an explained blank
    (two queries). `within` selects the rows of these indicators, and may select more."""
    lower, upper = _targets(within, year)
    values, filled = _values(within, year)
    for indicator, meaning in meanings.items():
        kind = Accumulation(meaning.accumulation)
        low, high, given = lower[indicator], upper.get(indicator), values[indicator]
        for quarter in filled[indicator]:
            yield (
                (indicator, year, quarter),
                _kept(
                    meaning.variant,
                    meaning.zero_rule,
                    meaning.cap,
                    formulas.to_date(kind, given, quarter),
                    formulas.cumulative_target(kind, low[:YEAR], low[YEAR], quarter),
                    formulas.cumulative_target(kind, high[:YEAR], high[YEAR], quarter) if high else None,
                ),
            )


@lru_cache(maxsize=2**14)
def _kept(
    variant: str,
    zero_rule: str,
    cap: Decimal | None,
    realisation: Decimal | None,
    target: Decimal | None,
    upper: Decimal | None,
) -> formulas.Kept:
    measure = formulas.Measure(Variant(variant), ZeroRule(zero_rule), cap)
    found = formulas.outcome(measure, target=target, upper=upper, realisation=realisation)
    return formulas.kept(realisation=realisation, target=target, capped=found.capped(measure))


def _targets(within: Q, year: int) -> tuple[dict[int, Figures], dict[int, Figures]]:
    """The targets of the quarters and, last, of the year, by indicator; and the upper bounds of ranges."""
    lower: dict[int, Figures] = defaultdict(lambda: [None] * (YEAR + 1))
    upper: dict[int, Figures] = defaultdict(lambda: [None] * (YEAR + 1))
    rows = Target.objects.filter(within, year=year).values_list("indicator_id", "quarter", "value", "upper")
    for indicator, quarter, value, bound in rows:
        place = YEAR if quarter is None else quarter - 1
        lower[indicator][place] = value
        if bound is not None:
            upper[indicator][place] = bound
    return lower, upper


def _values(within: Q, year: int) -> tuple[dict[int, Figures], dict[int, list[int]]]:
    """The figures of the four quarters by indicator, and which quarters have one or explain why not."""
    values: dict[int, Figures] = defaultdict(lambda: [None] * YEAR)
    filled: dict[int, list[int]] = defaultdict(list)
    rows = Realisation.objects.filter(within, year=year)
    for indicator, quarter, value, cause in rows.values_list("indicator_id", "quarter", "value", "cause"):
        values[indicator][quarter - 1] = value
        if value is not None or cause.strip():
            filled[indicator].append(quarter)
    return values, filled
