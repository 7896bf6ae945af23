"""Runs and line breaks of the Word document."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH

from runtut.documents.rendering.shape import Lines

SIDES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def write_lines(paragraph: Any, lines: Lines) -> None:
    for index, line in enumerate(lines):
        if index:
            paragraph.add_run().add_break()
        for piece in line:
            run = paragraph.add_run(piece["text"])
            if piece["bold"]:
                run.bold = True
            if piece["italic"]:
                run.italic = True
