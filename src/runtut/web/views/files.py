"""Files and documents, handed out after an access check; never shown as a page of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from runtut.core.errors import DomainError
from runtut.documents.models import DocumentVersion, StoredFile
from runtut.documents.queries import open_file, open_thumbnail
from runtut.documents.rules import can_read_document, can_read_file
from runtut.web.frame.authority import authorities

SHOWABLE: Final = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})
SHEET: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#74838d">'
    '<path d="M4 1.8h5.2L12.5 5v9.2H4zM9 2v3.2h3.4"/></svg>'
)
FORMS: Final = ("pdf", "docx")


class NotYetRendered(DomainError):
    """The job that makes the files has not come to this version yet."""

    code = "not_yet_rendered"
    template = "Berkas {form} dokumen ini sedang dibuat. Tunggu beberapa saat, lalu muat ulang halaman ini."
    status = 409


def visible_file(request: HttpRequest, uid: UUID) -> StoredFile:
    """The file; 404 for whoever it is not open to, who so does not learn that it exists."""
    found = StoredFile.objects.select_related("unit").filter(uid=uid).first()
    if found is None or not any(can_read_file(one, found) for one in authorities(request)):
        raise Http404
    return found


@require_GET
def file(request: HttpRequest, uid: UUID) -> FileResponse:
    """A stored file."""
    found = visible_file(request, uid)
    return handed_out(request, found, found.name)


@require_GET
def thumbnail(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The small picture of a file; an empty sheet while there is none. A file never changes, so
    that the browser may keep its picture."""
    small = open_thumbnail(file=visible_file(request, uid))
    if small is None:
        answer: HttpResponseBase = HttpResponse(SHEET, content_type="image/svg+xml")
        answer.headers["Cache-Control"] = "private, no-store"
    else:
        answer = FileResponse(small, content_type="image/webp")
        answer.headers["Cache-Control"] = "private, max-age=2592000, immutable"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_GET
def document(request: HttpRequest, uid: UUID, form: str) -> FileResponse:
    """A version of a document as PDF or Word."""
    rows = DocumentVersion.objects.select_related("document__unit", "pdf", "docx")
    version = rows.filter(uid=uid).first() if form in FORMS else None
    if version is None or not any(can_read_document(one, version.document) for one in authorities(request)):
        raise Http404
    made = version.pdf if form == "pdf" else version.docx
    if made is None:
        raise NotYetRendered(form=form.upper())
    extension = Path(made.name).suffix if version.content.get("file") else f".{form}"
    return handed_out(request, made, f"{version.document.title} v{version.number}{extension}")


def handed_out(request: HttpRequest, stored: StoredFile, name: str) -> FileResponse:
    """The file as a download; `?lihat` shows PDF and pictures in the browser instead, nothing else."""
    shown = "lihat" in request.GET and stored.content_type in SHOWABLE
    answer = FileResponse(
        open_file(file=stored), as_attachment=not shown, filename=name, content_type=stored.content_type
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
