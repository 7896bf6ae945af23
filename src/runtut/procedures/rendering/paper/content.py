"""The form as data in points, for Typst and for the Word document alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runtut.documents.formulas.codes import shown_code
from runtut.documents.rendering.shape import qr_code, spaced_nip
from runtut.procedures.rendering.paper.cells import Cell
from runtut.procedures.rendering.paper.chart import Chart, ChartPage, ChartRow, Title, compose_chart
from runtut.procedures.rendering.paper.sheets import COUNT, HEAD, HEAD_FONT, HEAD_LINE, PAPER, TITLE, Sheet
from runtut.procedures.rendering.shapes import DrawnGraph
from runtut.procedures.rendering.svg import PAPER_PEN, to_svg

Json = dict[str, Any]
BLANK = "." * 40
TEXT_CELLS = ("activity", "requirements", "time", "outputs", "note")


@dataclass(frozen=True)
class Approver:
    """Who makes the SOP binding: the position with "Plt." or "Plh." where it is so, and the person."""

    position: str
    name: str = ""
    rank: str = ""
    nip: str = ""


@dataclass(frozen=True)
class Flowchart:
    """One flowchart under an identity. `document` is its SOP in the format runtut-sop/1, which travels with
    the PDF."""

    title: str
    graph: DrawnGraph
    document: Mapping[str, Any]


@dataclass(frozen=True)
class FormFacts:
    """An SOP as the form tells it; dates in words. `lists` are the six boxes in the order of the form, left
    and right by turns. `code` and `url` lead to the page where anybody checks it, "" while it is a draft."""

    government: str
    office: str
    address: str
    title: str
    number: str
    created: str
    revised: str
    effective: str
    approver: Approver
    lists: tuple[tuple[str, Sequence[str]], ...]
    charts: tuple[Flowchart, ...]
    version: str
    is_draft: bool
    code: str = ""
    url: str = ""


def form_content(facts: FormFacts, sheet: Sheet) -> Json:
    """Return one SOP of the form: its identity in words, its flowcharts in pages."""
    return {
        **form_facts_content(facts),
        "charts": [chart_content(chart, sheet) for chart in facts.charts],
        "corner": facts.number,
        "foot": f"SOP {facts.title}, {facts.version}",
        "draft": facts.is_draft,
        "qr": qr_code(facts.url),
    }


def form_facts_content(facts: FormFacts) -> Json:
    """Return the identity page as the form words it."""
    return {
        "government": facts.government,
        "office": facts.office,
        "address": facts.address,
        "title": facts.title.upper(),
        "number": facts.number or "–",
        "created": facts.created or "–",
        "revised": facts.revised or "–",
        "effective": facts.effective or "–",
        "approver": approver_lines(facts.approver),
        "lists": [{"heading": heading, "lines": list(lines)} for heading, lines in facts.lists],
        "code": shown_code(facts.code),
        "url": facts.url,
    }


def approver_lines(approver: Approver) -> Json:
    nip = f"NIP. {spaced_nip(approver.nip)}" if approver.nip else ""
    return {
        "position": f"{approver.position}," if approver.position else "",
        "name": approver.name or BLANK,
        "below": [line for line in (approver.rank, nip) if line],
    }


def chart_content(flowchart: Flowchart, sheet: Sheet) -> Json:
    """Return a flowchart in points: widths, heights, lines, and one drawing for every page."""
    chart = compose_chart(flowchart.graph, sheet)
    scale = chart.scale
    return {
        "first": title_content(chart.title(flowchart.title)),
        "further": title_content(chart.title(flowchart.title, further=True)),
        "level": 2,
        "widths": [width * scale for width in chart.columns.widths],
        "turned": chart.columns.turned,
        "inset": PAPER.padding_x * scale / 2,
        "title_height": TITLE * scale,
        "performers": [
            {"lines": list(lines), "size": HEAD_FONT * scale, "line": HEAD_LINE * scale}
            for lines in chart.columns.names
        ],
        "head": {
            "size": HEAD_FONT * scale,
            "heights": [HEAD * scale, chart.columns.names_height * scale, COUNT * scale],
        },
        "pages": [page_content(chart, page) for page in chart.pages],
    }


def title_content(title: Title) -> Json:
    return {"lines": list(title.lines), "size": title.size}


def page_content(chart: Chart, page: ChartPage) -> Json:
    scale = chart.scale
    return {
        "rows": [row_content(row, scale) for row in page.rows],
        "svg": to_svg(page.scene, page.spoken, PAPER_PEN) if page.scene.symbols else "",
        "spoken": page.spoken,
        "x": chart.columns.before_performers * scale,
        "y": chart.head_height * scale,
        "width": page.scene.width * scale,
        "height": page.scene.height * scale,
    }


def row_content(row: ChartRow, scale: float) -> Json:
    return {
        "height": row.height * scale,
        "number": row.number,
        "size": PAPER.font_size * scale,
        "cells": [cell_content(row.cells[name], scale) for name in TEXT_CELLS] if row.cells else [],
    }


def cell_content(cell: Cell, scale: float) -> Json:
    return {
        "lines": list(cell.lines),
        "paragraphs": list(cell.paragraphs),
        "size": cell.size * scale,
        "line": cell.line_height * scale,
    }
