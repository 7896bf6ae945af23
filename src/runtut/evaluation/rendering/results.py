"""The table of results: every question with its answers and score, every section, the whole. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from runtut.evaluation.rendering.facts import ResultsFacts
from runtut.performance.rendering.blocks import Block, heading, paragraph, table

KIND = "bahan"
STEPS = 20
WHOLE = 100
FULL, EMPTY = "█", "░"
LINES = (
    ("No", 7, "left"),
    ("Pertanyaan", 40, "left"),
    ("Penjawab", 14, "right"),
    ("Sebaran jawaban", 34, "left"),
    ("Nilai", 13, "right"),
)
SECTIONS = (
    ("No", 7, "left"),
    ("Bagian", 34, "left"),
    ("Bobot", 12, "right"),
    ("Nilai", 13, "right"),
    ("Grafik (0 sampai 100)", 30, "left"),
)
RESPONDENTS = (("Responden", 40, "left"), ("Keterangan", 60, "left"))


def compose_results(facts: ResultsFacts) -> dict[str, Any]:
    """Return the content of the document with the results of the collecting step."""
    title = f"Data Hasil Isian {facts.paper.title}"
    return facts.paper.content(KIND, title, list(_blocks(facts)))


def _blocks(facts: ResultsFacts) -> Iterator[Block]:
    yield heading("A. Responden")
    yield from respondents(facts)
    yield heading("B. Nilai menurut bagian")
    yield from summary(facts)
    yield heading("C. Jawaban menurut butir")
    yield from details(facts)


def respondents(facts: ResultsFacts) -> Iterator[Block]:
    """Who answered, and why the others were not waited for."""
    everybody = len(facts.answered) + len(facts.missing)
    yield paragraph(f"Isian diterima: {len(facts.answered)} dari {everybody} responden.")
    rows = [(name, "Mengirim isian") for name in facts.answered]
    rows += [(name, f"Tidak mengirim isian. {reason}".strip()) for name, reason in facts.missing]
    if rows:
        yield table(RESPONDENTS, rows)


def summary(facts: ResultsFacts) -> Iterator[Block]:
    """Score and bar of each section, the total, and the sum that leads to it."""
    rows = [
        (str(number), one.name, one.weight, one.score, bar(one.points))
        for number, one in enumerate(facts.sections, start=1)
    ]
    footer = [("", "Nilai akhir", "", facts.total, "")] if facts.total else []
    yield table(SECTIONS, rows, footer=footer)
    yield paragraph(total_sentence(facts))


def total_sentence(facts: ResultsFacts) -> str:
    """Return the sum as written out, and what is left out of it."""
    if not facts.total:
        return "Belum ada jawaban yang dapat dinilai, jadi nilai akhir tidak dihitung."
    left = (
        f" Tidak diikutkan karena tidak ada jawabannya: {', '.join(facts.excluded)}."
        if facts.excluded
        else ""
    )
    return f"Nilai akhir: jumlah bobot kali nilai dibagi jumlah bobot, {facts.sum_text}.{left}"


def details(facts: ResultsFacts) -> Iterator[Block]:
    for number, section in enumerate(facts.sections, start=1):
        yield heading(f"{number}. {section.name}", level=2)
        rows = [(one.number, one.text, one.answered, one.spread, one.score) for one in section.lines]
        yield table(LINES, rows)


def bar(points: Decimal | None) -> str:
    """Return a bar of twenty steps for a score of 0 to 100, which papers draw (docs/formats/document.md); the
    figure stands beside it."""
    if points is None:
        return ""
    filled = int((points * STEPS / WHOLE).to_integral_value())
    return FULL * filled + EMPTY * (STEPS - filled)
