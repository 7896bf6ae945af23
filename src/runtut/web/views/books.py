"""Surat keluar, ekspedisi, arsip, and the printed books."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtut.accounts.models import User
from runtut.cases.queries import unfiled_runs
from runtut.cases.rules import may_file_which
from runtut.core.errors import DomainError
from runtut.documents.actions import prove_delivery, store_file, void_number
from runtut.documents.enums import ReceiptKind
from runtut.documents.models import Delivery, StoredFile
from runtut.documents.queries import (
    BOOKS,
    archive_classes,
    archive_records_open_to,
    attachments_to,
    book_content,
    can_open_delivery,
    deliveries_open_to,
    falling_due,
    outgoing_open_to,
    paper_file,
    retention_of,
    retention_rules,
    scans_of,
    sent_file,
    sent_with,
    year_span,
)
from runtut.documents.rules import can_receive
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import administrators, office_of
from runtut.web.forms.ekspedisi import ProofForm
from runtut.web.frame.authority import acting_in, administration, authorities, moment, today
from runtut.web.frame.errors import attempt
from runtut.web.frame.handing import hand_out_book
from runtut.web.frame.pages import Crumb, done, page, posted
from runtut.web.frame.safe_return import way_back
from runtut.web.frame.selectors import Selection, selection
from runtut.web.showing.run_list import page_address, trail_of, unit_ids
from runtut.web.views.files import handed_out

SECTION = "surat"
PAGE: Final = 25
UNFILED: Final = 10
DRAWN: Final = "data:image/png;base64,"
LARGEST_DRAWING: Final = 400_000
PAPER: Final = "surat"
COVER: Final = "pengantar"


def keyset(request: HttpRequest, rows: QuerySet[Any]) -> dict[str, Any]:
    """A page of rows, the newest first, with the addresses of its neighbours (one query)."""
    trail = trail_of(request)
    if trail:
        rows = rows.filter(pk__lt=trail[-1])
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    more = len(found) > PAGE
    return {
        "rows": shown,
        "previous": page_address(request, trail[:-1]) if trail else "",
        "following": page_address(request, [*trail, shown[-1].pk]) if more else "",
    }


def chosen_units(chosen: Selection) -> list[int]:
    return unit_ids(chosen.unit) if chosen.unit else []


def within_year(rows: QuerySet[Any], field: str, chosen: Selection) -> QuerySet[Any]:
    """Keep what happened in the chosen year, in the zone of the chosen unit."""
    if chosen.unit is None:
        return rows.none()
    start, end = year_span(chosen.unit, chosen.year)
    return rows.filter(**{f"{field}__gte": start, f"{field}__lt": end})


@require_GET
def outgoing(request: HttpRequest) -> HttpResponse:
    """The buku agenda keluar of a year: every number that was taken."""
    chosen = selection(request, by_year=True)
    rows = outgoing_open_to(authorities=authorities(request)).filter(unit__in=chosen_units(chosen))
    rows = rows.filter(date__year=chosen.year)
    found = keyset(request, rows)
    sent = sent_with(found["rows"])
    context = {"tab": "keluar", **found, "lines": [(one, sent.get(one.pk)) for one in found["rows"]]}
    return page(request, "web/surat/keluar.html", context, section=SECTION, selection=chosen)


@require_POST
def void(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Void a number of the agenda keluar, with a reason; it stays in the book."""
    line = outgoing_open_to(authorities=authorities(request)).filter(uid=uid).first()
    if line is None:
        raise Http404
    void_number(
        entry=line.entry,
        reason=request.POST.get("alasan", ""),
        authority=acting_in(request, line.unit),
        at=moment(request),
    )
    return done(request, f"Nomor {line.number} dibatalkan dan tetap tercatat.", "web:surat_keluar")


@require_GET
def expedition(request: HttpRequest) -> HttpResponse:
    """The buku ekspedisi of a year; `?belum` keeps what has not arrived, whatever the year."""
    chosen = selection(request, by_year=True)
    rows = deliveries_open_to(authorities=authorities(request)).filter(unit__in=chosen_units(chosen))
    pending = "belum" in request.GET
    rows = rows.filter(received_at=None) if pending else within_year(rows, "sent_at", chosen)
    context = {"tab": "ekspedisi", "pending": pending, **keyset(request, rows)}
    return page(request, "web/surat/ekspedisi.html", context, section=SECTION, selection=chosen)


@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One delivery: what, to whom, and the proof that it arrived."""
    found = Delivery.objects.select_related(
        "unit", "to_unit", "proof", "version__pdf", "cover__document", "cover__pdf", "file", "sent_in"
    )
    one = found.filter(uid=uid).first()
    if one is None or not can_open_delivery(authorities=authorities(request), delivery=one):
        raise Http404
    form = ProofForm(posted(request), request.FILES or None)
    sent_here = any(item.opens == one.unit.path for item in authorities(request))
    back = way_back(request, reverse("web:ekspedisi" if sent_here else "web:surat"))
    if form.is_valid() and attempt(form, lambda: proven(request, one, form)) is not None:
        return done(request, f"Bukti terima {one.addressee} tersimpan.", back)
    may_accept = one.received_at is None and not form.errors and awaits(request, one)
    can_prove = any(item.position_id and item.opens == one.unit.path for item in authorities(request))
    context = {
        "one": one,
        "paper": sent_file(one),
        "attachments": attachments_to(one.version),
        "form": form if can_prove and (one.received_at is None or form.errors) else None,
        "back": back,
        "may_accept": may_accept,
    }
    crumbs = (Crumb("Ekspedisi", reverse("web:ekspedisi")), Crumb(one.number))
    status = 422 if form.errors else 200
    return page(request, "web/surat/kiriman.html", context, section=SECTION, crumbs=crumbs, status=status)


def awaits(request: HttpRequest, one: Delivery) -> bool:
    """Tell whether the reader may take in what was sent to a unit here."""
    unit = one.to_unit
    return unit is not None and any(can_receive(item, unit) for item in authorities(request))


@require_GET
def delivered(request: HttpRequest, uid: UUID, which: str) -> HttpResponseBase:
    """The file of what was sent, of its surat pengantar or of an attachment (`which`: its uid), for who sent
    it and whoever it was sent to."""
    one = Delivery.objects.select_related("unit", "to_unit", "file", "version__pdf", "cover__pdf")
    found = one.filter(uid=uid).first()
    if found is None or not can_open_delivery(authorities=authorities(request), delivery=found):
        raise Http404
    file = travelling(found, which)
    if file is None:
        raise Http404
    return handed_out(request, file, file.name)


def travelling(one: Delivery, which: str) -> StoredFile | None:
    """A file that goes with a delivery; None for one that does not."""
    if which == PAPER:
        return sent_file(one)
    if which == COVER:
        return paper_file(one.cover)
    return next((item.file for item in attachments_to(one.version) if str(item.uid) == which), None)


def proven(request: HttpRequest, one: Delivery, form: ProofForm) -> Delivery:
    """Keep the photo or the drawing, and close the delivery with it."""
    authority, at = acting_in(request, one.unit), moment(request)
    typed = form.cleaned_data
    kind = ReceiptKind.PHOTO if typed.get("proof") else ReceiptKind.SIGNATURE
    name, content = proof_content(typed)
    proof: StoredFile | None = None
    if content:
        try:
            proof = store_file(unit=one.unit, name=name, content=content, authority=authority, at=at)
        except DomainError as refusal:
            refusal.field = "proof"
            raise
    return prove_delivery(
        delivery=one,
        received_by=typed["received_by"],
        proof=proof,
        receipt=kind,
        authority=authority,
        at=at,
    )


def proof_content(typed: dict[str, Any]) -> tuple[str, bytes]:
    """The proof's name and content: the photo, else the drawing; empty where it cannot be read."""
    upload = typed.get("proof")
    if upload:
        return str(upload.name), bytes(upload.read())
    text = str(typed.get("drawing") or "")
    if not text.startswith(DRAWN) or len(text) > LARGEST_DRAWING:
        return "", b""
    try:
        return "tanda-tangan.png", base64.b64decode(text.removeprefix(DRAWN), validate=True)
    except binascii.Error:
        return "", b""


@require_GET
def archive(request: HttpRequest) -> HttpResponse:
    """The daftar arsip of a year; `?kode` keeps a classification, `?jatuh-tempo` what the JRA says is over,
    whatever the year."""
    chosen, on = selection(request, by_year=True), today(request)
    units = chosen_units(chosen)
    rows = archive_records_open_to(authorities=authorities(request)).filter(unit__in=units)
    code = request.GET.get("kode", "").strip()[:20]
    if code:
        rows = rows.filter(archive_class__code__startswith=code)
    rules = retention_rules(region=chosen.unit.region if chosen.unit else 0, on=on)
    due = "jatuh-tempo" in request.GET
    found: dict[str, Any]
    if due:
        found = {"rows": list(falling_due(records=rows.order_by("id"), rules=rules, on=on))[:200]}
    else:
        found = keyset(request, within_year(rows, "archived_at", chosen))
        found["rows"] = [retention_of(record, rules) for record in found["rows"]]
    scans = scans_of([line.record.version_id for line in found["rows"]])
    found["lines"] = [(line, scans.get(line.record.version_id)) for line in found["rows"]]
    first = not (due or code or found["previous"])
    unfiled = unfiled_runs(unit_ids=units, limit=UNFILED) if first else []
    may_file = may_file_which(authorities(request), unfiled)
    asked = {"due": due, "code": code, "classes": archive_classes(on=on)}
    context = {"tab": "arsip", "unfiled": unfiled, "may_file": may_file, **asked, **found}
    return page(request, "web/surat/arsip.html", context, section=SECTION, selection=chosen)


@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """The retention table as it stands: what is set, and what is still to be set."""
    chosen, on = selection(request, by_year=True), today(request)
    rules = retention_rules(region=chosen.unit.region if chosen.unit else 0, on=on)
    context = {
        "tab": "arsip",
        "rules": [rules[code] for code in sorted(rules)],
        "keepers": [one.full_name for one in region_keepers(chosen.unit, on)],
        "may_set": administration(request) is not None,
    }
    crumbs = (Crumb("Arsip", reverse("web:arsip")), Crumb("Jadwal retensi"))
    return page(request, "web/surat/retensi.html", context, section=SECTION, crumbs=crumbs)


def region_keepers(unit: OrganisationUnit | None, on: date) -> list[User]:
    """Who administers the region that a unit belongs to, and so enters its retention table."""
    return list(administrators(on=on).filter(region=unit.region)) if unit else []


@require_GET
def book(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A book of the chosen office and year, as PDF or XLSX."""
    chosen = selection(request, by_year=True)
    if name not in BOOKS or chosen.unit is None:
        raise Http404
    office: OrganisationUnit = office_of(chosen.unit)
    made = BOOKS[name](unit=office, year=chosen.year, authorities=authorities(request))
    shown = f"{made.title} {office.short_name}"
    return hand_out_book(
        request, shown, form, made, printed=lambda one: book_content(book=one), at=moment(request)
    )
