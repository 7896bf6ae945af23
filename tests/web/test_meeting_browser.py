"""A meeting on a phone: prepared, attended, written down, handed over, and what it left to do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.browser import DESKTOP, PHONE, NewPage
from tests.cast import AT, make_cast
from tests.web.meetings import evaluation
from tests.web.stage import Stage, set_stage
from tests.web.test_browser import PASSWORD, come_in, faults, sideways

from runtut.accounts.models import User
from runtut.cases.models import Case, FollowUp, Meeting
from runtut.core import clock
from runtut.organisations.models import Position

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def live(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The cast on its own day, each with a password."""
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=5))
    stage = set_stage(make_cast(), AT)
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()
    return stage


def enter(page: Page, user: User, where: str) -> None:
    page.context.clear_cookies()
    come_in(page, user)
    page.goto(where)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def check(page: Page) -> None:
    """Nothing serious for axe, no sideways scroll."""
    assert faults(page) == []
    assert sideways(page) <= 0


def prepare(page: Page, case: Case) -> str:
    """The Sekcam plans the meeting from the step's sheet; returns the meeting's address."""
    page.get_by_role("link", name="Siapkan rapat").click()
    check(page)
    page.get_by_label("Hari rapat").fill("2026-03-02")
    page.get_by_label("Tempat").fill("Ruang rapat kecamatan")
    page.get_by_label("Agenda").fill("Capaian TW I")
    press(page, "Simpan rencana rapat")
    expect(page.get_by_role("status")).to_contain_text("Rapat disiapkan")
    check(page)
    return f"/rapat/{Meeting.objects.get(case=case).uid}/"


def write_down(page: Page, kasi: Position) -> None:
    """One decision, at first with a due day on which nobody works."""
    page.get_by_label("Pembahasan").fill("Capaian dibacakan.")
    page.locator("#text-1").fill("Lengkapi bukti")
    page.locator("#position-1").select_option(value=str(kasi.uid))
    page.locator("#due-1").fill("2026-03-07")
    press(page, "Simpan notulen")
    expect(page.get_by_role("alert")).to_contain_text("bukan hari kerja")
    page.locator("#due-1").fill("2026-03-06")
    press(page, "Simpan notulen")
    expect(page.get_by_role("status")).to_contain_text("Notulen tersimpan")


def test_a_meeting_is_held_on_a_phone(live: Stage, new_page: NewPage) -> None:
    case, people = evaluation(live), live.cast.office.people
    phone, page = new_page(viewport=PHONE), new_page(viewport=DESKTOP)
    run = f"/kerja/{case.uid}/"
    enter(phone, live.cast.budi, run)
    meeting = prepare(phone, case)

    enter(phone, people["kasi1"], meeting)
    phone.get_by_label("Hadir", exact=True).first.check()
    press(phone, "Simpan kehadiran saya")
    expect(phone.get_by_role("status")).to_contain_text("Kehadiran tersimpan")
    enter(phone, live.cast.sari, meeting)
    press(phone, "Sisanya hadir semua")
    expect(phone.locator("#hadir")).to_contain_text("4 dari 4 hadir")
    write_down(phone, live.cast.office.positions["kasi1"])
    enter(page, live.cast.budi, meeting)
    check(page)
    enter(phone, live.cast.budi, run)
    phone.locator("button[value=teruskan]").click()
    expect(phone.get_by_role("status")).to_contain_text("Langkah 1 selesai")

    item = FollowUp.objects.get()
    enter(phone, people["kasi1"], f"/tindak-lanjut/{item.uid}/")
    check(phone)
    phone.get_by_label("Apa yang sudah dilakukan").fill("Bukti sudah dilengkapi.")
    phone.locator("button[value=lapor]").click()
    enter(page, live.cast.budi, "/tindak-lanjut/")
    check(page)
    page.get_by_role("link", name="Lengkapi bukti").click()
    press(page, "Setujui sebagai selesai")
    expect(page.get_by_role("status")).to_contain_text("selesai dan disetujui")
    for where in (meeting, f"/tindak-lanjut/{item.uid}/"):
        enter(phone, live.cast.joko, where)
        expect(phone.get_by_role("heading", level=1)).to_have_text("Halaman tidak ditemukan")
