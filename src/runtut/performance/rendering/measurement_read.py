"""What a composed Dokumen Pengukuran Kinerja says: read back for its next version, for whoever locks its
figures, and for whoever approves it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from runtut.documents.formulas.markup import read_words, write_words
from runtut.documents.formulas.markup.inline import plain_words
from runtut.performance.rendering.blocks import Block
from runtut.performance.rendering.measurement import (
    COLUMNS,
    INTRO,
    Drafted,
    Measurement,
    MeasurementLine,
    analysis_title,
    cells_of,
    measurement_wording,
    worded_for,
)


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
    return worded_for(facts, [name.partition(" ")[2] for name in analysed]).closing


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
        elif said[4] != cells_of(line)[4]:
            now, then = (" ".join(text.split()) for text in (cells_of(line)[4], said[4]))
            found.append(f"{named}: sekarang {now}, pada dokumen {then}")
        elif line.cause and line.is_under_target and _plain(line.cause) != _plain(_analysed(parts, line)):
            found.append(f"{named}: penyebabnya berbeda dari yang tertulis pada dokumen")
    return found


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
    return title.startswith(analysis_title(line))


def _is_figure(text: str) -> bool:
    return text.replace(".", "").replace(",", "", 1).isdecimal()


def _as_number(text: str) -> float:
    """Read a printed percentage, only to rank it."""
    return float(text.replace(".", "").replace(",", "."))
