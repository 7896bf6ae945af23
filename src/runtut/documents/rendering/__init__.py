"""Documents as PDF and DOCX from one content JSON. Pure: no Django, no database, no clock."""

from runtut.documents.rendering.content import FORMAT, check_content
from runtut.documents.rendering.pdf import Room, render_look, render_pdf, signing_rooms
from runtut.documents.rendering.pictures import Pictures
from runtut.documents.rendering.shape import STAMP, printed_blocks
from runtut.documents.rendering.word import render_docx
from runtut.documents.rendering.workbook import render_workbook

__all__ = [
    "FORMAT",
    "STAMP",
    "Pictures",
    "Room",
    "check_content",
    "printed_blocks",
    "render_docx",
    "render_look",
    "render_pdf",
    "render_workbook",
    "signing_rooms",
]
