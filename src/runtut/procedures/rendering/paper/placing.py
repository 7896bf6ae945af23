"""The drawing of one page: its steps, the connectors above and below them, and the arrows between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from string import ascii_uppercase

from runtut.procedures.rendering.layout import Layout, centres_of
from runtut.procedures.rendering.paper.paging import Break
from runtut.procedures.rendering.paper.sheets import CONNECTOR, CONNECTOR_ROW
from runtut.procedures.rendering.shapes import CONNECTOR as PENTAGON
from runtut.procedures.rendering.shapes import Edge, Symbol

FIRST_CONNECTOR = 1_000_000
Letters = Mapping[tuple[int, bool], str]


@dataclass(frozen=True)
class Flow:
    """All steps of an SOP under each other, as if paper had no end."""

    heights: tuple[int, ...]
    widths: tuple[int, ...]
    symbols: tuple[Symbol, ...]
    edges: tuple[Edge, ...]


def letters_of(breaks: Sequence[Break]) -> Letters:
    """Give every arrow that leaves its page a letter, in the order in which one meets them."""
    offs = [off for page in breaks for row in (*page.above, *page.below) for _, off in sorted(row.items())]
    names = dict.fromkeys(off.name for off in offs)
    return {name: _letter(number) for number, name in enumerate(names)}


def _letter(number: int) -> str:
    """A to Z, then AA, AB."""
    whole, rest = divmod(number, len(ascii_uppercase))
    return (_letter(whole - 1) if whole else "") + ascii_uppercase[rest]


def lay_out_page(page: Break, flow: Flow, letters: Letters) -> Layout:
    """Return the rows of one page as a layout of its own: the first row of connectors is row 0."""
    above = [CONNECTOR_ROW] * len(page.above)
    heights = (*above, *flow.heights[page.first : page.end], *[CONNECTOR_ROW] * len(page.below))
    levels = centres_of(heights)
    shift = len(above) - page.first
    steps = [
        replace(symbol, row=symbol.row + shift, y=levels[symbol.row + shift])
        for symbol in flow.symbols
        if page.first <= symbol.row < page.end
    ]
    connectors = _connectors(page, flow, levels, letters)
    edges = _edges(page, flow.edges, {name: symbol.node for name, symbol in connectors.items()})
    return Layout(heights, flow.widths, (*steps, *connectors.values()), tuple(edges))


def _connectors(
    page: Break, flow: Flow, levels: Sequence[float], letters: Letters
) -> dict[tuple[int, bool], Symbol]:
    middles = centres_of(flow.widths)
    numbers = count(FIRST_CONNECTOR)
    below = len(page.above) + page.end - page.first
    places = chain(enumerate(page.above), enumerate(page.below, start=below))
    width, height = CONNECTOR
    return {
        off.name: Symbol(
            step_no=0,
            column=column,
            row=row,
            kind=PENTAGON,
            x=middles[column],
            y=levels[row],
            width=width,
            height=height,
            main=True,
            node=next(numbers),
            text=letters[off.name],
        )
        for row, offs in places
        for column, off in sorted(offs.items())
    }


def _edges(page: Break, edges: Sequence[Edge], ends: Mapping[tuple[int, bool], int]) -> list[Edge]:
    """The arrows of a page; what leaves it ends at a connector, what comes back begins at one."""
    inside = range(page.first, page.end)
    found: dict[Edge, None] = {}
    for edge in edges:
        name = (edge.target, edge.is_return)
        if edge.source not in inside and edge.target not in inside:
            continue
        source = edge.source if edge.source in inside else ends[name]
        target = edge.target if edge.target in inside else ends[name]
        found[Edge(source, target, edge.is_return)] = None
    return list(found)
