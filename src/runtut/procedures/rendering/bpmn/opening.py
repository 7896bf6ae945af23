"""A BPMN 2.0 file taken apart into its processes, whatever program wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from runtut.procedures.rendering.bpmn.fields import Element
from runtut.procedures.rendering.bpmn.names import EARLIER, MODEL, NODES, model

LARGEST = 5 * 1024 * 1024


class BpmnRefused(ValueError):
    """A file that no SOP can be read from; `problems` says in Indonesian what and where."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problems))


@dataclass(frozen=True)
class Message:
    """A message between two pools: the ids of its ends, and the names of the pools or nodes that they are."""

    name: str
    source: str
    target: str
    source_name: str
    target_name: str


@dataclass(frozen=True)
class Pool:
    """A process with the name of the pool around it, and the messages that touch it; the first also has those
    that touch no process."""

    process: Element
    name: str
    messages: Sequence[Message] = field(default=())


def pools_of(content: bytes) -> list[Pool]:
    """Return every process that holds anything, with its pool; raises BpmnRefused where the file is none."""
    root = root_of(content)
    processes = [one for one in root.findall(model("process")) if next(one.iter(*NODES), None) is not None]
    if not processes:
        raise BpmnRefused(["Berkas tidak memuat proses yang berisi tugas."])
    names = {
        one.get("processRef", "").rpartition(":")[2]: name_of(one)
        for one in root.iterfind(f"{model('collaboration')}/{model('participant')}")
    }
    messages = list(messages_of(root))
    inside = [{one.get("id") for one in process.iter(tag=etree.Element)} for process in processes]
    everywhere = set().union(*inside)
    pools: list[Pool] = []
    for process, own in zip(processes, inside, strict=True):
        touching = [one for one in messages if {one.source, one.target} & own]
        if not pools:
            touching += [one for one in messages if not {one.source, one.target} & everywhere]
        pools.append(Pool(process, names.get(process.get("id", ""), ""), touching))
    return pools


def root_of(content: bytes) -> Element:
    if len(content) > LARGEST:
        raise BpmnRefused([f"Berkas lebih besar dari {LARGEST // 1024 // 1024} MiB."])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BpmnRefused([f"Berkas bukan XML yang utuh, baris {error.lineno}."]) from None
    if root.getroottree().docinfo.doctype:
        raise BpmnRefused(["Berkas memuat DOCTYPE, yang tidak dipakai BPMN."])
    for one in root.iter(f"{{{EARLIER}}}*"):
        one.tag = f"{{{MODEL}}}{etree.QName(one).localname}"
    return root


def messages_of(root: Element) -> Iterator[Message]:
    """The messages between pools, with what their ends are called."""
    known = {one.get("id"): one for one in root.iter(tag=etree.Element) if one.get("id")}
    for flow in root.iterfind(f"{model('collaboration')}/{model('messageFlow')}"):
        ends = [flow.get(end, "").rpartition(":")[2] for end in ("sourceRef", "targetRef")]
        called = [name_of(known[end]) if end in known else "" for end in ends]
        said = known.get(flow.get("messageRef", "").rpartition(":")[2])
        yield Message(name_of(flow) or (name_of(said) if said is not None else ""), *ends, *called)


def name_of(element: Element) -> str:
    """What an element is called, on one line."""
    return " ".join(str(element.get("name") or "").split())
