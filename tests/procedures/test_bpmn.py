"""BPMN at the edge: valid, drawn without a line through a node, read back without loss, strangers refused."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import SpiffWorkflow.bpmn.parser
from hypothesis import given, settings
from lxml import etree
from tests.procedures.bpmn import document_of_graph, documents, read_one
from tests.procedures.graphs import chain, node

from runtut.procedures.graph import read_document
from runtut.procedures.queries import library, library_entry
from runtut.procedures.rendering.bpmn import BpmnRefused, write_bpmn
from runtut.procedures.rendering.bpmn.diagram import draw
from runtut.procedures.rendering.bpmn.names import PREFIXES
from runtut.procedures.rendering.bpmn.plan import plan_of

pytestmark = pytest.mark.slow

SCHEMA = Path(SpiffWorkflow.bpmn.parser.__file__).parent / "schema" / "BPMN20.xsd"
KEYS = [entry["library_key"] for entry in library()]
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of the OMG, as SpiffWorkflow carries it."""
    return etree.XMLSchema(etree.parse(SCHEMA))


@pytest.mark.parametrize("key", KEYS)
def test_library_goes_out_valid_and_comes_back_the_same(key, schema):
    document = library_entry(key)
    written = write_bpmn(document)
    schema.assertValid(etree.fromstring(written))
    assert read_one(written) == document
    assert write_bpmn(document) == written


@settings(max_examples=60, deadline=None)
@given(documents())
def test_any_sop_goes_out_valid_and_comes_back_the_same(schema, document):
    written = write_bpmn(document)
    schema.assertValid(etree.fromstring(written))
    assert read_one(written) == document


@settings(max_examples=40, deadline=None)
@given(documents())
def test_diagram_shows_every_node_once_and_no_line_through_one(document):
    plan = plan_of(document)
    drawn = draw(plan)
    assert set(drawn.nodes) == {one.id for one in plan.nodes}
    assert set(drawn.flows) == {one.id for one in plan.flows}
    ends = {flow.id: (flow.source, flow.target) for flow in plan.flows}
    for one in plan.nodes:
        box, lane = drawn.nodes[one.id], drawn.lanes[one.lane]
        assert lane.x <= box.x and box.right <= lane.right and lane.y <= box.y and box.bottom <= lane.bottom
    for name, corners in drawn.flows.items():
        for (x1, y1), (x2, y2) in pairwise(corners):
            assert x1 == x2 or y1 == y2
            for other, box in drawn.nodes.items():
                inside = min(x1, x2) < box.right and max(x1, x2) > box.x
                inside = inside and min(y1, y2) < box.bottom and max(y1, y2) > box.y
                assert not inside or other in ends[name]


def overlaps(one, other):
    """Whether two stretches of lines lie on each other along more than a point."""
    for along, across in ((0, 1), (1, 0)):
        level = {one[0][across], one[1][across], other[0][across], other[1][across]}
        if len(level) > 1:
            continue
        first, last = (sorted((pair[0][along], pair[1][along])) for pair in (one, other))
        if min(first[1], last[1]) > max(first[0], last[0]):
            return True
    return False


def test_overlaps_tells_a_shared_stretch_from_a_crossing():
    assert overlaps(((0, 5), (10, 5)), ((8, 5), (20, 5)))
    assert not overlaps(((0, 5), (10, 5)), ((10, 5), (20, 5)))
    assert not overlaps(((0, 5), (10, 5)), ((4, 0), (4, 9)))


def shared_stretches(document):
    drawn = draw(plan_of(document))
    stretches = [(name, pair) for name, corners in drawn.flows.items() for pair in pairwise(corners)]
    return [
        (name, other)
        for at, (name, one) in enumerate(stretches)
        for other, two in stretches[at + 1 :]
        if name != other and overlaps(one, two)
    ]


@pytest.mark.parametrize("key", KEYS)
def test_no_two_lines_of_the_library_lie_on_each_other(key):
    assert shared_stretches(library_entry(key)) == []


@settings(max_examples=40, deadline=None)
@given(documents())
def test_no_two_lines_of_any_sop_lie_on_each_other(document):
    assert shared_stretches(document) == []


def test_returns_of_one_decision_and_returns_to_one_step_have_lines_of_their_own():
    back = [node(1, kind="start"), node(2), node(3, kind="decision", return_to=(1, 2))]
    graph = chain(*back, node(4, kind="decision", return_to=(1, 2)), node(5, kind="end"))
    document = document_of_graph(graph)
    ends = [corners[place] for corners in draw(plan_of(document)).flows.values() for place in (0, -1)]

    assert shared_stretches(document) == []
    assert len(ends) == len(set(ends))


def test_every_reference_of_the_diagram_is_to_an_element():
    root = etree.fromstring(write_bpmn(library_entry("s7")))
    ids = {one.get("id") for one in root.iter(tag=etree.Element) if one.get("id")}
    refs = [one.get("bpmnElement") for one in root.iter(tag=etree.Element) if one.get("bpmnElement")]
    texts = [one.text for one in root.iterfind(".//bpmn:flowNodeRef", PREFIXES)]
    flows = root.findall(".//bpmn:sequenceFlow", PREFIXES)
    ends = [flow.get(end) for flow in flows for end in ("sourceRef", "targetRef")]
    assert set(refs) | set(texts) | set(ends) <= ids
    assert len(refs) == len(set(refs))


def test_lanes_are_the_performers_and_names_the_activities():
    root = etree.fromstring(write_bpmn(library_entry("s2")))
    lanes = [one.get("name") for one in root.iterfind(".//bpmn:lane", PREFIXES)]
    tasks = [one.get("name") for one in root.iterfind(".//bpmn:userTask", PREFIXES)]
    document = library_entry("s2")
    assert lanes == document["performers"]
    assert tasks == [step["activity"] for step in document["steps"]]


def test_step_moved_to_another_lane_has_another_performer():
    document = library_entry("s2")
    text = write_bpmn(document).decode()
    first, second = (
        "<bpmn:flowNodeRef>langkah-9</bpmn:flowNodeRef>",
        '<bpmn:lane id="lajur-1" name="Camat">',
    )
    moved = text.replace(first, "").replace(second, second + first)
    step = read_one(moved.encode())["steps"][8]
    assert [who["name"] for who in step["performers"] if who["mode"] != "joint"] == ["Camat"]


def test_return_taken_away_in_another_program_is_gone():
    document = library_entry("s4")
    root = etree.fromstring(write_bpmn(document))
    (back,) = [one for one in root.iterfind(".//bpmn:sequenceFlow", PREFIXES) if len(one)]
    back.getparent().remove(back)
    steps = read_one(etree.tostring(root))["steps"]
    assert [step["return_to"] for step in steps] == [[]] * 9


FOREIGN = (
    HEAD
    + """<process id="p" name="Surat masuk"><documentation>Dari program lain</documentation>
<laneSet id="l"><lane id="a" name="Penerima"><flowNodeRef>t1</flowNodeRef></lane>
<lane id="b" name="Camat"><flowNodeRef>t2</flowNodeRef><flowNodeRef>t3</flowNodeRef></lane></laneSet>
<startEvent id="s"/><userTask id="t1" name="Mencatat surat">
<documentation>Buku agenda</documentation></userTask>
<manualTask id="t2" name="Memeriksa surat"/><exclusiveGateway id="g" name="Lengkap?"/>
<callActivity id="t3" name="Membahas surat" calledElement="s-rapat"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="t1"/><sequenceFlow id="f2" sourceRef="t1" targetRef="t2"/>
<sequenceFlow id="f3" sourceRef="t2" targetRef="g"/><sequenceFlow id="f4" sourceRef="g" targetRef="t1"/>
<sequenceFlow id="f5" sourceRef="g" targetRef="t3"/><sequenceFlow id="f6" sourceRef="t3" targetRef="e"/>
</process></definitions>"""
)


def test_file_of_another_program_becomes_an_sop():
    document = read_document(read_one(FOREIGN.encode()))
    assert document["title"] == "Surat masuk"
    assert document["performers"] == ["Penerima", "Camat"]
    assert document["notes"] == ["Dari program lain"]
    steps = document["steps"]
    assert [(one["no"], one["activity"], one["kind"], one["return_to"]) for one in steps] == [
        (1, "Mencatat surat", "start", []),
        (2, "Memeriksa surat", "decision", [1]),
        (3, "Membahas surat", "end", []),
    ]
    assert [one["performers"][0]["name"] for one in steps] == ["Penerima", "Camat", "Camat"]
    assert (steps[0]["note"], steps[2]["calls"]) == ("Buku agenda", "s-rapat")


def test_lane_that_only_holds_lanes_is_no_performer():
    own = '<lane id="b" name="Camat"><flowNodeRef>t2</flowNodeRef><flowNodeRef>t3</flowNodeRef></lane>'
    every = "<flowNodeRef>t2</flowNodeRef><flowNodeRef>t3</flowNodeRef>"
    held = f'<lane id="c" name="Kantor">{every}<childLaneSet id="d">{own}</childLaneSet></lane>'
    document = read_document(read_one(FOREIGN.replace(own, held).encode()))
    assert document["performers"] == ["Penerima", "Camat"]
    assert document["steps"][1]["performers"][0]["name"] == "Camat"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('targetRef="e"', 'targetRef="t9"'), "“t9” yang tidak ada"),
        (
            ('id="f2" sourceRef="t1" targetRef="t2"', 'id="f2" sourceRef="t1" targetRef="t1"'),
            "tidak bersambung",
        ),
        (
            ('id="f6" sourceRef="t3" targetRef="e"', 'id="f6" sourceRef="t3" targetRef="t2"'),
            "tidak bersambung",
        ),
        (("<definitions", '<!DOCTYPE x [<!ENTITY a "b">]><definitions'), "DOCTYPE"),
        (("</definitions>", ""), "bukan XML yang utuh"),
    ],
)
def test_what_makes_the_flow_unreadable_is_named_and_refused(change, said):
    assert change[0] in FOREIGN
    with pytest.raises(BpmnRefused) as refusal:
        read_one(FOREIGN.replace(*change).encode())
    assert said in " ".join(refusal.value.problems)


def test_file_without_a_task_is_refused():
    empty = HEAD + "<process id='p'><startEvent id='s'/></process></definitions>"
    for content in (empty, HEAD + "<process id='p'/></definitions>"):
        with pytest.raises(BpmnRefused, match="tugas"):
            read_one(content.encode())


def test_file_of_any_size_is_not_read():
    with pytest.raises(BpmnRefused, match="lebih besar dari 5 MiB"):
        read_one(b" " * (5 * 1024 * 1024 + 1))


def test_file_that_calls_for_another_file_does_not_get_it(tmp_path):
    secret = tmp_path / "rahasia"
    secret.write_text("isi rahasia")
    hostile = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>' + FOREIGN.replace("Lengkap?", "&x;")
    with pytest.raises(BpmnRefused) as refusal:
        read_one(hostile.encode())
    assert "isi rahasia" not in str(refusal.value)


def test_steps_that_each_does_stand_between_a_fork_and_a_join():
    document = document_of_graph(
        chain(node(1, kind="start"), node(2, actors=(1, 2), mode="each"), node(3, kind="end"))
    )
    tags = [one.tag for one in plan_of(document).nodes if one.step == 1]
    assert tags == ["parallelGateway", "userTask", "userTask", "parallelGateway"]
