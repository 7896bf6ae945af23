"""SOP S7 as the people of the dinas do it, in a real browser: the form, a meeting that runs by an SOP of its
own, the examination of the figures, correction, signature, covering letter, archive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect
from tests.browser import DESKTOP, PHONE, NewPage
from tests.web.scenario import address_of, come, refuse_stranger, settle, text_of, words_in
from tests.web.walk import load_all

from runtut.cases.models import Case, Meeting, Task, TaskOutput
from runtut.cases.queries import verify_events
from runtut.core import clock
from runtut.documents.queries import newest_version, read_file, verify_files
from runtut.performance.enums import RealisationState
from runtut.performance.models import Realisation
from runtut.procedures.models import Procedure

START = datetime(2026, 10, 5, 1, 30, tzinfo=UTC)
"""Monday, 08.30 in the office."""
REASON = "Bukti waktu pengaduan belum ada; lengkapi sebelum disampaikan."
PLACE = "Lemari 1, map Pengukuran 2026"
ANSWER = "Pembinaan dua kecamatan dipusatkan pada TW III."
LETTER = "Dokumen pengukuran kinerja ini sudah dikoreksi dan diparaf; mohon disetujui."

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAPERS = {
    "Disposisi Kepala Dinas": ("lembar_disposisi", "terkunci", "Siapkan bahan"),
    "Format pengukuran kinerja": ("bahan", "terkunci", "Penyebab dan rencana perbaikan"),
    "Tanda terima format": ("lainnya", "terkunci", "Bidang Pemberdayaan Masyarakat"),
    "Undangan rapat": ("undangan", "terkunci", "Ruang rapat dinas"),
    "Daftar hadir": ("daftar_hadir", "terkunci", "Taufik Hidayat"),
    "Notulen rapat": ("notulen", "terkunci", "Isian diserahkan dengan bukti"),
    "Himpunan data kinerja": ("bahan", "terkunci", "63,60"),
    "Data kinerja tervalidasi": ("bahan", "terkunci", ANSWER),
    "Konsep dokumen pengukuran kinerja": ("pengukuran", "terkunci", "164,58"),
    "Dokumen berparaf": ("pengukuran", "terkunci", "Sekretaris"),
    "Permintaan persetujuan": ("nota_dinas", "terkunci", LETTER),
    "Dokumen pengukuran kinerja": ("pengukuran", "terkunci", "Drs. Arief Rahman, M.Si."),
    "Surat pengantar bernomor": ("surat_pengantar", "terkunci", "000.8.6.3/2/Dinsospermasdes/2026"),
    "Salinan dokumen": ("lainnya", "terkunci", "Sekretariat Daerah"),
    "Arsip": ("pengukuran", "terkunci", "TRIWULAN III TAHUN 2026"),
}
"""What each step yields: kind of document, its state at the end, and words on its paper."""

MINUTES = [0, 3, 3, 3, 81, 6, 3, 3, 3, 6, 3, 3, 3, 3, 3, 3, 3]
"""Working minutes of the run's tasks in turn: steps 1 to 9, again 7 to 14."""


@dataclass
class Office:
    """The dinas on a day whose clock the test moves: every page at a desk, one on a phone."""

    page: Page
    phone: Page
    proof: Path
    now: datetime = START

    def come(self, who: str, where: str, page: Page | None = None) -> Page:
        """Let somebody open a page, some minutes later."""
        self.now += timedelta(minutes=3)
        settle()
        shown = page or self.page
        come(shown, f"{who}.dinsospermasdes", where)
        return shown

    def hand_on(self, step: int, page: Page | None = None) -> None:
        """Press the main button of the step's sheet."""
        shown = page or self.page
        go(shown, "button[value=teruskan]")
        expect(shown.get_by_role("status")).to_contain_text(f"Langkah {step} selesai")


@pytest.fixture
def office(
    transactional_db: None, new_page: NewPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Office:
    load_all()
    proof = tmp_path / "rekap.txt"
    proof.write_text("Rekap buku Juli sampai September (contoh).")
    page, phone = new_page(viewport=DESKTOP), new_page(viewport=PHONE)
    found = Office(page, phone, proof)
    monkeypatch.setattr(clock, "now", lambda: found.now)
    return found


def go(page: Page, what: str) -> None:
    """Press what leads to another page."""
    with page.expect_navigation():
        page.locator(what).first.click()


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)


def tick_all(page: Page) -> None:
    for box in page.get_by_role("checkbox").all():
        box.check()


def test_s7_runs_from_order_to_archive(office: Office, new_page: NewPage) -> None:
    run = start(office)
    design_the_form(office, run)
    child, meeting = meet(office, run)
    collect(office, run)
    correct(office, run)
    approve(office, run)
    send_and_archive(office, run)

    check_history()
    check_papers()
    worksheet = check_worksheet(office)
    refuse_stranger(new_page(), run, child, meeting, worksheet)


def start(office: Office) -> str:
    """The head of the office begins the run and orders it; returns the run's address."""
    procedure = Procedure.objects.get(title="Pengukuran Kinerja")
    page = office.come("kepala", f"/kerja/mulai/?sop={procedure.uid}")
    page.locator("[name=year]").select_option("2026")
    page.locator("[name=quarter]").select_option("3")
    with page.expect_navigation():
        page.get_by_role("button", name="Mulai kerja ini").click()
    run = address_of(page)
    page.locator("[name=instruction]").select_option(label="Siapkan bahan")
    office.hand_on(1)
    return run


def design_the_form(office: Office, run: str) -> None:
    """The team's secretary chooses what the form asks for, sends it to the divisions, and calls a meeting."""
    page = office.come("perencanaan", run)
    page.get_by_label("Catatan", exact=True).uncheck()
    office.hand_on(2)
    page = office.come("perencanaan", run)
    for unit in ("Sekretariat Dinas", "Bidang Sosial", "Bidang Pemberdayaan Masyarakat"):
        page.get_by_label(unit, exact=True).check()
    office.hand_on(3)
    page = office.come("perencanaan", run)
    fill(page, held_on="2026-10-05", place="Ruang rapat dinas", agenda="Format pengukuran\nJadwal isian")
    page.get_by_label("Kepala Bidang Sosial", exact=True).check()
    office.hand_on(4)


def meet(office: Office, run: str) -> tuple[str, str]:
    """The meeting by its own SOP, opened from the parent's page; its end leads back to the parent."""
    page = office.come("kepala", run)
    expect(page.locator("button[value=teruskan]")).to_have_count(0)
    page.get_by_role("link", name="Buka rapat yang berjalan").click()
    page.wait_for_url("**/kerja/*/")
    child = address_of(page)
    expect(page.locator("[name=instruction]")).to_have_count(0)
    meeting = f"/rapat/{Meeting.objects.get().uid}/"
    page.goto(meeting)
    go(page, "button:has-text('Tanda tangani dan kirim undangan')")
    page = office.come("perencanaan", child)
    page.locator("textarea[name^=hasil-]").fill("Format pengukuran kinerja TW III.")
    office.hand_on(2)
    page = office.come("perencanaan", child)
    expect(page.get_by_label("Bidang Sosial", exact=True)).to_be_checked()
    page.goto("/")
    expect(page.get_by_role("heading", name="Rapat yang Anda catat")).to_have_count(0)
    page.goto(child)
    office.hand_on(3)
    write_minutes(office, meeting)
    office.come("kepala", child)
    office.hand_on(4)
    page = office.come("perencanaan", "/")
    go(page, "a.btn:has-text('Tanda tangani')")
    go(page, "button:has-text('Tanda tangani')")
    expect(page.get_by_role("status")).to_contain_text("Daftar hadir disetujui.")
    page.goto(child)
    office.hand_on(5)
    page = office.come("kepala", child)
    tick_all(page)
    office.hand_on(6)
    page = office.come("perencanaan", child)
    go(page, "button[value=teruskan]")
    assert address_of(page) == run
    said = "selesai. Sekarang di meja Sekretaris Tim SAKIP."
    expect(page.get_by_role("status")).to_contain_text(said)
    page.goto(child)
    expect(page.get_by_role("link", name="Kembali ke Pengukuran Kinerja TW III 2026")).to_be_visible()
    return child, meeting


def write_minutes(office: Office, meeting: str) -> None:
    """An hour later the secretary ticks the list and writes the decision down, on a phone."""
    office.now += timedelta(minutes=57)
    phone = office.come("perencanaan", "/", office.phone)
    go(phone, "a:has-text('Buka rapat')")
    assert address_of(phone) == meeting
    go(phone, "button[value=hadir]")
    phone.get_by_label("Pembahasan").fill("Format dibacakan dan disepakati.")
    phone.locator("#text-1").fill("Isian diserahkan dengan bukti")
    phone.locator("#position-1").select_option(label="Kabid Sosial")
    phone.locator("#due-1").fill("2026-10-09")
    go(phone, "button:has-text('Simpan notulen')")
    expect(phone.get_by_role("status")).to_contain_text("Notulen tersimpan")
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def collect(office: Office, run: str) -> None:
    """A division fills its figures in by itself, the rest is typed by the team; one figure lacks its
    evidence, one jumps."""
    page = office.come("kabid1", "/kinerja/?tahun=2026&tw=3")
    figures = page.locator("input[name^='nilai-']")
    figures.nth(0).fill("63,60")
    figures.nth(1).fill("6,4")
    page.locator("input[name^='bukti-']").nth(0).set_input_files(office.proof)
    go(page, "button:has-text('Simpan isian')")
    page = office.come("perencanaan", run)
    page.locator("input[name^='nilai-']").nth(2).fill("95")
    page.locator("input[name^='bukti-']").nth(2).set_input_files(office.proof)
    office.hand_on(6)
    page = office.come("anggota1", run)
    go(page, "button[value=teruskan]")
    expect(page.get_by_role("alert")).to_contain_text("Angka tanpa bukti")
    go(page, "a:has-text('Periksa realisasi')")
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa realisasi TW III 2026")
    page.goto(run)
    findings = page.locator("textarea[name^=temuan-]")
    findings.nth(0).fill("Rekap menyusul dari petugas pengaduan.")
    findings.nth(1).fill(ANSWER)
    office.hand_on(7)
    office.come("anggota1", run)
    office.hand_on(8)


def correct(office: Office, run: str) -> None:
    """The Sekretaris returns the document; the division gives the evidence, the answer to the other finding
    stands as it was."""
    page = office.come("sekretaris", run)
    page.get_by_text("Kembalikan untuk diperbaiki", exact=True).click()
    page.get_by_label("Apa yang perlu diperbaiki?").fill(REASON)
    page.get_by_label(re.compile(r"^1\.2 ")).check()
    go(page, "button[name=ke][value='7']")
    page = office.come("kabid1", "/kinerja/?tahun=2026&tw=3")
    page.locator("input[name^='bukti-']").set_input_files(office.proof)
    go(page, "button:has-text('Simpan isian')")
    page = office.come("anggota2", run)
    expect(page.locator(".ulang")).to_contain_text(REASON)
    expect(page.locator("textarea[name^=temuan-]")).to_have_count(1)
    expect(page.locator("textarea[name^=temuan-]")).to_have_value(ANSWER)
    office.hand_on(7)
    office.come("anggota2", run)
    office.hand_on(8)
    page = office.come("sekretaris", run)
    tick_all(page)
    office.hand_on(9)


def approve(office: Office, run: str) -> None:
    """The Sekretaris asks for approval by a note; the head of the office approves on a phone."""
    page = office.come("sekretaris", run)
    go(page, "button:has-text('Tulis naskah')")
    opened = page.locator("#text").input_value()
    assert "sudah selesai disusun dan disampaikan bersama nota ini" in opened
    head = opened.partition("Sehubungan dengan")[0]
    page.locator("#text").fill(head + LETTER)
    go(page, "button[value=selesai]")
    office.hand_on(10)
    phone = office.come("kepala", run, office.phone)
    tick_all(phone)
    office.hand_on(11, phone)


def send_and_archive(office: Office, run: str) -> None:
    page = office.come("perencanaan", run)
    fill(page, addressee="Bupati Contoh melalui Sekretaris Daerah", copies="2")
    office.hand_on(12)
    page = office.come("anggota3", run)
    page.get_by_label("Sekretariat Daerah", exact=True).check()
    office.hand_on(13)
    page = office.come("anggota3", run)
    fill(page, location=PLACE)
    office.hand_on(14)
    expect(page.get_by_role("heading", level=2, name="Kerja ini selesai")).to_be_visible()
    settle()


def check_history() -> None:
    """Two runs are done, one return lies between, every task has its working minutes; the figures stand
    approved."""
    run, child = Case.objects.get(parent_task=None), Case.objects.exclude(parent_task=None).get()
    assert (run.get_state_display(), run.rounds, child.get_state_display()) == ("Selesai", 1, "Selesai")
    assert (
        list(Task.objects.filter(case=run).order_by("id").values_list("minutes_used", flat=True)) == MINUTES
    )
    figures = Realisation.objects.filter(indicator__unit=run.unit, year=2026, quarter=3)
    assert [figure.state for figure in figures] == [RealisationState.APPROVED] * 3
    assert list(verify_events()) == []


def check_papers() -> None:
    """Every output that the SOP names is a document that says what was done; none is a draft any more."""
    outputs = TaskOutput.objects.filter(task__case__parent_task=None).order_by("id")
    found = {one.name: one for one in outputs.select_related("document_version__document", "file")}
    assert set(found) == set(PAPERS)
    for name, (kind, state, words) in PAPERS.items():
        version = found[name].document_version
        assert version is not None, name
        assert (name, version.document.kind, version.document.state) == (name, kind, state)
        text = text_of(newest_version(document=version.document).pdf)
        assert words in text
        assert "belum disetujui" not in text
    record = found["Arsip"].archive_record
    assert record is not None and record.location == PLACE
    workbook = found["Format pengukuran kinerja"].file
    assert workbook is not None
    assert "Keluarga penerima layanan" in cells_of(read_file(file=workbook))
    assert list(verify_files()) == []


def cells_of(workbook: bytes) -> str:
    return ZipFile(BytesIO(workbook)).read("xl/sharedStrings.xml").decode()


def check_worksheet(office: Office) -> str:
    """The lembar kerja identifikasi kegiatan is printed from the SOP's page; returns its address."""
    page = office.come("perencanaan", f"/sop/{Procedure.objects.get(title='Pengukuran Kinerja').uid}/")
    address = str(page.get_by_role("link", name="Buka PDF").get_attribute("href"))
    text = words_in(page.request.get(address).body())
    assert "LEMBAR KERJA IDENTIFIKASI KEGIATAN" in text
    assert "Langkah akhir 14 Mengarsipkan dokumen pengukuran kinerja" in text
    return address
