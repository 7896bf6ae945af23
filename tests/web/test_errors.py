"""A refusal becomes a sentence at its field, or a page with a way out."""

from __future__ import annotations

from datetime import datetime

import pytest
from django import forms
from django.http import HttpRequest
from django.test import Client, RequestFactory
from tests.cast import Cast
from tests.web.conftest import Visit
from tests.web.stage import Stage, start_run

from runtut.cases.models import TaskDraft
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


@pytest.mark.parametrize("logged_in", [True, False])
def test_form_that_cannot_be_taken_any_more_shows_what_was_written(
    logged_in: bool, stage: Stage, at: datetime
) -> None:
    case = start_run(stage, at)
    where = f"/kerja/{case.uid}/{case.tasks.get().uid}/kerjakan/"
    client = Client(enforce_csrf_checks=logged_in)
    if logged_in:
        client.force_login(stage.cast.budi)
    typed = {"note": "Mohon segera\nsebelum Jumat.", "passphrase": "empat kata rahasia saya", "versi": "1"}
    page = {"HTTP_HOST": "testserver", "HTTP_REFERER": f"http://testserver/kerja/{case.uid}/"}

    answer = client.post(where, typed, **page)

    assert answer.status_code == 403
    assert "Mohon segera<br>sebelum Jumat." in answer.text
    assert "empat kata rahasia saya" not in answer.text
    assert f"/kerja/{case.uid}/" in answer.text
    assert not TaskDraft.objects.exists()


def test_what_another_site_sends_is_not_shown(cast: Cast) -> None:
    foreign = {"HTTP_HOST": "testserver", "HTTP_REFERER": "https://jahat.example/"}

    answer = Client().post("/surat/catat/", {"subject": "Hubungi nomor penipu ini."}, **foreign)

    assert answer.status_code == 403
    assert "penipu" not in answer.text


def test_form_for_passwords_is_never_shown_again(cast: Cast) -> None:
    page = {"HTTP_HOST": "testserver", "HTTP_REFERER": "http://testserver/saya/kata-sandi/"}

    answer = Client().post("/saya/kata-sandi/", {"baru": "empat kata rahasia saya"}, **page)

    assert answer.status_code == 403
    assert "empat kata rahasia saya" not in answer.text


def test_address_of_a_form_leads_to_the_page_it_stands_on(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)

    answer = visit(stage.cast.budi).get(f"/kerja/{case.uid}/{case.tasks.get().uid}/kerjakan/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert f'href="/kerja/{case.uid}/">Buka halamannya' in answer.text


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
