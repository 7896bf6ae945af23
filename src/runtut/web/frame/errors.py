"""The one place where a refusal becomes a sentence at a field, or a page with a way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from runtut.core.errors import DomainError
from runtut.web.frame.safe_return import page_above, page_before
from runtut.web.frame.unsent import unsent


@dataclass(frozen=True)
class Trouble:
    """What an error page says: heading, sentence, and what to do now. `unsent`: texts of the form that was
    sent, to be copied."""

    heading: str
    sentence: str
    advice: str
    unsent: tuple[str, ...] = ()


Result = TypeVar("Result")

TROUBLES: Final[dict[int, Trouble]] = {
    400: Trouble(
        "Permintaan tidak dapat dibaca",
        "Peramban mengirim data yang tidak lengkap atau tidak dikenali.",
        "Kembali ke halaman sebelumnya, muat ulang, lalu coba lagi.",
    ),
    403: Trouble(
        "Halaman ini tidak terbuka untuk Anda",
        "Jabatan yang Anda pegang hari ini tidak membuka halaman atau tindakan ini.",
        "Lihat jabatan dan kewenangan Anda di halaman Saya, atau hubungi administrator.",
    ),
    404: Trouble(
        "Halaman tidak ditemukan",
        "Alamatnya keliru, atau isinya tidak terbuka untuk jabatan Anda.",
        "Periksa alamatnya, atau mulai lagi dari Beranda.",
    ),
    405: Trouble(
        "Alamat ini milik sebuah formulir",
        "Alamat ini hanya menerima kiriman formulir; tidak dapat dibuka sendiri. Tidak ada yang berubah.",
        "Buka halamannya untuk melihat keadaan terakhir.",
    ),
    409: Trouble(
        "Keadaannya sudah berubah",
        "Orang lain lebih dahulu mengubah hal yang sama.",
        "Muat ulang halaman untuk melihat keadaan terakhir.",
    ),
    413: Trouble(
        "Kiriman ini terlalu besar",
        "Isian dan berkasnya bersama-sama paling besar {limit} MB. Kiriman tadi tidak tersimpan.",
        "Kembali ke halamannya; ketikan yang sudah tersimpan sendiri masih ada di sana. Pilih berkas yang "
        "lebih kecil, atau kirim berkasnya satu per satu.",
    ),
    422: Trouble(
        "Belum dapat dikerjakan",
        "Permintaan ini belum dapat dijalankan.",
        "Kembali ke halaman sebelumnya dan perbaiki dahulu.",
    ),
    429: Trouble(
        "Terlalu banyak percobaan",
        "Demi keamanan, percobaan yang berturut-turut dihentikan sebentar. Tidak ada yang berubah.",
        "Tunggu satu menit, lalu coba lagi. Bila lupa kata sandi, hubungi administrator.",
    ),
    500: Trouble(
        "Ada yang salah pada aplikasi",
        "Ini bukan kesalahan Anda, dan tidak ada yang tersimpan setengah jadi.",
        "Coba lagi sebentar lagi. Bila tetap terjadi, sampaikan waktu kejadiannya kepada administrator.",
    ),
}
SHOWN_AS: Final[dict[str, str]] = {
    "valid_until": "last_day",
    "until": "last_day",
    "user": "username",
    "password": "fresh",
}
"""Fields that a form shows in another shape than the action takes them."""
CSRF: Final = Trouble(
    "Formulir ini sudah kedaluwarsa",
    "Halaman dibuka terlalu lama, atau Anda masuk lagi di tab lain. Tidak ada yang berubah.",
    "Buka lagi halamannya, lalu isi dan kirim sekali lagi.",
)
SESSION: Final = Trouble(
    "Sesi Anda sudah berakhir",
    "Terlalu lama tidak ada kegiatan, atau Anda sudah keluar. Kiriman tadi belum tersimpan.",
    "Masuk lagi; sesudahnya Anda kembali ke halaman semula.",
)


def trouble_page(request: HttpRequest, status: int, trouble: Trouble) -> HttpResponse:
    """The error page. Without masthead, session and database when those are not to be trusted: after a
    failure of ours, or when the request was refused before anybody was recognised."""
    before = page_before(request)
    context: dict[str, Any] = {
        "trouble": trouble,
        "status": status,
        "before": before,
        "above": page_above(request.path) if status == 405 else "",
        "again": (before or page_above(request.path)) if status == 413 else "",
    }
    if status >= 500 or not hasattr(request, "user"):
        return HttpResponse(render_to_string("web/galat_polos.html", context), status=status)
    return render(request, "web/galat.html", context, status=status)


def refusal_page(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """A refusal that no form caught, as a page with its own sentence and what had been typed."""
    general = TROUBLES.get(refusal.status, TROUBLES[422])
    told = replace(general, sentence=refusal.sentence, unsent=unsent(request))
    return trouble_page(request, refusal.status, told)


def put_on(form: forms.Form, refusal: DomainError, field: str = "") -> None:
    """Put a refusal on a form: at its field (or the one given) when the form has it, else on top."""
    named = field or refusal.field or ""
    at_field = next((name for name in (named, SHOWN_AS.get(named, "")) if name in form.fields), None)
    form.add_error(at_field, forms.ValidationError(refusal.sentence, code=refusal.code))


def attempt(form: forms.Form, act: Callable[[], Result], field: str = "") -> Result | None:
    """Run one domain call for a form and return what it made; on a refusal put it on the form, at `field`.

    Whether it was refused, the form's errors say: the action may return nothing.

    A refusal of access (403) is no matter of the form: it goes on to its own page.
    """
    try:
        return act()
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        put_on(form, refusal, field)
    return None


def refusal_of(act: Callable[[], Any]) -> DomainError | None:
    """Run one domain call that no form asks for and return its refusal; None when it was done.

    A refusal of access (403) goes on to its own page.
    """
    try:
        act()
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        return refusal
    return None


def succeeds(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Run one domain call for a valid form and tell whether it was done."""
    attempt(form, act)
    return form.is_valid()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return trouble_page(request, 400, TROUBLES[400])


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return trouble_page(request, 403, TROUBLES[403])


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return trouble_page(request, 404, TROUBLES[404])


def form_address(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """The address of a form, opened like a page: the way to the page that it stands on."""
    answer = trouble_page(request, 405, TROUBLES[405])
    answer.headers["Allow"] = refused.headers["Allow"]
    return answer


def locked_out(request: HttpRequest) -> HttpResponse:
    return trouble_page(request, 429, TROUBLES[429])


def server_error(request: HttpRequest) -> HttpResponse:
    return trouble_page(request, 500, TROUBLES[500])


def body_too_large(request: HttpRequest, limit: int) -> HttpResponse:
    """A form with files beyond `limit` MiB together, refused before anybody is recognised."""
    general = TROUBLES[413]
    return trouble_page(request, 413, replace(general, sentence=general.sentence.format(limit=limit)))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return trouble_page(request, 403, replace(CSRF, unsent=unsent(request)))


def session_over(request: HttpRequest) -> HttpResponse:
    """A form that came after its session had ended: what was typed stands on the page of refusal."""
    return trouble_page(request, 403, replace(SESSION, unsent=unsent(request)))
