"""One flowchart of the form: its columns, its pages, and the drawing of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from runtut.procedures.rendering.layout import centres_of, edges_of, places_of, symbols_of
from runtut.procedures.rendering.matrix import per_row_text
from runtut.procedures.rendering.metrics import wrap
from runtut.procedures.rendering.paper.cells import Cell, cells_of, height_of
from runtut.procedures.rendering.paper.columns import Columns, share_out
from runtut.procedures.rendering.paper.paging import Break, break_pages
from runtut.procedures.rendering.paper.placing import Flow, lay_out_page, letters_of
from runtut.procedures.rendering.paper.sheets import (
    CONNECTOR_ROW,
    COUNT,
    FURTHER_SIZE,
    HEAD,
    PAPER,
    TITLE,
    TITLE_LINE,
    TITLE_SIZES,
    Sheet,
)
from runtut.procedures.rendering.scene import Scene, build_scene
from runtut.procedures.rendering.shapes import DrawnGraph

SMALLER = 0.94


@dataclass(frozen=True)
class ChartRow:
    """A row of the table; without cells it only holds connectors."""

    height: int
    number: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class ChartPage:
    """The rows of one page below the heading, and the drawing over its performer columns. `spoken` says
    the drawing in words."""

    rows: tuple[ChartRow, ...]
    scene: Scene
    spoken: str

    @property
    def height(self) -> int:
        return sum(row.height for row in self.rows)


@dataclass(frozen=True)
class Title:
    """The words above the table: their lines, the size of the letters and the height of a line in points."""

    lines: tuple[str, ...]
    size: float
    line: float


@dataclass(frozen=True)
class Chart:
    """A flowchart in units; `scale` is the number of points in one."""

    sheet: Sheet
    scale: float
    columns: Columns
    pages: tuple[ChartPage, ...]

    @property
    def head_height(self) -> int:
        return HEAD + self.columns.names_height + COUNT

    def title(self, words: str, *, further: bool = False) -> Title:
        """The line above the table of the first page, or of those that follow: as large as fits on one line,
        else on two."""
        text = f"SOP {words}".upper() + (" (lanjutan)" if further else "")
        room = TITLE * self.scale
        found = Title((text,), TITLE_SIZES[0][0], room)
        for most, sizes in enumerate(TITLE_SIZES, 1):
            for size in sizes:
                size = min(size, FURTHER_SIZE) if further else size
                lines = wrap(text, self.sheet.body_width, size * PAPER.slack, bold=not further)
                found = Title(tuple(lines), size, room / most)
                if len(lines) <= most and size * TITLE_LINE <= found.line:
                    return found
        return found


def compose_chart(graph: DrawnGraph, sheet: Sheet) -> Chart:
    """Lay the flowchart of an SOP out on a sheet; letters get smaller only where nothing fits otherwise.

    Pure: the same steps give the same pages.
    """
    scale = sheet.text / PAPER.font_size
    while True:
        columns = share_out(graph, int(sheet.body_width / scale))
        if columns is not None:
            room = int(sheet.body_height / scale) - TITLE - HEAD - COUNT - columns.names_height
            pages = _pages(graph, columns, room)
            if pages is not None:
                return Chart(sheet, scale, columns, pages)
        scale *= SMALLER


def _flow(graph: DrawnGraph, columns: Columns, heights: Sequence[int]) -> Flow:
    places = places_of(graph.columns, columns.performers)
    narrowest = min(columns.performers, default=0)
    symbols = tuple(
        symbol
        for row, (step, y) in enumerate(zip(graph.steps, centres_of(heights), strict=True))
        for symbol in symbols_of(step, row, y, places, narrowest)
    )
    drawn = {symbol.row for symbol in symbols if symbol.main}
    edges = edges_of(graph.steps, drawn, every_return=False)
    return Flow(tuple(heights), columns.performers, symbols, tuple(edges))


def _pages(graph: DrawnGraph, columns: Columns, room: int) -> tuple[ChartPage, ...] | None:
    """The pages of `room` units below the heading, None where a row does not fit on any."""
    limit = room - 2 * CONNECTOR_ROW - 4
    if limit < PAPER.least_row:
        return None
    cells = [cells_of(step, columns, limit) for step in graph.steps]
    rows = [ChartRow(height_of(its), str(step.no), its) for step, its in zip(graph.steps, cells, strict=True)]
    flow = _flow(graph, columns, [row.height for row in rows])
    places = {symbol.row: symbol.column for symbol in flow.symbols if symbol.main}
    breaks = break_pages(flow.heights, flow.edges, places, len(columns.performers), room)
    return None if breaks is None else tuple(_drawn(graph, rows, flow, breaks))


def _drawn(
    graph: DrawnGraph, rows: Sequence[ChartRow], flow: Flow, breaks: Sequence[Break]
) -> Iterator[ChartPage]:
    letters = letters_of(breaks)
    words = per_row_text(graph)
    empty = ChartRow(CONNECTOR_ROW, "", {})
    for page in breaks:
        shown = [*[empty] * len(page.above), *rows[page.first : page.end], *[empty] * len(page.below)]
        spoken = [f"Langkah {step.no}: {words[step.no]}." for step in graph.steps[page.first : page.end]]
        scene = build_scene(lay_out_page(page, flow, letters))
        yield ChartPage(tuple(shown), scene, " ".join(["Bagan alir.", *spoken]))
