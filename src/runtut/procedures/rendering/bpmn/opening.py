"""A BPMN 2.0 file taken apart into its processes, whatever program wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from runtut.procedures.rendering.bpmn.fields import Element
from runtut.procedures.rendering.bpmn.names import EARLIER, MODEL, NODES, model

LARGEST = 5 * 1024 * 1024
MILD = "NAMESPACE"
"""What lxml calls faults in the addresses of namespaces, which programs write and every reader overlooks."""


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
    that touch no process, and the names of the closed pools that no message names."""

    process: Element
    name: str
    messages: Sequence[Message] = field(default=())
    empty: Sequence[str] = field(default=())


def pools_of(content: bytes) -> list[Pool]:
    """Return every process that holds anything, with its pool; raises BpmnRefused where the file is none."""
    root = root_of(content)
    processes = [one for one in root.findall(model("process")) if next(one.iter(*NODES), None) is not None]
    if not processes:
        raise BpmnRefused(["Berkas tidak memuat proses yang berisi tugas."])
    around = list(root.iterfind(f"{model('collaboration')}/{model('participant')}"))
    names = {ref_of(one, "processRef"): name_of(one) for one in around}
    messages = list(messages_of(root))
    told = {end for one in messages for end in (one.source_name, one.target_name)}
    empty = [name_of(one) for one in around if not one.get("processRef")]
    inside = [{one.get("id") for one in process.iter(tag=etree.Element)} for process in processes]
    everywhere = set().union(*inside)
    pools: list[Pool] = []
    for process, own in zip(processes, inside, strict=True):
        touching = [one for one in messages if {one.source, one.target} & own]
        if not pools:
            touching += [one for one in messages if not {one.source, one.target} & everywhere]
        bare = () if pools else tuple(name for name in empty if name and name not in told)
        pools.append(Pool(process, names.get(process.get("id", ""), ""), touching, bare))
    return pools


def root_of(content: bytes) -> Element:
    if len(content) > LARGEST:
        raise BpmnRefused([f"Berkas lebih besar dari {LARGEST // 1024 // 1024} MiB."])
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BpmnRefused([f"Berkas bukan XML yang utuh, baris {error.lineno}."]) from None
    broken = [entry for entry in parser.error_log if entry.domain_name != MILD]
    if root is None or broken:
        raise BpmnRefused([f"Berkas bukan XML yang utuh, baris {broken[0].line if broken else 1}."])
    if root.getroottree().docinfo.doctype:
        raise BpmnRefused(["Berkas memuat DOCTYPE, yang tidak dipakai BPMN."])
    for one in root.iter(f"{{{EARLIER}}}*"):
        one.tag = f"{{{MODEL}}}{etree.QName(one).localname}"
    return root


def messages_of(root: Element) -> Iterator[Message]:
    """The messages between pools, with what their ends are called."""
    known = {one.get("id"): one for one in root.iter(tag=etree.Element) if one.get("id")}
    for flow in root.iterfind(f"{model('collaboration')}/{model('messageFlow')}"):
        ends = [ref_of(flow, end) for end in ("sourceRef", "targetRef")]
        called = [name_of(known[end]) if end in known else "" for end in ends]
        said = known.get(ref_of(flow, "messageRef"))
        yield Message(name_of(flow) or (name_of(said) if said is not None else ""), *ends, *called)


def ref_of(element: Element, attribute: str) -> str:
    """What an attribute points at, where a program may write the prefix of its namespace before the id."""
    return str(element.get(attribute, "")).rpartition(":")[2]


def name_of(element: Element) -> str:
    """What an element is called, on one line."""
    return " ".join(str(element.get("name") or "").split())
