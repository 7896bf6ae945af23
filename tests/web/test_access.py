"""Coming in, going out, passwords and sessions."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings
from tests.cast import Cast
from tests.web.conftest import Visit

from runtut.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "empat kata yang panjang"


def with_password(user: User, password: str = PASSWORD) -> User:
    user.set_password(password)
    user.save()
    return user


def test_login_goes_on_to_the_page_that_was_wanted(cast: Cast) -> None:
    with_password(cast.sari)
    client = Client()

    answer = client.post("/masuk/", {"login": "sari", "password": PASSWORD, "next": "/saya/?x=1"})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/saya/?x=1"
    assert client.get("/saya/").status_code == 200


def test_login_does_not_go_to_another_site(cast: Cast) -> None:
    with_password(cast.sari)

    answer = Client().post(
        "/masuk/", {"login": "sari", "password": PASSWORD, "next": "https://jahat.example/"}
    )

    assert answer.headers["Location"] == "/"


def test_login_with_a_wrong_password_says_so_and_keeps_the_name(cast: Cast) -> None:
    with_password(cast.sari)

    answer = Client().post("/masuk/", {"login": "sari", "password": "keliru"})

    assert answer.status_code == 422
    assert "Nama pengguna atau kata sandi tidak cocok." in answer.text
    assert 'value="sari"' in answer.text
    assert "keliru" not in answer.text


def test_login_is_held_after_repeated_failures(cast: Cast) -> None:
    with_password(cast.sari)
    client = Client()
    for _ in range(5):
        client.post("/masuk/", {"login": "sari", "password": "keliru"})

    answer = client.post("/masuk/", {"login": "sari", "password": PASSWORD})

    assert answer.status_code == 422
    assert "Terlalu banyak percobaan masuk yang gagal." in answer.text


def test_login_page_lists_made_up_people_only_in_a_demonstration(cast: Cast, settings: Settings) -> None:
    User.objects.filter(pk=cast.sari.pk).update(is_demo=True)

    shown = Client().get("/masuk/").text
    settings.DEMO = False
    hidden = Client().get("/masuk/").text

    assert "?nama=sari" in shown
    assert "sari" not in hidden


def test_login_page_fills_in_the_name_that_was_chosen(cast: Cast) -> None:
    answer = Client().get("/masuk/?nama=sari")

    assert 'name="login" value="sari"' in answer.text


def test_logout_needs_a_post_and_ends_the_session(cast: Cast, visit: Visit) -> None:
    client = visit(cast.sari)

    assert client.get("/keluar/").status_code == 405
    client.post("/keluar/")

    assert client.get("/saya/").status_code == 302


def test_a_temporary_password_must_be_changed_before_anything_else(cast: Cast, visit: Visit) -> None:
    User.objects.filter(pk=cast.sari.pk).update(must_change_password=True)
    cast.sari.refresh_from_db()
    client = visit(cast.sari)

    answer = client.get("/sop/")

    assert answer.headers["Location"] == "/saya/kata-sandi/"
    assert client.get("/saya/kata-sandi/").status_code == 200


def test_changing_the_password_keeps_this_session_and_ends_the_others(cast: Cast, visit: Visit) -> None:
    with_password(cast.sari)
    here, elsewhere = visit(cast.sari), visit(cast.sari)
    elsewhere.get("/saya/")

    answer = here.post(
        "/saya/kata-sandi/",
        {"present": PASSWORD, "fresh": "lima kata lain lagi", "again": "lima kata lain lagi"},
    )

    assert answer.headers["Location"] == "/saya/"
    assert here.get("/saya/").status_code == 200
    assert elsewhere.get("/saya/").status_code == 302


@pytest.mark.parametrize(
    ("present", "fresh", "again", "sentence"),
    [
        ("bukan ini", "lima kata lain lagi", "lima kata lain lagi", "Kata sandi sekarang tidak cocok."),
        (PASSWORD, "lima kata lain lagi", "enam kata", "Kedua kata sandi baru tidak sama."),
        (PASSWORD, PASSWORD, PASSWORD, "Kata sandi baru sama dengan yang lama."),
        (PASSWORD, "pendek", "pendek", "Kata sandi belum cukup kuat."),
    ],
)
def test_a_password_is_refused_with_its_reason(
    cast: Cast, visit: Visit, present: str, fresh: str, again: str, sentence: str
) -> None:
    with_password(cast.sari)

    answer = visit(cast.sari).post("/saya/kata-sandi/", {"present": present, "fresh": fresh, "again": again})

    assert answer.status_code == 422
    assert sentence in answer.text
    cast.sari.refresh_from_db()
    assert cast.sari.check_password(PASSWORD)


def test_ending_other_sessions_keeps_this_one(cast: Cast, visit: Visit) -> None:
    here, elsewhere = visit(cast.sari), visit(cast.sari)
    elsewhere.get("/saya/")

    here.post("/saya/sesi/")

    assert here.get("/saya/").status_code == 200
    assert elsewhere.get("/saya/").headers["Location"] == "/masuk/?next=/saya/"


def test_saya_says_what_a_mandate_allows_and_what_not(cast: Cast, visit: Visit) -> None:
    text = visit(cast.budi).get("/saya/").text

    assert "(Plt.)" in text
    assert "Tidak boleh, dan sebabnya" in text
    assert "UU 30/2014" in text


def test_too_many_new_passwords_are_held_up_and_told_for_how_long(
    cast: Cast, visit: Visit, settings: Settings
) -> None:
    with_password(cast.sari)
    sari = visit(cast.sari)
    tried = {"present": PASSWORD, "fresh": "12345", "again": "12345"}
    assert all("/m/" in rate for rate in settings.ACCOUNT_RATE_LIMITS.values())
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"change_password": "2/d/user"}

    answers = [sari.post("/saya/kata-sandi/", tried) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert "Tunggu satu menit, lalu coba lagi." in answers[-1].text
