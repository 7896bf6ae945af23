"""The report on the evaluation: results, what is strong and weak, what is to follow. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from runtut.evaluation.rendering.facts import ReportWords, ResultsFacts
from runtut.evaluation.rendering.results import details, respondents, summary
from runtut.performance.rendering.blocks import Block, heading, paragraphs, table

KIND = "laporan"
REACHED = (
    ("No", 7, "left"),
    ("Indikator kinerja", 46, "left"),
    ("Target", 14, "right"),
    ("Realisasi", 14, "right"),
    ("Capaian (%)", 14, "right"),
)


def proposed_words(facts: ResultsFacts) -> ReportWords:
    """Return the paragraphs as first proposed: the highest questions as strengths, the lowest as
    weaknesses."""
    everybody = len(facts.answered) + len(facts.missing)
    paper = facts.paper
    reached = f" Nilai akhirnya {facts.total} dari 100." if facts.total else ""
    return ReportWords(
        intro=(
            f"Laporan ini memuat hasil evaluasi kinerja {paper.office} {paper.period}, berdasarkan isian "
            f"instrumen “{paper.title}” dari {len(facts.answered)} dari {everybody} responden.{reached}"
        ),
        strengths=listed([one.sentence for one in facts.strengths])
        or "Belum ada butir yang bernilai 80 atau lebih.",
        weaknesses=listed([one.sentence for one in facts.weaknesses])
        or "Tidak ada butir yang bernilai di bawah 80.",
        follow_up=listed([one.remedy for one in facts.weaknesses])
        or "Mempertahankan kinerja pada semua bagian.",
        closing=(
            "Hasil evaluasi ini menjadi bahan perbaikan perencanaan dan pelaksanaan kinerja "
            f"{paper.office} pada periode berikutnya."
        ),
    )


def reached(facts: ResultsFacts) -> Iterator[Block]:
    """What the office had planned and achieved in the period; nothing where nothing was measured."""
    if not facts.reached:
        return
    yield heading("Capaian kinerja yang dievaluasi", level=2)
    rows = [(one.number, one.name, one.target, one.realised, one.achievement) for one in facts.reached]
    yield table(REACHED, rows)


def listed(lines: Sequence[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def compose_report(facts: ResultsFacts, words: ReportWords) -> dict[str, Any]:
    """Return the content of the report, ready to be stored and rendered."""
    title = f"Laporan Hasil {facts.paper.title}"
    return facts.paper.content(KIND, title, list(_blocks(facts, words)))


def _blocks(facts: ResultsFacts, words: ReportWords) -> Iterator[Block]:
    yield heading("A. Pendahuluan")
    yield from paragraphs(words.intro)
    yield from respondents(facts)
    yield from reached(facts)
    yield heading("B. Hasil menurut bagian")
    yield from summary(facts)
    yield heading("C. Kekuatan")
    yield from paragraphs(words.strengths)
    yield heading("D. Kelemahan")
    yield from paragraphs(words.weaknesses)
    yield heading("E. Saran tindak lanjut")
    yield from paragraphs(words.follow_up)
    yield heading("F. Penutup")
    yield from paragraphs(words.closing)
    yield heading("Lampiran: jawaban menurut butir")
    yield from details(facts)
