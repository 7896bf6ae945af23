"""Handing out what is made for this request: a composed document, a book, any other content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from runtut.documents.formulas.names import clean_file_name
from runtut.documents.queries import Book
from runtut.documents.rendering import render_docx, render_pdf, render_workbook

TYPES: Final[dict[str, str]] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "bpmn": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def hand_out(request: HttpRequest, name: str, form: str, content: bytes) -> HttpResponse:
    """The document as a download; a PDF with `?lihat` opens in the browser."""
    answer = HttpResponse(content, content_type=TYPES[form])
    shown = clean_file_name(f"{name.replace('/', '-')}.{form}")
    is_download = form != "pdf" or "lihat" not in request.GET
    answer["Content-Disposition"] = content_disposition_header(is_download, shown) or ""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def hand_out_document(
    request: HttpRequest, name: str, form: str, content: dict[str, Any], *, at: datetime
) -> HttpResponse:
    """A composed document as PDF or Word; 404 for any other form."""
    if form == "docx":
        return hand_out(request, name, form, render_docx(content))
    if form == "pdf":
        return hand_out(request, name, form, render_pdf(content, at=at))
    raise Http404


def hand_out_book(
    request: HttpRequest,
    name: str,
    form: str,
    book: Book,
    *,
    printed: Callable[[Book], dict[str, Any]],
    at: datetime,
) -> HttpResponse:
    """A book as PDF, composed by `printed`, or as XLSX; 404 for any other form."""
    if form == "pdf":
        return hand_out(request, name, form, render_pdf(printed(book), at=at))
    if form == "xlsx":
        columns = [(one.label, one.width) for one in book.columns]
        content = render_workbook(title=name, sheet=book.name, columns=columns, rows=book.rows, at=at)
        return hand_out(request, name, form, content)
    raise Http404
