"""The page of a document, and the scan that comes back to it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_POST

from runtut.cases.actions import prepare_turn_signature, sign_in_turn
from runtut.cases.queries import proposed_class, runs_of_document
from runtut.documents.actions import keep_shared_scan, number_signed, store_file
from runtut.documents.models import Document, SignerTurn
from runtut.documents.queries import signing_key_of, terms_of, turn_on
from runtut.documents.rules import can_read_document
from runtut.organisations.models import Authority
from runtut.web.forms.signing import NumberForm, ScanForm, TurnForm, passphrase_told
from runtut.web.frame.authority import acting_for, acting_in, authorities, moment, person, today
from runtut.web.frame.crumbs import run_crumbs
from runtut.web.frame.errors import succeeds
from runtut.web.frame.pages import Crumb, done, page
from runtut.web.showing.document_page import DocumentPage, document_page
from runtut.web.showing.queue import is_queued, next_paper, other_paper

UNSEEN: Final = (
    "Naskah ini tidak menyisakan tempat untuk cap Anda. Tanda tangan Anda ada di dalam berkas PDF-nya, dan "
    "tampak di halaman periksa."
)


def visible_document(request: HttpRequest, uid: UUID) -> Document:
    """The document; 404 for whoever may not read it, who so does not learn that it exists."""
    found = Document.objects.select_related("unit").filter(uid=uid).first()
    if found is None or not any(can_read_document(one, found) for one in authorities(request)):
        raise Http404
    return found


@require_GET
def detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Where a document stands, its paper, paraf, signatures, number and archive, and who may see it."""
    return drawn(request, document_page(visible_document(request, uid)))


@require_POST
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Sign a paper that names the reader and asks for it: in one press, or with the passphrase."""
    document = visible_document(request, uid)
    turn = turn_on(document=document)
    own = acting_for(request, turn.position) if turn else None
    authority = own or acting_in(request, document.unit)
    form = turn_form(request, turn, request.POST) if turn and own else None
    if form is None:
        sign_in_turn(document_uid=uid, authority=authority, at=moment(request))
    elif not (form.is_valid() and succeeds(form, lambda: put_signature(request, document, form, authority))):
        return drawn(request, document_page(document), signing=form, status=422)
    if form is not None and form.is_electronic and is_queued(request):
        return next_paper(request, f"{document.get_kind_display()} ditandatangani.", uid)
    if form is not None and form.is_electronic:
        return done(request, f"{document.get_kind_display()} ditandatangani.", "web:dokumen_rinci", uid)
    return done(request, said_of_print(document), "web:dokumen_rinci", uid)


def said_of_print(document: Document) -> str:
    """What a press leaves to do with a paper that is signed on its print: a number first, where it wants
    one."""
    first = "Beri nomornya dahulu, lalu cetak" if document_page(document).wants_number else "Cetak"
    kind = document.get_kind_display()
    return f"{kind} disetujui. {first} PDF-nya untuk ditandatangani, dan unggah pindaiannya di sini."


def turn_form(request: HttpRequest, turn: SignerTurn, sent: QueryDict | None = None) -> TurnForm:
    document = turn.version.document
    code = proposed_class(document.kind, runs_of_document(document).order_by("id").first())
    return TurnForm(sent, terms=terms_of(turn=turn, on=today(request)), code=code, auto_id="ttd-%s")


def put_signature(request: HttpRequest, document: Document, form: TurnForm, authority: Authority) -> None:
    """Sign as the form says; whoever may not sign is refused before any passphrase is tried."""
    given: dict[str, Any] = {"document_uid": document.uid, "authority": authority, "at": moment(request)}
    prepared = None
    if form.is_electronic:
        prepared = prepare_turn_signature(
            archive_class=form.cleaned_data.get("archive_class"),
            passphrase=form.cleaned_data["passphrase"],
            **given,
        )
    sign_in_turn(signature=prepared, archive_class=form.cleaned_data.get("archive_class"), **given)
    if prepared is not None and not prepared.is_drawn:
        messages.info(request, UNSEEN)


@require_POST
def number(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a paper that was signed by hand its number."""
    document = visible_document(request, uid)
    shown = document_page(document)
    form = NumberForm(request.POST, code=shown.class_code, on=today(request))
    authority = acting_in(request, document.unit)

    def enter() -> None:
        number_signed(
            version=shown.view.newest,
            archive_class=form.cleaned_data["archive_class"],
            recipient=form.cleaned_data["recipient"],
            authority=authority,
            at=moment(request),
        )

    if form.is_valid() and succeeds(form, enter):
        return done(request, "Nomor dibubuhkan dan tercatat di agenda keluar.", "web:dokumen_rinci", uid)
    return drawn(request, shown, numbering=form, status=422)


@require_POST
def scan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep the scan of the print that was signed by hand."""
    document = visible_document(request, uid)
    shown = document_page(document)
    form = ScanForm(request.POST, request.FILES, approvals=shown.unsigned)
    authority = acting_in(request, document.unit)
    if form.is_valid() and succeeds(form, lambda: keep(request, shown, form, authority)):
        return done(request, "Pindaian tersimpan pada versi ini.", "web:dokumen_rinci", uid)
    return drawn(request, shown, scan_form=form, status=422)


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


def numbering_form(request: HttpRequest, shown: DocumentPage, sent: NumberForm | None) -> NumberForm | None:
    """The form that was sent; a new one where the paper still wants its number."""
    if sent is None and shown.wants_number:
        return NumberForm(code=shown.class_code, on=today(request))
    return sent


def drawn(
    request: HttpRequest,
    shown: DocumentPage,
    *,
    scan_form: ScanForm | None = None,
    signing: TurnForm | None = None,
    numbering: NumberForm | None = None,
    status: int = 200,
) -> HttpResponse:
    turn = turn_on(document=shown.document)
    asks_reader = turn is not None and acting_for(request, turn.position) is not None
    if turn is not None and asks_reader:
        signing = signing or turn_form(request, turn)
    holds_position = any(one.position_id for one in authorities(request))
    context = {
        "shown": shown,
        "document": shown.document,
        "form": scan_form or ScanForm(approvals=shown.unsigned),
        "signing": signing,
        "told_passphrase": passphrase_told(person(request)),
        "has_key": signing_key_of(user=person(request)) is not None,
        "may_keep": shown.wants_scan and holds_position,
        "numbering": numbering_form(request, shown, numbering) if holds_position else None,
        "turn": turn,
        "asks_reader": asks_reader,
        "following": None if asks_reader else other_paper(request, shown.document),
        "queued": is_queued(request),
    }
    run = next(iter(shown.runs), None)
    crumbs = run_crumbs(run, Crumb("Dokumen"))
    return page(request, "web/dokumen/rinci.html", context, section="kerja", crumbs=crumbs, status=status)
