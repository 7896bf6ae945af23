"""The instrument as a document: what is asked, how it is answered, what it weighs. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from runtut.evaluation.rendering.facts import InstrumentFacts, SectionLines
from runtut.performance.rendering.blocks import Block, heading, paragraph, paragraphs, table

KIND = "instrumen"
COLUMNS = (
    ("No", 7, "left"),
    ("Pertanyaan", 52, "left"),
    ("Jawaban", 29, "left"),
    ("Isian", 22, "left"),
)
WEIGHTS = (("No", 8, "left"), ("Bagian", 72, "left"), ("Bobot", 20, "right"))
SCORING = (
    "Jawaban pada skala bernilai langkahnya dibagi banyaknya langkah, dikali 100; ya bernilai 100 dan "
    "tidak bernilai 0. Nilai butir adalah rata-rata jawaban yang masuk, nilai bagian rata-rata butirnya, dan "
    "nilai akhir rata-rata bagian menurut bobotnya. Isian kosong tidak dihitung sebagai 0, tetapi tidak "
    "diikutkan."
)


def compose_instrument(facts: InstrumentFacts) -> dict[str, Any]:
    """Return the content of the document, ready to be stored and rendered."""
    return facts.paper.content(KIND, f"Instrumen {facts.paper.title}", list(_blocks(facts)))


def _blocks(facts: InstrumentFacts) -> Iterator[Block]:
    yield heading("Petunjuk")
    yield from paragraphs(facts.intro)
    yield paragraph(SCORING)
    rows = [(str(number), one.name, one.weight) for number, one in enumerate(facts.sections, start=1)]
    yield table(WEIGHTS, rows, footer=[("", "Jumlah", "100")])
    for number, section in enumerate(facts.sections, start=1):
        yield heading(f"{number}. {section.name} (bobot {section.weight})")
        yield table(COLUMNS, list(_rows(section)))


def _rows(section: SectionLines) -> Iterator[tuple[str, str, str, str]]:
    for one in section.questions:
        blank = "boleh kosong" if one.is_optional else "...................."
        yield one.number, one.text, one.kind, blank
