"""The Rencana Kinerja Tahunan as the content of a document. Pure: facts in, content out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from runtut.documents.formulas.markup import read_words
from runtut.documents.formulas.sheets import SheetText, Wording, worded
from runtut.performance.rendering.blocks import Block, common_words, heading, paper, paragraph, table

KIND = "rkt"
TARGET_COLUMNS = (
    ("No", 5, "left"),
    ("Sasaran", 22, "left"),
    ("Indikator kinerja", 28, "left"),
    ("Satuan", 10, "left"),
    ("Renstra", 11, "right"),
    ("Target", 11, "right"),
)
QUARTER_COLUMNS = (
    ("No", 6, "left"),
    ("Indikator kinerja", 38, "left"),
    ("TW I", 14, "right"),
    ("TW II", 14, "right"),
    ("TW III", 14, "right"),
    ("TW IV", 14, "right"),
)
ITEM_COLUMNS = (
    ("Kode", 22, "left"),
    ("Program, kegiatan, dan sub kegiatan", 30, "left"),
    ("Indikator", 19, "left"),
    ("Target", 12, "left"),
    ("Pagu (Rp)", 17, "right"),
)
PROPOSAL_COLUMNS = (
    ("Bagian", 24, "left"),
    ("Indikator", 36, "left"),
    ("Usulan", 14, "right"),
    ("Target RKT", 14, "right"),
)


@dataclass(frozen=True)
class RktLine:
    """One indicator as it is printed; figures are written already."""

    number: str
    objective: str
    name: str
    measure: str
    owner: str
    renstra: str
    year: str
    quarters: tuple[str, str, str, str]
    proposals: tuple[tuple[str, str], ...]
    departs: bool


@dataclass(frozen=True)
class RktItemLine:
    code: str
    name: str
    indicator: str
    target: str
    budget: str
    is_programme: bool


@dataclass(frozen=True)
class SectionLine:
    """What one section has handed in, by question."""

    section: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RktFacts:
    """All that the document tells. `signature` is the block of whoever acts for the head that day, `sheet`
    how the office words the paper."""

    office: str
    year: int
    place: str
    renstra: str
    decree: str
    letterhead: Mapping[str, str]
    goals: tuple[tuple[str, tuple[str, ...]], ...]
    lines: tuple[RktLine, ...]
    items: tuple[RktItemLine, ...]
    total: str
    sections: tuple[SectionLine, ...]
    signature: Mapping[str, str]
    sheet: SheetText


@dataclass(frozen=True)
class RktDrafted:
    """The paragraphs that the drafter may change."""

    intro: str
    closing: str


def rkt_wording(facts: RktFacts) -> Wording:
    """Return the title, and the opening and closing as first proposed, in the office's own words."""
    decree = f" yang ditetapkan dengan {facts.decree}" if facts.decree else ""
    values = {
        **common_words(facts.office, facts.letterhead, facts.place, facts.year),
        "renstra": f"{facts.renstra}{decree}",
        "simpulan": departures_sentence(facts),
    }
    return worded(facts.sheet, values)


def departures_sentence(facts: RktFacts) -> str:
    """Name where the plan departs from the Renstra."""
    other = ", ".join(line.name for line in facts.lines if line.departs)
    if not other:
        return "Seluruh target sama dengan target Renstra pada tahun yang sama."
    return (
        f"Target yang berbeda dari Renstra: {other}; perbedaannya menyesuaikan usulan bagian dan kemampuan "
        "anggaran."
    )


def compose_rkt(facts: RktFacts, drafted: RktDrafted) -> dict[str, Any]:
    """Return the content of the document, ready to be stored and rendered."""
    return paper(KIND, facts, title=rkt_wording(facts).title, blocks=_blocks(facts, drafted))


def _blocks(facts: RktFacts, drafted: RktDrafted) -> Iterator[Block]:
    yield heading("A. Pendahuluan")
    yield from read_words(drafted.intro)
    yield heading("B. Tujuan dan sasaran")
    for goal, objectives in facts.goals:
        yield paragraph(goal)
        yield {"type": "list", "items": list(objectives)}
    yield heading(f"C. Target kinerja tahun {facts.year}")
    yield table(TARGET_COLUMNS, [_target_cells(line) for line in facts.lines])
    yield heading("D. Target per triwulan")
    yield table(QUARTER_COLUMNS, [[line.number, line.name, *line.quarters] for line in facts.lines])
    yield heading("E. Program, kegiatan, sub kegiatan, dan pagu")
    total = ["", f"Jumlah pagu tahun {facts.year}", "", "", facts.total]
    yield table(ITEM_COLUMNS, [_item_cells(item) for item in facts.items], footer=[total])
    yield from _proposals(facts)
    yield heading("G. Penutup" if facts.sections else "F. Penutup")
    yield from read_words(drafted.closing)


def _target_cells(line: RktLine) -> list[str]:
    return [line.number, line.objective, line.name, line.measure, line.renstra, line.year]


def _item_cells(item: RktItemLine) -> list[Any]:
    name = [{"text": item.name, "bold": True}] if item.is_programme else item.name
    return [item.code, name, item.indicator, item.target, item.budget]


def _proposals(facts: RktFacts) -> Iterator[Block]:
    """What the sections proposed, beside what the plan makes of it."""
    if not facts.sections:
        return
    yield heading("F. Usulan bagian")
    rows = [
        [section, line.name, value, line.year] for line in facts.lines for section, value in line.proposals
    ]
    if rows:
        yield table(PROPOSAL_COLUMNS, rows)
    for section in facts.sections:
        yield {
            "type": "facts",
            "rows": [[section.section, " ".join(text.split())] for _, text in section.answers[:1]],
        }
