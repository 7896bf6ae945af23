"""What the sections have handed in as the content of a document. Pure: facts in, content out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from runtut.performance.rendering.blocks import Block, heading, named, paper, paragraph, table

KIND = "bahan"
FIGURE_COLUMNS = (
    ("No", 6, "left"),
    ("Indikator", 40, "left"),
    ("Target s.d.", 16, "right"),
    ("Realisasi s.d.", 16, "right"),
    ("Capaian (%)", 16, "right"),
    ("Predikat", 16, "left"),
)


@dataclass(frozen=True)
class SectionPart:
    """One section: its figures, its answers by question, its proposals and the names of its files; or the
    reason why the document goes without it."""

    section: str
    holder: str
    figures: tuple[tuple[str, ...], ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    proposals: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    without: str = ""


@dataclass(frozen=True)
class SectionsFacts:
    office: str
    period: str
    place: str
    title: str
    reckoned: str
    letterhead: Mapping[str, str]
    parts: tuple[SectionPart, ...]
    made_on: str
    signature: Mapping[str, str]


def compose_sections(facts: SectionsFacts) -> dict[str, Any]:
    """Return the content of the document, one chapter per section."""
    title = [facts.title.upper(), facts.office.upper(), facts.period.upper()]
    return paper(KIND, facts, title=title, blocks=_blocks(facts), date=facts.made_on)


def _blocks(facts: SectionsFacts) -> Iterator[Block]:
    parts = facts.parts
    handed_in = [part for part in parts if not part.without]
    yield paragraph(f"Bahan diterima dari {len(handed_in)} dari {len(parts)} bagian yang diminta.")
    if any(part.figures for part in handed_in):
        yield paragraph(f"Target, realisasi, dan capaian di bawah ini {facts.reckoned}.")
    for number, part in enumerate(parts, start=1):
        yield heading(f"{number}. {part.section}")
        if part.without:
            yield paragraph(f"Tidak menyerahkan bahan. Alasan dilanjutkan: {part.without}")
            continue
        if part.figures:
            yield table(FIGURE_COLUMNS, part.figures)
        for question, answer in part.answers:
            yield from named(f"{question}.", answer)
        if part.proposals:
            yield heading("Usulan target", level=2)
            yield {"type": "list", "items": list(part.proposals)}
        if part.files:
            yield heading("Berkas yang diserahkan", level=2)
            yield {"type": "list", "items": list(part.files)}
