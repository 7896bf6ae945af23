"""Words for a percentage. The scale is data; the one of the LKE is another scale and lives elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from runtut.performance.formulas.figures import ZERO, rounded


class BandData(TypedDict):
    lower: str
    label: str


class ScaleData(TypedDict):
    """A scale as its data file writes it."""

    key: str
    version: int
    citation: str
    round_to: int | None
    bands: list[BandData]


@dataclass(frozen=True)
class Band:
    """A class of a scale: from `lower` (inclusive) up to the next band's lower bound."""

    lower: Decimal
    label: str


@dataclass(frozen=True)
class PredicateScale:
    """A scale with its source. `round_to` is the number of decimals to which a percentage is rounded before
    it is placed, None for not at all: classes printed as whole numbers (76-90, 91-100) leave gaps such as
    90,5, and how they are closed must be a stated choice."""

    key: str
    version: int
    citation: str
    bands: tuple[Band, ...]
    round_to: int | None

    @property
    def stamp(self) -> str:
        """What a stored result is marked with."""
        return f"{self.key}/{self.version}"

    @property
    def named(self) -> str:
        """How a paper names the scale: by its regulation; a later edition under the same one by its number
        too."""
        return self.citation if self.version == 1 else f"{self.citation}, edisi {self.version}"


def scale_from_data(data: ScaleData) -> PredicateScale:
    """Build a scale from its data record; the bands are put in order, highest first.

    Raises ValueError when no band starts at zero: every percentage must find its word.
    """
    bands = sorted(
        (Band(Decimal(row["lower"]), row["label"]) for row in data["bands"]), key=_lower, reverse=True
    )
    if not bands or bands[-1].lower != ZERO:
        raise ValueError("the lowest band of a scale starts at 0")
    return PredicateScale(data["key"], data["version"], data["citation"], tuple(bands), data["round_to"])


def _lower(band: Band) -> Decimal:
    return band.lower


def predicate(scale: PredicateScale, value: Decimal | None) -> str:
    """Return the word for a percentage, empty for None. Below zero is the lowest class, above 100 the
    highest."""
    if value is None:
        return ""
    if scale.round_to is not None:
        value = rounded(value, scale.round_to)
    return next((band.label for band in scale.bands if value >= band.lower), scale.bands[-1].label)
