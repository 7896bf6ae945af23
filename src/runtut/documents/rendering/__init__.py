"""Documents as PDF and DOCX from one content JSON. Pure: no Django, no database, no clock."""

from runtut.documents.rendering.content import FORMAT, check_content
from runtut.documents.rendering.pdf import render_pdf
from runtut.documents.rendering.shape import printed_blocks
from runtut.documents.rendering.word import render_docx
from runtut.documents.rendering.workbook import render_workbook

__all__ = ["FORMAT", "check_content", "printed_blocks", "render_docx", "render_pdf", "render_workbook"]
