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
from runtut.documents.models import DocumentVersion, IncomingLetter, StoredFile
from runtut.documents.queries import read_file
from runtut.procedures.models import Procedure

OFFICE = "sukamaju"
STRANGER = "kasi1.sukasari"


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
        jobs.drain(at=now)

    def settle(self) -> None:
        """Do the work behind the pages: PDFs, notices."""
        jobs.drain(at=self.now)


def come(page: Page, who: str, to: str) -> None:
    """Log in as somebody of the office and open a page."""
    if page.url == "about:blank":
        page.goto("/masuk/")
    enter(page, User.objects.get(username=who if "." in who else f"{who}.{OFFICE}"))
    page.goto(to)


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(text)


def starting(title: str) -> str:
    """The address of the page that starts a run of an SOP of the office."""
    procedure = Procedure.objects.get(title=title, unit__short_name="Kec. Sukamaju")
    return f"/kerja/mulai/?sop={procedure.uid}"


def dispose(page: Page, label: str, button: str) -> None:
    page.locator("[name=instruction]").select_option(label=label)
    press(page, button)


def outputs(case: Case) -> dict[str, TaskOutput]:
    """What the run yielded last under each name."""
    related = ("document", "document_version__pdf", "disposisi", "archive_record", "file")
    return {
        row.name: row
        for row in TaskOutput.objects.filter(task__case=case).select_related(*related).order_by("id")
    }


def text_of(version: DocumentVersion) -> str:
    """The words of a PDF as they are read, without its line breaks."""
    assert version.pdf is not None
    sheets = PdfReader(BytesIO(read_file(file=version.pdf))).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def refuse_stranger(page: Page, run: str) -> None:
    """Somebody of another kecamatan finds none of what the run is made of."""
    come(page, STRANGER, run)
    assert page.get_by_role("heading", level=1).inner_text() == "Halaman tidak ditemukan"
    versions = DocumentVersion.objects.values_list("uid", flat=True)
    meetings = Meeting.objects.values_list("uid", flat=True)
    letters = IncomingLetter.objects.values_list("uid", flat=True)
    addresses = [
        *(f"/berkas/{uid}/" for uid in StoredFile.objects.values_list("uid", flat=True)),
        *(f"/dokumen/{uid}/{what}" for uid in versions for what in ("", "pdf/", "docx/", "baca/")),
        *(f"/rapat/{uid}/{what}" for uid in meetings for what in ("", "rapat.ics")),
        *(f"/tindak-lanjut/{uid}/" for uid in FollowUp.objects.values_list("uid", flat=True)),
        *(f"/surat/{uid}/{what}" for uid in letters for what in ("", "lembar/pdf/")),
        f"{run}bagian/",
    ]
    for address in [run, *addresses]:
        assert page.request.get(address).status == 404, address
