"""Pemberitahuan: what one was told, and what one wants to be told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtut.accounts.actions import choose_notices
from runtut.cases.actions import mark_notices_read
from runtut.cases.queries import count_unread, notices_of, wanted_notices
from runtut.web.forms.notices import NoticeForm
from runtut.web.frame.authority import moment, person
from runtut.web.frame.pages import Crumb, FormText, done, form_page, page


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The newest notices of the reader."""
    lines = notices_of(user_id=person(request).pk, at=moment(request))
    context = {"lines": lines, "unread": count_unread(user_id=person(request).pk, at=moment(request))}
    return page(request, "web/pemberitahuan.html", context, section="saya")


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark all of them as read."""
    mark_notices_read(user_id=person(request).pk, at=moment(request))
    return done(request, "Semua pemberitahuan ditandai sudah dibaca.", "web:pemberitahuan")


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """Which kinds come, and how."""
    user = person(request)
    form = NoticeForm(request.POST or None, user=user, wanted=wanted_notices(user_id=user.pk))
    return form_page(
        request,
        form=form,
        act=lambda given: choose_notices(user=user, email=given["email"], chosen=form.chosen),
        words=FormText(
            heading="Pemberitahuan yang saya terima",
            button="Simpan pilihan",
            success="Pilihan pemberitahuan tersimpan.",
            sentence=(
                "Pekerjaan Anda selalu tampak di Beranda; ini tentang kabar tambahannya. Pilihan berlaku "
                "untuk surat masuk dan disposisi, langkah SOP, bahan dan realisasi yang diminta atau "
                "dikembalikan, instrumen, tindak lanjut, rapat, serta penilaian dan telaah SOP."
            ),
        ),
        back=reverse("web:pemberitahuan"),
        section="saya",
        crumbs=(Crumb("Saya", reverse("web:saya")),),
    )
