"""Runs that still follow an older version of an SOP, moved to the one in force one by one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from runtut.cases.actions import move_case
from runtut.cases.models import Case
from runtut.cases.queries import move_page
from runtut.cases.rules import can_steer
from runtut.core.uids import uuid7
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import effective_version
from runtut.web.forms.sop import MoveForm
from runtut.web.frame.authority import acting_in, authorities, moment
from runtut.web.frame.crumbs import sop_crumbs
from runtut.web.frame.errors import attempt
from runtut.web.frame.pages import Crumb, page, posted
from runtut.web.frame.parsing import whole_number
from runtut.web.views.sop import address, find_procedure

TITLE = "Pindahkan kerja berjalan"
FURTHEST = 2**31


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Each run with where it is and where it would be; a POST moves one."""
    version = version_in_force(request, uid)
    form = MoveForm(posted(request))
    if form.is_valid() and (case := moved(request, version, form)):
        messages.success(request, f"{case.title} sekarang mengikuti versi {version.number}.")
        return redirect(request.get_full_path())
    unit = version.procedure.unit
    context = {
        "version": version,
        "moves": move_page(
            version=version,
            at=moment(request),
            after=whole_number(request.GET.get("sesudah", ""), 0, 0, FURTHEST),
        ),
        "may_move": may_steer(request, unit) is not None,
        "form": form,
        "key": uuid7(),
    }
    crumbs = sop_crumbs(
        Crumb(version.procedure.title, address(version.procedure)),
        Crumb(TITLE),
    )
    status = 422 if form.errors else 200
    return page(request, "web/sop/pindah.html", context, section="sop", crumbs=crumbs, status=status)


def version_in_force(request: HttpRequest, uid: UUID) -> ProcedureVersion:
    """The version in force of an SOP that the person may see; 404 while there is none."""
    procedure = find_procedure(request, uid)
    found = effective_version(procedure)
    if found is None:
        raise Http404
    found.procedure = procedure
    return found


def moved(request: HttpRequest, version: ProcedureVersion, form: MoveForm) -> Case | None:
    """The run that a POST moved; None when that was refused, with the reason on the form."""
    unit, given = version.procedure.unit, form.cleaned_data
    return attempt(
        form,
        lambda: move_case(
            case_uid=given["case"],
            version=version,
            case_version=given["seen"],
            authority=may_steer(request, unit) or acting_in(request, unit),
            at=moment(request),
            key=given["key"],
        ),
    )


def may_steer(request: HttpRequest, unit: OrganisationUnit) -> Authority | None:
    """The authority by which the person may look after the runs of an office."""
    return next((one for one in authorities(request) if can_steer(one, unit)), None)
