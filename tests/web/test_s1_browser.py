"""SOP S1 as its people do it, in a real browser: analysis of every section, meeting, follow-up, archive."""

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
    sign_asked,
    starting,
    text_of,
)

from runtut.cases.enums import FollowUpState
from runtut.cases.models import Case, CaseEvent, FollowUp, Meeting, TaskOutput
from runtut.cases.queries import verify_events
from runtut.documents.enums import DocumentState, EndorsementKind
from runtut.documents.models import Document, Endorsement
from runtut.organisations.models import Position
from runtut.performance.models import SectionReport

SECTIONS = ("kasi1", "kasi2", "kasi3", "kasi4", "kasi5", "umum")
CLARIFY = "Angka surat keterangan berbeda dari buku register; mohon dijelaskan."
CLARIFIED = "Selisih dua surat terbit 1 Juli dan dihitung pada TW III."
DECISIONS = (
    ("kasi2", "Tata ulang piket pelayanan surat keterangan", "2026-07-17"),
    ("kasi4", "Perbarui jadwal patroli bersama Satpol PP", "2026-07-21"),
)
INCOMPLETE = "Lampirkan jadwal yang sudah ditandatangani."

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def day(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Day:
    """The Monday after the quarter."""
    return Day(monkeypatch, on(6, 1))


def on(day: int, hour: int) -> datetime:
    return datetime(2026, 7, day, hour, 0, tzinfo=UTC)


def test_s1_runs_from_order_to_archive(day: Day, new_page: NewPage, tmp_path: Path) -> None:
    proof = tmp_path / "jadwal.txt"
    proof.write_text("Jadwal piket baru, berlaku 13 Juli 2026 (contoh).")
    page, phone = new_page(viewport=DESKTOP), new_page(viewport=PHONE)

    run = order(page)
    day.to(on(7, 2))
    for who in SECTIONS:
        analyse(phone if who == "kasi2" else page, run, who)
    clarify(page, phone, run)
    day.to(on(9, 1))
    meeting = call(page, day, run)
    day.to(on(10, 3))
    hold(page, phone, meeting)
    come(page, "sekcam", run)
    press(page, "Teruskan ke Kasubbag Perencanaan")
    said(page, "Langkah 4 selesai")
    agree(page, day, run)
    day.to(on(15, 2))
    watch(page, phone, day, run, proof)
    day.to(on(20, 2))
    approve(phone, run)
    record(page, day, run, proof)

    check_history()
    check_papers()
    refuse_stranger(page, run)


def order(page: Page) -> str:
    """The Camat orders the evaluation, without any letter; the Sekcam coordinates."""
    come(page, "camat", starting("Penyusunan Evaluasi Kinerja"))
    page.locator("[name=year]").select_option("2026")
    page.locator("[name=quarter]").select_option("2")
    press(page, "Mulai kerja ini")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Penyusunan Evaluasi Kinerja TW II 2026")
    run = address_of(page)
    dispose(page, "Untuk ditindaklanjuti", "Beri perintah ke Sekcam")
    come(page, "sekcam", run)
    dispose(page, "Koordinasikan atau konfirmasikan", "Beri perintah ke Kasubbag Perencanaan")
    return run


def analyse(page: Page, run: str, who: str) -> None:
    """A section says what was reached, why, and what next, beside its figures of the quarter."""
    come(page, who, f"{run}bagian/")
    answers = ("Target tercapai menurut angka di atas.", "Petugas lengkap.", f"Dipertahankan oleh {who}.")
    boxes = page.locator("#isian textarea").all()
    for box, answer in zip(boxes, answers, strict=True):
        box.fill(answer)
    press(page, "Serahkan ke Kasubbag Perencanaan")


def clarify(page: Page, phone: Page, run: str) -> None:
    """The Kasubbag gives one part back with a question; the Kasi answers on the phone."""
    come(page, "perencanaan", f"{run}bagian/")
    page.get_by_text("Baca bagian Kasi Pelayanan").click()
    page.get_by_label("Kembalikan: apa yang perlu diperbaiki?").locator("visible=true").fill(CLARIFY)
    press(page, "Kembalikan ke Kasi Pelayanan")
    come(page, "perencanaan", run)
    press(page, "Teruskan ke Sekcam")
    expect(page.get_by_role("alert")).to_contain_text("Kasi Pelayanan")
    come(phone, "kasi2", "/")
    expect(phone.locator("main")).to_contain_text(f"Dikembalikan: {CLARIFY}")
    come(phone, "kasi2", f"{run}bagian/")
    expect(phone.locator(".kutip").first).to_have_text(CLARIFY)
    phone.locator("#isian textarea").nth(1).fill(CLARIFIED)
    press(phone, "Serahkan ke Kasubbag Perencanaan")
    come(page, "perencanaan", run)
    press(page, "Teruskan ke Sekcam")
    said(page, "Langkah 3 selesai")


def call(page: Page, day: Day, run: str) -> str:
    """The Sekcam plans the meeting with its Undangan; returns the meeting's address."""
    come(page, "sekcam", run)
    page.get_by_role("link", name="Siapkan rapat").click()
    page.get_by_label("Hari rapat").fill("2026-07-10")
    page.get_by_label("Tempat").fill("Ruang rapat kecamatan")
    page.get_by_label("Agenda").fill("Capaian TW II\nPerbaikan pelayanan")
    press(page, "Simpan rencana rapat")
    meeting = f"/rapat/{Meeting.objects.get().uid}/"
    come(page, "sekcam", meeting)
    press(page, "Buat undangan")
    settle()
    return meeting


def hold(page: Page, phone: Page, meeting: str) -> None:
    """A Kasi ticks himself, the Kasubbag all others, and writes what was said and decided."""
    come(phone, "kasi1", meeting)
    phone.get_by_label("Hadir", exact=True).first.check()
    press(phone, "Simpan kehadiran saya")
    said(phone, "Kehadiran tersimpan")
    come(page, "perencanaan", meeting)
    press(page, "Sisanya hadir semua")
    page.get_by_label("Pembahasan").fill("Capaian tiap seksi dibacakan.\nPiket pelayanan dibahas.")
    for number, (who, text, due) in enumerate(DECISIONS, start=1):
        position = Position.objects.get(appointments__user__username=f"{who}.sukamaju")
        page.locator(f"#text-{number}").fill(text)
        page.locator(f"#position-{number}").select_option(value=str(position.uid))
        page.locator(f"#due-{number}").fill(due)
    press(page, "Simpan notulen")
    said(page, "Notulen tersimpan")


def agree(page: Page, day: Day, run: str) -> None:
    """The Kasubbag draws up the Berita acara of what was decided."""
    settle()
    come(page, "perencanaan", run)
    for _, text, _ in DECISIONS:
        expect(page.locator("#butir")).to_contain_text(text)
    press(page, "Teruskan ke Sekcam")
    said(page, "Langkah 5 selesai")


def watch(page: Page, phone: Page, day: Day, run: str, proof: Path) -> None:
    """Both items are reported with evidence and verified, one after a return; then the Sekcam reports."""
    first, second = FollowUp.objects.order_by("id")
    report(phone, first, "kasi2", "Piket baru berlaku sejak 13 Juli.", proof)
    report(page, second, "kasi4", "Jadwal sudah disusun.", None)
    come(page, "sekcam", run)
    press(page, "Teruskan ke Camat")
    expect(page.get_by_role("alert")).to_contain_text("Verifikasi butir 1")
    verify(page, first)
    come(page, "sekcam", f"/tindak-lanjut/{second.uid}/")
    page.get_by_text("Kembalikan untuk diperbaiki", exact=True).click()
    page.locator("#reason").fill(INCOMPLETE)
    press(page, "Kembalikan ke Kasi Trantib")
    day.to(on(17, 2))
    come(page, "kasi4", "/")
    expect(page.locator("main")).to_contain_text(f"Dikembalikan: {INCOMPLETE}")
    report(page, second, "kasi4", "Jadwal sudah disusun dan ditandatangani.", proof)
    verify(page, second)
    come(page, "sekcam", run)
    press(page, "Teruskan ke Camat")
    said(page, "Langkah 6 selesai")


def report(page: Page, item: FollowUp, who: str, text: str, proof: Path | None) -> None:
    come(page, who, f"/tindak-lanjut/{item.uid}/")
    page.get_by_label("Apa yang sudah dilakukan").fill(text)
    expect(page.get_by_text("Pilih berkas (boleh beberapa)")).to_be_visible()
    if proof:
        page.locator("[name=bukti]").set_input_files(proof)
    press(page, "Laporkan ke Sekcam")


def verify(page: Page, item: FollowUp) -> None:
    come(page, "sekcam", f"/tindak-lanjut/{item.uid}/")
    press(page, "Setujui sebagai selesai")
    said(page, "selesai dan disetujui")


def approve(phone: Page, run: str) -> None:
    """The Camat reads the report on his phone, approves it and has it archived."""
    come(phone, "camat", run)
    expect(phone.locator(".pratinjau")).to_contain_text("Piket baru berlaku sejak 13 Juli.")
    phone.get_by_label("Catatan").fill("Arsipkan bersama notulen.")
    press(phone, "Setujui dan teruskan ke Kasubbag Perencanaan")
    said(phone, "Langkah 7 selesai")


def record(page: Page, day: Day, run: str, proof: Path) -> None:
    """Whoever has still to sign does so; realisation entered in the other application, proved by its
    receipt; the report archived."""
    settle()
    come(page, "perencanaan", run)
    expect(page.locator("[data-syarat]")).to_contain_text("Tanda tangan Sekcam pada Berita acara")
    for who in ("perencanaan", "perencanaan", "sekcam"):
        sign_asked(page, who)
    come(page, "perencanaan", run)
    expect(page.locator("[data-syarat]")).not_to_contain_text("Tanda tangan")
    page.get_by_label("Bukti isian aplikasi").first.fill(
        "Realisasi TW II masuk e-SAKIP, tanda terima 118/VII."
    )
    page.locator("[name=location]").fill("Lemari 2, map Evaluasi 2026")
    press(page, "Selesaikan kerja ini")
    expect(page.get_by_role("heading", level=2, name="Kerja ini selesai")).to_be_visible()
    settle()


def check_history() -> None:
    case = Case.objects.get()
    assert case.get_state_display() == "Selesai"
    kinds = list(CaseEvent.objects.order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["started", *["completed"] * 3, "meeting_set", *["completed"] * 5]
    assert list(verify_events()) == []
    assert SectionReport.objects.filter(case=case, handed_in_at__isnull=False).count() == len(SECTIONS)
    items = FollowUp.objects.order_by("id")
    assert [item.state for item in items] == [FollowUpState.APPROVED] * 2
    assert all(item.evidence.exists() for item in items)


def check_papers() -> None:
    """Every output that the SOP names is a paper, in its words and with its endorsements."""
    case = Case.objects.get()
    made = outputs(case)
    expected = {
        "Perintah Camat": ("Untuk ditindaklanjuti",),
        "Arahan Sekcam": ("Koordinasikan atau konfirmasikan",),
        "Analisis kinerja": ("ANALISIS KINERJA", CLARIFIED, "Dipertahankan oleh umum."),
        "Daftar hadir": ("DAFTAR HADIR", "8 dari 8"),
        "Notulen rapat": ("NOTULEN", "Piket pelayanan dibahas.", DECISIONS[1][1]),
        "Berita acara tindak lanjut": ("BERITA ACARA", DECISIONS[0][1], "17 Juli 2026"),
        "Laporan pemantauan": ("LAPORAN PEMANTAUAN", "jadwal.txt", "dikembalikan 1 kali"),
    }
    for name, words in expected.items():
        version = made[name].document_version
        assert version is not None, name
        text = text_of(version.pdf)
        for one in ("KECAMATAN SUKAMAJU", *words):
            assert one in text, (name, one)
    check_archive(made)


def check_archive(made: dict[str, TaskOutput]) -> None:
    laporan = Document.objects.get(kind="laporan")
    assert laporan.state == DocumentState.LOCKED
    standing = Endorsement.objects.filter(version__document=laporan, voided_at__isnull=True)
    assert [(one.kind, one.position.role) for one in standing.order_by("id")] == [
        (EndorsementKind.APPROVAL, "sekcam"),
        (EndorsementKind.APPROVAL, "camat"),
    ]
    assert made["Persetujuan laporan"].text == "Arsipkan bersama notulen."
    assert "e-SAKIP" in made["Bukti isian aplikasi"].text
    record = made["Arsip"].archive_record
    assert record is not None
    assert (record.version.document, record.location) == (laporan, "Lemari 2, map Evaluasi 2026")
