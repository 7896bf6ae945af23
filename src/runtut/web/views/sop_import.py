"""SOPs out of documents: given, read behind the page, looked at beside the source, saved as drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtut.organisations.rules import can_see_unit
from runtut.procedures.actions import give_documents, retry_import, save_import
from runtut.procedures.models import ImportedFile
from runtut.procedures.queries import imports_of, sheet_picture, sheets_of
from runtut.web.forms.sop_documents import DocumentsForm
from runtut.web.forms.sop_import import ADD_COLUMNS, ImportForm, line_id
from runtut.web.frame.authority import authorities, moment
from runtut.web.frame.crumbs import sop_crumbs
from runtut.web.frame.errors import attempt, succeeds
from runtut.web.frame.pages import Crumb, page, posted
from runtut.web.frame.paging import page_start, window
from runtut.web.frame.selectors import selection
from runtut.web.showing.sop_view import manager
from runtut.web.views.sop import address

CRUMB = "Impor dokumen"
PAGE: Final = 25


@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest) -> HttpResponse:
    """Where documents are given, and how far those given are. Raises NotManager."""
    chosen = selection(request)
    if chosen.unit is None:
        raise Http404
    authority = manager(request, chosen.unit)
    form = DocumentsForm(request.POST, request.FILES) if request.method == "POST" else DocumentsForm()
    if form.is_valid():
        given = [(one.name or "dokumen", one.read()) for one in form.cleaned_data["berkas"]]
        office = chosen.unit
        if succeeds(
            form, lambda: give_documents(unit=office, files=given, authority=authority, at=moment(request))
        ):
            messages.success(request, f"{len(given)} berkas diterima dan sedang dibaca.")
            return redirect(f"{reverse('web:impor')}?{chosen.query}")
    start = page_start(request)
    found = imports_of(chosen.unit, start=start, most=PAGE + 1)
    context = {"form": form, "list": found, "window": window(request, found.rows, start, PAGE)}
    return page(
        request,
        "web/sop/impor.html",
        context,
        section="sop",
        crumbs=sop_crumbs(Crumb(CRUMB)),
        selection=chosen,
        status=422 if form.errors else 200,
    )


def find_import(request: HttpRequest, uid: UUID) -> ImportedFile:
    """A document of a unit that the person may see; 404 for any other."""
    found = ImportedFile.objects.select_related("unit").defer("content").filter(uid=uid).first()
    if found is None or not any(can_see_unit(one, found.unit) for one in authorities(request)):
        raise Http404
    return found


@require_POST
def retry(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have a document tried again."""
    imported = find_import(request, uid)
    authority = manager(request, imported.unit)
    retry_import(imported=imported, authority=authority, at=moment(request))
    messages.success(request, f"{imported.name} dibaca ulang.")
    return redirect(list_address(imported))


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, uid: UUID, index: int) -> HttpResponse:
    """The source beside what was understood of one SOP; a POST saves it as a draft."""
    imported = find_import(request, uid)
    authority = manager(request, imported.unit)
    sops = imported.found.get("sops", [])
    if index >= len(sops):
        raise Http404
    saved = imported.saved.filter(index=index).select_related("version__procedure").first()
    if saved is not None:
        return redirect(address(saved.version.procedure))
    form = ImportForm(posted(request), found=sops[index], office=imported.unit)
    asks_columns = request.POST.get("kerjakan") == ADD_COLUMNS
    if not asks_columns and form.is_valid():
        made = attempt(
            form,
            lambda: save_import(
                imported=imported,
                index=index,
                confirmed=form.confirmed(),
                approver=form.cleaned_data["approver"],
                authority=authority,
                at=moment(request),
            ),
        )
        if made is not None:
            messages.success(request, "SOP disimpan sebagai draf. Pasangkan pelaksananya dengan jabatan.")
            return redirect(address(made.procedure))
    return shown(request, imported, form, index)


def shown(request: HttpRequest, imported: ImportedFile, form: ImportForm, index: int) -> HttpResponse:
    context = {
        "form": form,
        "groups": form.groups(),
        "general": form.general_doubts(),
        "unread": form.found["unread"],
        "imported": imported,
        "sheets": sheets_shown(imported),
        "index": index,
        "back": list_address(imported),
    }
    crumbs = sop_crumbs(Crumb(CRUMB, list_address(imported)), Crumb(imported.name))
    status = 422 if form.errors else 200
    return page(request, "web/sop/impor_periksa.html", context, section="sop", crumbs=crumbs, status=status)


@require_GET
def sheet(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """A page of the document as a picture. A document never changes, so that the browser may keep it."""
    imported = find_import(request, uid)
    manager(request, imported.unit)
    picture = sheet_picture(imported=imported, number=number)
    if picture is None:
        raise Http404
    answer = HttpResponse(picture, content_type="image/webp")
    answer.headers["Cache-Control"] = "private, max-age=86400, immutable"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@dataclass(frozen=True)
class SheetShown:
    """A page of the document: what was read of it, and whether it is shown as a picture too."""

    number: int
    has_picture: bool
    lines: Sequence[Mapping[str, Any]]


def sheets_shown(imported: ImportedFile) -> list[SheetShown]:
    """The pages of the document with their lines, those without any included where they have a picture."""
    pictures = sheets_of(imported)
    lines: dict[int, list[Mapping[str, Any]]] = {number: [] for number in range(1, pictures + 1)}
    for line in imported.found.get("lines", []):
        anchor = line_id(line["place"])
        page_no = int(anchor.split("-")[1]) if anchor else 1
        lines.setdefault(page_no, []).append({**line, "id": anchor})
    return [SheetShown(number, number <= pictures, rows) for number, rows in sorted(lines.items())]


def list_address(imported: ImportedFile) -> str:
    return f"{reverse('web:impor')}?unit={imported.unit.uid}"
