"""The report Evaluasi Kinerja Tahunan as the content of a document. Pure: facts in, content out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from runtut.documents.formulas.markup import read_words
from runtut.documents.formulas.sheets import SheetText, Wording, worded
from runtut.performance.rendering.blocks import (
    Block,
    common_words,
    heading,
    named,
    paper,
    paragraph,
    table,
    worked,
)

KIND = "ekt"
WORKED = "D. Cara menghitung capaian"
EKT_LISTS = (WORKED,)
"""The headings whose lists hold figures."""
LINE_COLUMNS = (
    ("No", 6, "left"),
    ("Indikator kinerja", 33, "left"),
    ("Satuan", 12, "left"),
    ("Target", 12, "right"),
    ("Realisasi", 12, "right"),
    ("Capaian (%)", 13, "right"),
    ("Predikat", 12, "left"),
)
ITEM_COLUMNS = (
    ("Kode", 22, "left"),
    ("Program, kegiatan, dan sub kegiatan", 34, "left"),
    ("Pagu (Rp)", 17, "right"),
    ("Realisasi (Rp)", 17, "right"),
    ("Serapan (%)", 10, "right"),
)
SUMMARY_COLUMNS = (
    ("Sasaran", 58, "left"),
    ("Indikator dihitung", 14, "right"),
    ("Capaian (%)", 14, "right"),
    ("Predikat", 14, "left"),
)


@dataclass(frozen=True)
class EktLine:
    """One indicator over the year, written already. `change` compares with the year before, `attainment` is
    the share of the Renstra's target at its end; both empty where there is nothing to compare."""

    number: str
    name: str
    measure: str
    target: str
    realisation: str
    achievement: str
    predicate: str
    note: str
    sum_text: str
    words: str
    last_year: str
    change: str
    judgement: str
    renstra_year: str
    renstra_end: str
    attainment: str


@dataclass(frozen=True)
class EktObjective:
    key: str
    title: str
    lines: tuple[EktLine, ...]
    average: str
    predicate: str
    counted: int
    cause: str
    hindrance: str
    follow_up: str


@dataclass(frozen=True)
class EktBudgetLine:
    code: str
    name: str
    budget: str
    spent: str
    absorption: str


@dataclass(frozen=True)
class EktFacts:
    """All that the report tells; `cause`, `hindrance` and `follow_up` of the objectives are what owners and
    sections wrote, proposed as the report's own words; `sheet` is how the office words the paper."""

    office: str
    year: int
    place: str
    letterhead: Mapping[str, str]
    objectives: tuple[EktObjective, ...]
    average: str
    predicate: str
    counted: int
    excluded: tuple[str, ...]
    missing: tuple[str, ...]
    scale: str
    renstra_end_year: int | None
    budget: tuple[EktBudgetLine, ...]
    total_budget: str
    total_spent: str
    absorption: str
    efficiency: str
    signature: Mapping[str, str]
    sheet: SheetText
    spent_until: str = ""
    """The last quarter with any spending, where that is not TW IV: "TW III"."""

    @property
    def lines(self) -> list[EktLine]:
        return [line for objective in self.objectives for line in objective.lines]

    @property
    def compared(self) -> list[EktLine]:
        """The lines that stand beside a figure of the year before."""
        return [line for line in self.lines if line.change]


@dataclass(frozen=True)
class EktWords:
    """What is written about one objective."""

    cause: str = ""
    hindrance: str = ""
    follow_up: str = ""


@dataclass(frozen=True)
class EktDrafted:
    """The paragraphs that the drafter may change; `objectives` is by key. `missing_reason` explains figures
    that are not there."""

    intro: str
    closing: str
    objectives: Mapping[str, EktWords] = field(default_factory=dict)
    missing_reason: str = ""


def ekt_wording(facts: EktFacts) -> Wording:
    """Return the title, and the opening and closing as first proposed, in the office's own words."""
    before = f", realisasi tahun {facts.year - 1}," if facts.compared else ""
    values = {
        **common_words(facts.office, facts.letterhead, facts.place, facts.year),
        "pembanding": f"target tahunan{before} dan target Renstra",
        "simpulan": _since_last_year(facts),
    }
    return worded(facts.sheet, values)


def _since_last_year(facts: EktFacts) -> str:
    """Return what became worse; where last year has no figures nothing is said to have changed."""
    if not facts.compared:
        return (
            f"Realisasi tahun {facts.year - 1} tidak tercatat, jadi perubahan dari tahun itu tidak dinilai."
        )
    worse = [line.name for line in facts.compared if line.judgement == "memburuk"]
    if worse:
        return f"Indikator yang memburuk dibanding tahun sebelumnya: {', '.join(worse)}."
    if len(facts.compared) < len(facts.lines):
        some = f"Dari {len(facts.compared)} indikator yang ada pembandingnya"
        return f"{some}, tidak ada yang memburuk dibanding tahun sebelumnya."
    return "Tidak ada indikator yang memburuk dibanding tahun sebelumnya."


def compose_ekt(facts: EktFacts, drafted: EktDrafted) -> dict[str, Any]:
    """Return the content of the report, ready to be stored and rendered."""
    return paper(KIND, facts, title=ekt_wording(facts).title, blocks=_blocks(facts, drafted))


def _blocks(facts: EktFacts, drafted: EktDrafted) -> Iterator[Block]:
    yield heading("A. Pendahuluan")
    yield from read_words(drafted.intro)
    yield heading("B. Ringkasan capaian")
    yield from _summary(facts, drafted)
    yield heading("C. Evaluasi per sasaran")
    for objective in facts.objectives:
        yield from _objective(objective, drafted.objectives.get(objective.key) or EktWords(), facts)
    yield heading(WORKED)
    yield {"type": "list", "items": [worked(line) for line in facts.lines]}
    yield heading("E. Anggaran")
    yield from _budget(facts)
    yield heading("F. Penutup")
    yield from read_words(drafted.closing)


def _summary(facts: EktFacts, drafted: EktDrafted) -> Iterator[Block]:
    rows = [[one.title, str(one.counted), one.average, one.predicate] for one in facts.objectives]
    footer = ["Rata-rata seluruh indikator", str(facts.counted), facts.average, facts.predicate]
    yield table(SUMMARY_COLUMNS, rows, footer=[footer] if facts.average else [])
    yield paragraph(f"Predikat menurut {facts.scale}.")
    if facts.excluded:
        yield paragraph(f"Tidak ikut dirata-rata: {'; '.join(facts.excluded)}.")
    if facts.missing:
        yield paragraph(f"Realisasi yang belum ada: {', '.join(facts.missing)}.")
        yield from named("Keterangan.", drafted.missing_reason)


def _objective(objective: EktObjective, words: EktWords, facts: EktFacts) -> Iterator[Block]:
    yield heading(objective.title, level=2)
    average = ["", "Rata-rata capaian sasaran", "", "", "", objective.average, objective.predicate]
    yield table(
        LINE_COLUMNS,
        [_cells(line) for line in objective.lines],
        footer=[average] if objective.average else [],
    )
    yield from named("Penyebab.", words.cause)
    yield from named("Hambatan.", words.hindrance)
    yield from named("Tindak lanjut.", words.follow_up)
    yield table(_compared_columns(facts), [_compared(line, facts) for line in objective.lines])


def _cells(line: EktLine) -> list[str]:
    return [
        line.number,
        line.name,
        line.measure,
        line.target,
        line.realisation,
        line.achievement or line.note,
        line.predicate,
    ]


def _compared_columns(facts: EktFacts) -> tuple[tuple[str, int, str], ...]:
    """The year before has columns only where it has figures."""
    end = f"Target Renstra {facts.renstra_end_year}" if facts.renstra_end_year else "Target akhir Renstra"
    before = ((f"Realisasi {facts.year - 1}", 12, "right"),) if facts.compared else ()
    change = (("Perubahan", 30, "left"),) if facts.compared else ()
    return (
        ("No", 6, "left"),
        *before,
        (f"Realisasi {facts.year}", 12, "right"),
        *change,
        (f"Target Renstra {facts.year}", 13, "right"),
        (end, 13, "right"),
        ("Tingkat capaian Renstra (%)", 14, "right"),
    )


def _compared(line: EktLine, facts: EktFacts) -> list[str]:
    change = f"{line.change}; {line.judgement}" if line.judgement else line.change
    return [
        line.number,
        *([line.last_year] if facts.compared else []),
        line.realisation,
        *([change] if facts.compared else []),
        line.renstra_year,
        line.renstra_end,
        line.attainment,
    ]


def _budget(facts: EktFacts) -> Iterator[Block]:
    if not facts.budget:
        yield paragraph("Pagu dan realisasi anggaran tahun ini belum dicatat.")
        return
    total = ["", "Jumlah", facts.total_budget, facts.total_spent, facts.absorption]
    rows = [[one.code, one.name, one.budget, one.spent, one.absorption] for one in facts.budget]
    yield table(ITEM_COLUMNS, rows, footer=[total])
    if facts.spent_until:
        yield paragraph(
            f"Realisasi anggaran tercatat sampai dengan {facts.spent_until}. Serapan setahun belum dapat "
            "dibandingkan dengan capaian kinerja."
        )
    if facts.efficiency:
        yield paragraph(f"{facts.efficiency} Capaian kinerja dan serapan anggaran tidak dirata-ratakan.")
