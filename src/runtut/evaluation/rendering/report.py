"""The report on the evaluation: results, what is strong and weak, what is to follow. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from runtut.documents.formulas.markup import read_words
from runtut.documents.formulas.sheets import Wording, worded
from runtut.evaluation.rendering.facts import ReportWords, ResultsFacts
from runtut.evaluation.rendering.results import details, respondents, summary
from runtut.performance.rendering.blocks import Block, common_words, heading, paragraphs, table

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
    wording = report_wording(facts)
    return ReportWords(
        intro=wording.opening,
        strengths=listed([one.sentence for one in facts.strengths])
        or "Belum ada butir yang bernilai 80 atau lebih.",
        weaknesses=listed([one.sentence for one in facts.weaknesses])
        or "Tidak ada butir yang bernilai di bawah 80.",
        follow_up=listed([one.remedy for one in facts.weaknesses])
        or "Mempertahankan kinerja pada semua bagian.",
        closing=wording.closing,
    )


def report_wording(facts: ResultsFacts) -> Wording:
    """Return the title, and the opening and closing as first proposed, in the office's own words."""
    paper = facts.paper
    everybody = len(facts.answered) + len(facts.missing)
    total = f"Nilai akhirnya {facts.total} dari 100." if facts.total else "Nilai akhirnya tidak dihitung."
    values = {
        **common_words(paper.office, paper.letterhead, paper.place, paper.year),
        "periode": paper.period,
        "instrumen": paper.title,
        "responden": f"{len(facts.answered)} dari {everybody}",
        "nilai_akhir": total,
    }
    return worded(facts.sheet, values)


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
    content = facts.paper.content(KIND, "", list(_blocks(facts, words)))
    return content | {"title": list(report_wording(facts).title)}


def _blocks(facts: ResultsFacts, words: ReportWords) -> Iterator[Block]:
    yield heading("A. Pendahuluan")
    yield from read_words(words.intro)
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
    yield from read_words(words.closing)
    yield heading("Lampiran: jawaban menurut butir")
    yield from details(facts)
