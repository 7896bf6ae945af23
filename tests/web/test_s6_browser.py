"""SOP S6 as its people do it, in a real browser: from the circular of the Bupati to the yearly report, which
the Camat signs by hand on its print."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser import DESKTOP, PHONE, NewPage
from tests.web import yearly
from tests.web.scenario import come, press, refuse_stranger, said, settle, text_of

from runtut.core import clock
from runtut.documents.enums import SigningWay
from runtut.documents.queries import read_file

MATERIAL_REASON = "Hambatan belum menyebut desanya."
REASON = "Tindak lanjut sasaran pertama belum ada batas waktunya."
MENDED = "Tindak lanjut selesai paling lambat Maret 2026."
HINDRANCE = "Jaringan internet di tiga desa lemah."
PLACE = "Lemari 3, map EKT 2025"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def demo(transactional_db: None) -> None:
    yearly.load_office()


def test_s6_runs_from_circular_to_signed_print(demo: None, new_page: NewPage, tmp_path: Path) -> None:
    page, phone = new_page(viewport=DESKTOP), new_page(viewport=PHONE)
    run = yearly.begin(page, "Evaluasi Kinerja Tahunan", 2025, "Laporan EKT tahun 2025")

    draft_note(page, run)
    yearly.type_and_sign_note(page, run)
    hand_in_material(page, phone, run)
    compose_report(page, run)
    correct_report(page, run)
    come(phone, "camat", run)
    phone.get_by_label("Cara tanda tangan").select_option("basah")
    press(phone, "Setujui dan teruskan ke Staf")
    said(phone, "Langkah 12 selesai")
    yearly.send_out(page, run, "Beri nomor dan catat kiriman", PLACE)
    keep_signed_print(page, run, tmp_path)

    yearly.check_outputs(yearly.check_run(returns=2))
    yearly.check_note()
    check_report()
    yearly.check_sending(yearly.newest("ekt"), PLACE)
    refuse_stranger(page, run)


def draft_note(page: Page, run: str) -> None:
    """Camat, Sekcam and Kasubbag dispose; the Kasubbag drafts the note that asks for material."""
    yearly.dispose_to(page, "Sekcam")
    come(page, "sekcam", run)
    yearly.dispose_to(page, "Kasubbag Perencanaan")
    come(page, "perencanaan", run)
    yearly.write(page, run, "Mohon disampaikan capaian, penyebab, dan hambatan tahun 2025.")
    yearly.dispose_to(page, "Staf")


def hand_in_material(page: Page, phone: Page, run: str) -> None:
    """Every section hands in its part; the Staf gives that of the Kasi PMD back, who mends it on a phone."""
    for who in yearly.SECTIONS:
        come(page, who, f"{run}bagian/")
        answer(page, "Jaringan lemah.")
    come(page, "staf", f"{run}bagian/")
    page.get_by_text("Baca bagian Kasi PMD").click()
    page.locator("textarea[name=alasan]:visible").fill(MATERIAL_REASON)
    press(page, "Kembalikan ke Kasi PMD")
    come(phone, "kasi3", f"{run}bagian/")
    expect(phone.locator(".kutip")).to_contain_text(MATERIAL_REASON)
    answer(phone, HINDRANCE)
    come(page, "staf", run)
    press(page, "Teruskan ke Kasubbag Perencanaan")
    said(page, "Langkah 7 selesai")


def answer(page: Page, hindrance: str) -> None:
    page.locator("[name=sebab]").fill("Pendampingan berjalan menurut jadwal.")
    page.locator("[name=hambatan]").fill(hindrance)
    page.locator("[name=lanjut]").fill("Jadwal pendampingan ditambah.")
    press(page, "Serahkan ke Staf")
    said(page, "Bagian Anda diserahkan kepada Staf")


def compose_report(page: Page, run: str) -> None:
    """The Kasubbag writes on every objective; the figures are there. The Staf types the report."""
    come(page, "perencanaan", run)
    for name in ("cause", "hindrance", "follow_up"):
        for box in page.locator(f"textarea[name^='{name}-']").all():
            if not box.input_value().strip():
                box.fill("Sesuai rencana kerja.")
    press(page, "Teruskan ke Staf")
    said(page, "Langkah 8 selesai")
    come(page, "staf", run)
    yearly.write(page, run, "")
    press(page, "Teruskan ke Kasubbag Perencanaan")


def correct_report(page: Page, run: str) -> None:
    """The Kasubbag returns the typed report; mended, it gets two parafs."""
    settle()
    come(page, "perencanaan", run)
    yearly.send_back(page, "Staf", REASON)
    come(page, "staf", run)
    expect(page.locator(".ulang")).to_contain_text(REASON)
    yearly.amend(page, run, "# B. ", f"{MENDED}\n\n# B. ")
    press(page, "Teruskan ke Kasubbag Perencanaan")
    yearly.paraf(page, "perencanaan", run, "Sekcam")
    yearly.paraf(page, "sekcam", run, "Camat")
    settle()


def keep_signed_print(page: Page, run: str, folder: Path) -> None:
    """The Camat has signed the print; the Staf keeps its scan with the document."""
    settle()
    paper = yearly.newest("ekt")
    assert paper.pdf is not None
    scan = folder / "pindaian.pdf"
    scan.write_bytes(read_file(file=paper.pdf))
    come(page, "staf", f"/dokumen/{paper.document.uid}/")
    page.get_by_text("Unggah pindaian bertanda tangan").click()
    today = paper.document.unit.local_date(clock.now())
    page.locator("[name=signed_on]").fill(today.isoformat())
    page.locator("[name=file]").set_input_files(scan)
    press(page, "Simpan pindaian")
    expect(page.get_by_role("link", name="pindaian.pdf")).to_be_visible()


def check_report() -> None:
    """Achievement with predicate, causes, hindrances, follow-up, last year and the Renstra, in one paper."""
    paper = yearly.newest("ekt")
    standing = paper.endorsements.filter(voided_at=None).order_by("id")
    assert [one.position.short_title for one in standing] == ["Kasubbag Perencanaan", "Sekcam", "Camat"]
    assert paper.signatures.get().way == SigningWay.WET
    text = text_of(paper.pdf)
    for words in (
        "KECAMATAN SUKAMAJU",
        paper.document.number,
        MENDED,
        "100,24",
        "Sangat Tinggi",
        HINDRANCE,
        "91,50",
        "93,11",
        "290.550.000",
        "Hendra Gunawan, S.STP., M.Si.",
    ):
        assert words in text
    assert "KONSEP" not in text and "Ditandatangani secara elektronik" not in text
