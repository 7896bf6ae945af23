"""Figures of a quarter by way of a spreadsheet: template out, filled-in file in, preview."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from runtut.organisations.models import OrganisationUnit
from runtut.performance.actions import Preview, make_template, preview_realisations
from runtut.performance.queries import grid
from runtut.web.forms.figures import SheetForm
from runtut.web.frame.authority import moment
from runtut.web.frame.errors import attempt
from runtut.web.frame.handing import hand_out
from runtut.web.frame.pages import Crumb, page
from runtut.web.frame.selectors import Selection, selection
from runtut.web.views.kinerja import chosen_office, enters_for

SHOWN_PROBLEMS: Final = 50


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The workbook of the chosen office and quarter."""
    chosen = selection(request)
    office = chosen_office(chosen)
    content = make_template(
        unit=office, quarter=chosen.quarter, authority_for=enters_for(request), at=moment(request)
    )
    return hand_out(request, f"Realisasi {chosen.quarter.label} {office.short_name}", "xlsx", content)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Where the filled-in workbook is given; a POST shows what it would change, and saves nothing."""
    chosen = selection(request)
    office = chosen_office(chosen)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    found = previewed(request, form, chosen, office) if form.is_valid() else None
    if found is None:
        rows = grid(unit=office, quarter=chosen.quarter)
        may_enter = any(enters_for(request)(row) for row in rows)
        return shown(request, chosen, office, form=form, may_enter=may_enter)
    return shown(request, chosen, office, form=form, found=found, may_enter=True)


def previewed(
    request: HttpRequest, form: SheetForm, chosen: Selection, office: OrganisationUnit
) -> Preview | None:
    given = form.cleaned_data["berkas"]
    return attempt(
        form,
        lambda: preview_realisations(
            unit=office,
            quarter=chosen.quarter,
            name=given.name or "",
            content=given.read(),
            authority_for=enters_for(request),
            at=moment(request),
        ),
        "berkas",
    )


def shown(
    request: HttpRequest,
    chosen: Selection,
    office: OrganisationUnit,
    *,
    form: SheetForm,
    found: Preview | None = None,
    may_enter: bool,
) -> HttpResponse:
    back = f"{reverse('web:kinerja')}?{chosen.query}"
    context = {
        "office": office,
        "quarter": chosen.quarter,
        "form": form,
        "found": found,
        "problems": found.problems[:SHOWN_PROBLEMS] if found else (),
        "more": max(len(found.problems) - SHOWN_PROBLEMS, 0) if found else 0,
        "may_enter": may_enter,
        "back": back,
        "tab": "realisasi",
    }
    return page(
        request,
        "web/kinerja/unggah.html",
        context,
        section="kinerja",
        crumbs=(Crumb("Kinerja", back), Crumb("Isian lewat Excel")),
        selection=chosen,
        status=422 if form.errors else 200,
    )
