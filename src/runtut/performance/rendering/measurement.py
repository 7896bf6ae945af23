"""The Dokumen Pengukuran Kinerja (PermenPANRB 53/2014, Lampiran II) as the content of a document.

Pure: facts in, content out. The figures are those of the grid, already written as text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from runtut.documents.formulas.markup import read_words, write_words
from runtut.documents.formulas.markup.inline import plain_words
from runtut.documents.formulas.sheets import SheetText, Wording, worded
from runtut.performance.rendering.blocks import Block, common_words, heading, paragraph, paragraphs

KIND = "pengukuran"
INTRO = "A. Pendahuluan"

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
    return _worded(facts, [line.name for line in facts.under_target])


def _worded(facts: Measurement, under: Sequence[str]) -> Wording:
    values = {
        **common_words(facts.office, facts.letterhead, facts.place, facts.year),
        "periode": facts.period,
        "simpulan": conclusion(facts.through, under),
    }
    return worded(facts.sheet, values)


def conclusion(through: str, names: Sequence[str]) -> str:
    """Return what is on target and what is not: the names of the indicators under their target."""
    under = ", ".join(names)
    if not under:
        return (
            f"Semua indikator yang dihitung sampai dengan {through} mencapai targetnya. Kinerja ini "
            "dipertahankan pada triwulan berikutnya."
        )
    return (
        f"Indikator yang belum mencapai target sampai dengan {through}: {under}. Perbaikannya menjadi "
        "perhatian pemilik indikator pada triwulan berikutnya."
    )


def compose_measurement(facts: Measurement, drafted: Drafted) -> dict[str, Any]:
    """Return the content of the document, ready to be stored and rendered."""
    return {
        "kind": KIND,
        "letterhead": dict(facts.letterhead),
        "title": list(measurement_wording(facts).title),
        "place": facts.place,
        "blocks": list(_blocks(facts, drafted)),
        "signatures": [dict(facts.signature)],
        "draft": True,
    }


def drafted_in(content: Mapping[str, Any], facts: Measurement) -> Drafted:
    """Return the paragraphs as a composed document has them, so that its next version begins with them.

    A closing that was left as proposed is proposed anew, for the figures as they are now. What explains an
    indicator is kept beside its figure, where its owner may have corrected it since: that is taken. The
    document's own words stand in only where nothing is kept.
    """
    parts = _parts(content)
    closing = _written(content, lambda title: title.endswith(". Penutup"))
    proposed = write_words(read_words(closing_proposed_for(content, facts)))
    is_proposed = _plain(closing) == _plain(proposed)
    return Drafted(
        intro=_written(content, lambda title: title == INTRO),
        closing=measurement_wording(facts).closing if is_proposed else closing,
        analysis={line.key: line.cause or _analysed(parts, line) for line in facts.under_target},
    )


def closing_proposed_for(content: Mapping[str, Any], facts: Measurement) -> str:
    """Return the closing that was proposed for the figures that a composed document has."""
    heads = [str(block["text"]) for block in content["blocks"] if block["type"] == "heading"]
    analysed = [head.rpartition(" (")[0] for head in heads if head.endswith(" %)")]
    return _worded(facts, [name.partition(" ")[2] for name in analysed]).closing


def departures(content: Mapping[str, Any], facts: Measurement) -> list[str]:
    """Return in words where the figures and causes kept are not those that a composed document says: "1.2
    Waktu layanan: sekarang 2,7, pada dokumen 2,5". Empty when both are one and the same."""
    printed = {row[0]: row for row in _rows(content)}
    parts = _parts(content)
    found: list[str] = []
    for line in facts.lines:
        said = printed.get(line.number)
        named = f"{line.number} {line.name}"
        if said is None:
            found.append(f"{named}: belum ada pada dokumen")
        elif said[4] != _cells(line)[4]:
            now, then = (" ".join(text.split()) for text in (_cells(line)[4], said[4]))
            found.append(f"{named}: sekarang {now}, pada dokumen {then}")
        elif line.cause and line.is_under_target and _plain(line.cause) != _plain(_analysed(parts, line)):
            found.append(f"{named}: penyebabnya berbeda dari yang tertulis pada dokumen")
    return found


def _parts(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """The paragraphs of a document by the heading above them."""
    parts: dict[str, list[str]] = {}
    here = ""
    for block in content["blocks"]:
        if block["type"] == "heading":
            here = block["text"]
        elif block["type"] == "paragraph":
            parts.setdefault(here, []).append(plain_words(block["text"]))
    return parts


def _written(content: Mapping[str, Any], wanted: Callable[[str], bool]) -> str:
    """Words under a heading as they were typed: paragraphs and lists."""
    found: list[Block] = []
    here = False
    for block in content["blocks"]:
        if block["type"] == "heading":
            here = wanted(block["text"])
        elif here and block["type"] in {"paragraph", "list"}:
            found.append(block)
    return write_words(found)


def _rows(content: Mapping[str, Any]) -> list[list[str]]:
    """The rows of the tables of figures, in words: whoever wrote on may have set some in bold."""
    tables = [block for block in content["blocks"] if block["type"] == "table"]
    figures = [table for table in tables if len(table["columns"]) == len(COLUMNS)]
    return [[plain_words(cell) for cell in row] for table in figures for row in table["rows"]]


def _analysed(parts: Mapping[str, list[str]], line: MeasurementLine) -> str:
    return "\n".join(_under(parts, partial(_is_of, line)))


def _plain(text: str) -> str:
    """A text without its line ends, which paper sets anew."""
    return " ".join(text.split())


def _under(parts: Mapping[str, list[str]], wanted: Callable[[str], bool]) -> list[str]:
    return next((text for title, text in parts.items() if wanted(title)), [])


def _is_of(line: MeasurementLine, title: str) -> bool:
    return title.startswith(_analysis_title(line))


def _analysis_title(line: MeasurementLine) -> str:
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
    yield {"type": "list", "items": [_worked(line, facts) for line in facts.lines]}
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
        "rows": [_cells(line) for line in objective.lines],
        "footer": [_average_cells(objective)] if objective.average else [],
    }


def _average_cells(objective: MeasurementObjective) -> list[str]:
    label = "Rata-rata capaian sasaran"
    return ["", label, "", "", "", objective.average, objective.predicate, ""]


def _column_title(title: str, through: str) -> str:
    """Name the quarter of a figure, on one line of its own."""
    return f"{title} s.d.\n{through}" if title in {"Target", "Realisasi"} else title


def _cells(line: MeasurementLine) -> list[str]:
    return [
        line.number,
        line.name,
        line.measure,
        line.target or "–",
        f"{line.realisation}\n(data {line.as_of})" if line.as_of else line.realisation or "–",
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


def measurement_gist(content: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a composed document says, for whoever must approve it: "6 indikator, 3 di bawah target" and
    "terendah: Waktu surat keterangan, 91,67 persen" (empty when nothing is counted)."""
    rows = _rows(content)
    heads = [str(block["text"]) for block in content["blocks"] if block["type"] == "heading"]
    under = sum(head.endswith(" %)") for head in heads)
    counted = {row[1]: _as_number(row[5]) for row in rows if _is_figure(row[5])}
    said = f"{len(rows)} indikator, " + (f"{under} di bawah target" if under else "tidak ada di bawah target")
    if not under or not counted:
        return said, ""
    lowest = min(counted, key=counted.__getitem__)
    shown = next(row[5] for row in rows if row[1] == lowest)
    return said, f"terendah: {lowest}, {shown} persen"


def _is_figure(text: str) -> bool:
    return text.replace(".", "").replace(",", "", 1).isdecimal()


def _as_number(text: str) -> float:
    """Read a printed percentage, only to rank it."""
    return float(text.replace(".", "").replace(",", "."))


def _worked(line: MeasurementLine, facts: Measurement) -> list[dict[str, Any]]:
    name = {"text": f"{line.number} {line.name}. ", "bold": True}
    if not line.achievement:
        return [name, {"text": line.words}]
    year = ""
    if line.year_achievement:
        year = f" Terhadap target tahun {facts.year} ({line.year_target}): {line.year_achievement} %."
    return [name, {"text": f"{line.sum_text} = {line.achievement} %. {line.words}{year}"}]


def _analysis(facts: Measurement, drafted: Drafted) -> Iterator[Block]:
    if not facts.under_target:
        return
    yield heading("D. Analisis indikator di bawah target")
    for line in facts.under_target:
        yield heading(f"{_analysis_title(line)}{line.achievement} %)", level=2)
        yield from paragraphs(drafted.analysis.get(line.key) or line.cause)
