"""A row of the quarter's table: one indicator, its figures, and what can be said of them without a query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from runtut.core.periods import ROMAN, Quarter
from runtut.performance import formulas
from runtut.performance.enums import Accumulation, RealisationState
from runtut.performance.models import Evidence, Indicator, Realisation
from runtut.performance.queries.standing_in import StandIn, stand_in

COMPARED_WITHIN_A_YEAR: Final = frozenset({Accumulation.LAST, Accumulation.MEAN})
"""Whose quarters are alike; increments come and go with the seasons."""


@dataclass(frozen=True)
class Bounds:
    """A target: one figure, or the two bounds of a range. None is "tanpa target"."""

    value: Decimal | None
    upper: Decimal | None = None

    def text(self, decimals: int) -> str:
        """Write it as a table does: "86,50", "80 - 90", empty without a target."""
        if self.value is None:
            return ""
        low = formulas.figure(self.value, decimals)
        return low if self.upper is None else f"{low} – {formulas.figure(self.upper, decimals)}"


@dataclass(frozen=True)
class GridRow:
    """One indicator in one quarter, as the official table has it.

    `is_due` tells whether the quarter asks for a figure (a yearly indicator only in TW IV). `to_date` is
    the realisation from TW I up to this quarter, `before` the same one quarter earlier. `achievement` holds
    it against the target up to the quarter, `year_achievement` against the year's: two figures, never one.
    `gaps` are earlier quarters that were left blank although they count in a sum or an average. `earlier`
    are the figures to compare with, oldest first: this quarter a year ago, then the year's quarters so far.
    """

    indicator: Indicator
    number: str
    quarter: Quarter
    is_due: bool
    realisation: Realisation | None
    evidence: tuple[Evidence, ...]
    target: Bounds
    year_target: Bounds
    before: formulas.Accumulated
    to_date: formulas.Accumulated
    achievement: formulas.Achievement
    year_achievement: formulas.Achievement
    predicate: str
    gaps: tuple[int, ...]
    earlier: tuple[tuple[str, Decimal], ...] = ()

    @property
    def value(self) -> Decimal | None:
        return self.realisation.value if self.realisation else None

    @property
    def target_text(self) -> str:
        """The target up to the quarter as every page and paper writes it; empty without one."""
        return self.target.text(self.indicator.decimals)

    @property
    def year_target_text(self) -> str:
        return self.year_target.text(self.indicator.decimals)

    @property
    def as_of(self) -> str:
        """The quarter whose figure stands in for one that this quarter asks for and lacks: "TW II"."""
        if not self.is_due or self.value is not None or not self.to_date.quarters:
            return ""
        return f"TW {ROMAN[self.to_date.quarters[-1] - 1]}"

    @property
    def reached_text(self) -> str:
        """The realisation up to the quarter, empty without one."""
        reached = self.to_date.value
        return "" if reached is None else formulas.figure(reached, self.indicator.decimals)

    @property
    def reached_as_of(self) -> str:
        """The realisation up to the quarter, with the quarter it is of where that is an earlier one."""
        return f"{self.reached_text}\n(s.d. {self.as_of})" if self.as_of else self.reached_text

    @property
    def examined(self) -> formulas.Examined:
        """The quarter's figure beside the one it is held against: the same quarter a year ago; where there is
        none, of a state or an average, the quarter before."""
        found = dict(self.earlier)
        since = Quarter(self.quarter.year - 1, self.quarter.number).label
        if since not in found and self.earlier and self.indicator.accumulation in COMPARED_WITHIN_A_YEAR:
            since = self.earlier[-1][0]
        return formulas.Examined(
            value=self.value,
            minimum=self.indicator.minimum,
            maximum=self.indicator.maximum,
            before=found.get(since),
            since=since,
            has_evidence=bool(self.evidence),
            explained=bool(self.cause.strip()),
            decimals=self.indicator.decimals,
        )

    @property
    def jump(self) -> str:
        """By how much the figure has jumped, in a sentence; empty where it has not."""
        return self.jump_to(self.value)

    def jump_to(self, value: Decimal | None) -> str:
        """The jump that another figure would be in this place."""
        found = formulas.jumped(replace(self.examined, value=value))
        return found.text if found else ""

    @property
    def cause(self) -> str:
        return self.realisation.cause if self.realisation else ""

    @property
    def source(self) -> str:
        """Where this figure was taken from, empty where it is the indicator's own source."""
        return self.realisation.source if self.realisation else ""

    @property
    def note(self) -> str:
        return self.realisation.note if self.realisation else ""

    @property
    def state(self) -> RealisationState:
        """Draft until something was entered."""
        return RealisationState(self.realisation.state) if self.realisation else RealisationState.DRAFT

    @property
    def version(self) -> int:
        return self.realisation.version if self.realisation else 0

    @property
    def is_filled(self) -> bool:
        """A figure, or a blank whose reason is written down."""
        return self.value is not None or (
            self.realisation is not None and self.realisation.is_explained_blank
        )

    @property
    def has_evidence(self) -> bool:
        """An explained blank needs none."""
        return bool(self.evidence) or (self.is_filled and self.value is None)

    @property
    def is_handed_over(self) -> bool:
        return not self.state.is_open

    @property
    def is_verified(self) -> bool:
        """Somebody else has compared the figure with its evidence."""
        return self.realisation is not None and self.realisation.verified_at is not None

    @property
    def stand_in(self) -> StandIn | None:
        """Who typed the figure or handed it over in its owner's place."""
        return stand_in(figure=self.realisation, owner=self.indicator.owner)

    @property
    def words(self) -> str:
        """How the figure came about, in sentences: accumulation, formula, gaps."""
        gaps = ", ".join(f"TW {ROMAN[number - 1]}" for number in self.gaps)
        missing = f"{gaps} belum diisi dan tidak ikut dihitung." if gaps else ""
        return " ".join(part for part in (self.to_date.words, self.achievement.words, missing) if part)
