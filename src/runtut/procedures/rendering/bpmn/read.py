"""A BPMN 2.0 file of the subset that an SOP can be, as an SOP; anything else is listed and refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from runtut.procedures.enums import Confidence, Mode, StepKind, TimeUnit, Work
from runtut.procedures.rendering.bpmn.fields import Element, read_field
from runtut.procedures.rendering.bpmn.names import FORMAT, UNNAMED_LANE, model, ours

Json = dict[str, Any]
TASKS = {model(tag) for tag in ("userTask", "manualTask", "task", "callActivity")}
XOR, AND = model("exclusiveGateway"), model("parallelGateway")
START, END = model("startEvent"), model("endEvent")
SILENT = {
    model(tag)
    for tag in (
        "sequenceFlow",
        "laneSet",
        "extensionElements",
        "documentation",
        "textAnnotation",
        "association",
    )
}
CARRIED = {model(tag) for tag in ("incoming", "outgoing", "extensionElements", "documentation")}
LABEL, NOTE = 40, 300
LARGEST = 5 * 1024 * 1024
LISTS = (
    "legal_basis",
    "related_sops",
    "qualifications",
    "equipment",
    "warnings",
    "records",
    "notes",
)


class BpmnRefused(ValueError):
    """A file that is not of the subset; `problems` says in Indonesian what and where."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problems))


def read_bpmn(content: bytes) -> Json:
    """Return the SOP of a BPMN file in the format runtut-sop/1.

    The subset: one process from one start to one end, user and manual tasks, call activities, exclusive
    gateways that go on or back, parallel gateways around tasks that each performer does, lanes. What BPMN has
    no word for is read from our extension elements where they are, else left empty. Raises BpmnRefused with
    everything that does not fit; nothing is dropped.
    """
    process = process_of(content)
    flow = _Process(process)
    problems = list(flow.problems())
    if problems:
        raise BpmnRefused(problems)
    steps = flow.steps()
    return {**flow.identity(), "performers": flow.performers(), "steps": steps}


def process_of(content: bytes) -> Element:
    if len(content) > LARGEST:
        raise BpmnRefused([f"Berkas lebih besar dari {LARGEST // 1024 // 1024} MiB."])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BpmnRefused([f"Berkas bukan XML yang utuh, baris {error.lineno}."]) from None
    if root.getroottree().docinfo.doctype:
        raise BpmnRefused(["Berkas memuat DOCTYPE, yang tidak dipakai BPMN."])
    processes = root.findall(model("process"))
    if root.find(f"{model('collaboration')}/{model('messageFlow')}") is not None:
        raise BpmnRefused(["Pesan antarproses tidak dapat menjadi bagian SOP."])
    if len(processes) != 1:
        raise BpmnRefused([f"Harus ada tepat satu proses, ditemukan {len(processes)}."])
    return processes[0]


class _Process:
    def __init__(self, process: Element) -> None:
        self.process = process
        self.nodes = {
            node.get("id", ""): node
            for node in process.iterchildren(tag=etree.Element)
            if node.tag not in SILENT
        }
        self.out: dict[str, list[str]] = defaultdict(list)
        self.into: dict[str, list[str]] = defaultdict(list)
        for edge in process.iterchildren(model("sequenceFlow")):
            self.out[edge.get("sourceRef", "")].append(edge.get("targetRef", ""))
            self.into[edge.get("targetRef", "")].append(edge.get("sourceRef", ""))
        self.lane_of = {
            (ref.text or "").strip(): lane
            for lane in process.iter(model("lane"))
            for ref in lane.iterchildren(model("flowNodeRef"))
        }
        self.order: list[list[str]] = []
        self.back: dict[int, list[int]] = defaultdict(list)

    def problems(self) -> Iterator[str]:
        """Everything that is not of the subset; walks the flow when its parts are."""
        known = TASKS | {XOR, AND, START, END}
        strange = [node for node in self.nodes.values() if node.tag not in known]
        for node in strange:
            name = etree.QName(node).localname
            yield f"{name} “{node.get('name') or node.get('id')}” tidak dapat menjadi bagian SOP."
        yield from self.burdens()
        for tag, word in ((START, "awal"), (END, "akhir")):
            found = [node for node in self.nodes.values() if node.tag == tag]
            if len(found) != 1:
                yield f"Harus ada tepat satu {word}, ditemukan {len(found)}."
        ends = {end for pair in self.out.items() for end in (pair[0], *pair[1])}
        yield from (f"Alur menunjuk “{end}” yang tidak ada." for end in sorted(ends - set(self.nodes)))
        if not strange and ends <= set(self.nodes):
            yield from self.walk()

    def burdens(self) -> Iterator[str]:
        """What hangs on a node and would be lost: repetition, data, the condition of an event."""
        for key, node in self.nodes.items():
            for child in node.iterchildren(tag=etree.Element):
                if child.tag not in CARRIED:
                    yield f"{etree.QName(child).localname} pada “{self.name_of(key)}” tidak dikenal SOP."

    def walk(self) -> Iterator[str]:
        """Go from the start along the flow, collecting steps and where they go back to."""
        starts = [key for key, node in self.nodes.items() if node.tag == START]
        if len(starts) != 1:
            return
        seen: set[str] = set()
        current, problem = starts[0], ""
        while not problem and self.nodes[current].tag != END:
            seen.add(current)
            current, problem = self.next_of(current, seen)
        if problem:
            yield problem
            return
        seen |= {current} | {task for tasks in self.order for task in tasks}
        for key in self.nodes.keys() - seen:
            yield f"“{self.name_of(key)}” tidak tercapai dari awal."

    def next_of(self, current: str, seen: set[str]) -> tuple[str, str]:
        """The node that the flow goes on to, and what is wrong, if anything."""
        node, following = self.nodes[current], self.out[current]
        if node.tag in TASKS:
            self.order.append([current])
        if node.tag == AND and len(following) > 1:
            return self.through_branches(current, seen)
        if node.tag != XOR and len(following) > 1:
            return current, f"“{self.name_of(current)}” bercabang tanpa gerbang."
        onward = [one for one in dict.fromkeys(following) if one not in seen]
        behind = [one for one in dict.fromkeys(following) if one in seen]
        if len(onward) != 1:
            many = "tidak bersambung" if not onward else "bercabang maju lebih dari satu"
            return current, f"“{self.name_of(current)}” {many}; SOP berjalan maju satu arah."
        if behind and not self.order:
            return current, f"“{self.name_of(current)}” kembali sebelum ada langkah."
        for target in behind:
            place = self.step_at(target)
            if place is None:
                return current, f"“{self.name_of(current)}” kembali ke gerbang, bukan ke langkah."
            self.back[len(self.order) - 1].append(place)
        return onward[0], ""

    def through_branches(self, fork: str, seen: set[str]) -> tuple[str, str]:
        """Take the tasks between a fork and its join as one step that each does."""
        tasks = self.out[fork]
        joins = {one for task in tasks for one in self.out[task]}
        fits = all(self.nodes[task].tag in TASKS and len(self.out[task]) == 1 for task in tasks)
        if not fits or len(joins) != 1 or self.nodes[next(iter(joins))].tag != AND:
            return (
                fork,
                f"Cabang “{self.name_of(fork)}” harus berisi satu tugas tiap pelaksana dan bertemu lagi.",
            )
        self.order.append(list(tasks))
        seen.update(tasks)
        return next(iter(joins)), ""

    def step_at(self, key: str) -> int | None:
        """The index of the step that a node leads into, None where that is no step."""
        passed: set[str] = set()
        while key not in passed:
            inside = [
                index for index, tasks in enumerate(self.order) if key in tasks or tasks == self.out[key]
            ]
            if inside:
                return inside[0]
            passed.add(key)
            if len(self.out[key]) == 1:
                key = self.out[key][0]
        return None

    @staticmethod
    def words(node: Element) -> str:
        """The documentation of a node."""
        return " ".join((one.text or "").strip() for one in node.iterchildren(model("documentation")))

    def name_of(self, key: str) -> str:
        return str(self.nodes[key].get("name") or key)

    def identity(self) -> Json:
        found = self.process.find(f"{model('extensionElements')}/{ours('identity')}")
        if found is not None:
            return {field.get("name"): read_field(field) for field in found.iterchildren(ours("field"))}
        title = self.process.get("name") or self.process.get("id") or "SOP"
        empty: Json = {name: [] for name in LISTS}
        texts = [text.text or "" for text in self.process.iter(model("text"))]
        empty["notes"] = [text for text in (self.words(self.process), *texts) if text]
        dates = {"created": "", "revised": "", "effective": ""}
        return {"format": FORMAT, "title": title, "number": "", "dates": dates, **empty}

    def performers(self) -> list[str]:
        """Every lane that acts; one that only holds lanes of its own, such as a department, does not."""
        acting = [lane.get("id") for lane in self.lane_of.values()]
        lanes = [
            lane
            for lane in self.process.iter(model("lane"))
            if lane.get("id") != UNNAMED_LANE
            and (lane.get("id") in acting or lane.find(model("childLaneSet")) is None)
        ]
        return [str(lane.get("name") or lane.get("id")) for lane in lanes]

    def steps(self) -> list[Json]:
        return [self.step(index) for index in range(len(self.order))]

    def step(self, index: int) -> Json:
        first = self.nodes[self.order[index][0]]
        found = first.find(f"{model('extensionElements')}/{ours('step')}")
        told = [] if found is None else list(found.iterchildren(ours("field")))
        written = {field.get("name"): read_field(field) for field in told}
        step = {"no": index + 1, "activity": str(first.get("name") or ""), **(written or self.blank(index))}
        step["performers"] = self.acting(index, step["performers"])
        step["return_to"] = self.return_to(index, step["return_to"])
        return step

    def blank(self, index: int) -> Json:
        """A step of a file that another program wrote: what BPMN says, all else empty."""
        first = self.nodes[self.order[index][0]]
        last = index == len(self.order) - 1
        kind = StepKind.DECISION if self.back[index] else StepKind.PROCESS
        return {
            "label": str(first.get("name") or "")[:LABEL],
            "performers": [],
            "kind": (StepKind.START if index == 0 else StepKind.END if last else kind).value,
            "work": Work.GENERAL.value,
            "topic": "",
            "requirements": [],
            "time": {"text": "", "value": 0, "unit": TimeUnit.MINUTE.value, "minutes": 0},
            "outputs": [],
            "note": self.words(first)[:NOTE],
            "return_to": [],
            "return_confidence": Confidence.HIGH.value,
            "calls": str(first.get("calledElement") or ""),
        }

    def acting(self, index: int, written: list[Json]) -> list[Json]:
        """Who does a step: as written, unless a task stands in another lane now."""
        lanes = [self.lane_of.get(task) for task in self.order[index]]
        names = [str(lane.get("name") or lane.get("id")) for lane in lanes if lane is not None]
        known = [lane.get("id") != UNNAMED_LANE for lane in lanes if lane is not None]
        names = [name for name, is_known in zip(names, known, strict=True) if is_known]
        modes = [who["mode"] for who in written if who["mode"] != Mode.JOINT]
        acting = [who["name"] for who in written if modes and who["mode"] == modes[0]]
        alone = self.nodes[self.order[index][0]].tag == model("callActivity")
        acting = acting[:1] if alone or (modes and modes[0] == Mode.MAIN) else acting
        if names == acting:
            return written
        mode = Mode.EACH if len(names) > 1 else Mode.MAIN
        moved = [{"name": name, "mode": mode.value, "confidence": Confidence.HIGH.value} for name in names]
        return moved + [who for who in written if who["mode"] == Mode.JOINT and who["name"] not in names]

    def return_to(self, index: int, written: list[int]) -> list[int]:
        """Where a step goes back to by its flows; a number to which none could be drawn stays as written."""
        numbers = [self.number_of(place) for place in range(len(self.order))]
        drawn = [numbers[place] for place in self.back[index]]
        lost = [no for no in written if no not in numbers[:index]]
        return written if sorted(set(written)) == sorted({*drawn, *lost}) else drawn + lost

    def number_of(self, index: int) -> int:
        task = self.nodes[self.order[index][0]]
        found = task.find(f"{model('extensionElements')}/{ours('step')}/{ours('field')}[@name='no']")
        return index + 1 if found is None else int(read_field(found))
