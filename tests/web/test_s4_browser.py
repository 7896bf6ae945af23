"""SOP S4 as its people do it, in a real browser: invitation and meeting, an instrument made in the system and
answered on phones, results, report, return, paraf, signature, distribution with proof."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from tests.browser import DESKTOP, PHONE, NewPage
from tests.web.scenario import (
    BUPATI,
    TAKER,
    Day,
    address_of,
    come,
    dispose,
    draw_signature,
    outputs,
    press,
    refuse_stranger,
    said,
    settle,
    sign_own,
    starting,
    text_of,
)
from tests.web.test_browser import wrong

from runtut.cases.enums import CaseState, EventKind
from runtut.cases.models import Case, CaseEvent, Meeting
from runtut.cases.queries import verify_events
from runtut.documents.actions import DEMO_PASSPHRASE, load_demo_signing
from runtut.documents.models import Delivery, DocumentVersion, OutgoingLetter
from runtut.evaluation.models import Answer, Instrument, Response
from runtut.organisations.models import Position

PEOPLE = ("kasi1", "kasi2", "kasi3", "kasi4", "kasi5", "umum", "lurah1")
SILENT = "lurah2"
EXTRA = "Seberapa mudah warga memperoleh informasi layanan?"
OPINION = "Target dibahas lebih awal bersama seksi."
ABSENT = "Sedang mengikuti pelatihan kepemimpinan."
REASON = "Saran belum menyebut siapa yang mengerjakan dan sampai kapan."
ADVICE = "Kasubbag Perencanaan mengumpulkan bukti setiap akhir bulan, mulai Mei 2026."

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def day(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Day:
    """A Monday in spring; the office signs electronically."""
    begun = Day(monkeypatch, on(13, 1))
    load_demo_signing(at=begun.now)
    return begun


def on(day: int, hour: int) -> datetime:
    return datetime(2026, 4, day, hour, 0, tzinfo=UTC)


def test_s4_runs_from_invitation_to_distribution(day: Day, new_page: NewPage) -> None:
    page, phone = new_page(viewport=DESKTOP), new_page(viewport=PHONE)

    run = invite(page, day)
    hold(page, phone, day, run)
    make_instrument(page, run)
    for who in PEOPLE:
        answer(phone, who)
    close_answers(page, run)
    report(page, day, run)
    sign(phone, day, run)
    order_copies(page, run)
    distribute(page, day, run)
    put_away(page)

    check_history()
    check_results()
    check_papers()
    refuse_stranger(page, run)


def invite(page: Page, day: Day) -> str:
    """The Camat orders a meeting on last year's work; the Undangan is made of the plan."""
    come(page, "camat", starting("Evaluasi Kinerja Kecamatan"))
    page.locator("[name=year]").select_option("2025")
    press(page, "Mulai kerja ini")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Evaluasi Kinerja Kecamatan")
    run = address_of(page)
    page.locator("[name=instruction]").select_option(index=1)
    page.locator("[name=held_on]").fill("2026-04-13")
    page.locator("[name=start]").fill("09.00")
    page.locator("[name=place]").fill("Aula kecamatan")
    page.locator("[name=agenda]").fill("Pelaksanaan Renstra dan Renja 2025\nCara mengisi instrumen")
    order = page.locator("#isian button.btn-primary").first
    expect(order).to_have_text("Perintahkan rapat dan buat undangan")
    next_step(page)
    expect(page.get_by_role("status").first).to_contain_text("Menunggu tanda tangan Anda")
    settle()
    sign_own(page, "camat")
    return run


def next_step(page: Page) -> None:
    """Press the main button of the sheet."""
    with page.expect_navigation():
        page.locator("#isian button.btn-primary").first.click()
    expect(page.get_by_role("status").first).to_contain_text("selesai")


def hold(page: Page, phone: Page, day: Day, run: str) -> None:
    """A Lurah ticks on the phone, the Kasubbag the others; what was said is written down."""
    day.to(on(13, 3))
    meeting = f"/rapat/{Meeting.objects.get().uid}/"
    come(phone, "lurah1", meeting)
    phone.get_by_label("Hadir", exact=True).first.check()
    press(phone, "Simpan kehadiran saya")
    come(page, "perencanaan", meeting)
    press(page, "Sisanya hadir semua")
    page.get_by_label("Pembahasan").fill(
        "Pelaksanaan Renstra dan Renja 2025 dibahas.\nInstrumen diisi pekan ini."
    )
    kasi = Position.objects.get(appointments__user__username="kasi2.sukamaju")
    page.locator("#text-1").fill("Siapkan bukti pelayanan tahun 2025")
    page.locator("#position-1").select_option(value=str(kasi.uid))
    page.locator("#due-1").fill("2026-04-20")
    press(page, "Simpan notulen")
    said(page, "Notulen tersimpan")
    come(page, "camat", run)
    next_step(page)


def make_instrument(page: Page, run: str) -> None:
    """The Kasubbag begins with the ready-made instrument, adds a question, and puts it in use."""
    come(page, "perencanaan", run)
    press(page, "Pakai contoh")
    page.get_by_role("link", name="Tambah pertanyaan pada bagian Pelayanan kepada masyarakat").click()
    page.locator("[name=kind]").select_option("skala")
    page.locator("[name=text]").fill(EXTRA)
    with page.expect_navigation():
        page.locator("main form button.btn-primary").first.click()
    expect(page.get_by_text(EXTRA)).to_be_visible()
    come(page, "perencanaan", run)
    next_step(page)


def answer(phone: Page, who: str) -> None:
    """Somebody finds what is asked on Beranda and answers on the phone; every change is kept at once."""
    come(phone, who, "/")
    phone.locator("section", has=phone.get_by_role("heading", name="Isian yang menunggu Anda")).get_by_role(
        "link"
    ).first.click()
    for group in phone.locator("#isi fieldset").all():
        choices = group.locator("label")
        choices.nth(0 if who == "kasi4" else min(3, choices.count() - 1)).click()
    for box in phone.locator("#isi textarea").all():
        box.fill(OPINION)
    for field in phone.locator("#isi input[inputmode=decimal]").all():
        field.fill("2")
    press(phone, "Kirim isian")
    said(phone, "dikirim")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def close_answers(page: Page, run: str) -> None:
    """One Lurah has not answered: the step waits until there is a reason to go on."""
    come(page, "perencanaan", run)
    with page.expect_navigation():
        page.locator("#isian button.btn-primary").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Karangjati")
    page.locator("summary", has_text="Lanjut tanpa Lurah Karangjati").click()
    page.get_by_label("Lanjut tanpa Lurah Karangjati: alasannya").fill(ABSENT)
    next_step(page)


def report(page: Page, day: Day, run: str) -> None:
    """The report is drafted from the results; the Sekcam sends it back to the Kasubbag, then parafs."""
    come(page, "perencanaan", run)
    expect(page.locator("[name=strengths]")).not_to_be_empty()
    next_step(page)
    settle()
    come(page, "sekcam", run)
    page.get_by_text("Kembalikan untuk diperbaiki", exact=True).click()
    page.get_by_label("Apa yang perlu diperbaiki?").fill(REASON)
    press(page, "Kembalikan ke Kasubbag Perencanaan")
    come(page, "perencanaan", run)
    expect(page.locator(".ulang")).to_contain_text(REASON)
    page.locator("[name=follow_up]").fill(ADVICE)
    next_step(page)
    settle()
    come(page, "sekcam", run)
    for box in page.locator("#isian input[type=checkbox]").all():
        box.check()
    press(page, "Paraf dan teruskan ke Camat")
    said(page, "Langkah 6 selesai")


def sign(phone: Page, day: Day, run: str) -> None:
    """The Camat reads and signs on the phone."""
    settle()
    come(phone, "camat", run)
    expect(phone.locator(".pratinjau")).to_contain_text(ADVICE)
    expect(phone.get_by_text("SOP ini tidak menyebut ke mana langkah ini mengembalikan.")).to_be_visible()
    assert wrong(phone) == []
    phone.get_by_label("Frasa sandi tanda tangan").fill(DEMO_PASSPHRASE)
    with phone.expect_navigation():
        phone.get_by_role("button", name="Setujui").first.click()
    said(phone, "Langkah 7 selesai")


def order_copies(page: Page, run: str) -> None:
    come(page, "camat", run)
    dispose(page, "Untuk ditindaklanjuti", "Beri perintah ke Staf")


def distribute(page: Page, day: Day, run: str) -> None:
    """The Staf enters the report in the agenda, sends it to Bappeda in the system and to the Bupati by hand,
    and brings the proof."""
    settle()
    come(page, "staf", run)
    page.get_by_label("Badan Perencanaan").check()
    page.locator("[name=kirim-nama]").fill(BUPATI)
    page.locator("[name=kirim-salinan]").fill("2")
    page.locator("button[name=kerjakan][value=kirim]").click()
    page.locator(".terkirim").get_by_role("link", name="Bukti terima").click()
    draw_signature(page)
    press(page, "Selesaikan kerja ini")
    expect(page.get_by_role("heading", level=2, name="Kerja ini selesai")).to_be_visible()
    settle()


def put_away(page: Page) -> None:
    """The SOP has no step that archives: the finished run leads to it, and asks why not everybody signed."""
    page.get_by_role("link", name="belum diarsipkan").click()
    page.get_by_label("Tempat simpan").fill("Lemari 3, map Evaluasi")
    press(page, "Arsipkan")
    expect(page.get_by_role("alert")).to_contain_text("Kasubbag Perencanaan")
    expect(page.get_by_label("Tempat simpan")).to_have_value("Lemari 3, map Evaluasi")
    page.get_by_label("Alasan diarsipkan").fill("Notulis dan Camat menandatangani cetakannya.")
    assert wrong(page) == []
    press(page, "Arsipkan")
    expect(page.get_by_text("Lemari 3, map Evaluasi")).to_be_visible()
    expect(page.get_by_text("belum diarsipkan")).to_have_count(0)
    settle()


def check_history() -> None:
    case = Case.objects.get()
    assert case.state == CaseState.DONE
    kinds = list(CaseEvent.objects.order_by("sequence").values_list("kind", flat=True))
    assert kinds.count(EventKind.RETURNED) == case.rounds == 1
    assert kinds.count(EventKind.COMPLETED) == 10
    assert list(verify_events()) == []


def check_results() -> None:
    """Everybody but one has answered everything that had to be answered, the question added here too."""
    instrument = Instrument.objects.get()
    sent = Response.objects.filter(instrument=instrument, submitted_at__isnull=False)
    assert sent.count() == len(PEOPLE)
    assert not sent.filter(position__appointments__user__username=f"{SILENT}.sukamaju").exists()
    assert Answer.objects.filter(question__text=EXTRA).count() == len(PEOPLE)


def check_papers() -> None:
    """Every output that the SOP names is there, in its words."""
    made = outputs(Case.objects.get())
    expected = {
        "Undangan rapat": ("Hal", "Yth.", "Aula kecamatan", "Cara mengisi instrumen"),
        "Daftar hadir": ("DAFTAR HADIR",),
        "Notulen rapat": ("NOTULEN", "Siapkan bukti pelayanan tahun 2025"),
        "Instrumen evaluasi kinerja": (EXTRA,),
        "Data hasil isian instrumen": (ABSENT, "7 dari 8"),
        "Laporan bertanda tangan": (
            ADVICE,
            "Nilai akhir",
            "Capaian kinerja yang dievaluasi",
            "Indeks Kepuasan Masyarakat",
            "Hendra Gunawan",
        ),
    }
    for name, words in expected.items():
        version = made[name].document_version
        assert version is not None, name
        text = text_of(version.pdf)
        for one in ("KECAMATAN SUKAMAJU", *words):
            assert one in text, (name, one)
    check_sending(made["Laporan bertanda tangan"].document_version)


def check_sending(version: DocumentVersion | None) -> None:
    """The report bears two parafs at most and one signature, and went out under its number with proof."""
    assert version is not None
    line = OutgoingLetter.objects.get(version=version)
    assert line.number == version.document.number
    assert [one.position.role for one in version.signatures.all()] == ["camat"]
    assert "sekcam" in version.endorsements.values_list("position__role", flat=True)
    by_hand = Delivery.objects.get(addressee=BUPATI)
    assert (by_hand.received_by, by_hand.paper_number) == (TAKER, line.number)
    assert by_hand.proof is not None
    assert Delivery.objects.exclude(pk=by_hand.pk).get().to_unit.kind == "badan"
