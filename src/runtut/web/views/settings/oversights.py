"""Pengaturan: who reads, evaluates or administers units without holding a position there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runtut.organisations.actions import end_oversight, grant_oversight
from runtut.organisations.models import Authority, Oversight
from runtut.organisations.rules import can_administer
from runtut.web.forms.base import day_after
from runtut.web.forms.people import OversightForm
from runtut.web.forms.settings import LastDayForm
from runtut.web.frame.authority import ensure_administration, moment, today
from runtut.web.frame.pages import Crumb, FormText, form_page, page, posted
from runtut.web.frame.paging import page_start, window
from runtut.web.showing.people_reading import SIZE, oversight_rows
from runtut.web.views.settings.common import SECTION, administered_units, root_crumbs

WHAT_IT_OPENS = (
    "Yang terbuka adalah unit itu dan semua unit di bawahnya. "
    "Akses ini tidak memberi hak mengerjakan langkah SOP."
)


def oversight_crumbs() -> tuple[Crumb, ...]:
    return (*root_crumbs(), Crumb("Akses pembina", reverse("web:pengawasan")))


@require_GET
def oversights(request: HttpRequest) -> HttpResponse:
    """Who oversees the administered units, now or from a later day."""
    authority = ensure_administration(request)
    start = page_start(request)
    rows = oversight_rows(administered_units(authority), start=start, on=today(request))
    context = {"window": window(request, rows, start, SIZE)}
    return page(request, "web/pengaturan/pengawasan.html", context, section=SECTION, crumbs=root_crumbs())


def grant(request: HttpRequest) -> HttpResponse:
    """Let a person oversee a unit; `?orang=` and `?unit=` fill the form in."""
    authority = ensure_administration(request)
    units = administered_units(authority).filter(is_active=True)
    initial = {
        "valid_from": today(request),
        "username": request.GET.get("orang", ""),
        "unit": request.GET.get("unit", ""),
    }
    form = OversightForm(posted(request), region=authority.region, units=units, initial=initial)
    return form_page(
        request,
        form=form,
        act=lambda data: grant_oversight(**form.arguments(), authority=authority, at=moment(request)),
        words=FormText("Beri akses pembina", "Beri akses", "Akses pembina dicatat.", WHAT_IT_OPENS),
        back=reverse("web:pengawasan"),
        section=SECTION,
        crumbs=oversight_crumbs(),
    )


def find_oversight(request: HttpRequest, uid: UUID) -> tuple[Authority, Oversight]:
    """The administrator's authority and an oversight over a unit of theirs; 404 for any other."""
    authority = ensure_administration(request)
    found = Oversight.objects.select_related("unit", "user").filter(uid=uid).first()
    if found is None or not can_administer(authority, found.unit):
        raise Http404
    return authority, found


def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End an oversight after a last day."""
    authority, found = find_oversight(request, uid)
    first = max(today(request), found.valid_from)

    def act(data: dict[str, Any]) -> Oversight:
        until = day_after(data["last_day"])
        return end_oversight(oversight=found, valid_until=until, authority=authority, at=moment(request))

    return form_page(
        request,
        form=LastDayForm(posted(request), initial={"last_day": first}),
        act=act,
        words=FormText(
            f"Akhiri akses {found.user.display_name}",
            "Akhiri",
            "Tanggal berakhir dicatat.",
            f"Sebagai {found.get_kind_display().lower()} {found.unit.name}.",
            ("Sesudah hari itu ia tidak lagi melihat unit-unit yang dibuka oleh akses ini.",),
            is_risky=True,
        ),
        back=reverse("web:pengawasan"),
        section=SECTION,
        crumbs=oversight_crumbs(),
    )
