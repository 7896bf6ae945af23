"""Pengaturan: the region's retention table (JRA)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runtut.documents.actions import set_retention
from runtut.documents.models import ArchiveClass, RetentionRule
from runtut.documents.queries import archive_class_of, retention_lines, retention_rules
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import ancestors_of
from runtut.organisations.rules import can_administer
from runtut.web.forms.retention import NewRetentionForm, RetentionForm
from runtut.web.frame.authority import ensure_administration, moment, today
from runtut.web.frame.pages import Crumb, FormText, form_page, page, posted
from runtut.web.views.settings.common import SECTION, root_crumbs

NEW = FormText(
    "Tambah ketentuan retensi",
    "Simpan ketentuan",
    "Ketentuan retensi disimpan.",
    "Untuk klasifikasi yang belum punya ketentuan sendiri.",
)


def region_of(request: HttpRequest) -> tuple[Authority, OrganisationUnit]:
    """The administrator's authority and the region whose table it is; 404 for whoever administers only a part
    of it."""
    authority = ensure_administration(request)
    own = OrganisationUnit.objects.get(pk=authority.unit_id)
    region = list(ancestors_of(own).filter(region=own.region))[-1]
    if not can_administer(authority, region):
        raise Http404
    return authority, region


def table_crumbs() -> tuple[Crumb, ...]:
    return (*root_crumbs(), Crumb("Jadwal retensi arsip", reverse("web:jra")))


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """The lines in force, and those still to be set."""
    _, region = region_of(request)
    rules = retention_rules(region=region.region, on=today(request))
    context = {"region": region, "rules": [rules[code] for code in sorted(rules)]}
    crumbs = (*root_crumbs(), Crumb("Jadwal retensi arsip"))
    return page(request, "web/pengaturan/retensi.html", context, section=SECTION, crumbs=crumbs)


def new(request: HttpRequest) -> HttpResponse:
    """A line for a class that has none of its own."""
    authority, region = region_of(request)

    def act(data: dict[str, Any]) -> RetentionRule:
        found = archive_class_of(code=data["archive_class"], on=today(request))
        return enter(request, authority, region, {**data, "archive_class": found})

    return form_page(
        request,
        form=NewRetentionForm(posted(request), initial={"valid_from": today(request)}),
        act=act,
        words=NEW,
        back=reverse("web:jra"),
        section=SECTION,
        crumbs=table_crumbs(),
    )


def line(request: HttpRequest, code: str) -> HttpResponse:
    """A new line for a class, from a day on; the earlier ones stand below the form."""
    authority, region = region_of(request)
    lines = retention_lines(region=region.region, code=code)
    if not lines:
        raise Http404
    archive_class = lines[0].archive_class
    return form_page(
        request,
        form=RetentionForm(posted(request), initial=initial(request, lines[0])),
        act=lambda data: enter(request, authority, region, {**data, "archive_class": archive_class}),
        words=line_words(archive_class),
        back=reverse("web:jra"),
        section=SECTION,
        crumbs=table_crumbs(),
        template="web/pengaturan/retensi_ubah.html",
        extra={"lines": lines},
    )


def enter(
    request: HttpRequest, authority: Authority, region: OrganisationUnit, given: dict[str, Any]
) -> RetentionRule:
    return set_retention(unit=region, **given, authority=authority, at=moment(request))


def line_words(archive_class: ArchiveClass) -> FormText:
    return FormText(
        f"Retensi {archive_class}",
        "Simpan ketentuan",
        "Ketentuan retensi disimpan.",
        "Isi seperti yang ditetapkan kepala daerah. Tidak ada berkas yang terhapus karenanya: yang jatuh "
        "tempo hanya didaftar di Arsip.",
    )


def initial(request: HttpRequest, newest: RetentionRule) -> dict[str, Any]:
    """What the form begins with: the newest line; a proposal gives its years, not its citation."""
    found = {
        "active_years": newest.active_years,
        "inactive_years": newest.inactive_years,
        "outcome": newest.outcome,
        "valid_from": today(request),
    }
    return found | ({"citation": newest.citation} if newest.is_confirmed else {})
