"""The library of SOPs: looked into, and an SOP of it taken for an office in the office's own words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import office_of
from runtut.procedures.actions import adopt, use_office_titles
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import foreign_in_table, foreign_titles, library_entry
from runtut.web.forms.sop import SopForm
from runtut.web.forms.sop_titles import TitlesForm
from runtut.web.frame.authority import moment
from runtut.web.frame.crumbs import sop_crumbs
from runtut.web.frame.errors import attempt
from runtut.web.frame.pages import Crumb, FormText, form_page, page, posted
from runtut.web.frame.selectors import offices_open_to, selection
from runtut.web.showing.library_page import library_rows, library_sop
from runtut.web.showing.sop_view import managing, may_manage
from runtut.web.views.sop import address
from runtut.web.views.sop_edit import draft_address, edit_crumbs, find_draft

TAKEN = "SOP disalin sebagai draf. Pasangkan pelaksananya dengan jabatan."


@require_http_methods(["GET", "POST"])
def library(request: HttpRequest) -> HttpResponse:
    """The library; a POST adopts one SOP as it is for the office chosen."""
    chosen = selection(request)
    form = SopForm(posted(request))
    if form.is_valid() and (made := adopted(request, form, office_asked(request), asked_key(request))):
        messages.success(request, TAKEN)
        return redirect(address(made.procedure))
    return page(
        request,
        "web/sop/pustaka.html",
        {"entries": library_rows(chosen.unit), "form": form},
        section="sop",
        crumbs=sop_crumbs(Crumb("Pustaka")),
        selection=chosen,
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, key: str) -> HttpResponse:
    """One SOP of the library as it would be run; a POST takes it with the titles written there. Raises
    LibraryKeyUnknown."""
    chosen = selection(request)
    document = library_entry(key)
    office = office_asked(request) if request.method == "POST" else chosen.unit
    form = TitlesForm(posted(request), foreign=foreign_titles(document, office_of(office)) if office else [])
    if office and form.is_valid() and (made := adopted(request, form, office, key, form.cleaned_data)):
        messages.success(request, TAKEN)
        return redirect(address(made.procedure))
    sop = library_sop(document, office)
    context = {
        "sop": sop,
        "titles": form,
        "office": office,
        "may_adopt": office is not None and may_manage(request, office) is not None,
    }
    return page(
        request,
        "web/sop/pustaka_rinci.html",
        context,
        section="sop",
        crumbs=sop_crumbs(Crumb("Pustaka", reverse("web:pustaka")), Crumb(sop.title)),
        selection=chosen,
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def titles(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """The titles in a draft that the office does not have, and the office's own in their place."""
    authority, draft = find_draft(request, uid, version)
    back = draft_address(draft)
    form = TitlesForm(posted(request), foreign=foreign_in_table(draft))
    return form_page(
        request,
        form=form,
        act=lambda data: use_office_titles(
            version=draft, titles=data, authority=authority, at=moment(request)
        ),
        words=FormText(
            "Sesuaikan sebutan jabatan", "Pakai sebutan ini", "Sebutan jabatan disesuaikan.",
            "Yang diganti hanya pelaksana dan kata-kata langkah di draf ini. Penggantian dapat dibatalkan "
            "di tabel susun.",
        ),
        back=back,
        section="sop",
        crumbs=edit_crumbs(draft.procedure, back),
        template="web/sop/sebutan.html",
    )  # fmt: skip


def asked_key(request: HttpRequest) -> str:
    return str(request.POST.get("key", ""))


def office_asked(request: HttpRequest) -> OrganisationUnit:
    """The office that a POST takes an SOP for; 404 for one that the person may not see."""
    wanted = request.POST.get("unit")
    unit = next((one for one in offices_open_to(request) if str(one.uid) == wanted), None)
    if unit is None:
        raise Http404
    return unit


def adopted(
    request: HttpRequest,
    form: SopForm,
    unit: OrganisationUnit,
    key: str,
    words: dict[str, Any] | None = None,
) -> ProcedureVersion | None:
    """The copy that a POST asked for; None when it was refused, with the reason on the form."""
    authority = managing(request, unit)
    return attempt(
        form,
        lambda: adopt(unit=unit, library_key=key, authority=authority, at=moment(request), titles=words),
    )
