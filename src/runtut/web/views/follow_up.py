"""Tindak lanjut: the list of what meetings have left to do, and the page of one item."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtut.cases import actions
from runtut.cases.enums import FollowUpState
from runtut.cases.models import FollowUp, FollowUpEvidence
from runtut.cases.queries import FollowUpFilter, follow_up_by_uid, follow_up_page, is_late
from runtut.cases.rules import can_report, can_see_follow_up, can_verify
from runtut.documents.actions import store_file
from runtut.organisations.models import Authority
from runtut.organisations.queries import calendar_for
from runtut.web.frame.addresses import run_address
from runtut.web.frame.authority import acting_in, authorities, moment
from runtut.web.frame.errors import refusal_of
from runtut.web.frame.pages import Crumb, done, page
from runtut.web.frame.parsing import whole_number
from runtut.web.frame.selectors import selection
from runtut.web.parts.follow_up_rows import follow_up_row, follow_up_rows
from runtut.web.showing.follow_up_trail import history_of
from runtut.web.showing.run_list import unit_ids
from runtut.web.showing.work_rows import calendar_shown

STATES: Final = (
    ("terbuka", "Belum selesai"),
    ("menunggu", "Menunggu"),
    ("dikembalikan", "Dikembalikan"),
    ("disetujui", "Disetujui"),
    ("semua", "Semua"),
)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything unknown counts as not asked."""

    mine: bool
    state: str
    late: bool

    @property
    def query(self) -> str:
        late = "&terlambat=1" if self.late else ""
        return f"lingkup={'saya' if self.mine else 'unit'}&keadaan={self.state}{late}"


def asked(request: HttpRequest) -> Asked:
    state = request.GET.get("keadaan", "")
    return Asked(
        mine=request.GET.get("lingkup", "saya") != "unit",
        state=state if state in dict(STATES) else "terbuka",
        late="terlambat" in request.GET,
    )


def cursor_in(request: HttpRequest) -> tuple[datetime, int] | None:
    """The last line seen; anything unreadable begins at the top."""
    at, _, key = request.GET.get("sesudah", "").partition("_")
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        return None
    number = whole_number(key, None)
    return (instant, number) if number is not None and instant.tzinfo else None


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Items of the reader or of a unit and all below it, the most pressing first."""
    chosen, wanted, at = selection(request), asked(request), moment(request)
    own = [one.position_id for one in authorities(request) if one.position_id]
    filters = FollowUpFilter(
        units=unit_ids(chosen.unit) if chosen.unit and not wanted.mine else [],
        positions=own if wanted.mine else None,
        state="" if wanted.state == "semua" else wanted.state,
        late=wanted.late,
    )
    found = follow_up_page(filters=filters, at=at, after=cursor_in(request))
    calendar = calendar_shown(request, chosen) if found.items else None
    following = ""
    if found.after:
        stamp = found.after[0].isoformat().replace("+00:00", "Z")
        following = f"?{wanted.query}&{chosen.query}&sesudah={stamp}_{found.after[1]}"
    context = {
        "rows": follow_up_rows(found.items, at=at, calendar=calendar) if calendar else [],
        "asked": wanted,
        "states": STATES,
        "previous": f"?{wanted.query}&{chosen.query}" if cursor_in(request) else "",
        "following": following,
    }
    return page(request, "web/tindak/daftar.html", context, section="kerja", selection=chosen)


def visible_item(request: HttpRequest, uid: UUID) -> FollowUp:
    """The item; 404 for whoever may not see it, who so does not learn that it exists."""
    found = follow_up_by_uid(uid)
    if not any(can_see_follow_up(one, found) for one in authorities(request)):
        raise Http404
    return found


def doer(request: HttpRequest, item: FollowUp) -> Authority | None:
    """The authority in which the reader reports on the item, while it waits for that."""
    if item.state not in (FollowUpState.OPEN, FollowUpState.RETURNED):
        return None
    return next((one for one in authorities(request) if can_report(one, item)), None)


def checker(request: HttpRequest, item: FollowUp) -> Authority | None:
    """The authority in which the reader verifies the item, while it waits for that: the one named first."""
    if item.state != FollowUpState.SUBMITTED:
        return None
    mine = [one for one in authorities(request) if can_verify(one, item)]
    named = [one for one in mine if one.position_id == item.verifier_id]
    return next(iter([*named, *mine]), None)


@require_http_methods(["GET", "HEAD"])
def item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An item: what, who, by when, what was done, what the verifier said."""
    return shown(request, visible_item(request, uid))


def shown(
    request: HttpRequest, found: FollowUp, *, problems: list[tuple[str, str]] | None = None, status: int = 200
) -> HttpResponse:
    """Draw the page, with what was typed and refused."""
    at = moment(request)
    checks = checker(request, found)
    context = {
        "item": found,
        "row": follow_up_row(found, calendar_for(unit=found.unit), at),
        "is_late": is_late(found, at),
        "evidence": list(found.evidence.all()),
        "doer": doer(request, found),
        "checker": checks,
        "is_own_work": checks is not None and checks.user_id == found.submitted_by_id,
        "history": history_of(found),
        "report": request.POST.get("report", found.report),
        "reason": request.POST.get("reason", ""),
        "note": request.POST.get("note", ""),
        "problems": problems or [],
    }
    crumbs = (
        Crumb("Tindak lanjut", reverse("web:tindak")),
        Crumb(found.case.title, run_address(found.case.uid)),
    )
    return page(request, "web/tindak/rinci.html", context, section="kerja", crumbs=crumbs, status=status)


def pressed(request: HttpRequest, found: FollowUp, act: Callable[[], Any], success: str) -> HttpResponse:
    """Make the domain call and come back to the page; a refusal comes back with what was typed."""
    if refusal := refusal_of(act):
        problems = [(refusal.sentence, refusal.field or "")]
        return shown(request, follow_up_by_uid(found.uid), problems=problems, status=refusal.status)
    return done(request, success, "web:tindak_rinci", found.uid)


@require_POST
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep the report and the files; with the main button, hand the item in."""
    found, at = visible_item(request, uid), moment(request)
    authority = next((one for one in authorities(request) if can_report(one, found)), None)
    who = authority or acting_in(request, found.unit)
    text, hand_in = request.POST.get("report", ""), request.POST.get("kerjakan") != "simpan"

    def act() -> None:
        if not hand_in or request.FILES:
            actions.report_progress(item=found, report=text, authority=who, at=at)
        for upload in request.FILES.getlist("bukti"):
            file = store_file(
                unit=found.unit, name=upload.name or "", content=upload.read(), authority=who, at=at
            )
            actions.add_follow_up_evidence(item=found, file=file, authority=who, at=at)
        if hand_in:
            actions.submit_follow_up(item=found, report=text, authority=who, at=at)

    said = f"Dilaporkan. Menunggu diperiksa {found.verifier.short_title}." if hand_in else "Tersimpan."
    return pressed(request, found, act, said)


@require_POST
def check(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Approve what was done, or give it back with a reason."""
    found, at = visible_item(request, uid), moment(request)
    authority = checker(request, found) or acting_in(request, found.unit)
    if request.POST.get("kerjakan") == "kembalikan":
        reason = request.POST.get("reason", "")
        return pressed(
            request,
            found,
            lambda: actions.return_follow_up(item=found, reason=reason, authority=authority, at=at),
            f"Dikembalikan kepada {found.position.short_title}.",
        )
    note = request.POST.get("note", "")
    return pressed(
        request,
        found,
        lambda: actions.approve_follow_up(item=found, note=note, authority=authority, at=at),
        "Tindak lanjut selesai dan disetujui.",
    )


@require_POST
def drop_evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a file off an item that is not handed in."""
    rows = FollowUpEvidence.objects.select_related("file", "follow_up")
    evidence = get_object_or_404(rows, uid=uid)
    found = visible_item(request, evidence.follow_up.uid)
    authority = next((one for one in authorities(request) if can_report(one, found)), None)
    who = authority or acting_in(request, found.unit)
    return pressed(
        request,
        found,
        lambda: actions.remove_follow_up_evidence(evidence=evidence, authority=who, at=moment(request)),
        "Berkas dilepas.",
    )
