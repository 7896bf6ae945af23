"""Handing out a document made for this request."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from runtut.documents.formulas.names import clean_file_name

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
