"""Figures as they were collected, and the form that asks for them, as content of documents. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runtut.documents.formulas.markup import read_words
from runtut.performance.rendering.blocks import Block, heading, paper, paragraph, paragraphs, table

KIND = "bahan"
LINE_COLUMNS = (
    ("No", 5, "left"),
    ("Indikator kinerja", 24, "left"),
    ("Satuan", 9, "left"),
    ("Target s.d.", 10, "right"),
    ("Realisasi s.d.", 10, "right"),
    ("Triwulan ini", 10, "right"),
    ("Bukti", 13, "left"),
    ("Keterangan", 19, "left"),
)
FINDING_HEAD = "Temuan"
FORM_FIELDS = {
    "realisasi": "Realisasi",
    "penyebab": "Penyebab dan rencana perbaikan",
    "bukti": "Nama berkas bukti",
    "sumber": "Sumber data",
    "catatan": "Catatan",
}


@dataclass(frozen=True)
class CollectedLine:
    """An indicator: target and realisation up to the quarter, and the quarter's own figure."""

    number: str
    name: str
    measure: str
    target: str
    reached: str
    value: str
    cause: str
    evidence: tuple[str, ...]
    source: str = ""
    note: str = ""
    stand_in: str = ""

    @property
    def remarks(self) -> str:
        """What is told beside the figure: its cause, its own source, its note, who gave it for its owner."""
        source = f"Sumber data: {self.source}" if self.source else ""
        note = f"Catatan: {self.note}" if self.note else ""
        return "\n".join(part for part in (self.cause, source, note, self.stand_in) if part)


@dataclass(frozen=True)
class CollectedOwner:
    """What one owner has given."""

    title: str
    holder: str
    lines: tuple[CollectedLine, ...]


@dataclass(frozen=True)
class FoundLine:
    """A finding and how it was explained; empty when nobody did."""

    finding: str
    answer: str


@dataclass(frozen=True)
class CollectionFacts:
    office: str
    period: str
    place: str
    title: str
    letterhead: Mapping[str, str]
    owners: tuple[CollectedOwner, ...]
    findings: tuple[FoundLine, ...]
    was_examined: bool
    signature: Mapping[str, str]

    @property
    def lines(self) -> list[CollectedLine]:
        return [line for owner in self.owners for line in owner.lines]


@dataclass(frozen=True)
class AskedLine:
    """An indicator that a form asks for; `known` is what stands in its fields already, by their keys."""

    number: str
    name: str
    measure: str
    owner: str
    known: Mapping[str, str]


@dataclass(frozen=True)
class FormFacts:
    """A form to be filled in: the indicators it asks for, and the fields it asks of each."""

    office: str
    period: str
    place: str
    letterhead: Mapping[str, str]
    indicators: tuple[AskedLine, ...]
    fields: tuple[str, ...]
    note: str
    made_on: str
    signature: Mapping[str, str]


def default_collection_intro(facts: CollectionFacts) -> str:
    """Return the opening paragraph as first proposed, as markup."""
    return (
        f"Data kinerja {facts.office} {facts.period} di bawah ini meliputi {len(facts.lines)} indikator dari "
        f"{len(facts.owners)} pemilik.{_given_for(facts)} Angka yang belum ada tidak ditulis sebagai nol."
    )


def _given_for(facts: CollectionFacts) -> str:
    count = sum(bool(line.stand_in) for line in facts.lines)
    return f" {count} angka diberikan orang lain untuk pemiliknya, lihat keterangannya." if count else ""


def compose_collection(facts: CollectionFacts, intro: str) -> dict[str, Any]:
    """Return the content of a document of collected figures, one table per owner."""
    title = [facts.title.upper(), facts.office.upper(), facts.period.upper()]
    return paper(KIND, facts, title=title, blocks=_collected(facts, intro))


def _collected(facts: CollectionFacts, intro: str) -> Iterator[Block]:
    yield from read_words(intro)
    for owner in facts.owners:
        yield heading(f"{owner.title} ({owner.holder})" if owner.holder else owner.title)
        yield table(LINE_COLUMNS, [_cells(line) for line in owner.lines])
    if facts.was_examined:
        yield heading("Hasil validasi")
        yield from _findings(facts.findings)


def _cells(line: CollectedLine) -> list[str]:
    return [
        line.number,
        line.name,
        line.measure,
        line.target,
        line.reached,
        line.value,
        "\n".join(line.evidence),
        line.remarks,
    ]


def _findings(findings: Sequence[FoundLine]) -> Iterator[Block]:
    yield paragraph(
        "Setiap angka diperiksa terhadap empat hal: sudah diisi, di dalam batas indikatornya, tidak melonjak "
        "dari triwulan yang sama tahun lalu (bila tidak ada, triwulan sebelumnya), dan disertai bukti."
    )
    if not findings:
        yield paragraph("Tidak ada temuan.")
        return
    columns = ((FINDING_HEAD, 55, "left"), ("Penjelasan", 45, "left"))
    yield table(columns, [[one.finding, one.answer] for one in findings])


def compose_form(facts: FormFacts) -> dict[str, Any]:
    """Return the content of the form: one row per indicator, one empty column per field."""
    share = max(10, 56 // max(1, len(facts.fields)))
    columns = (
        ("No", 6, "left"),
        ("Indikator kinerja", 26, "left"),
        ("Satuan", 10, "left"),
        ("Pengisi", 12, "left"),
        *((FORM_FIELDS[key], share, "left") for key in facts.fields),
    )
    rows = [
        [one.number, one.name, one.measure, one.owner, *(one.known.get(key) or " " for key in facts.fields)]
        for one in facts.indicators
    ]
    title = ["FORMAT PENGUMPULAN DATA KINERJA", facts.office.upper(), facts.period.upper()]
    blocks = [*paragraphs(facts.note), table(columns, rows)]
    return paper(KIND, facts, title=title, blocks=blocks, landscape=True, date=facts.made_on)
