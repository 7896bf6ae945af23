"""Pengaturan: positions, and who holds them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runtut.organisations.actions import create_position, deactivate_position, rename_position
from runtut.web.forms.base import day_after
from runtut.web.forms.settings import LastDayForm, PositionForm, PositionNameForm
from runtut.web.frame.authority import moment, today
from runtut.web.frame.pages import FormText, form_page, page, posted
from runtut.web.showing.settings_reading import position_page
from runtut.web.views.settings.common import SECTION, find_position, find_unit, position_crumbs, unit_crumbs

CLOSE_CONSEQUENCES = (
    "Pengangkatan dan mandat pada jabatan ini berakhir pada hari itu.",
    "Tugas yang masih menunggu jabatan ini harus dialihkan dahulu.",
)


@require_GET
def position(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One position: who holds it, held it and will hold it."""
    _, found = find_position(request, uid)
    context = {"shown": position_page(found, on=today(request))}
    crumbs = unit_crumbs(found.unit)
    return page(request, "web/pengaturan/jabatan.html", context, section=SECTION, crumbs=crumbs)


def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new position in a unit."""
    authority, unit = find_unit(request, uid)
    return form_page(
        request,
        form=PositionForm(posted(request)),
        act=lambda data: create_position(unit=unit, **data, authority=authority, at=moment(request)),
        words=FormText(f"Tambah jabatan di {unit.short_name}", "Tambah jabatan", "Jabatan ditambahkan."),
        back=reverse("web:unit", args=[uid]),
        section=SECTION,
        crumbs=unit_crumbs(unit),
    )


def rename(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the names of a position."""
    authority, found = find_position(request, uid)
    initial = {"title": found.title, "short_title": found.short_title}
    return form_page(
        request,
        form=PositionNameForm(posted(request), initial=initial),
        act=lambda data: rename_position(position=found, **data, authority=authority, at=moment(request)),
        words=FormText("Ubah nama jabatan", "Simpan nama", "Nama jabatan diubah."),
        back=reverse("web:jabatan", args=[uid]),
        section=SECTION,
        crumbs=position_crumbs(found),
    )


def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a position out of use after a last day."""
    authority, found = find_position(request, uid)
    return form_page(
        request,
        form=LastDayForm(posted(request), initial={"last_day": today(request)}),
        act=lambda data: deactivate_position(
            position=found, until=day_after(data["last_day"]), authority=authority, at=moment(request)
        ),
        words=FormText(
            f"Nonaktifkan jabatan {found.short_title}",
            "Nonaktifkan jabatan",
            "Jabatan dinonaktifkan.",
            consequences=CLOSE_CONSEQUENCES,
            is_risky=True,
        ),
        back=reverse("web:unit", args=[found.unit.uid]),
        section=SECTION,
        crumbs=position_crumbs(found),
    )
