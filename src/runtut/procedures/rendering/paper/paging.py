"""Where the pages break: whole rows only, and room for the connectors that the break makes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from runtut.procedures.rendering.paper.sheets import CONNECTOR_ROW
from runtut.procedures.rendering.shapes import Edge


@dataclass(frozen=True)
class Off:
    """One connector of a page: of all arrows of one kind to one target. `leaving` where they go off the page,
    else where they come back; `column` is where it stands best."""

    target: int
    is_return: bool
    leaving: bool
    column: int

    @property
    def name(self) -> tuple[int, bool]:
        """What its two ends have in common: the letter."""
        return self.target, self.is_return


@dataclass(frozen=True)
class Break:
    """The rows first..end-1 of one page, with the connectors above and below them: rows of column to Off."""

    first: int
    end: int
    above: tuple[Mapping[int, Off], ...]
    below: tuple[Mapping[int, Off], ...]


def break_pages(
    heights: Sequence[int], edges: Sequence[Edge], columns: Mapping[int, int], width: int, room: int
) -> list[Break] | None:
    """Fill page after page of `room` units; None where a row and its connectors do not fit on one.

    `columns` gives the column of every row that has a symbol, `width` how many columns there are.
    """
    pages: list[Break] = []
    first = 0
    while first < len(heights):
        page = _fullest(first, heights, edges, columns, width, room)
        if page is None:
            return None
        pages.append(page)
        first = page.end
    return _without_widow(pages, heights, edges, columns, width, room)


def _fullest(
    first: int,
    heights: Sequence[int],
    edges: Sequence[Edge],
    columns: Mapping[int, int],
    width: int,
    room: int,
    most: int | None = None,
) -> Break | None:
    """The page from a row on that holds as many rows as fit."""
    for end in range(most or len(heights), first, -1):
        if sum(heights[first:end]) > room:
            continue
        page = Break(first, end, *_connectors(first, end, edges, columns, width))
        if height_of_page(page, heights) <= room:
            return page
    return None


def height_of_page(page: Break, heights: Sequence[int]) -> int:
    connectors = (len(page.above) + len(page.below)) * CONNECTOR_ROW
    return sum(heights[page.first : page.end]) + connectors


def _without_widow(
    pages: list[Break],
    heights: Sequence[int],
    edges: Sequence[Edge],
    columns: Mapping[int, int],
    width: int,
    room: int,
) -> list[Break]:
    """Give a last page of a single row a second one from the page before, where that can spare it."""
    if len(pages) < 2 or pages[-1].end - pages[-1].first > 1 or pages[-2].end - pages[-2].first < 3:
        return pages
    cut = pages[-1].first - 1
    before = _fullest(pages[-2].first, heights, edges, columns, width, room, most=cut)
    last = _fullest(cut, heights, edges, columns, width, room)
    if before is None or before.end != cut or last is None or last.end != len(heights):
        return pages
    return [*pages[:-2], before, last]


def _connectors(
    first: int, end: int, edges: Sequence[Edge], columns: Mapping[int, int], width: int
) -> tuple[tuple[Mapping[int, Off], ...], tuple[Mapping[int, Off], ...]]:
    above: dict[tuple[object, ...], Off] = {}
    below: dict[tuple[object, ...], Off] = {}
    for edge in edges:
        leaves, arrives = first <= edge.source < end, first <= edge.target < end
        if leaves == arrives:
            continue
        inside, outside = (edge.source, edge.target) if leaves else (edge.target, edge.source)
        off = Off(edge.target, edge.is_return, leaves, columns[inside])
        side = below if outside >= end else above
        side.setdefault((off.name, leaves), off)
    return _placed(above.values(), width), _placed(below.values(), width)


def _placed(offs: Collection[Off], width: int) -> tuple[Mapping[int, Off], ...]:
    """Put each connector into the free column nearest to its own; a full row is followed by another."""
    rows: list[dict[int, Off]] = []
    waiting = sorted(offs, key=lambda off: (off.is_return, off.target))
    for off in waiting:
        if not rows or len(rows[-1]) == width:
            rows.append({})
        free = [column for column in range(width) if column not in rows[-1]]
        rows[-1][min(free, key=lambda column: (abs(column - off.column), column))] = off
    return tuple(rows)
