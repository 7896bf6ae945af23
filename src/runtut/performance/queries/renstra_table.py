"""The Renstra as one flat table, for whoever works on in a spreadsheet."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from runtut.performance.queries.grid_row import Bounds
from runtut.performance.queries.renstra import RenstraView

WORDS: Final = (
    ("Tujuan", 36),
    ("Sasaran", 36),
    ("No", 6),
    ("Indikator", 44),
    ("Satuan", 12),
    ("Penanggung jawab", 24),
    ("Kondisi awal", 12),
)
YEAR_WIDTH: Final = 12
Cell = str | float | None


def renstra_columns(view: RenstraView) -> list[tuple[str, int]]:
    """Return (head, width) of every column: words, where it begins, a target for each year."""
    return [*WORDS, *((f"Target {year}", YEAR_WIDTH) for year in view.years)]


def renstra_lines(view: RenstraView) -> list[list[Cell]]:
    """Return a line for each indicator, in official order; goal and objective stand in each, so that
    lines can be sorted and filtered. A blank target is an empty cell; no query."""
    return [
        [
            goal.goal.text if goal.goal else "",
            objective.objective.text,
            one.number,
            one.indicator.name,
            one.indicator.measure,
            one.indicator.owner.title,
            _cell(Bounds(one.indicator.base_value), one.indicator.decimals),
            *(_cell(target, one.indicator.decimals) for target in one.targets),
        ]
        for goal in view.goals
        for objective in goal.objectives
        for one in objective.indicators
    ]


def _cell(bounds: Bounds, decimals: int) -> Cell:
    """A figure as a number to reckon with; a range as it is written."""
    if bounds.upper is not None:
        return bounds.text(decimals)
    value: Decimal | None = bounds.value
    return None if value is None else float(value)
