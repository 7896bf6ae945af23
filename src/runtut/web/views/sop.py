"""SOPs: the list of an office, and the page of one."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runtut.organisations.enums import UnitKind
from runtut.organisations.rules import can_see_unit
from runtut.procedures.enums import VersionState
from runtut.procedures.models import Procedure, ProcedureVersion
from runtut.procedures.queries import (
    OfficeStanding,
    Sought,
    document_of,
    form_logo,
    form_of,
    procedures_below,
    procedures_of,
    standing_of,
    units_with_procedures,
    worksheet_of,
)
from runtut.procedures.rendering.bpmn import write_bpmn
from runtut.procedures.rendering.paper import SHEETS, form_docx, form_pdf
from runtut.web.frame.authority import authorities, moment, today
from runtut.web.frame.handing import hand_out, hand_out_document
from runtut.web.frame.pages import page
from runtut.web.frame.paging import page_start, window
from runtut.web.frame.parsing import uid_of
from runtut.web.frame.selectors import OFFICES, Selection, selection
from runtut.web.showing.sop_view import may_manage, render_sop

PAGE: Final = 25
LONGEST: Final = 120
WITHOUT_OWN: Final = (UnitKind.KABUPATEN, UnitKind.KELURAHAN)
"""Kinds of unit that mostly have no SOPs of their own."""
FORMS: Final = {"pdf": form_pdf, "docx": form_docx}


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The SOPs of the chosen office and of those below it; of several offices, where each of them stands.

    `?q=disposisi&keadaan=berlaku&tinjau=lewat` asks for some of them.
    """
    chosen, sought, start = selection(request), sought_in(request), page_start(request)
    unit, on = chosen.unit, today(request)
    rows = procedures_below(unit, sought, on=on, start=start, most=PAGE + 1) if unit else []
    having = units_with_procedures(unit) if unit else set()
    context = {
        "window": window(request, rows, start, PAGE),
        "sought": sought,
        "states": VersionState.choices,
        "has_own": unit is not None and unit.pk in having,
        "has_offices": unit is not None and bool(having - {unit.pk}),
        "offices": offices_of(chosen, on) if not (sought or start) else [],
        "above": None if having or chosen.units[:1] == (unit,) else next(iter(chosen.units), None),
        "may_adopt": unit is not None and may_manage(request, unit) is not None,
    }
    return page(request, "web/sop/daftar.html", context, section="sop", selection=chosen)


def sought_in(request: HttpRequest) -> Sought:
    """What the address asks for; anything unknown counts as not asked."""
    state = request.GET.get("keadaan", "")
    return Sought(
        text=" ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST],
        state=state if state in VersionState.values else "",
        is_overdue=request.GET.get("tinjau") == "lewat",
    )


def offices_of(chosen: Selection, on: date) -> list[OfficeStanding]:
    """Where the offices at or below the chosen unit stand, when there is more than one; a kelurahan only when
    it has SOPs of its own, and the kabupaten itself likewise."""
    unit = chosen.unit
    below = [one for one in chosen.units if unit and one.path.startswith(unit.path) and one.kind in OFFICES]
    if len(below) < 2:
        return []
    found = [
        one
        for one in standing_of(below, on=on)
        if one.in_force or one.unfinished or one.unit.kind not in WITHOUT_OWN
    ]
    return found if len(found) > 1 else []


@require_GET
def detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One SOP: identity, flowchart, and what is to be done with this version."""
    return render_sop(request, find_procedure(request, uid))


@require_GET
def worksheet(request: HttpRequest, uid: UUID, version: int, form: str) -> HttpResponse:
    """The lembar kerja identifikasi kegiatan of a version, as PDF or Word."""
    found = find_version(request, uid, version)
    name, at = f"Lembar kerja identifikasi {found.title}", found.ratified_at or moment(request)
    return hand_out_document(request, name, form, worksheet_of(found), at=at)


@require_GET
def official(request: HttpRequest, uid: UUID, version: int, sheet: str, form: str) -> HttpResponse:
    """The official form of a version on A4 or F4; `?dengan=` puts the flowcharts of other SOPs of the office
    under the same identity."""
    found = find_version(request, uid, version)
    if sheet not in SHEETS or form not in FORMS:
        raise Http404
    facts = form_of(found, on=today(request), beside=beside(request, found))
    logo = form_logo(found.procedure.unit)
    content = FORMS[form]([facts], SHEETS[sheet], at=found.ratified_at or moment(request), logo=logo)
    return hand_out(request, f"SOP {found.title} ({sheet.upper()})", form, content)


@require_GET
def diagram(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """A version as BPMN 2.0, for programs that draw and run processes."""
    found = find_version(request, uid, version)
    return hand_out(request, f"SOP {found.title}", "bpmn", write_bpmn(document_of(found)))


def beside(request: HttpRequest, version: ProcedureVersion) -> list[ProcedureVersion]:
    """The versions that stand for the SOPs named in `?dengan=`, of the same office, in the order asked."""
    wanted = [
        uid for uid in map(uid_of, request.GET.getlist("dengan")) if uid and uid != version.procedure.uid
    ]
    rows = {row.procedure.uid: row.version for row in procedures_of(version.procedure.unit)} if wanted else {}
    if not all(uid in rows for uid in wanted):
        raise Http404
    return [rows[uid] for uid in dict.fromkeys(wanted)]


def find_version(request: HttpRequest, uid: UUID, number: int) -> ProcedureVersion:
    """A version of an SOP that the person may see; 404 for any other."""
    versions = ProcedureVersion.objects.select_related("procedure__unit", "approver_position")
    found = versions.filter(procedure=find_procedure(request, uid), number=number).first()
    if found is None:
        raise Http404
    return found


def find_procedure(request: HttpRequest, uid: UUID) -> Procedure:
    """A procedure of a unit that the person may see; 404 for any other."""
    found = Procedure.objects.select_related("unit").filter(uid=uid).first()
    if found is None or not any(can_see_unit(one, found.unit) for one in authorities(request)):
        raise Http404
    return found


def address(procedure: Procedure) -> str:
    return reverse("web:sop_rinci", args=[procedure.uid])
