"""SOP S2 as its people do it, in a real browser: from the Bupati's letter to the archive, with one return."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser import DESKTOP, PHONE, NewPage
from tests.web.scenario import address_of, press, refuse_stranger, settle, starting, words_in
from tests.web.walk import load_all

from runtut.cases.models import Case, CaseEvent, Task
from runtut.cases.queries import verify_events
from runtut.organisations.actions.demo import DEMO_PASSWORD
from runtut.performance.models import PeriodLock

REASON = "Penyebab capaian surat keterangan belum menyebut langkah perbaikannya."
KASI = ("kasi1", "kasi2", "kasi3", "kasi4", "kasi5")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def demo(transactional_db: None) -> None:
    load_all()


def come_in(page: Page, who: str, to: str = "/saya/") -> None:
    page.context.clear_cookies()
    page.goto(f"/masuk/?next={to}")
    page.get_by_label("Nama pengguna").fill(who)
    page.get_by_label("Kata sandi").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_load_state()


def start(page: Page) -> str:
    """The Camat starts the run with the Bupati's letter; returns the run's address."""
    come_in(page, "camat.sukamaju", starting("Pengukuran Data Kinerja"))
    page.locator("[name=year]").select_option("2026")
    page.locator("[name=quarter]").select_option("3")
    page.locator("[name=sender]").fill("Bupati Contoh")
    page.locator("[name=number]").fill("050/2217")
    page.locator("[name=date]").fill("2026-06-29")
    page.locator("[name=subject]").fill("Permintaan pengukuran kinerja TW III")
    press(page, "Mulai kerja ini")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pengukuran Data Kinerja TW III 2026")
    return address_of(page)


def fill_figures(page: Page, proof: Path) -> None:
    """A Kasi gives a figure, its evidence and, in case it is under target, its cause."""
    for box in page.locator("input[name^='nilai-']").all():
        box.fill("12")
    for box in page.locator("input[name^='bukti-']").all():
        box.set_input_files(proof)
    for box in page.locator("textarea[name^='sebab-']").all():
        box.fill("Tenaga pelayanan berkurang satu orang; jadwal piket ditata ulang.")


def compose(page: Page) -> None:
    for box in page.locator("textarea[name^='analysis-']").all():
        box.fill("Pelayanan melambat karena satu petugas cuti; piket ditata ulang pada TW IV.")
    expect(page.locator("[data-calon]")).to_contain_text("satu petugas cuti; piket ditata ulang pada TW IV.")
    press(page, "Teruskan ke Sekcam")


def test_s2_runs_from_letter_to_archive(demo: None, new_page: NewPage, tmp_path: Path) -> None:
    proof = tmp_path / "bukti.txt"
    proof.write_text("Rekap buku register Juli sampai September (contoh).")
    page, phone = new_page(viewport=DESKTOP), new_page(viewport=PHONE)
    run = start(page)

    ask_for_figures(page, run)
    for kasi in KASI:
        come_in(page, f"{kasi}.sukamaju", run)
        fill_figures(page, proof)
        press(page, "Teruskan ke Pengelola Data")
        expect(page.get_by_role("status")).to_contain_text("Langkah 4")
    come_in(page, "pengelola.sukamaju", run)
    compose(page)
    return_and_mend(page, run)
    come_in(phone, "camat.sukamaju", run)
    press(phone, "Setujui dan teruskan ke Pengelola Data")
    expect(phone.get_by_role("status")).to_contain_text("Langkah 7 selesai")
    lock_and_archive(page, run)

    check_history()
    pdf = check_document(page)
    refuse_stranger(page, run, pdf)


def ask_for_figures(page: Page, run: str) -> None:
    """Camat and Sekcam dispose; the Kasubbag asks by a form, at first for nothing at all."""
    page.locator("[name=instruction]").select_option(index=1)
    press(page, "Disposisikan ke Sekcam")
    come_in(page, "sekcam.sukamaju", run)
    page.locator("[name=instruction]").select_option(index=2)
    press(page, "Disposisikan ke Kasubbag Perencanaan")
    come_in(page, "perencanaan.sukamaju", run)
    boxes = page.locator("input[name='indicators']")
    for box in boxes.all():
        box.uncheck()
    press(page, "Teruskan ke 5 Kasi")
    expect(page.get_by_role("alert")).to_contain_text("perlu diperbaiki")
    for box in boxes.all():
        box.check()
    page.get_by_label("Petunjuk di atas tabel").fill("Isi paling lambat 8 Oktober, sertakan buktinya.")
    press(page, "Teruskan ke 5 Kasi")


def return_and_mend(page: Page, run: str) -> None:
    """The Sekcam returns the draft with a reason, the Pengelola mends it, the Sekcam parafs."""
    settle()
    come_in(page, "sekcam.sukamaju", run)
    page.get_by_text("Kembalikan untuk diperbaiki", exact=True).click()
    page.get_by_label("Apa yang perlu diperbaiki?").fill(REASON)
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Kembalikan ke Pengelola Data")).click()
    come_in(page, "pengelola.sukamaju", run)
    expect(page.locator(".ulang")).to_contain_text(REASON)
    page.locator("[name=closing]").fill("Perbaikan piket pelayanan dimulai 5 Oktober.")
    compose(page)
    settle()
    come_in(page, "sekcam.sukamaju", run)
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Paraf dan teruskan ke Camat")


def lock_and_archive(page: Page, run: str) -> None:
    settle()
    come_in(page, "pengelola.sukamaju", run)
    press(page, "Kunci realisasi dan lanjut ke langkah 9")
    expect(page.get_by_role("status")).to_contain_text("Langkah 8 selesai")
    page.locator("[name=location]").fill("Lemari 2, map Kinerja 2026")
    press(page, "Selesaikan kerja ini")
    expect(page.get_by_role("heading", level=2, name="Kerja ini selesai")).to_be_visible()
    expect(page.get_by_text("Kasi PMD, Kasi Trantib, Kasi Kesejahteraan")).to_be_visible()


def check_history() -> None:
    """One event an act, one return, the quarter locked, every task with its working minutes."""
    case = Case.objects.get()
    assert case.get_state_display() == "Selesai"
    assert case.rounds == 1
    assert PeriodLock.objects.filter(unit=case.unit, year=2026, quarter=3).count() == 1
    kinds = list(CaseEvent.objects.order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["started", *["completed"] * 9, "returned", *["completed"] * 5]
    assert list(verify_events()) == []
    assert all(task.minutes_used is not None for task in Task.objects.filter(case=case))


def check_document(page: Page) -> str:
    """The archived PDF says what was mended, under the office's letterhead; returns its address."""
    link = page.locator(".berkas a[href*='/pdf/']").first
    with page.expect_download() as download:
        link.click()
    text = words_in(Path(download.value.path()).read_bytes())
    assert "Perbaikan piket pelayanan dimulai 5 Oktober." in text
    assert "KECAMATAN SUKAMAJU" in text
    return str(link.get_attribute("href"))
