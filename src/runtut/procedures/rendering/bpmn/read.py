"""A BPMN 2.0 file as SOPs: what has a meaning here is taken over, the rest is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from runtut.procedures.enums import Confidence, Mode, StepKind, TimeUnit, Work
from runtut.procedures.rendering.bpmn.attached import Attached, Extra
from runtut.procedures.rendering.bpmn.fields import Element, read_field
from runtut.procedures.rendering.bpmn.names import DI, FORMAT, model, ours
from runtut.procedures.rendering.bpmn.network import Network
from runtut.procedures.rendering.bpmn.opening import BpmnRefused, Pool, name_of, pools_of, ref_of
from runtut.procedures.rendering.bpmn.people import people_of
from runtut.procedures.rendering.bpmn.walking import Walk

Json = dict[str, Any]
DIAGRAM = f"{{{DI}}}BPMNDiagram"
LABEL, NOTE = 40, 300
DAMAGED = "Isian Runtut pada langkah “{name}” ada yang hilang atau salah bentuk."
LISTS = (
    "legal_basis",
    "related_sops",
    "qualifications",
    "equipment",
    "warnings",
    "records",
    "notes",
)


@dataclass(frozen=True)
class BpmnSop:
    """An SOP in the format runtut-sop/1, and what of its process found no place in it, in Indonesian."""

    document: Json
    unread: tuple[str, ...]


def read_bpmn(content: bytes, called: str = "") -> list[BpmnSop]:
    """Return an SOP for every process of a BPMN file, in the format runtut-sop/1.

    Read are tasks of all kinds, subprocesses, gateways, events, lanes or pools as performers, data objects
    and messages as requirements and outputs, annotations as notes. What BPMN has no word for is read from our
    extension elements where they are, else left empty. Of a branch that neither goes back nor is the longest,
    and of all else, the names are in `unread`. A process that neither it, its pool nor its diagram gives a
    name is `called` that. Raises BpmnRefused with everything that makes the flow of
    every process unreadable; a process beside a readable one is named in its `unread`.
    """
    found: list[BpmnSop] = []
    problems: list[str] = []
    for pool in pools_of(content):
        try:
            found.append(_Reading(pool, called).sop())
        except BpmnRefused as refused:
            problems += refused.problems
    if not found:
        raise BpmnRefused(problems)
    if problems:
        beside = f"Proses lain di berkas ini tidak dapat menjadi SOP: {' '.join(problems)}"
        found[0] = BpmnSop(found[0].document, (*found[0].unread, beside))
    return found


class _Reading:
    def __init__(self, pool: Pool, called: str) -> None:
        self.pool, self.fallback = pool, called
        self.process: Element = pool.process
        self.net = Network(pool.process)
        self.walk = Walk(self.net)
        self.extras = Attached(self.net, self.walk, pool.messages)
        self.order, self.back = self.walk.order, self.walk.back
        self.cut: list[str] = []
        self.lanes = {lane.get("id"): self.called(lane, at) for at, lane in enumerate(self.net.lanes, 1)}
        self.people = self.people_of_steps()
        self.written = [self.own_step(index) for index in range(len(self.order))]

    def sop(self) -> BpmnSop:
        identity = self.identity()
        if not self.order and self.own_identity() is None:
            raise BpmnRefused([f"Proses “{identity['title']}” tidak memuat tugas."])
        steps = [self.step(index) for index in range(len(self.order))]
        document = {**identity, "performers": self.performers(), "steps": steps}
        empty = [f"Kolam “{name}” tanpa tugas" for name in self.pool.empty]
        unread = (*self.net.unread, *self.walk.unread, *self.extras.unread, *self.cut, *empty)
        return BpmnSop(document, tuple(dict.fromkeys(unread)))

    def own_identity(self) -> Element | None:
        return self.process.find(f"{model('extensionElements')}/{ours('identity')}")

    def identity(self) -> Json:
        found = self.own_identity()
        if found is not None:
            return {field.get("name"): read_field(field) for field in found.iterchildren(ours("field"))}
        title = name_of(self.process) or self.pool.name or self.named_around() or self.fallback
        empty: Json = {name: [] for name in LISTS}
        told = ["".join(one.itertext()).strip() for one in self.process.iterchildren(model("documentation"))]
        empty["notes"] = [text for text in (*told, *self.extras.notes) if text]
        dates = {"created": "", "revised": "", "effective": ""}
        title = title or self.process.get("id") or "SOP"
        return {"format": FORMAT, "title": title, "number": "", "dates": dates, **empty}

    def named_around(self) -> str:
        """What the diagram or the whole file is called."""
        root = self.process.getparent()
        return next(
            (name for one in (root.find(DIAGRAM), root) if one is not None and (name := name_of(one))), ""
        )

    def performers(self) -> list[str]:
        """The lanes; without any whoever the tasks name, and the pool does the rest."""
        if self.net.lanes:
            return list(dict.fromkeys(self.lanes.values()))
        named = list(dict.fromkeys(name for names in self.people.values() for name in names))
        rest = self.is_alone() and len(self.people) < len(self.order)
        return [*named, self.pool.name] if rest else named

    def called(self, lane: Element, at: int) -> str:
        """The name of a lane; one without is the pool when it is the only one, else it is counted."""
        if name_of(lane):
            return str(lane.get("name"))
        if len(self.net.lanes) == 1 and self.pool.name:
            return self.pool.name
        self.cut.append(f"Lajur ke-{at} tanpa nama; dibaca sebagai “Lajur {at}”")
        return f"Lajur {at}"

    def is_alone(self) -> bool:
        """Whether a pool without lanes is the one performer."""
        return bool(self.pool.name) and self.process.find(f".//{model('lane')}") is None

    def people_of_steps(self) -> dict[int, list[str]]:
        """By step the one that its task names, where there are no lanes; several are left and named."""
        found = {}
        for index, tasks in enumerate(self.order if not self.net.lanes else ()):
            names = people_of(self.net.nodes[tasks[0]])
            if len(names) == 1:
                found[index] = names
            elif names:
                listed = ", ".join(f"“{name}”" for name in names)
                self.cut.append(f"Pelaksana {listed} pada “{self.net.name_of(tasks[0])}”")
        return found

    def step(self, index: int) -> Json:
        first = self.net.nodes[self.order[index][0]]
        written = self.written[index]
        name = str(first.get("name") or "") if written else name_of(first)
        step = {"no": index + 1, "activity": name, **(written or self.blank(index))}
        step["performers"] = self.acting(index, step["performers"])
        step["return_to"] = self.return_to(index, step["return_to"])
        return step

    def blank(self, index: int) -> Json:
        """A step of a file that another program wrote: what BPMN says, all else empty."""
        first = self.net.nodes[self.order[index][0]]
        last = index == len(self.order) - 1
        kind = StepKind.DECISION if self.back[index] else StepKind.PROCESS
        extra = self.extras.steps.get(index, Extra())
        return {
            "label": name_of(first)[:LABEL],
            "performers": [],
            "kind": (StepKind.START if index == 0 else StepKind.END if last else kind).value,
            "work": Work.GENERAL.value,
            "topic": "",
            "requirements": extra.requirements,
            "time": {"text": "", "value": 0, "unit": TimeUnit.MINUTE.value, "minutes": 0},
            "outputs": extra.outputs,
            "note": self.note(index, extra.notes),
            "return_to": [],
            "return_confidence": Confidence.HIGH.value,
            "calls": self.calls(first),
        }

    def calls(self, task: Element) -> str:
        """What a call activity calls: its name where the file has it, else its id."""
        ref = ref_of(task, "calledElement")
        found = next((one for one in self.process.getparent() if ref and one.get("id") == ref), None)
        return (name_of(found) if found is not None else "") or ref

    def note(self, index: int, texts: list[str]) -> str:
        """As many of the notes of a step as its field holds; the others are named."""
        held = ""
        for text in dict.fromkeys(texts):
            longer = f"{held.rstrip('.')}. {text}" if held else text
            if len(longer) <= NOTE:
                held = longer
            else:
                self.cut.append(f"Catatan langkah {index + 1}: {text}")
        return held

    def own_step(self, index: int) -> Json:
        """What Runtut wrote of a step into the file, empty where another program did; raises BpmnRefused when
        something of it is gone or has lost its form since."""
        task = self.net.nodes[self.order[index][0]]
        found = task.find(f"{model('extensionElements')}/{ours('step')}")
        if found is None or not len(found):
            return {}
        try:
            step: Json = {field.get("name"): read_field(field) for field in found.iterchildren(ours("field"))}
        except ValueError:
            step = {}
        if not is_whole(step):
            raise BpmnRefused([DAMAGED.format(name=name_of(task) or index + 1)])
        return step

    def acting(self, index: int, written: list[Json]) -> list[Json]:
        """Who does a step: as written, unless a task stands in another lane now."""
        alone = self.people.get(index) or ([self.pool.name] if self.is_alone() else [])
        if alone and not written:
            return [{"name": alone[0], "mode": Mode.MAIN.value, "confidence": Confidence.HIGH.value}]
        lanes = [self.net.lane_of.get(task) for task in self.order[index]]
        ids = [lane.get("id") for lane in lanes if lane is not None]
        names = [self.lanes[key] for key in ids if key in self.lanes]
        modes = [who["mode"] for who in written if who["mode"] != Mode.JOINT]
        acting = [who["name"] for who in written if modes and who["mode"] == modes[0]]
        is_call = self.net.nodes[self.order[index][0]].tag == model("callActivity")
        acting = acting[:1] if is_call or (modes and modes[0] == Mode.MAIN) else acting
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
        return int(self.written[index].get("no", index + 1))


def is_whole(step: Json) -> bool:
    """Whether a step of ours has what its flows and lanes are held against: number, ways back, performers."""
    doers, targets = step.get("performers"), step.get("return_to")
    if not isinstance(step.get("no"), int) or not isinstance(doers, list) or not isinstance(targets, list):
        return False
    named = all(isinstance(who, dict) and {"name", "mode"} <= who.keys() for who in doers)
    return named and all(isinstance(no, int) for no in targets)
