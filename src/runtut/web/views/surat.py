"""Surat masuk: the agenda, entering a letter, its page with the chain of disposisi."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtut.documents.actions import (
    accept_delivery,
    give_disposisi,
    mark_acted,
    mark_read,
    register_letter,
    store_file,
)
from runtut.documents.enums import Urgency
from runtut.documents.models import Delivery, IncomingLetter
from runtut.documents.queries import (
    LetterView,
    awaited_deliveries,
    disposisi_sheet,
    file_given_by,
    letters_page,
)
from runtut.documents.rules import can_receive
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import office_of, positions_in
from runtut.procedures.queries import effective_procedures
from runtut.web.forms.surat import DisposisiForm, LetterForm
from runtut.web.frame.addresses import address
from runtut.web.frame.authority import acting, authorities, moment, today
from runtut.web.frame.errors import attempt
from runtut.web.frame.handing import hand_out_document
from runtut.web.frame.pages import Crumb, done, page, posted
from runtut.web.frame.parsing import NIL, uid_of
from runtut.web.frame.selectors import selection
from runtut.web.showing.letters import (
    STATES,
    Turn,
    asked,
    filter_of,
    is_done,
    letter_row,
    not_acted,
    own_links,
    run_rows,
    turns_of,
    unread,
    visible_letter,
)
from runtut.web.showing.run_list import page_address, trail_of

SECTION = "surat"


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """A page of the buku agenda masuk, the newest first; what other units sent stands above it."""
    chosen, wanted = selection(request, by_year=True), asked(request)
    trail = trail_of(request)
    found = letters_page(
        authorities=authorities(request),
        filters=filter_of(request, wanted, chosen),
        after=trail[-1] if trail else None,
    )
    context = {
        "tab": "masuk",
        "rows": [letter_row(letter) for letter in found.letters],
        "awaited": awaited_deliveries(authorities=authorities(request)),
        "asked": wanted,
        "states": STATES,
        "urgencies": Urgency.choices,
        "previous": page_address(request, trail[:-1]) if trail else "",
        "following": page_address(request, [*trail, found.after]) if found.after else "",
        "enter": any(one.position_id for one in authorities(request)),
    }
    return page(request, "web/surat/daftar.html", context, section=SECTION, selection=chosen)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a letter: one short form, agenda number at once."""
    authority = next((one for one in authorities(request) if one.position_id), None) or acting(request)
    office = office_of(OrganisationUnit.objects.get(pk=authority.unit_id))
    form = letter_form(request, office, authority)
    keep_scan(request, form, office, authority)
    if form.is_valid():
        letter = attempt(form, lambda: entered(request, form, office, authority))
        if letter is not None:
            sentence = f"Surat tercatat dengan nomor agenda {letter.register_number}."
            return done(request, sentence, "web:surat_rinci", letter.uid)
    context = {"form": form, "office": office, "authority": authority}
    crumbs = (Crumb("Surat masuk", reverse("web:surat")), Crumb("Catat surat"))
    status = 422 if form.errors else 200
    return page(request, "web/surat/catat.html", context, section=SECTION, crumbs=crumbs, status=status)


def letter_form(request: HttpRequest, office: OrganisationUnit, authority: Authority) -> LetterForm:
    """The form, with the scan that was given before a refusal."""
    if request.method != "POST":
        return LetterForm(initial={"received_on": today(request)})
    uid = uid_of(request.POST.get("file_simpan", "")) or NIL
    kept = file_given_by(unit=office, uid=uid, authority=authority)
    return LetterForm(request.POST, request.FILES, kept=kept)


def keep_scan(request: HttpRequest, form: LetterForm, office: OrganisationUnit, authority: Authority) -> None:
    """Keep the scan before anything else is judged, so that no refusal loses it; its own is told at the
    field."""
    upload = request.FILES.get("file")
    if not upload:
        return
    scan = {"unit": office, "name": upload.name or "", "content": upload.read(), "at": moment(request)}
    form.keep(attempt(form, lambda: store_file(**scan, authority=authority), "file") or form.kept)


def entered(
    request: HttpRequest, form: LetterForm, office: OrganisationUnit, authority: Authority
) -> IncomingLetter:
    typed, at = form.cleaned_data, moment(request)
    return register_letter(
        unit=office,
        sender=typed["sender"],
        number=typed["number"],
        date=typed["date"],
        subject=typed["subject"],
        urgency=typed["urgency"],
        received_on=typed["received_on"],
        file=form.kept,
        authority=authority,
        at=at,
    )


@require_GET
def detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A letter: what it says, whom it went to and what they did with it."""
    view = visible_letter(request, uid)
    return shown(request, view, disposisi_form(request, view, turns_of(request, view)))


def disposisi_form(request: HttpRequest, view: LetterView, turns: list[Turn]) -> DisposisiForm | None:
    """The form, for whoever may give a disposisi."""
    if not turns:
        return None
    own = [turn.authority.position_id or 0 for turn in turns] if len(turns) == 1 else []
    others = positions_in(unit=view.letter.unit).exclude(pk__in=own)
    choices = [(str(turn.authority.position_id), turn.authority.label) for turn in turns]
    return DisposisiForm(posted(request), turns=choices, positions=others)


def shown(
    request: HttpRequest, view: LetterView, form: DisposisiForm | None, status: int = 200
) -> HttpResponse:
    letter = view.letter
    turns = turns_of(request, view)
    context = {
        "view": view,
        "letter": letter,
        "row": letter_row(letter),
        "form": form,
        "given": bool(turns) and all(is_done(turn, view) for turn in turns),
        "unread": unread(request, view),
        "waiting": not_acted(request, view),
        "runs": run_rows(letter),
        "procedures": effective_procedures(letter.unit) if may_begin(request, view) else [],
        "start": address("web:kerja_mulai"),
    }
    crumbs = (Crumb("Surat masuk", reverse("web:surat")), Crumb(letter.register_number))
    return page(request, "web/surat/rinci.html", context, section=SECTION, crumbs=crumbs, status=status)


def may_begin(request: HttpRequest, view: LetterView) -> bool:
    """Whether to offer the SOPs: to whoever holds a position in the letter's office."""
    return any(one.position_id and one.opens == view.letter.unit.path for one in authorities(request))


@require_POST
def give(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Pass the letter on."""
    view = visible_letter(request, uid)
    turns = turns_of(request, view)
    form = disposisi_form(request, view, turns)
    if form is None:
        raise Http404
    if form.is_valid():
        wanted = form.cleaned_data["turn"]
        turn = next(one for one in turns if str(one.authority.position_id) == wanted)
        link = attempt(
            form,
            lambda: give_disposisi(
                letter=view.letter,
                previous=turn.previous,
                to_positions=form.cleaned_data["to_positions"],
                instruction=form.said,
                note=form.cleaned_data["note"],
                authority=turn.authority,
                at=moment(request),
            ),
        )
        if link is not None:
            return done(request, "Disposisi diteruskan.", "web:surat_rinci", view.letter.uid)
    return shown(request, view, form, status=422)


@require_POST
def read(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that the reader has opened what was given to him."""
    view = visible_letter(request, uid)
    for authority, one in own_links(request, view):
        if one.read_at is None:
            mark_read(disposisi=one.disposisi, authority=authority, at=moment(request))
    return redirect("web:surat_rinci", view.letter.uid)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that the reader has carried out what was given to him."""
    view = visible_letter(request, uid)
    for authority, one in own_links(request, view):
        if one.acted_at is None:
            mark_acted(disposisi=one.disposisi, authority=authority, at=moment(request))
    return done(request, "Disposisi dicatat selesai dikerjakan.", "web:surat_rinci", view.letter.uid)


@require_GET
def sheet(request: HttpRequest, uid: UUID, form: str) -> HttpResponse:
    """The lembar disposisi as PDF or Word; `?kertas=a4` for the larger sheet."""
    view = visible_letter(request, uid)
    size = "a4" if request.GET.get("kertas") == "a4" else "a5"
    shown_now = disposisi_sheet(view=view, page=size)
    name = f"Lembar disposisi {view.letter.register_number}"
    return hand_out_document(request, name, form, shown_now.content, at=shown_now.at)


@require_POST
def accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take in what another unit sent."""
    held_here = authorities(request)
    awaited = awaited_deliveries(authorities=held_here)
    delivery = next((one for one in awaited if one.uid == uid), None)
    if delivery is None or delivery.to_unit is None:
        raise Http404
    taker = next(one for one in held_here if can_receive(one, delivery.to_unit))
    held = accept_delivery(delivery=delivery, authority=taker, at=moment(request))
    return after_acceptance(request, held)


def after_acceptance(request: HttpRequest, held: Delivery) -> HttpResponse:
    if held.letter is None:
        return done(request, f"{held.paper} diterima.", "web:surat")
    sentence = f"Diterima dan tercatat dengan nomor agenda {held.letter.register_number}."
    return done(request, sentence, "web:surat_rinci", held.letter.uid)
