"""The way through all stages, for one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from runtut.procedures.importing import build, defects
from runtut.procedures.importing.assembly import assemble
from runtut.procedures.importing.limits import MAX_BYTES, MAX_ROWS, Unreadable, too_large
from runtut.procedures.importing.readers import bpmn, docx, kind_of, office, own, page, pdf, photo, text, xlsx
from runtut.procedures.importing.result import ReadSop, Unread
from runtut.procedures.importing.source import Source

Reader = Callable[[str, bytes], Source]
READERS: dict[str, Reader] = {
    "text": text.read,
    "pdf": pdf.read,
    "picture": photo.read,
    "docx": docx.read,
    "xlsx": xlsx.read,
    "html": page.read,
    "json": own.read,
    "bpmn": bpmn.read,
    **{kind: office.reader(kind) for kind in office.TARGETS},
}


@dataclass(frozen=True)
class Parsed:
    """What a file held: its SOPs, and what stood in no SOP."""

    name: str
    sops: tuple[ReadSop, ...]
    unread: tuple[Unread, ...]
    notes: tuple[str, ...]
    source: Source


def parse(name: str, content: bytes) -> Parsed:
    """Read a file. Raises Unreadable, with a sentence, for what is refused."""
    if len(content) > MAX_BYTES:
        raise too_large(len(content))
    if not content.strip():
        raise Unreadable("Berkas ini kosong.")
    source = READERS[kind_of(name, content)](name, content)
    if len(source.rows) > MAX_ROWS:
        raise Unreadable(f"Dokumen berisi {len(source.rows)} baris; paling banyak {MAX_ROWS}.")
    if source.documents:
        return Parsed(name, tuple(own.understood(source)), (), (), source)
    sops = [build.build(draft, source) for draft in assemble(source)]
    defects.compare(sops)
    unread = () if sops else tuple(build.unplaced(source))
    return Parsed(name, tuple(sops), unread, source.notes, source)
