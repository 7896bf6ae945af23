"""What hangs on the nodes of a process and has a meaning in an SOP: data, messages, annotations, events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from runtut.procedures.rendering.bpmn.fields import Element
from runtut.procedures.rendering.bpmn.names import CATCH, END, START, THROW, model
from runtut.procedures.rendering.bpmn.network import Network, defined_in
from runtut.procedures.rendering.bpmn.opening import Message, name_of, ref_of
from runtut.procedures.rendering.bpmn.walking import Walk

CAUSES: Final = {
    "messageEventDefinition": "pesan",
    "timerEventDefinition": "waktu",
    "signalEventDefinition": "tanda",
    "conditionalEventDefinition": "syarat",
    "linkEventDefinition": "sambungan",
    "escalationEventDefinition": "eskalasi",
    "errorEventDefinition": "galat",
    "cancelEventDefinition": "pembatalan",
    "compensateEventDefinition": "penggantian",
    "terminateEventDefinition": "penghentian",
}
PLAIN: Final = frozenset({"mulai", "selesai", "awal", "akhir", "start", "end"})
"""Names of a beginning or an end that say nothing more."""
WORDS: Final = {CATCH: "Menunggu", THROW: "Mengirim", START: "Dimulai oleh", END: "Diakhiri dengan"}
DATA: Final = tuple(model(tag) for tag in ("dataObjectReference", "dataStoreReference", "dataObject"))


@dataclass
class Extra:
    """What a step has beside its task."""

    requirements: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Attached:
    """`steps` by the index of the step, `notes` of the SOP as a whole, and what was left (`unread`)."""

    def __init__(self, net: Network, walk: Walk, messages: Sequence[Message]) -> None:
        self.net, self.walk = net, walk
        self.steps: dict[int, Extra] = defaultdict(Extra)
        self.notes: list[str] = []
        self.unread: list[str] = []
        self._data = self._names_of_data()
        self._used: set[str] = set()
        self._texts = {
            one.get("id", ""): " ".join("".join(one.itertext()).split())
            for one in net.process.iter(model("textAnnotation"))
        }
        for key, node in net.nodes.items():
            self._read_data(key, node)
            self._read_words(key, node)
        for one in net.process.iter(model("association")):
            self._associate(one)
        for one in messages:
            self._message(one)
        self._loose()
        for step, texts in walk.aside.items():
            self.steps[step].notes += texts

    def _names_of_data(self) -> dict[str, str]:
        """Data objects and stores by id; a reference without a name has that of what it refers to."""
        found = {one.get("id", ""): one for one in self.net.process.iter(*DATA)}
        objects = {key: one for key, one in found.items() if one.tag == model("dataObject")}
        names = {}
        for key, one in found.items():
            behind = objects.get(one.get("dataObjectRef", ""))
            names[key] = name_of(one) or (name_of(behind) if behind is not None else "")
        return names

    def step_of(self, key: str) -> int | None:
        """The step of which a node is a part; None for one that the flow does not reach."""
        if key not in self.walk.place or not self.walk.order:
            return None
        back = 1 if self.net.nodes[key].tag in {THROW, END} else 0
        return min(max(self.walk.place[key] - back, 0), len(self.walk.order) - 1)

    def _read_data(self, key: str, node: Element) -> None:
        for tag, ref, place in (
            ("dataInputAssociation", "sourceRef", "requirements"),
            ("dataOutputAssociation", "targetRef", "outputs"),
        ):
            for link in node.iterchildren(model(tag)):
                for end in link.iterchildren(model(ref)):
                    self._put_data((end.text or "").strip(), key, place)

    def _put_data(self, data: str, key: str, place: str) -> None:
        step, name = self.step_of(key), self._data.get(data, "")
        if step is None or not name:
            return
        self._used.add(data)
        held = getattr(self.steps[step], place)
        if name not in held:
            held.append(name)

    def _read_words(self, key: str, node: Element) -> None:
        """The documentation of a node, and what an event waits for or tells."""
        step = self.step_of(key)
        texts = ["".join(one.itertext()).strip() for one in node.iterchildren(model("documentation"))]
        causes = [CAUSES.get(etree.QName(one).localname, "peristiwa") for one in defined_in(node)]
        name = name_of(node)
        is_told = bool(causes) or node.tag in {CATCH, THROW} or self._says(key, name)
        if step is not None and node.tag in WORDS and is_told:
            what = f"“{name}”" if name else ""
            cause = " dan ".join(causes) or ("" if what else "peristiwa")
            texts.insert(0, " ".join(f"{WORDS[node.tag]} {cause} {what}".split()))
        for text in texts:
            if text and step is not None:
                self.steps[step].notes.append(text)
            elif text:
                self.unread.append(f"Catatan pada “{name or key}”: {text}")

    def _says(self, key: str, name: str) -> bool:
        """Whether the name of an event says what happens there."""
        return bool(name) and key not in self.net.passed and name.lower() not in PLAIN

    def _associate(self, link: Element) -> None:
        source, target = ref_of(link, "sourceRef"), ref_of(link, "targetRef")
        for text, other in ((source, target), (target, source)):
            if text in self._texts and other in self.net.nodes:
                step = self.step_of(other)
                if step is not None:
                    self.steps[step].notes.append(self._texts.pop(text))
                    return
        if source in self._data and target in self.net.nodes:
            self._put_data(source, target, "requirements")
        elif target in self._data and source in self.net.nodes:
            self._put_data(target, source, "outputs")

    def _message(self, message: Message) -> None:
        """A message from outside is what a step needs, one to the outside what it gives."""
        for key, place, other, word in (
            (message.target, "requirements", message.source_name, "dari"),
            (message.source, "outputs", message.target_name, "untuk"),
        ):
            step = self.step_of(key) if key in self.net.nodes else None
            if step is not None and message.name:
                text = f"{message.name} ({word} {other})" if other else message.name
                held = getattr(self.steps[step], place)
                if text not in held:
                    held.append(text)
                return
        name = f" “{message.name}”" if message.name else ""
        ends = f"dari “{message.source_name or message.source}” ke “{message.target_name or message.target}”"
        self.unread.append(f"Pesan{name} {ends}")

    def _loose(self) -> None:
        """Annotations that hang on no node are notes of the SOP; data that no task uses is named."""
        self.notes += [text for text in self._texts.values() if text]
        referred = {one.get("dataObjectRef") for one in self.net.process.iter(*DATA)}
        self.unread += [
            f"Data “{name}”" for key, name in self._data.items() if name and key not in self._used | referred
        ]
