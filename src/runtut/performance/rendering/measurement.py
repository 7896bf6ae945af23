"""The Dokumen Pengukuran Kinerja (PermenPANRB 53/2014, Lampiran II) as the content of a document.

Pure: facts in, content out. The figures are those of the grid, already written as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from runtut.documents.formulas.markup import read_words
from runtut.documents.formulas.sheets import SheetText, Wording, worded
from runtut.performance.rendering.blocks import (
    Block,
    common_words,
    heading,
    paper,
    paragraph,
    paragraphs,
    worked,
)

KIND = "pengukuran"
INTRO = "A. Pendahuluan"
LAST_QUARTER = "TW IV"

COLUMNS = (
    ("No", 5, "left"),
    ("Indikator kinerja", 23, "left"),
    ("Satuan", 11, "left"),
    ("Target", 9, "right"),
    ("Realisasi", 11, "right"),
    ("Capaian (%)", 10, "right"),
    ("Predikat", 11, "left"),
    ("Penyebab dan rencana perbaikan", 20, "left"),
)


@dataclass(frozen=True)
class MeasurementLine:
    """One indicator as it is printed. `achievement` is empty when it is not counted; `note` then says why."""

    key: str
    number: str
    name: str
    measure: str
    target: str
    realisation: str
    achievement: str
    predicate: str
    cause: str
    sum_text: str
    words: str
    year_target: str
    year_achievement: str
    note: str
    is_under_target: bool
    as_of: str = ""
    """The quarter whose figure stands in, when the quarter's own is blank: "TW II"."""
    lacks: tuple[str, ...] = ()
    """What its owner has not given, in words: figure, cause, evidence. The paper is composed without it."""


@dataclass(frozen=True)
class MeasurementObjective:
    title: str
    lines: tuple[MeasurementLine, ...]
    average: str
    predicate: str


@dataclass(frozen=True)
class Measurement:
    """All that the document tells. `through` is the quarter as columns name it ("TW III"), `scale` the
    regulation whose predicates are used, `signature` the block of whoever acts for the head that day, `sheet`
    how the office words the paper."""

    office: str
    period: str
    through: str
    year: int
    place: str
    letterhead: Mapping[str, str]
    objectives: tuple[MeasurementObjective, ...]
    average: str
    predicate: str
    counted: int
    excluded: tuple[str, ...]
    scale: str
    signature: Mapping[str, str]
    sheet: SheetText
    submitted: str = ""
    """Who handed the figures over, in sentences: their owners, or others in their place."""

    @property
    def lines(self) -> list[MeasurementLine]:
        return [line for objective in self.objectives for line in objective.lines]

    @property
    def stale(self) -> list[MeasurementLine]:
        """Lines without a figure of the quarter itself: an older one stands in."""
        return [line for line in self.lines if line.as_of]

    @property
    def lacking(self) -> list[MeasurementLine]:
        """Lines whose owners have not given everything."""
        return [line for line in self.lines if line.lacks]

    @property
    def under_target(self) -> list[MeasurementLine]:
        return [line for line in self.lines if line.is_under_target]


@dataclass(frozen=True)
class Drafted:
    """The paragraphs that the drafter may change; `analysis` is by the key of the indicator."""

    intro: str
    closing: str
    analysis: Mapping[str, str] = field(default_factory=dict)


def measurement_wording(facts: Measurement) -> Wording:
    """Return the title, and the opening and closing as first proposed, in the office's own words."""
    return worded_for(facts, [line.name for line in facts.under_target])


def worded_for(facts: Measurement, under: Sequence[str]) -> Wording:
    values = {
        **common_words(facts.office, facts.letterhead, facts.place, facts.year),
        "periode": facts.period,
        "simpulan": conclusion(facts.through, under),
    }
    return worded(facts.sheet, values)


def conclusion(through: str, names: Sequence[str]) -> str:
    """Return what is on target and what is not: the names of the indicators under their target."""
    under, following = ", ".join(names), "tahun" if through == LAST_QUARTER else "triwulan"
    if not under:
        return (
            f"Semua indikator yang dihitung sampai dengan {through} mencapai targetnya. Kinerja ini "
            f"dipertahankan pada {following} berikutnya."
        )
    return (
        f"Indikator yang belum mencapai target sampai dengan {through}: {under}. Perbaikannya menjadi "
        f"perhatian pemilik indikator pada {following} berikutnya."
    )


def compose_measurement(facts: Measurement, drafted: Drafted) -> dict[str, Any]:
    """Return the content of the document, ready to be stored and rendered."""
    return paper(KIND, facts, title=measurement_wording(facts).title, blocks=_blocks(facts, drafted))


def analysis_title(line: MeasurementLine) -> str:
    """The heading of an indicator's analysis, up to its per cent."""
    return f"{line.number} {line.name} ("


def _blocks(facts: Measurement, drafted: Drafted) -> Iterator[Block]:
    yield heading(INTRO)
    yield from read_words(drafted.intro)
    yield heading(f"B. Capaian kinerja sampai dengan {facts.through}")
    for objective in facts.objectives:
        yield from _objective(objective, facts.through)
    yield paragraph(summary_sentence(facts))
    if facts.submitted:
        yield paragraph(facts.submitted)
    yield heading("C. Cara menghitung capaian")
    yield {"type": "list", "items": [worked(line, _beside_the_year(line, facts)) for line in facts.lines]}
    yield from _analysis(facts, drafted)
    yield heading("E. Penutup" if facts.under_target else "D. Penutup")
    yield from read_words(drafted.closing)


def _objective(objective: MeasurementObjective, through: str) -> Iterator[Block]:
    yield heading(objective.title, level=2)
    yield {
        "type": "table",
        "columns": [
            {"label": _column_title(title, through), "width": width, "align": align}
            for title, width, align in COLUMNS
        ],
        "rows": [cells_of(line) for line in objective.lines],
        "footer": [_average_cells(objective)] if objective.average else [],
    }


def _average_cells(objective: MeasurementObjective) -> list[str]:
    label = "Rata-rata capaian sasaran"
    return ["", label, "", "", "", objective.average, objective.predicate, ""]


def _column_title(title: str, through: str) -> str:
    """Name the quarter of a figure, on one line of its own."""
    return f"{title} s.d.\n{through}" if title in {"Target", "Realisasi"} else title


def cells_of(line: MeasurementLine) -> list[str]:
    return [
        line.number,
        line.name,
        line.measure,
        line.target or "–",
        f"{line.realisation}\n(s.d. {line.as_of})" if line.as_of else line.realisation or "–",
        line.achievement or line.note,
        line.predicate or "–",
        "Lihat bagian D" if line.is_under_target else line.cause or "–",
    ]


def summary_sentence(facts: Measurement) -> str:
    """Return the sentence that sums up the office: average, how many count, which do not and why."""
    if not facts.average:
        return "Belum ada indikator yang capaiannya dapat dihitung."
    excluded = f" Tidak ikut dirata-rata: {'; '.join(facts.excluded)}." if facts.excluded else ""
    stale = "; ".join(f"{line.number} {line.name} (memakai data {line.as_of})" for line in facts.stale)
    missing = f" Belum ada angka {facts.through}: {stale}." if stale else ""
    return (
        f"Rata-rata capaian {facts.counted} indikator yang dihitung adalah {facts.average} %, dengan "
        f"predikat {facts.predicate} menurut {facts.scale}.{excluded}{missing}"
    )


def _beside_the_year(line: MeasurementLine, facts: Measurement) -> str:
    if not line.year_achievement:
        return ""
    return f" Terhadap target tahun {facts.year} ({line.year_target}): {line.year_achievement} %."


def _analysis(facts: Measurement, drafted: Drafted) -> Iterator[Block]:
    if not facts.under_target:
        return
    yield heading("D. Analisis indikator di bawah target")
    for line in facts.under_target:
        yield heading(f"{analysis_title(line)}{line.achievement} %)", level=2)
        yield from paragraphs(drafted.analysis.get(line.key) or line.cause)
