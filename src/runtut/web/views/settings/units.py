"""Pengaturan: the unit tree."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runtut.organisations.actions import create_unit, deactivate_unit, move_unit, rename_unit, set_letterhead
from runtut.web.forms.settings import LetterheadForm, NoForm, UnitForm, UnitMoveForm, UnitNameForm
from runtut.web.frame.authority import ensure_administration, moment, today
from runtut.web.frame.pages import FormText, form_page, page, posted
from runtut.web.showing.settings_reading import tree_rows, unit_page
from runtut.web.views.settings.common import (
    SECTION,
    administered_units,
    find_unit,
    root_crumbs,
    tree_crumbs,
    unit_crumbs,
)

MOVE_CONSEQUENCES = (
    "Semua unit di bawahnya ikut pindah.",
    "Orang di kantor lama tidak lagi melihat unit ini; orang di kantor baru mulai melihatnya.",
)


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """The tree, with the head of each unit."""
    authority = ensure_administration(request)
    context = {"rows": tree_rows(administered_units(authority), on=today(request))}
    return page(request, "web/pengaturan/pohon.html", context, section=SECTION, crumbs=root_crumbs())


@require_GET
def unit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One unit: its names, letterhead, positions and who holds them."""
    _, found = find_unit(request, uid)
    context = {"shown": unit_page(found, on=today(request))}
    return page(request, "web/pengaturan/unit.html", context, section=SECTION, crumbs=tree_crumbs())


def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new unit below one."""
    authority, parent = find_unit(request, uid)
    return form_page(
        request,
        form=UnitForm(posted(request)),
        act=lambda data: create_unit(parent=parent, **data, authority=authority, at=moment(request)),
        words=FormText(f"Tambah unit di bawah {parent.short_name}", "Tambah unit", "Unit ditambahkan."),
        back=reverse("web:unit", args=[uid]),
        section=SECTION,
        crumbs=unit_crumbs(parent),
    )


def rename(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the names of a unit."""
    authority, found = find_unit(request, uid)
    return form_page(
        request,
        form=UnitNameForm(posted(request), initial={"name": found.name, "short_name": found.short_name}),
        act=lambda data: rename_unit(unit=found, **data, authority=authority, at=moment(request)),
        words=FormText(
            "Ubah nama unit",
            "Simpan nama",
            "Nama unit diubah.",
            "Dokumen yang sudah terbit tetap memakai nama lama.",
        ),
        back=reverse("web:unit", args=[uid]),
        section=SECTION,
        crumbs=unit_crumbs(found),
    )


def letterhead(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what the letters of a unit carry."""
    authority, found = find_unit(request, uid)
    initial = {"code": found.code, "address": found.address, "contact": found.contact}
    return form_page(
        request,
        form=LetterheadForm(posted(request), initial=initial),
        act=lambda data: set_letterhead(unit=found, **data, authority=authority, at=moment(request)),
        words=FormText("Ubah kop surat", "Simpan kop surat", "Kop surat diubah."),
        back=reverse("web:unit", args=[uid]),
        section=SECTION,
        crumbs=unit_crumbs(found),
    )


def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a unit under another one."""
    authority, found = find_unit(request, uid)
    units = administered_units(authority).filter(is_active=True)
    initial = {"parent": found.parent and found.parent.uid}
    return form_page(
        request,
        form=UnitMoveForm(posted(request), units=units, initial=initial),
        act=lambda data: move_unit(unit=found, **data, authority=authority, at=moment(request)),
        words=FormText(
            f"Pindahkan {found.short_name}",
            "Pindahkan unit",
            "Unit dipindahkan.",
            consequences=MOVE_CONSEQUENCES,
            is_risky=True,
        ),
        back=reverse("web:unit", args=[uid]),
        section=SECTION,
        crumbs=unit_crumbs(found),
    )


def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a unit out of use, after a confirmation."""
    authority, found = find_unit(request, uid)
    return form_page(
        request,
        form=NoForm(posted(request)),
        act=lambda data: deactivate_unit(unit=found, authority=authority, at=moment(request)),
        words=FormText(
            f"Nonaktifkan {found.short_name}",
            "Nonaktifkan unit",
            "Unit dinonaktifkan.",
            consequences=(
                "Unit ini tidak lagi muncul dalam pilihan.",
                "Kerja, dokumen, dan riwayatnya tetap dapat dibaca.",
            ),
            is_risky=True,
        ),
        back=reverse("web:unit", args=[uid]),
        section=SECTION,
        crumbs=unit_crumbs(found),
    )
