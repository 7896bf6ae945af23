"""Papers, without a database: the official form of an SOP, and a long report as PDF and as Word."""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any

from pypdf import PdfReader
from tests.documents.samples import COLUMNS, ROWS, measurement
from tests.procedures.forms import facts_of

from runtut.documents.rendering import render_docx, render_pdf
from runtut.procedures.rendering.paper import SHEETS, form_pdf

AT = datetime(2026, 10, 14, 2, tzinfo=UTC)
LONGEST = "s7"
"""The library's SOP of 14 steps."""
CHAPTERS = 66


def measure(*, rounds: int) -> dict[str, Any]:
    """Return of each paper the seconds of CPU and of the wall (medians), and what was measured."""
    facts, report = facts_of(LONGEST), long_report(CHAPTERS)
    ways: dict[str, Callable[[], bytes]] = {
        "form": lambda: form_pdf([facts], SHEETS["a4"], at=AT),
        "pdf": lambda: render_pdf(report, at=AT),
        "docx": lambda: render_docx(report),
    }
    return {
        "steps": sum(len(chart.graph.steps) for chart in facts.charts),
        "pages": len(PdfReader(io.BytesIO(ways["pdf"]())).pages),
    } | {name: spent(way, rounds) for name, way in ways.items()}


def long_report(chapters: int) -> dict[str, Any]:
    """Return a report such as an LKjIP: chapters, each with its text and a table of figures."""
    text = (
        "Capaian kinerja triwulan ini dibandingkan dengan target, dengan triwulan yang sama tahun lalu, dan "
        "dengan target akhir Renstra. Penyebab selisih dan rencana perbaikannya diuraikan per indikator. "
    )
    blocks: list[dict[str, Any]] = []
    for number in range(1, chapters + 1):
        blocks += [
            {"type": "heading", "text": f"Bagian {number}", "level": 1},
            *({"type": "paragraph", "text": text * 3} for _ in range(3)),
            {"type": "table", "caption": f"Tabel {number}", "columns": COLUMNS, "rows": ROWS},
        ]
    return measurement(landscape=False, draft=False, title=["LAPORAN KINERJA"], blocks=blocks)


def spent(act: Callable[[], object], rounds: int) -> dict[str, float]:
    """Return the medians of some rounds, the first of which is not counted."""
    act()
    cpu, wall = [], []
    for _ in range(rounds):
        begun, started = cpu_seconds(), time.perf_counter()
        act()
        cpu.append(cpu_seconds() - begun)
        wall.append(time.perf_counter() - started)
    return {"cpu": median(cpu), "least": min(cpu), "wall": median(wall)}


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    who = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in who)


if __name__ == "__main__":
    print(json.dumps(measure(**json.loads(sys.argv[1]))))
