"""The forms of a task in a real browser: every kind of office work, saving while typing, file controls."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from tests.browser import PHONE, NewPage
from tests.cases.factories import Desk, Row
from tests.web.walk import enter

from runtut.cases.models import Case, TaskDraft, TaskOutput
from runtut.core import clock
from runtut.procedures.enums import Work

WHO = ("perencanaan",)
OFFICE_WORK = (
    Row(WHO, work=Work.GENERAL, outputs=("Catatan telaah",)),
    Row(WHO, work=Work.MEET, joint=("kasi1", "kasi2"), outputs=("Daftar hadir", "Catatan rapat")),
    Row(WHO, work=Work.FOLLOW_UP, outputs=("Laporan pemantauan",)),
    Row(WHO, work=Work.REGISTER, outputs=("Nomor surat", "Salinan surat")),
    Row(WHO, work=Work.DISTRIBUTE, outputs=("Tanda terima",)),
)

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    desk = Desk.make(OFFICE_WORK)
    desk.office.unit.code = "KEC.SKM"
    desk.office.unit.save(update_fields=["code"])
    return desk


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    file = tmp_path / "bukti.txt"
    file.write_text("Daftar hadir dan tanda terima (contoh).")
    return file


def start(desk: Desk, page: Page) -> Case:
    """A run that stands at its first step, with the person of every step in front of it."""
    case = desk.start(chair="perencanaan", at=clock.now())
    page.goto("/masuk/")
    enter(page, desk.office.people["perencanaan"])
    page.goto(f"/kerja/{case.uid}/")
    return case


ONWARD = re.compile("Teruskan ke|Lanjut ke langkah")
"""The main button of a step: on to somebody else, or to one's own next step."""


def press(page: Page, name: str | re.Pattern[str]) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def answer(page: Page, proof: Path, today: date) -> None:
    """Fill whatever the sheet asks for: a sentence for every output, a file for the first."""
    for box in page.locator("textarea[name^='hasil-']").all():
        box.fill("Sudah dikerjakan menurut rencana.")
    for box in page.locator("input[name='berkas-1']").all():
        box.set_input_files(proof)
    for box in page.locator("input[name='held_on']").all():
        box.fill(today.isoformat())
    for box in page.locator("select[name='archive_class']").all():
        box.select_option(index=1)


def test_every_kind_of_office_work_is_done_in_the_browser(desk: Desk, new_page: NewPage, proof: Path) -> None:
    page = new_page(viewport=PHONE)
    case = start(desk, page)

    for number, row in enumerate(OFFICE_WORK[:-1], start=1):
        if row.work != Work.REGISTER:  # the register proposes the classification by itself
            press(page, ONWARD)
            expect(page.get_by_role("alert")).to_contain_text("perlu diperbaiki")
        if row.work == Work.MEET:
            expect(page.get_by_text("Dikerjakan bersama:")).to_contain_text("Dedi Kurnia")
        answer(page, proof, desk.office.unit.local_date(clock.now()))
        press(page, ONWARD)
        expect(page.get_by_role("status")).to_contain_text(f"Langkah {number} selesai")
        given = set(TaskOutput.objects.filter(task__step_no=number).values_list("name", flat=True))
        assert set(row.outputs) <= given

    assert TaskOutput.objects.filter(task__case=case, file__isnull=False).count() == 4
    page.locator("#kirim-nama").fill("Camat Sukasari")
    press(page, "Catat kiriman")
    press(page, "Selesaikan kerja ini")
    expect(page.get_by_role("alert")).to_contain_text("Bukti terima Camat Sukasari")


def test_what_is_typed_is_saved_by_itself_and_kept_when_the_network_fails(
    desk: Desk, new_page: NewPage
) -> None:
    page = new_page()
    start(desk, page)
    box, told = page.locator("textarea[name='hasil-1']"), page.locator("[data-simpan-ket]")

    box.fill("Telaah awal selesai.")
    expect(told).to_contain_text("Tersimpan")
    assert TaskDraft.objects.get().data["hasil-1"] == "Telaah awal selesai."
    page.evaluate(
        "() => { window.kept = window.fetch; window.fetch = () => Promise.reject(new TypeError('offline')); }"
    )
    box.fill("Telaah awal selesai; surat balasan disiapkan.")
    expect(told).to_contain_text("Belum tersimpan. Sambungan terputus.")
    page.evaluate("() => { window.fetch = window.kept; window.dispatchEvent(new Event('online')); }")
    expect(told).to_contain_text("Tersimpan")

    assert TaskDraft.objects.get().data["hasil-1"] == "Telaah awal selesai; surat balasan disiapkan."
    page.reload()
    expect(box).to_have_value("Telaah awal selesai; surat balasan disiapkan.")


def test_file_control_speaks_indonesian_and_works_by_keyboard(
    desk: Desk, new_page: NewPage, proof: Path
) -> None:
    page = new_page(viewport=PHONE)
    # From the beginning: told in the same breath as the key, a browser may show the dialog instead.
    page.on("filechooser", lambda _: None)
    start(desk, page)
    button = page.get_by_role("button", name=re.compile("Berkas Catatan telaah.*Pilih berkas"))

    expect(page.get_by_text("Belum ada berkas dipilih")).to_be_visible()
    large = {"name": "rekap.pdf", "mimeType": "application/pdf", "buffer": bytes(10 * 1024 * 1024 + 1)}
    page.locator("input[type=file]").first.set_input_files(large)
    expect(page.get_by_text("Berkas rekap.pdf berukuran 10,1 MB; paling besar 10 MB.")).to_be_visible()
    button.focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(proof)
    expect(page.get_by_text("Dipilih: bukti.txt")).to_be_visible()
    press(page, "Simpan draf")

    expect(page.get_by_role("link", name="bukti.txt")).to_be_visible()
    expect(page.get_by_text("Sudah terlampir:")).to_be_visible()


def test_files_too_large_for_one_sending_are_refused_when_they_are_chosen(
    desk: Desk, new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(viewport=PHONE)
    start(desk, page)
    page.goto("/sop/impor/")
    files = [tmp_path / f"sop-{number}.pdf" for number in range(4)]
    for file in files:
        with file.open("wb") as made:
            made.truncate(settings.REQUEST_LIMIT // 4)
    box = page.locator("input[type=file][multiple]")

    box.set_input_files(files)
    expect(page.get_by_text("bersama-sama 64 MB; sekali kirim paling besar 63 MB.")).to_be_visible()
    expect(page.get_by_text("Kirim sebagian dahulu, lalu sisanya.")).to_be_visible()
    assert box.evaluate("(one) => one.files.length") == 0
    box.set_input_files(files[:3])
    expect(page.get_by_text("Dipilih: sop-0.pdf, sop-1.pdf, sop-2.pdf")).to_be_visible()


def test_form_works_without_script(desk: Desk, new_page: NewPage, proof: Path) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    start(desk, page)

    page.locator("input[name='berkas-1']").set_input_files(proof)
    press(page, ONWARD)

    expect(page.get_by_role("status")).to_contain_text("Langkah 1 selesai")
