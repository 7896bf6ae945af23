"""SOPs: the list of an office, and the page of one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runtut.documents.rendering import render_docx, render_pdf
from runtut.organisations.rules import can_see_unit
from runtut.procedures.models import Procedure, ProcedureVersion
from runtut.procedures.queries import procedures_of, worksheet_of
from runtut.web.authority import authorities, moment
from runtut.web.handing import hand_out
from runtut.web.pages import page
from runtut.web.selectors import selection
from runtut.web.sop_view import may_manage, render_sop


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The SOPs of the office chosen."""
    chosen = selection(request)
    context = {
        "rows": procedures_of(chosen.unit) if chosen.unit else [],
        "may_adopt": chosen.unit is not None and may_manage(request, chosen.unit) is not None,
    }
    return page(request, "web/sop/daftar.html", context, section="sop", selection=chosen)


@require_GET
def detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One SOP: identity, flowchart, and what is to be done with this version."""
    return render_sop(request, find_procedure(request, uid))


@require_GET
def worksheet(request: HttpRequest, uid: UUID, version: int, form: str) -> HttpResponse:
    """The lembar kerja identifikasi kegiatan of a version, as PDF or Word."""
    versions = ProcedureVersion.objects.select_related("procedure__unit", "approver_position")
    found = versions.filter(procedure=find_procedure(request, uid), number=version).first()
    if found is None or form not in {"pdf", "docx"}:
        raise Http404
    name, content = f"Lembar kerja identifikasi {found.title}", worksheet_of(found)
    if form == "docx":
        return hand_out(request, name, form, render_docx(content))
    return hand_out(request, name, form, render_pdf(content, at=found.ratified_at or moment(request)))


def find_procedure(request: HttpRequest, uid: UUID) -> Procedure:
    """A procedure of a unit that the person may see; 404 for any other."""
    found = Procedure.objects.select_related("unit").filter(uid=uid).first()
    if found is None or not any(can_see_unit(one, found.unit) for one in authorities(request)):
        raise Http404
    return found


def address(procedure: Procedure) -> str:
    return reverse("web:sop_rinci", args=[procedure.uid])
