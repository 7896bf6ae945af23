"""The daftar SOP, and all SOPs of an office bound in one file."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import office_of
from runtut.organisations.rules import can_see_unit
from runtut.procedures.actions import request_collection
from runtut.procedures.models import Collection
from runtut.procedures.queries import (
    collections_of,
    decree_of,
    register_content,
    register_of,
    versions_in_force,
)
from runtut.web.forms.sop import CollectionForm
from runtut.web.frame.authority import authorities, moment, today
from runtut.web.frame.crumbs import sop_crumbs
from runtut.web.frame.errors import attempt
from runtut.web.frame.handing import hand_out_book, hand_out_document
from runtut.web.frame.pages import Crumb, done, page, posted
from runtut.web.frame.selectors import Selection, selection
from runtut.web.showing.sop_view import managing, may_manage


@require_GET
def register(request: HttpRequest, form: str) -> HttpResponse:
    """The daftar SOP of the chosen office, as PDF or XLSX."""
    chosen = selection(request)
    book = register_of(office(chosen), year=chosen.year)
    name = f"Daftar SOP {book.unit.short_name}"
    return hand_out_book(request, name, form, book, printed=register_content, at=moment(request))


@require_http_methods(["GET", "POST"])
def collections(request: HttpRequest) -> HttpResponse:
    """What was bound, and the form by which one asks for it anew."""
    chosen = selection(request)
    unit = office(chosen)
    form = CollectionForm(posted(request), initial={"sheet": "a4"})
    if form.is_valid() and attempt(form, lambda: ask(request, unit, chosen, form)) is not None:
        return done(
            request, "Himpunan SOP sedang disusun. Muat ulang halaman ini sebentar lagi.", "web:himpunan"
        )
    rows = collections_of(unit)
    context = {
        "unit": unit,
        "rows": rows,
        "pending": any(row.file is None for row in rows),
        "count": len(versions_in_force(unit)),
        "form": form if may_manage(request, unit) else None,
    }
    crumbs = sop_crumbs(Crumb("Himpunan"))
    status = 422 if form.errors else 200
    return page(
        request,
        "web/sop/himpunan.html",
        context,
        section="sop",
        crumbs=crumbs,
        selection=chosen,
        status=status,
    )


def ask(request: HttpRequest, unit: OrganisationUnit, chosen: Selection, form: CollectionForm) -> Collection:
    authority = managing(request, unit)
    return request_collection(
        unit=unit, year=chosen.year, **form.cleaned_data, authority=authority, at=moment(request)
    )


@require_GET
def decree(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The keputusan of a collection in Word, to be read over and numbered."""
    found = Collection.objects.select_related("unit").filter(uid=uid).first()
    if found is None or not any(can_see_unit(one, found.unit) for one in authorities(request)):
        raise Http404
    name = f"Keputusan penetapan SOP {found.unit.short_name} {found.year}"
    content = decree_of(found, on=today(request))
    return hand_out_document(request, name, "docx", content, at=moment(request))


def office(chosen: Selection) -> OrganisationUnit:
    """The office around the chosen unit; 404 where nothing is open."""
    if chosen.unit is None:
        raise Http404
    return office_of(chosen.unit)
