"""Pages that wait for work behind them: they show it once it is done, and keep what was typed meanwhile."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser import NewPage
from tests.cases.factories import Desk
from tests.cases.test_work import prepared
from tests.web.walk import enter

from runtut.cases.models import Case
from runtut.core import clock, jobs
from runtut.documents.models import Document

pytestmark = pytest.mark.browser

SOON = 6000
"""Milliseconds of the browser's own clock, more than a page waits before it asks again."""
REASON = "Angka seksi Pelayanan belum lengkap."


@pytest.fixture
def waiting(transactional_db: None) -> tuple[Desk, Case]:
    """A run whose document is checked by the Sekcam before its PDF has been drawn."""
    desk, case, _ = prepared()
    return desk, case


def open_page(new_page: NewPage, desk: Desk, where: str) -> Page:
    """Come in as the Sekcam, with a clock that the test moves."""
    page = new_page()
    page.clock.install()
    page.goto("/masuk/")
    enter(page, desk.office.people["sekcam"])
    page.goto(where)
    return page


def test_the_sheet_shows_the_pdf_once_it_is_drawn_and_keeps_what_was_typed(
    waiting: tuple[Desk, Case], new_page: NewPage
) -> None:
    desk, case = waiting
    page = open_page(new_page, desk, f"/kerja/{case.uid}/")
    expect(page.get_by_text("sedang dibuat")).to_be_visible()
    page.get_by_text("Kembalikan untuk diperbaiki", exact=True).click()
    reason = page.locator("#alasan")
    reason.fill(REASON)

    jobs.drain(at=clock.now())
    page.clock.fast_forward(SOON)

    expect(page.get_by_role("link", name="Buka PDF")).to_be_visible()
    expect(page.get_by_text("sedang dibuat")).to_have_count(0)
    expect(reason).to_have_value(REASON)


def test_the_page_of_a_document_is_loaded_anew_once_its_pdf_is_drawn(
    waiting: tuple[Desk, Case], new_page: NewPage
) -> None:
    desk, _ = waiting
    document = Document.objects.get()
    page = open_page(new_page, desk, f"/dokumen/{document.uid}/")
    expect(page.get_by_text("PDF sedang dibuat")).to_be_visible()

    page.clock.fast_forward(SOON)
    expect(page.get_by_text("PDF sedang dibuat")).to_be_visible()
    jobs.drain(at=clock.now())
    page.clock.fast_forward(SOON)

    expect(page.get_by_role("link", name="Buka PDF")).to_be_visible()
