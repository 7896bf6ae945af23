"""A refusal becomes a sentence at its field, or a page with a way out."""

from __future__ import annotations

import pytest
from django import forms
from django.http import HttpRequest
from django.test import Client, RequestFactory
from tests.cast import Cast
from tests.web.conftest import Visit

from runtut.core.errors import DomainError, NotAllowed, SomeoneWasFaster
from runtut.web.frame import errors


class Sample(forms.Form):
    name = forms.CharField()
    last_day = forms.CharField()


class Broken(DomainError):
    code = "broken"
    template = "{what} rusak. Perbaiki dahulu."


def refuse(refusal: DomainError) -> None:
    raise refusal


def filled() -> Sample:
    return Sample({"name": "a", "last_day": "b"})


@pytest.mark.parametrize(
    ("field", "shown_at"),
    [("name", "name"), ("valid_until", "last_day"), ("other", "__all__"), (None, "__all__")],
)
def test_refusal_stands_at_its_field_or_on_top(field: str | None, shown_at: str) -> None:
    form = filled()

    done = errors.succeeds(form, lambda: refuse(Broken(field=field, what="Isian")))

    assert not done
    assert form.errors == {shown_at: ["Isian rusak. Perbaiki dahulu."]}
    assert form.errors.as_data()[shown_at][0].code == "broken"


def test_refusal_of_access_is_no_matter_of_the_form() -> None:
    with pytest.raises(NotAllowed):
        errors.succeeds(filled(), lambda: refuse(NotAllowed(reason="Bukan tugas Anda.")))


@pytest.fixture
def request_of_sari(cast: Cast) -> HttpRequest:
    request = RequestFactory().get("/sop/")
    request.user = cast.sari
    return request


@pytest.mark.parametrize(
    ("refusal", "status", "heading"),
    [
        (NotAllowed(reason="Minta Camat."), 403, "Halaman ini tidak terbuka untuk Anda"),
        (SomeoneWasFaster(), 409, "Keadaannya sudah berubah"),
        (Broken(what="Data"), 422, "Belum dapat dikerjakan"),
    ],
)
def test_refusal_that_no_form_caught_is_a_page(
    refusal: DomainError, status: int, heading: str, request_of_sari: HttpRequest
) -> None:
    answer = errors.refusal_page(request_of_sari, refusal)

    assert answer.status_code == status
    assert heading in answer.text
    assert refusal.sentence in answer.text
    assert "Ke Beranda" in answer.text


def test_unknown_address_is_a_page_in_our_words(cast: Cast, visit: Visit) -> None:
    answer = visit(cast.sari).get("/tidak/ada/")

    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.text
    assert "/tidak/ada/" not in answer.text


def test_form_without_its_token_changes_nothing_and_says_so(cast: Cast) -> None:
    answer = Client(enforce_csrf_checks=True).post("/masuk/", {"login": "sari", "password": "x"})

    assert answer.status_code == 403
    assert "Formulir ini sudah kedaluwarsa" in answer.text


def test_failure_page_needs_neither_session_nor_database() -> None:
    answer = errors.server_error(HttpRequest())

    assert answer.status_code == 500
    assert "tidak ada yang tersimpan setengah jadi" in answer.text


def test_request_for_a_foreign_host_gets_a_page_too() -> None:
    answer = Client().get("/masuk/", headers={"host": "jahat.example"})

    assert answer.status_code == 400
    assert "Permintaan tidak dapat dibaca" in answer.text


def test_every_answer_carries_the_content_security_policy(cast: Cast) -> None:
    policy = Client().get("/masuk/").headers["Content-Security-Policy"]

    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
