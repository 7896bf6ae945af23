"""The geometry that makes a flowchart legible, for random SOPs and for the seven."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from itertools import accumulate, combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.procedures.graphs import chain, graphs, node, small

import runtut.procedures
from runtut.procedures.graph import Graph, graph_of_document
from runtut.procedures.rendering import SCREEN, Geometry, Scene, build_scene, lay_out, matrix_svg
from runtut.procedures.rendering.layout import column_widths, row_height
from runtut.procedures.rendering.metrics import text_width, wrap
from runtut.procedures.rendering.svg import PAPER_PEN, to_svg

FOLDER = Path(runtut.procedures.__file__).parent / "data" / "library"
LIBRARY = sorted(path.stem for path in FOLDER.glob("*.json"))
NEAR = 0.01


def library_graph(key: str) -> Graph:
    return graph_of_document(json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8")))


def scene_of(graph: Graph, *, every_return: bool = False) -> Scene:
    return build_scene(lay_out(graph, SCREEN, every_return=every_return))


def crosses(segment, box) -> bool:
    """Whether a segment passes through the inside of a box."""
    (x1, y1), (x2, y2) = segment
    left, top, right, bottom = box
    return (
        min(x1, x2) < right - NEAR
        and max(x1, x2) > left + NEAR
        and min(y1, y2) < bottom - NEAR
        and max(y1, y2) > top + NEAR
    )


def shared(one, other) -> float:
    """Length on which two segments lie on top of each other."""
    for axis in (0, 1):
        across = 1 - axis
        level = {point[across] for point in (*one, *other)}
        if max(level) - min(level) < NEAR:
            spans = [sorted(point[axis] for point in segment) for segment in (one, other)]
            return min(span[1] for span in spans) - max(span[0] for span in spans)
    return 0.0


def check(scene: Scene, graph: Graph) -> None:
    for its in scene.routes:
        assert its.clean
        for segment in pairwise(its.points):
            (x1, y1), (x2, y2) = segment
            assert (x1 == x2) != (y1 == y2), "arrows run straight along the grid"
            assert 0 <= x1 <= scene.width and 0 <= y1 <= scene.height, "arrows stay inside"
            for symbol in scene.symbols:
                assert not crosses(segment, symbol.box), f"{its.edge} through step {symbol.step_no}"
    for one, other in combinations(scene.routes, 2):
        if one.edge.target != other.edge.target:
            for first in pairwise(one.points):
                for second in pairwise(other.points):
                    assert shared(first, second) < NEAR, f"{one.edge} lies on {other.edge}"
    ends_on_border(scene)


def ends_on_border(scene: Scene) -> None:
    mains = {symbol.row: symbol for symbol in scene.symbols if symbol.main}
    for its in scene.routes:
        for point, row in ((its.points[0], its.edge.source), (its.points[-1], its.edge.target)):
            left, top, right, bottom = mains[row].box
            tips = [(left, mains[row].y), (right, mains[row].y), (mains[row].x, top), (mains[row].x, bottom)]
            assert any(abs(point[0] - x) < NEAR and abs(point[1] - y) < NEAR for x, y in tips)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_routes_of_random_sops_are_legible(graph):
    scene = scene_of(graph)
    check(scene, graph)
    back = sum(bool(step.return_to) for step in graph.steps)
    assert len(scene.routes) == len(graph.steps) - 1 + back


@settings(max_examples=15, deadline=None)
@given(graphs(most=14))
def test_routes_with_every_return_are_legible(graph):
    scene = scene_of(graph, every_return=True)
    check(scene, graph)
    back = sum(len(step.return_to) for step in graph.steps)
    assert len(scene.routes) == len(graph.steps) - 1 + back


@pytest.mark.parametrize("key", LIBRARY)
def test_routes_of_the_library_are_legible(key):
    graph = library_graph(key)
    check(scene_of(graph), graph)


@settings(max_examples=25, deadline=None)
@given(graphs())
def test_labels_of_random_sops_cover_no_symbol_and_no_label(graph):
    scene = scene_of(graph)
    for label in scene.labels:
        assert label.box[0] >= 0 and label.box[2] <= scene.width
        assert [symbol for symbol in scene.symbols if crosses(pairs(label.box), small_box(symbol))] == []
    for one, other in combinations(scene.labels, 2):
        assert not crosses(pairs(one.box), other.box)


@pytest.mark.parametrize("key", LIBRARY)
def test_labels_of_the_library_cover_no_symbol_and_no_line(key):
    scene = scene_of(library_graph(key))
    for label in scene.labels:
        assert [symbol for symbol in scene.symbols if crosses(pairs(label.box), small_box(symbol))] == []
        lines = [segment for its in scene.routes for segment in pairwise(its.points)]
        assert [segment for segment in lines if crosses(segment, label.box)] == []


def rules_under(label, layout):
    """How many rules of the table run through a label."""
    left, top, right, bottom = label.box
    columns, rows = (accumulate(sizes, initial=0) for sizes in (layout.column_widths, layout.row_heights))
    return sum(left < x < right for x in columns) + sum(top < y < bottom for y in rows)


def test_label_stands_past_the_rule_of_the_table_that_its_arrow_crosses():
    graph = chain(
        node(1, kind="start", actors=(1,)),
        node(2, kind="decision", actors=(1,), return_to=(1,)),
        node(3, kind="end", actors=(3,)),
        columns=3,
    )
    layout = lay_out(graph, SCREEN)
    labels = {label.text: label for label in build_scene(layout).labels}
    assert rules_under(labels["Ya"], layout) == 0


def test_label_has_white_behind_it_in_every_drawing():
    scene = scene_of(small(kind="decision", return_to=(1,)))
    svg = ET.fromstring(to_svg(scene, "Bagan", PAPER_PEN))
    grounds = svg.findall(".//{*}g[@class='gl']/{*}rect")
    places = {(rect.get("x"), rect.get("width")) for rect in grounds}
    wanted = {(label.ground[0], label.ground[2] - label.ground[0]) for label in scene.labels}

    assert svg.find(".//{*}g[@class='gl']").get("fill") == "#fff"
    assert places == {tuple(f"{size:.1f}".removesuffix(".0") for size in pair) for pair in wanted}


def pairs(box):
    return (box[0], box[1]), (box[2], box[3])


def small_box(symbol):
    """A diamond leaves its corners free; what counts is the box through the middle of its edges."""
    if not symbol.is_diamond:
        return symbol.box
    return (
        symbol.x - symbol.width / 4,
        symbol.y - symbol.height / 4,
        symbol.x + symbol.width / 4,
        symbol.y + symbol.height / 4,
    )


def test_labels_of_a_decision_are_ya_and_tidak():
    scene = scene_of(small(kind="decision", return_to=(1,)))
    assert sorted(label.text for label in scene.labels) == ["Tidak", "Ya"]


def test_return_arrow_is_drawn_dashed_with_its_own_head():
    scene = scene_of(small(kind="decision", return_to=(1,)))
    assert [line.kind for line in scene.lines] == ["forward", "forward", "return"]
    assert [head.kind for head in scene.arrowheads] == ["forward", "forward", "return"]


def test_return_arrow_goes_to_the_suggested_target_only():
    graph = chain(
        node(1, kind="start"), node(2), node(3, kind="decision", return_to=(2, 1)), node(4, kind="end")
    )
    back = [its.edge for its in scene_of(graph).routes if its.edge.is_return]
    assert [(edge.source, edge.target) for edge in back] == [(2, 1)]


def test_joint_symbols_are_joined_to_the_main_one():
    scene = scene_of(small(joint=(1,)))
    links = [line for line in scene.lines if line.kind == "link"]
    assert len(links) == 1
    assert [symbol.main for symbol in scene.symbols if symbol.step_no == 2] == [True, False]


def test_step_without_an_actor_is_left_out_of_the_flow():
    graph = chain(node(1, kind="start"), node(2, actors=()), node(3, actors=(2,), kind="end"))
    assert [(its.edge.source, its.edge.target) for its in scene_of(graph).routes] == [(0, 2)]


@settings(max_examples=10, deadline=None)
@given(graphs(most=12))
def test_matrix_is_deterministic_and_well_formed(graph):
    drawing = matrix_svg(graph)
    assert matrix_svg(graph) == drawing
    root = ET.fromstring(drawing.svg)
    assert root.get("aria-label") == drawing.summary_text
    assert sum(drawing.row_heights) == drawing.height
    assert sum(drawing.column_widths) == drawing.width
    assert "style=" not in drawing.svg


def test_matrix_escapes_what_it_says():
    graph = Graph(steps=small().steps, columns=small().columns)
    assert "<script" not in matrix_svg(graph).svg


def test_matrix_uses_the_five_symbols_only():
    root = ET.fromstring(matrix_svg(library_graph("s2")).svg)
    names = {element.tag for element in root.iter()}
    assert names == {"svg", "g", "path", "polygon", "rect", "text"}


def test_matrix_draws_forward_arrows_above_returns():
    root = ET.fromstring(matrix_svg(small(kind="decision", return_to=(1,))).svg)
    assert [path.get("class") for path in root.iter("path")] == ["b", "maju", "maju"]


def test_matrix_of_a_draft_without_steps_or_columns():
    empty = matrix_svg(Graph(steps=()))
    assert (empty.width, empty.height, empty.summary_text) == (0, 0, "Bagan alir 0 kegiatan.")
    unassigned = matrix_svg(chain(node(1, kind="start", actors=()), columns=1))
    assert unassigned.per_row_text == {1: "Mulai; pelaksana: belum ditentukan; selesai"}


def test_matrix_says_every_row():
    drawing = matrix_svg(library_graph("s2"))
    assert drawing.summary_text == (
        "Bagan alir 9 kegiatan. Langkah 6 kembali ke langkah 5 bila tidak. "
        "Langkah 7 kembali ke langkah 6 bila tidak."
    )
    assert drawing.per_row_text[4] == "Kegiatan; pelaksana: setiap Kasi; lanjut ke langkah 5"
    assert drawing.per_row_text[7] == (
        "Keputusan; pelaksana: Camat; lanjut ke langkah 8; bila tidak kembali ke langkah 6 atau 5"
    )
    assert drawing.per_row_text[9] == "Selesai; pelaksana: Pengelola; selesai"


def test_matrix_columns_may_be_shown_in_another_order():
    graph = library_graph("s2")
    turned = matrix_svg(graph, tuple(reversed(graph.columns)))
    assert turned.column_widths == tuple(reversed(matrix_svg(graph).column_widths))
    assert turned.svg != matrix_svg(graph).svg


def test_row_height_grows_with_the_longest_cell():
    short, long = node(1), node(1, requirements=("Surat permintaan bahan " * 6,))
    assert row_height(short, SCREEN) == 76
    assert row_height(long, SCREEN) > 140


def test_column_widths_give_long_words_their_room():
    widths = column_widths(
        ["Camat", "Kasubbag Perencanaan", "Kasi", "Lurah", "Sekcam", "Staf", "Umum"], SCREEN
    )
    assert widths[1] >= text_width("Perencanaan", SCREEN.font_size, bold=True)
    assert sum(widths) <= SCREEN.widest_performers
    assert column_widths(["Camat", "Staf"], SCREEN) == (86, 86)


def test_geometry_may_be_that_of_paper():
    paper = Geometry(font_size=7, line_height=9, least_row=40, performer=40, narrowest_performer=30)
    assert matrix_svg(library_graph("s2"), geometry=paper).height < 400


@given(st.text(alphabet="abcdefghij klmnop ", max_size=80), st.integers(20, 200))
def test_wrap_loses_nothing_and_fits(text, width):
    lines = wrap(text, width, 13)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert [line for line in lines if len(line) > 1 and text_width(line, 13) > width] == []


def test_text_width_matches_the_font():
    assert text_width("iii", 10) < text_width("mmm", 10)
    assert text_width("Camat", 20) == pytest.approx(2 * text_width("Camat", 10))
    assert text_width("Camat", 10, bold=True) > text_width("Camat", 10)
