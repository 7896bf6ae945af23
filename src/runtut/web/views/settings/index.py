"""Pengaturan: the doors, and what changed last."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runtut.core.models import NightlyJob
from runtut.organisations.models import OrganisationUnit
from runtut.web.frame.authority import ensure_administration
from runtut.web.frame.pages import page
from runtut.web.frame.trail import newest_changes
from runtut.web.views.settings.common import SECTION

DOORS = (
    ("Susunan unit", "Unit, jabatan, siapa yang memegangnya, dan kop surat.", "web:unit_pohon"),
    ("Orang", "Akun, kata sandi sementara, pengangkatan, dan mandat seseorang.", "web:orang_daftar"),
    (
        "Akses pembina",
        "Siapa yang membaca, mengevaluasi, atau mengelola unit tanpa jabatan di dalamnya.",
        "web:pengawasan",
    ),
    (
        "Jadwal retensi arsip",
        "Berapa lama berkas disimpan dan apa nasib akhirnya, seperti yang ditetapkan kepala daerah.",
        "web:jra",
    ),
    (
        "Kalender kerja",
        "Jam kerja, Ramadan, libur nasional, cuti bersama, dan libur daerah.",
        "web:kalender_daftar",
    ),
)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What an administrator can change."""
    authority = ensure_administration(request)
    unit = OrganisationUnit.objects.get(pk=authority.unit_id)
    doors = [(heading, sentence, reverse(name)) for heading, sentence, name in DOORS]
    context = {
        "unit": unit,
        "doors": doors,
        "changes": newest_changes(authority),
        "nightly": NightlyJob.objects.order_by("id"),
    }
    return page(request, "web/pengaturan/indeks.html", context, section=SECTION)
