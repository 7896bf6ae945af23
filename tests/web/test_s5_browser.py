"""SOP S5 as its people do it, in a real browser: from the circular of the Bupati to the RKT that was sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser import DESKTOP, PHONE, NewPage
from tests.web import yearly
from tests.web.scenario import come, press, refuse_stranger, said, settle, sign_own, text_of

from runtut.performance.enums import PlanState
from runtut.performance.models import Rkt, Target

REASON = "Pembinaan desa baru belum disebut."
MENDED = "Rencana ini mengutamakan pembinaan desa baru."
PLACE = "Lemari 2, map RKT 2027"
VILLAGES = "Desa dengan administrasi"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def demo(transactional_db: None) -> None:
    yearly.load_office()


def test_s5_runs_from_circular_to_expedition(demo: None, new_page: NewPage) -> None:
    page, phone = new_page(viewport=DESKTOP), new_page(viewport=PHONE)
    run = yearly.begin(page, "Penyusunan Rencana Kinerja Tahunan", 2027, "Penyusunan RKT tahun 2027")

    draft_notes(page, run)
    yearly.type_and_sign_note(page, run)
    hand_in_material(page, phone, run)
    compose_plan(page, run)
    correct_plan(page, run)
    yearly.sign(phone, "camat", run)
    said(phone, "Langkah 12 selesai")
    yearly.send_out(page, run, "Catat kiriman", PLACE)

    yearly.check_outputs(yearly.check_run(returns=3))
    yearly.check_note()
    check_material()
    check_plan()
    yearly.check_sending(yearly.newest("rkt"), PLACE)
    refuse_stranger(page, run)


def draft_notes(page: Page, run: str) -> None:
    """Camat and Sekcam dispose; the Sekcam drafts the general note, the Kasubbag the technical one."""
    yearly.dispose_to(page, "Sekcam")
    come(page, "sekcam", run)
    press(page, "Disposisikan ke Kasubbag Perencanaan")
    expect(page.get_by_role("alert")).to_contain_text("perlu diperbaiki")
    yearly.write(page, run, "Setiap seksi menyampaikan usulan program tahun 2027.")
    yearly.dispose_to(page, "Kasubbag Perencanaan")
    settle()
    sign_own(page, "sekcam")
    come(page, "perencanaan", run)
    yearly.write(page, run, "Mohon disampaikan usulan kegiatan, target, dan anggaran tahun 2027.")
    press(page, "Teruskan ke Staf")


def hand_in_material(page: Page, phone: Page, run: str) -> None:
    """Every section hands in its part, the Kasi PMD on a phone; the Staf collects."""
    for who in yearly.SECTIONS:
        screen = phone if who == "kasi3" else page
        come(screen, who, f"{run}bagian/")
        screen.locator("[name=usulan]").fill(f"Usulan kegiatan {who} tahun 2027.")
        screen.locator("[name=alasan]").fill("Kebutuhan warga bertambah.")
        if who == "kasi3":
            screen.get_by_label(f"Usulan target 2027, {VILLAGES}").fill("14")
        press(screen, "Serahkan ke Staf")
        said(screen, "Bagian Anda diserahkan kepada Staf")
    come(page, "staf", run)
    press(page, "Teruskan ke Kasubbag Perencanaan")
    said(page, "Langkah 7 selesai")


def compose_plan(page: Page, run: str) -> None:
    """The Kasubbag draws the plan from the Renstra and takes over what the Kasi PMD proposes."""
    come(page, "perencanaan", run)
    press(page, "Teruskan ke Staf")
    expect(page.get_by_role("alert")).to_contain_text("perlu diperbaiki")
    page.get_by_role("link", name="Susun RKT dari Renstra").click()
    press(page, "Susun RKT 2027 dari Renstra")
    row = page.get_by_role("row", name=f"2.1 {VILLAGES}")
    expect(row).to_contain_text("Usulan Kasi PMD: 14")
    figures = {"Target tahun,": "14", "TW I,": "3", "TW II,": "3", "TW III,": "4", "TW IV,": "4"}
    for label, figure in figures.items():
        row.get_by_label(label).fill(figure)
    press(page, "Simpan target")
    said(page, "Target tersimpan")
    page.get_by_role("link", name="Kembali ke kerja").click()
    press(page, "Teruskan ke Staf")
    said(page, "Langkah 8 selesai")
    come(page, "staf", run)
    yearly.write(page, run, "")
    press(page, "Teruskan ke Kasubbag Perencanaan")


def correct_plan(page: Page, run: str) -> None:
    """The Sekcam sends the plan back past the Kasubbag to the Staf, who mends it; two parafs follow."""
    yearly.paraf(page, "perencanaan", run, "Sekcam")
    come(page, "sekcam", run)
    yearly.send_back(page, "Kasubbag Perencanaan", REASON)
    come(page, "perencanaan", run)
    yearly.send_back(page, "Staf", REASON)
    come(page, "staf", run)
    expect(page.locator(".ulang")).to_contain_text(REASON)
    yearly.amend(page, run, "# B. ", f"{MENDED}\n\n# B. ")
    mistype(page, run)
    press(page, "Teruskan ke Kasubbag Perencanaan")
    yearly.paraf(page, "perencanaan", run, "Sekcam")
    yearly.paraf(page, "sekcam", run, "Camat")


def mistype(page: Page, run: str) -> None:
    """A typed sum that is not the plan's is named; one press puts the plan's back and leaves the words."""
    press(page, "Lanjutkan menulis")
    box = page.locator("[name=text]")
    box.fill(box.input_value().replace("290.550.000", "290.050.000"))
    press(page, "Simpan dan kembali ke kerja")
    expect(page.locator("[data-syarat]")).to_contain_text("tertulis 290.050.000, tersimpan 290.550.000")
    press(page, "Lanjutkan menulis")
    press(page, "Pakai angka yang tersimpan")
    expect(page.locator("#angka")).to_have_count(0)
    press(page, "Simpan dan kembali ke kerja")
    assert page.url.endswith(run)


def check_material() -> None:
    """What the sections handed in is one document."""
    text = text_of(yearly.newest("bahan").pdf)
    assert "Bahan diterima dari 8 dari 8 bagian" in text
    assert "Desa dengan administrasi dan laporan APBDes tertib: 14 desa" in text
    for who in yearly.SECTIONS:
        assert f"Usulan kegiatan {who} tahun 2027." in text


def check_plan() -> None:
    """The plan is in force, its paper says the same, the parafs of the version returned are void."""
    plan = Rkt.objects.get(unit__short_name="Kec. Sukamaju", year=2027)
    assert plan.state == PlanState.APPROVED
    assert Target.objects.get(indicator__name__startswith=VILLAGES, year=2027, quarter=None).value == 14
    paper = yearly.newest("rkt")
    assert (paper.number, paper.document) == (2, plan.document)
    first = paper.document.versions.get(number=1)
    assert [one.voided_at is not None for one in first.endorsements.all()] == [True]
    standing = paper.endorsements.filter(voided_at=None).order_by("id")
    assert [one.position.short_title for one in standing] == ["Kasubbag Perencanaan", "Sekcam", "Camat"]
    text = text_of(paper.signatures.get().file)
    for words in (
        "RENCANA KINERJA TAHUNAN (RKT) 2027 KECAMATAN SUKAMAJU",
        f"Nomor: {paper.document.number}",
        MENDED,
        "Peraturan Bupati Contoh Nomor 18 Tahun 2024",
        "88,50",
        "7.01.01.2.01.0006",
        "290.550.000",
        "Usulan kegiatan lurah2 tahun 2027.",
        "Hendra Gunawan, S.STP., M.Si.",
        "Ditandatangani secara elektronik",
    ):
        assert words in text
    assert "KONSEP" not in text
