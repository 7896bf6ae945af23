"""A paper signed on a phone, and checked by somebody who received it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser import DESKTOP, PHONE, NewPage
from tests.cases.factories import Desk
from tests.cases.test_work import prepared
from tests.documents.signing import PASSPHRASE, PASSWORD, give_key
from tests.web.test_browser import faults, sideways

from runtut.accounts.models import User
from runtut.cases.models import Case
from runtut.documents.actions import load_archive_classes
from runtut.documents.models import Document, Signature, SigningChoice
from runtut.documents.queries import read_file

pytestmark = pytest.mark.browser


@pytest.fixture
def waiting(transactional_db: None) -> tuple[Desk, Case]:
    """A run whose document waits for the Camat of an office that signs electronically."""
    load_archive_classes()
    desk, case, _ = prepared()
    desk.complete(case, "sekcam", paraf=True)
    desk.office.unit.code = "KEC.SKM"
    desk.office.unit.save(update_fields=["code"])
    SigningChoice.objects.create(unit=desk.office.unit, way="elektronik")
    give_key(desk.office.people["camat"], desk.who("camat"), desk.at)
    return desk, case


def come_in(page: Page, user: User, where: str) -> None:
    page.goto(f"/masuk/?next={where}")
    page.get_by_label("Nama pengguna").fill(user.username)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_load_state()


def ensure_fit(page: Page) -> None:
    assert faults(page) == []
    assert sideways(page) <= 0


def test_paper_is_signed_on_a_phone_and_checked_by_its_receiver(
    waiting: tuple[Desk, Case], new_page: NewPage, tmp_path: Path
) -> None:
    desk, case = waiting
    phone = new_page(viewport=PHONE)
    come_in(phone, desk.office.people["camat"], f"/kerja/{case.uid}/")
    ensure_fit(phone)
    phone.get_by_label("Frasa sandi tanda tangan").fill("bukan yang ini")
    phone.get_by_role("button", name="Setujui").click()
    expect(phone.get_by_role("alert")).to_contain_text("Frasa sandi tanda tangan keliru")
    ensure_fit(phone)
    phone.get_by_label("Frasa sandi tanda tangan").fill(PASSPHRASE)
    phone.get_by_role("button", name="Setujui").click()
    expect(phone.get_by_role("status")).to_contain_text("Langkah 3 selesai")
    phone.goto(f"/dokumen/{Document.objects.get().uid}/")
    expect(phone.get_by_role("link", name="Buka PDF bertanda tangan")).to_be_visible()
    ensure_fit(phone)
    phone.goto("/saya/tanda-tangan/")
    ensure_fit(phone)

    check_as_receiver(new_page(viewport=DESKTOP), tmp_path)
    check_as_receiver(new_page(viewport=PHONE), tmp_path)


def check_as_receiver(page: Page, folder: Path) -> None:
    """Whoever holds the paper reads its code, then drops the file, then one that was changed."""
    signature = Signature.objects.get()
    whole, changed = folder / "naskah.pdf", folder / "diubah.pdf"
    content = read_file(file=signature.file)
    whole.write_bytes(content)
    changed.write_bytes(content[:900] + bytes([content[900] ^ 1]) + content[901:])
    page.goto("/periksa/")
    ensure_fit(page)
    page.get_by_label("Kode periksa").fill(signature.code.lower())
    page.get_by_role("button", name="Cari naskah").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan capaian")
    ensure_fit(page)
    for file, sentence in ((whole, "sama persis"), (changed, "berbeda dari yang ditandatangani")):
        page.locator("[name=file]").set_input_files(file)
        page.get_by_role("button", name="Periksa berkas ini").click()
        expect(page.locator(".putusan")).to_contain_text(sentence)
        ensure_fit(page)
