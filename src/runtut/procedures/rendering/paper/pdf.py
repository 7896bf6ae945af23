"""The form as PDF: Typst sets it in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from runtut.documents.rendering.pdf import FONTS, run_child, written
from runtut.documents.rendering.pictures import as_svg
from runtut.procedures.rendering.paper.content import FormFacts, Json, form_content
from runtut.procedures.rendering.paper.sheets import Sheet

HERE = Path(__file__).resolve().parent


def form_pdf(facts: Sequence[FormFacts], sheet: Sheet, *, at: datetime, logo: bytes = b"") -> bytes:
    """Return SOPs in the official form as one PDF/A-3a, tagged (PDF/UA-1), with bookmarks.

    The same facts and instant give the same bytes; every SOP travels in the file in the format runtut-sop/1.
    Raises RenderingFailed when the process ends without a document.
    """
    title = f"SOP {facts[0].title}" if len(facts) == 1 else f"Himpunan SOP {facts[0].office}"
    return set_pdf(title, facts, sheet, at=at, logo=logo)


def set_pdf(
    title: str,
    facts: Sequence[FormFacts],
    sheet: Sheet,
    *,
    at: datetime,
    logo: bytes = b"",
    front: Json | None = None,
) -> bytes:
    """Set SOPs one after another, behind what stands in front of a collection."""
    content: Json = {
        "front": front,
        "title": title,
        "author": facts[0].office,
        "logo": as_svg(logo),
        "sheet": sheet_content(sheet),
        "sops": [form_content(one, sheet) for one in facts],
    }
    documents = [dict(chart.document) for one in facts for chart in one.charts]
    order = {
        "template": str(HERE / "form.typ"),
        "root": str(HERE),
        "fonts": str(FONTS),
        "content": written(content),
        "source": json.dumps(documents, ensure_ascii=False, sort_keys=True, indent=1),
        "timestamp": int(at.timestamp()),
    }
    return run_child(order)


def sheet_content(sheet: Sheet) -> Json:
    return {"width": sheet.width, "height": sheet.height, "margin": sheet.margin, "foot": sheet.foot}
