"""How an office signs."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from runtut.documents.actions import choose_signing_way
from runtut.documents.queries import signing_way
from runtut.web.forms.signing import SigningWayForm
from runtut.web.frame.authority import moment
from runtut.web.frame.pages import FormText, form_page, posted
from runtut.web.views.settings.common import SECTION, find_unit, unit_crumbs

CONSEQUENCES = (
    "Berlaku untuk unit ini dan semua unit di bawahnya yang tidak memilih sendiri.",
    "Basah: penyetuju menyetujui di sini, naskah dicetak dan ditandatangani, pindaiannya diunggah.",
    "Elektronik: nomor dan tanggal dibubuhkan lebih dahulu, lalu PDF ditandatangani dengan frasa sandi. "
    "Sertifikatnya terbitan sistem ini, bukan sertifikat PSrE Indonesia.",
    "Naskah yang sudah ditandatangani tetap seperti adanya.",
)


def way(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose how an office and those below it sign."""
    authority, found = find_unit(request, uid)
    return form_page(
        request,
        form=SigningWayForm(posted(request), initial={"way": signing_way(unit=found)}),
        act=lambda data: choose_signing_way(unit=found, **data, authority=authority, at=moment(request)),
        words=FormText(
            f"Cara tanda tangan {found.short_name}",
            "Simpan cara tanda tangan",
            "Cara tanda tangan disimpan.",
            consequences=CONSEQUENCES,
        ),
        back=reverse("web:unit", args=[uid]),
        section=SECTION,
        crumbs=unit_crumbs(found),
    )
