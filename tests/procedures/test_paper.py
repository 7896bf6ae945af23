"""The official form on paper: whole rows, pages that hold everything, arrows that find their symbol."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.procedures.graphs import chain, graphs, node
from tests.procedures.test_rendering import LIBRARY, crosses, library_graph, shared

from runtut.procedures.graph import Column, Graph
from runtut.procedures.rendering.metrics import text_width
from runtut.procedures.rendering.paper import SHEETS, Chart, ChartPage, compose_chart
from runtut.procedures.rendering.paper.columns import texts_of
from runtut.procedures.rendering.paper.sheets import PAPER, TITLE

pytestmark = pytest.mark.slow

NEAR = 0.01
WORDS = (
    "Menyusun",
    "konsep",
    "laporan",
    "evaluasi",
    "kinerja",
    "kecamatan",
    "pertanggungjawaban",
    "dan",
    "data",
)


@st.composite
def wordy_graphs(draw: st.DrawFn) -> Graph:
    """SOPs of up to 60 steps whose cells hold from a word to a page of words, in up to 16 columns."""
    graph = draw(graphs(least=3, most=60))
    texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)
    long = draw(st.lists(st.integers(0, len(graph.steps) - 1), max_size=4))
    steps = list(graph.steps)
    for index in long:
        outputs = tuple(draw(st.lists(texts, max_size=12)))
        steps[index] = replace(steps[index], activity=draw(texts), outputs=outputs, note=draw(texts))
    last = len(steps)
    for index in draw(st.lists(st.integers(1, last - 1), max_size=6)):
        steps[index] = replace(steps[index], kind="decision", return_to=(draw(st.integers(1, index)),))
    more = draw(st.integers(0, 10))
    names = [column.name for column in graph.columns] + [draw(texts)[:80] for _ in range(more)]
    return Graph(tuple(steps), tuple(Column(number, name) for number, name in enumerate(names, start=1)))


def steps_of(page: ChartPage) -> list[str]:
    return [row.number for row in page.rows if row.cells]


def check_pages(chart: Chart, graph: Graph) -> None:
    """Every row once, in order, whole; every page within the sheet."""
    assert [no for page in chart.pages for no in steps_of(page)] == [str(step.no) for step in graph.steps]
    wide = sum(chart.columns.widths) * chart.scale
    assert wide <= chart.sheet.body_width + NEAR
    for page in chart.pages:
        assert steps_of(page), "no page without a step"
        high = (TITLE + chart.head_height + page.height) * chart.scale
        assert high <= chart.sheet.body_height + NEAR
        assert page.scene.height == page.height
        assert page.scene.width == sum(chart.columns.performers)


def check_words(chart: Chart, graph: Graph) -> None:
    """Nothing is left out, and every line fits its cell."""
    rows = [row for page in chart.pages for row in page.rows if row.cells]
    for step, row in zip(graph.steps, rows, strict=True):
        for name, cell in row.cells.items():
            assert "".join("".join(texts_of(step, name)).split()) == "".join("".join(cell.lines).split())
            assert cell.height <= row.height
            inner = chart.columns.texts[name] - PAPER.padding_x
            assert all(text_width(line, cell.size) <= inner + NEAR for line in cell.lines)


def check_drawing(page: ChartPage) -> None:
    """No arrow through a symbol or along a stranger, all inside, every symbol inside its own row."""
    scene = page.scene
    levels = [sum(row.height for row in page.rows[:index]) for index in range(len(page.rows) + 1)]
    for symbol in scene.symbols:
        left, top, right, bottom = symbol.box
        assert levels[symbol.row] < top and bottom < levels[symbol.row + 1]
        assert left > 0 and right < scene.width
    for its in scene.routes:
        for segment in pairwise(its.points):
            assert all(0 <= x <= scene.width and 0 <= y <= scene.height for x, y in segment)
            for symbol in scene.symbols:
                assert not crosses(segment, symbol.box), f"{its.edge} through {symbol.step_no or symbol.text}"
    for one, other in combinations((its for its in scene.routes if its.clean), 2):
        if one.edge.target != other.edge.target:
            for first in pairwise(one.points):
                assert all(shared(first, second) < NEAR for second in pairwise(other.points))


def journeys(chart: Chart) -> set[tuple[int, int, bool]]:
    """Follow every arrow over the letters: (row of its source, row of its target, is a return)."""
    direct, leaving, arriving = set(), defaultdict(set), {}
    for number, page in enumerate(chart.pages):
        nodes = {symbol.node: symbol for symbol in page.scene.symbols if symbol.main}
        for its in page.scene.routes:
            source, target = nodes[its.edge.source], nodes[its.edge.target]
            touches(its.points[0], source)
            touches(its.points[-1], target)
            if target.is_connector:
                leaving[target.text].add((number, source.node, its.edge.is_return))
            elif source.is_connector:
                assert source.text not in arriving, "one letter arrives once"
                arriving[source.text] = (number, target.node, its.edge.is_return)
            else:
                direct.add((source.node, target.node, its.edge.is_return))
    assert set(leaving) == set(arriving), "letters come in pairs"
    for letter, sources in leaving.items():
        page_in, target, is_return = arriving[letter]
        for page_out, source, kind in sources:
            assert page_in != page_out and kind == is_return
            direct.add((source, target, is_return))
    return direct


def touches(point, symbol) -> None:
    left, top, right, bottom = symbol.box
    tips = [(left, symbol.y), (right, symbol.y), (symbol.x, top), (symbol.x, bottom)]
    assert any(abs(point[0] - x) < NEAR and abs(point[1] - y) < NEAR for x, y in tips)


def wanted(graph: Graph) -> set[tuple[int, int, bool]]:
    """The arrows that the steps ask for, told from the steps alone."""
    rows = {step.no: row for row, step in enumerate(graph.steps)}
    forward = {(row, row + 1, False) for row in range(len(graph.steps) - 1)}
    return forward | {(rows[s.no], rows[s.return_to[0]], True) for s in graph.steps if s.return_to}


def check(graph: Graph, sheet: str) -> Chart:
    chart = compose_chart(graph, SHEETS[sheet])
    check_pages(chart, graph)
    check_words(chart, graph)
    for page in chart.pages:
        check_drawing(page)
    assert journeys(chart) == wanted(graph)
    return chart


@settings(max_examples=20, deadline=None)
@given(wordy_graphs(), st.sampled_from(sorted(SHEETS)))
def test_chart_of_random_sops_keeps_the_form(graph, sheet):
    check(graph, sheet)


@pytest.mark.parametrize("sheet", sorted(SHEETS))
@pytest.mark.parametrize("key", LIBRARY)
def test_chart_of_the_library_keeps_the_form(key, sheet):
    chart = check(library_graph(key), sheet)
    assert all(its.clean for page in chart.pages for its in page.scene.routes)


def sixty() -> Graph:
    """60 steps in five columns; every fourth decides and sends back, three of them over several pages."""
    far = {20: 2, 40: 2, 60: 30}
    steps = [
        node(
            no,
            kind="start" if no == 1 else "decision" if no % 4 == 0 else "process",
            actors=(no % 5 + 1,),
            return_to=(far.get(no, no - 2),) if no % 4 == 0 else (),
            activity="Menyusun, memeriksa, dan menyampaikan laporan kinerja kecamatan kepada atasan langsung",
        )
        for no in range(1, 61)
    ]
    return chain(*steps, columns=5)


@pytest.mark.parametrize("sheet", sorted(SHEETS))
def test_chart_of_sixty_steps_fills_its_pages(sheet):
    chart = check(sixty(), sheet)
    assert len(chart.pages) == 7
    assert chart.scale == SHEETS[sheet].text / PAPER.font_size, "letters keep their size"


def test_chart_shares_the_letter_of_returns_to_one_step():
    """Steps 20 and 40 go back to step 2 on another page: two leave, one arrives, all by one letter."""
    pages = compose_chart(sixty(), SHEETS["a4"]).pages
    ends = {symbol.node: symbol for symbol in pages[0].scene.symbols}
    back = [its.edge for its in pages[0].scene.routes if its.edge.is_return and its.edge.target == 1]
    letter = next(ends[edge.source].text for edge in back if ends[edge.source].is_connector)
    shown = [symbol for page in pages for symbol in page.scene.symbols if symbol.text == letter]
    assert len(shown) == 3


def test_chart_turns_names_that_many_columns_leave_no_room_for():
    columns = tuple(Column(no, f"Kepala Subbidang Penatausahaan {no}") for no in range(1, 15))
    steps = (node(1, kind="start"), node(2, actors=(14,)), node(3, kind="end"))
    chart = check(Graph(steps, columns), "a4")
    assert chart.columns.turned


def test_chart_of_a_step_as_long_as_a_page_sets_it_smaller_and_whole():
    much = tuple("Daftar isian yang sudah ditandatangani oleh seluruh kepala seksi" for _ in range(60))
    graph = chain(node(1, kind="start"), node(2, outputs=much), node(3, kind="end"))
    chart = check(graph, "a4")
    cell = next(row.cells["outputs"] for page in chart.pages for row in page.rows if row.number == "2")
    assert cell.size < PAPER.font_size


def test_chart_without_steps_or_columns_is_a_form_to_fill_in():
    assert compose_chart(Graph(()), SHEETS["a4"]).pages == ()
    alone = compose_chart(Graph((node(1, kind="start", actors=()),)), SHEETS["f4"])
    assert [steps_of(page) for page in alone.pages] == [["1"]]


def test_chart_leaves_no_single_row_on_the_last_page():
    """One step more than a page holds takes a second one along."""
    charts = (
        compose_chart(chain(*(node(no, kind="process") for no in range(1, count + 1))), SHEETS["a4"])
        for count in range(2, 30)
    )
    broken = next(chart for chart in charts if len(chart.pages) == 2)
    assert len(steps_of(broken.pages[1])) == 2


@settings(max_examples=10, deadline=None)
@given(graphs(most=20))
def test_chart_is_deterministic(graph):
    assert compose_chart(graph, SHEETS["a4"]) == compose_chart(graph, SHEETS["a4"])
