"""The page of a document, and the scan that comes back to it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from runtut.cases.actions import sign_in_turn
from runtut.documents.actions import keep_shared_scan, store_file
from runtut.documents.models import Document
from runtut.documents.queries import turn_on
from runtut.documents.rules import can_read_document
from runtut.organisations.models import Authority
from runtut.web.forms.signing import ScanForm
from runtut.web.frame.authority import acting_for, acting_in, authorities, moment
from runtut.web.frame.crumbs import run_crumbs
from runtut.web.frame.errors import succeeds
from runtut.web.frame.pages import Crumb, done, page
from runtut.web.showing.document_page import DocumentPage, document_page


def visible_document(request: HttpRequest, uid: UUID) -> Document:
    """The document; 404 for whoever may not read it, who so does not learn that it exists."""
    found = Document.objects.select_related("unit").filter(uid=uid).first()
    if found is None or not any(can_read_document(one, found) for one in authorities(request)):
        raise Http404
    return found


@require_GET
def detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Where a document stands, its paper, paraf, signatures, number and archive, and who may see it."""
    shown = document_page(visible_document(request, uid))
    return drawn(request, shown, ScanForm(approvals=shown.unsigned))


@require_POST
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Sign a paper that names the reader and asks for it, in one press."""
    document = visible_document(request, uid)
    turn = turn_on(document=document)
    authority = (acting_for(request, turn.position) if turn else None) or acting_in(request, document.unit)
    sign_in_turn(document_uid=uid, authority=authority, at=moment(request))
    return done(request, f"{document.get_kind_display()} ditandatangani.", "web:dokumen_rinci", uid)


@require_POST
def scan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep the scan of the print that was signed by hand."""
    document = visible_document(request, uid)
    shown = document_page(document)
    form = ScanForm(request.POST, request.FILES, approvals=shown.unsigned)
    authority = acting_in(request, document.unit)
    if form.is_valid() and succeeds(form, lambda: keep(request, shown, form, authority)):
        return done(request, "Pindaian tersimpan pada versi ini.", "web:dokumen_rinci", uid)
    return drawn(request, shown, form, status=422)


def keep(request: HttpRequest, shown: DocumentPage, form: ScanForm, authority: Authority) -> None:
    data, at = form.cleaned_data, moment(request)
    file = store_file(
        unit=shown.document.unit,
        name=data["file"].name,
        content=data["file"].read(),
        authority=authority,
        at=at,
    )
    keep_shared_scan(
        version=shown.view.newest,
        positions=form.signers,
        file=file,
        signed_on=data["signed_on"],
        authority=authority,
        at=at,
    )


def drawn(request: HttpRequest, shown: DocumentPage, form: ScanForm, status: int = 200) -> HttpResponse:
    turn = turn_on(document=shown.document)
    holds_position = any(one.position_id for one in authorities(request))
    context = {
        "shown": shown,
        "document": shown.document,
        "form": form,
        "may_keep": shown.wants_scan and holds_position,
        "turn": turn,
        "asks_reader": turn is not None and acting_for(request, turn.position) is not None,
    }
    run = next(iter(shown.runs), None)
    crumbs = run_crumbs(run, Crumb("Dokumen"))
    return page(request, "web/dokumen/rinci.html", context, section="kerja", crumbs=crumbs, status=status)
