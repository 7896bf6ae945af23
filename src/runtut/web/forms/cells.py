"""One figure of a table that is typed into like a spreadsheet: what every such table shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from runtut.performance.enums import Variant
from runtut.performance.models import Indicator
from runtut.performance.queries import Bounds

Typed = Mapping[str, Any]


@dataclass
class Cell:
    """A figure, or the two bounds of a range; `column` is what the keys of the table move along.

    `stored` is how it is kept, as text, and `seen` how the form that was sent had it. A figure that comes
    back as it was seen is left alone, whatever is stored by now.
    """

    key: str
    column: str
    label: str
    text: str
    upper: str | None
    stored: str
    seen: str | None = None
    error: str = ""

    @property
    def name(self) -> str:
        """That of its control, in the form and in the page."""
        return f"nilai-{self.key}"

    @property
    def is_touched(self) -> bool:
        """Somebody has typed another figure than the form showed."""
        return self.seen is not None

    @property
    def drawn_from(self) -> str:
        """What the next form says that it showed: where this figure was refused, still what was sent."""
        return self.seen if self.error and self.seen is not None else self.stored

    @property
    def shown(self) -> str:
        """The figure as text, for who only reads."""
        return self.stored or "–"


def cell_of(
    key: str, column: str, label: str, bounds: Bounds, indicator: Indicator, typed: Typed | None = None
) -> Cell:
    """Return the cell of a target, with what was typed over it in the form that was sent."""
    decimals = indicator.decimals
    text = Bounds(bounds.value).text(decimals)
    upper = Bounds(bounds.upper).text(decimals) if Variant(indicator.variant).has_range else None
    cell = Cell(key, column, label, text, upper, stored=bounds.text(decimals))
    if typed is None or cell.name not in typed:
        return cell
    given = str(typed[cell.name])
    given_upper = None if upper is None else str(typed.get(f"{cell.name}-atas", ""))
    seen = str(typed.get(f"versi-{key}", ""))
    if _whole(given, given_upper) != seen:
        cell.text, cell.upper, cell.seen = given, given_upper, seen
    return cell


def _whole(text: str, upper: str | None) -> str:
    """A figure as a target is written, or the two bounds of a range."""
    low, high = text.strip(), (upper or "").strip()
    return f"{low} – {high}" if low and high else low or high


def refused(cells: Iterable[Cell]) -> list[tuple[str, str]]:
    """Return (sentence, id of the control) of every refused figure, for the error summary."""
    return [(cell.error, cell.name) for cell in cells if cell.error]


def kept_now(cells: Iterable[Cell], fresh: Iterable[Cell]) -> dict[str, str]:
    """Return, by the name of the hidden control, what the page must now say that it showed: of every figure
    that was just kept, as it is stored. What was refused, or not touched, stays as the page has it."""
    stored = {cell.key: cell.stored for cell in fresh}
    return {f"versi-{cell.key}": stored[cell.key] for cell in cells if cell.is_touched and not cell.error}
