"""What the scenarios in a browser share: a day that moves on, people at the page, papers as they are read."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from tests.web.walk import enter, load_all

from runtut.accounts.models import User
from runtut.cases.models import Case, FollowUp, Meeting, TaskOutput
from runtut.core import clock, jobs
from runtut.documents.actions import DEMO_PASSPHRASE
from runtut.documents.models import Document, DocumentVersion, IncomingLetter, Manuscript, StoredFile
from runtut.documents.queries import read_file
from runtut.procedures.models import Procedure

OFFICE = "sukamaju"
STRANGER = "kasi1.sukasari"
BUPATI = "Bupati Contoh melalui Sekretaris Daerah"
TAKER = "Wulan Sari"
"""Who takes a paper that is brought by hand."""


class Day:
    """The instant of every request, moved on by the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, loaded: datetime) -> None:
        self.now = loaded
        monkeypatch.setattr(clock, "now", lambda: self.now)
        load_all(loaded)

    def to(self, now: datetime) -> None:
        """Go on to an instant; whatever jobs are due by then are done."""
        assert now > self.now
        self.now = now
        settle()


def settle() -> None:
    """Do the work behind the pages that is due: PDFs, notices."""
    jobs.drain(at=clock.now())


def come(page: Page, who: str, to: str) -> None:
    """Log in as somebody of the office, or as "name.office", and open a page."""
    if page.url == "about:blank":
        page.goto("/masuk/")
    enter(page, User.objects.get(username=who if "." in who else f"{who}.{OFFICE}"))
    page.goto(to)


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def sign_asked(page: Page, who: str) -> None:
    """Sign the first paper that Beranda says waits for one's name."""
    come(page, who, "/")
    with page.expect_navigation():
        page.locator("a.btn", has_text="Tanda tangani").first.click()
    press(page, "Tanda tangani")
    said(page, "ditandatangani")


def sign_own(page: Page, who: str) -> None:
    """Whoever has made a paper in an office that signs electronically signs it, with the passphrase."""
    come(page, who, "/")
    with page.expect_navigation():
        page.locator("a.btn", has_text="Tanda tangani").first.click()
    page.get_by_label("Frasa sandi tanda tangan").fill(DEMO_PASSPHRASE)
    press(page, "Tanda tangani")
    said(page, "ditandatangani")


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(text)


def address_of(page: Page) -> str:
    """Where a page is, without the site."""
    return "/" + page.url.split("//", 1)[1].split("/", 1)[1]


def starting(title: str) -> str:
    """The address of the page that starts a run of an SOP of the office."""
    procedure = Procedure.objects.get(title=title, unit__short_name="Kec. Sukamaju")
    return f"/kerja/mulai/?sop={procedure.uid}"


def dispose(page: Page, label: str, button: str) -> None:
    page.locator("[name=instruction]").select_option(label=label)
    press(page, button)


def draw_signature(page: Page) -> None:
    """Whoever takes a paper signs for it on the screen."""
    page.get_by_label("Nama penerima").fill(TAKER)
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + 30, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 7):
        page.mouse.move(x + 25 * step, y + (18 if step % 2 else -18))
    page.mouse.up()
    press(page, "Simpan bukti terima")


def outputs(case: Case) -> dict[str, TaskOutput]:
    """What the run yielded last under each name."""
    related = ("document", "document_version__pdf", "disposisi", "archive_record", "file")
    return {
        row.name: row
        for row in TaskOutput.objects.filter(task__case=case).select_related(*related).order_by("id")
    }


def text_of(file: StoredFile | None) -> str:
    """The words of a PDF as they are read, without its line breaks."""
    assert file is not None
    return words_in(read_file(file=file))


def words_in(pdf: bytes) -> str:
    sheets = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def refuse_stranger(page: Page, *addresses: str) -> None:
    """Somebody of another kecamatan finds nothing of a run: not its pages, nor what was written, made, sent,
    said or kept. The addresses are those of its people: they are known, and would open for them."""
    come(page, STRANGER, addresses[0])
    assert page.get_by_role("heading", level=1).inner_text() == "Halaman tidak ditemukan"
    rows = (
        (StoredFile, "/berkas/{}/"),
        (Document, "/dokumen/{}/", "/dokumen/{}/baca/"),
        (DocumentVersion, "/dokumen/{}/pdf/", "/dokumen/{}/docx/"),
        (Manuscript, "/naskah/{}/"),
        (Meeting, "/rapat/{}/", "/rapat/{}/rapat.ics"),
        (FollowUp, "/tindak-lanjut/{}/"),
        (IncomingLetter, "/surat/{}/", "/surat/{}/lembar/pdf/"),
        (Case, "/kerja/{}/", "/kerja/{}/bagian/"),
    )
    places = [
        form.format(uid)
        for model, *forms in rows
        for uid in model.objects.values_list("uid", flat=True)
        for form in forms
    ]
    found = {place: page.request.get(place).status for place in [*addresses, *places]}
    assert {place for place, status in found.items() if status != 404} == set()
