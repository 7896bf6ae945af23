"""SOP S3 as its people do it, in a real browser: a letter, every Kasi's figures, two returns, the archive."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser import DESKTOP, PHONE, NewPage
from tests.web.scenario import (
    Day,
    address_of,
    come,
    dispose,
    outputs,
    press,
    refuse_stranger,
    said,
    settle,
    starting,
    text_of,
)

from runtut.cases.models import Case, CaseEvent
from runtut.cases.queries import verify_events
from runtut.documents.enums import DocumentState, EndorsementKind
from runtut.documents.models import Document, Endorsement
from runtut.performance.models import PeriodLock, Realisation

KASI = ("kasi1", "kasi2", "kasi3", "kasi4", "kasi5")
FIRST = "Data kinerja TW III."
FROM_SEKCAM = "Pengantar belum menyebut dari siapa datanya dan sampai tanggal berapa."
FROM_CAMAT = "Sebut juga bahwa bukti Seksi Pelayanan sudah dicocokkan dengan buku register."
INTRO = "Data kinerja TW III dihimpun dari para Kasi sampai 9 Oktober 2026."
MATCHED = "Bukti Seksi Pelayanan sudah dicocokkan dengan buku register."

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def day(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Day:
    """The Monday after the quarter."""
    return Day(monkeypatch, on(5, 1))


def on(day: int, hour: int) -> datetime:
    return datetime(2026, 10, day, hour, 0, tzinfo=UTC)


def test_s3_runs_from_letter_to_archive(day: Day, new_page: NewPage, tmp_path: Path) -> None:
    proof = tmp_path / "rekap.txt"
    proof.write_text("Rekap buku register Juli sampai September (contoh).")
    page, phone = new_page(viewport=DESKTOP), new_page(viewport=PHONE)

    run = ask(page)
    day.to(on(7, 2))
    for kasi in KASI:
        by = phone if kasi == "kasi2" else page
        come(by, kasi, run)
        hand_over(by, proof)
    day.to(on(9, 3))
    compile_figures(page, run, FIRST)
    day.to(on(12, 2))
    send_back(page, run, "sekcam", FROM_SEKCAM, "Kembalikan ke Kasubbag Perencanaan")
    mend(page, run, FROM_SEKCAM, FIRST, INTRO)
    paraf(page, day, run)
    day.to(on(13, 2))
    refuse_as_camat(phone, run)
    mend(page, run, FROM_CAMAT, INTRO, f"{INTRO} {MATCHED}")
    paraf(page, day, run)
    day.to(on(14, 2))
    approve(phone, run)
    record(page, day, run)

    check_history()
    check_papers()
    refuse_stranger(page, run)


def ask(page: Page) -> str:
    """Letter, two disposisi, and the form that asks the sections for their figures."""
    come(page, "camat", starting("Pengumpulan Data Kinerja"))
    page.locator("[name=year]").select_option("2026")
    page.locator("[name=quarter]").select_option("3")
    page.locator("[name=sender]").fill("Bupati Contoh")
    page.locator("[name=number]").fill("050/3120")
    page.locator("[name=date]").fill("2026-10-02")
    page.locator("[name=subject]").fill("Permintaan data kinerja TW III")
    press(page, "Mulai kerja ini")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pengumpulan Data Kinerja TW III 2026")
    run = address_of(page)
    dispose(page, "Koordinasikan atau konfirmasikan", "Disposisikan ke Sekcam")
    come(page, "sekcam", run)
    dispose(page, "Siapkan bahan", "Disposisikan ke Kasubbag Perencanaan")
    come(page, "perencanaan", run)
    page.get_by_label("Petunjuk di atas tabel").fill("Isi paling lambat 8 Oktober 2026, sertakan buktinya.")
    press(page, "Teruskan ke 5 Kasi")
    said(page, "Langkah 3 selesai")
    return run


def hand_over(page: Page, proof: Path) -> None:
    """A Kasi gives his figures with their evidence."""
    for box in page.locator("input[name^='nilai-']").all():
        box.fill("12")
    for box in page.locator("input[name^='bukti-']").all():
        box.set_input_files(proof)
    for box in page.locator("textarea[name^='sebab-']").all():
        box.fill("Petugas berkurang satu orang; jadwal piket ditata ulang.")
    press(page, "Teruskan ke Kasubbag Perencanaan")
    said(page, "Langkah 4")


def compile_figures(page: Page, run: str, intro: str) -> None:
    come(page, "perencanaan", run)
    page.locator("[name=intro]").fill(intro)
    press(page, "Teruskan ke Sekcam")
    said(page, "Langkah 5 selesai")


def send_back(page: Page, run: str, who: str, reason: str, button: str) -> None:
    come(page, who, run)
    page.get_by_text("Kembalikan untuk diperbaiki", exact=True).first.click()
    page.get_by_label("Apa yang perlu diperbaiki?").fill(reason)
    press(page, button)


def mend(page: Page, run: str, reason: str, before: str, intro: str) -> None:
    """The Kasubbag reads why the work came back, finds her own words, and hands it in again."""
    come(page, "perencanaan", run)
    expect(page.locator(".ulang")).to_contain_text(reason)
    expect(page.locator("[name=intro]")).to_have_value(before)
    compile_figures(page, run, intro)


def paraf(page: Page, day: Day, run: str) -> None:
    settle()
    come(page, "sekcam", run)
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Paraf dan teruskan ke Camat")
    said(page, "Langkah 6 selesai")


def refuse_as_camat(phone: Page, run: str) -> None:
    """The Camat, on his phone, has it made anew: step 5, not the Sekcam's examination."""
    come(phone, "camat", run)
    phone.get_by_text("Kembalikan untuk diperbaiki", exact=True).first.click()
    phone.get_by_label("Apa yang perlu diperbaiki?").fill(FROM_CAMAT)
    with phone.expect_navigation():
        phone.locator("button[name=ke][value='5']").click()


def approve(phone: Page, run: str) -> None:
    come(phone, "camat", run)
    expect(phone.locator(".pratinjau")).to_contain_text(MATCHED)
    press(phone, "Setujui dan teruskan ke Kasubbag Perencanaan")
    said(phone, "Langkah 7 selesai")


def record(page: Page, day: Day, run: str) -> None:
    settle()
    come(page, "perencanaan", run)
    page.locator("[name=location]").fill("Lemari 2, map Kinerja 2026")
    press(page, "Selesaikan kerja ini")
    expect(page.get_by_role("heading", level=2, name="Kerja ini selesai")).to_be_visible()
    settle()


def check_history() -> None:
    """Two returns, every act an event; the figures are approved, the quarter is left to its measurement."""
    case = Case.objects.get()
    assert (case.get_state_display(), case.rounds) == ("Selesai", 2)
    kinds = list(CaseEvent.objects.order_by("sequence").values_list("kind", flat=True))
    again = ["returned", "completed", "completed"]
    assert kinds == ["started", *["completed"] * 9, *again, *again, *["completed"] * 2]
    assert list(verify_events()) == []
    assert not PeriodLock.objects.filter(unit=case.unit, year=2026, quarter=3).exists()


def check_papers() -> None:
    """Every output of the SOP is a paper: two disposisi, the form, five sections' figures with evidence, the
    compilation in its third version with paraf and approval, its archive record."""
    case = Case.objects.get()
    made = outputs(case)
    assert all(made[name].disposisi for name in ("Disposisi Camat", "Disposisi Sekcam"))
    form = made["Bahan pengumpulan data kinerja"].document_version
    assert form is not None
    assert "Isi paling lambat 8 Oktober 2026" in text_of(form.pdf)
    rows = Realisation.objects.filter(year=2026, quarter=3, indicator__unit=case.unit)
    assert all(row.evidence.exists() for row in rows)

    compilation = Document.objects.get(title__startswith="Himpunan Data Kinerja")
    assert compilation.state == DocumentState.LOCKED
    assert [version.number for version in compilation.versions.order_by("number")] == [1, 2, 3]
    last = compilation.versions.get(number=3)
    for name in (
        "Konsep himpunan data kinerja",
        "Konsep berparaf",
        "Dokumen pengumpulan data kinerja",
        "Arsip",
    ):
        assert made[name].document_version == last
    record = made["Arsip"].archive_record
    assert record is not None
    assert record.location == "Lemari 2, map Kinerja 2026"
    standing = Endorsement.objects.filter(version__document=compilation, voided_at__isnull=True)
    assert list(standing.order_by("given_at").values_list("kind", "version__number")) == [
        (EndorsementKind.PARAF, 3),
        (EndorsementKind.APPROVAL, 3),
    ]
    text = text_of(last.pdf)
    for expected in (
        "KECAMATAN SUKAMAJU",
        "HIMPUNAN DATA KINERJA",
        INTRO,
        MATCHED,
        "rekap.txt",
        "Sukamaju, 14 Oktober 2026",
    ):
        assert expected in text
