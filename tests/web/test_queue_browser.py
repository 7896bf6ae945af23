"""The Camat decides on a phone: at most three taps for each paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser import PHONE, NewPage
from tests.cases.factories import Desk
from tests.documents.signing import PASSPHRASE, give_key
from tests.web.test_queue import MADE, waits_for_camat
from tests.web.test_signing_browser import come_in, ensure_fit

from runtut.cases.models import Task
from runtut.documents.actions import load_archive_classes
from runtut.documents.models import SigningChoice

pytestmark = pytest.mark.browser
COUNT_TAPS = """
addEventListener("click", event => {
    if (event.isTrusted) sessionStorage.taps = Number(sessionStorage.taps || 0) + 1;
}, true);
"""


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    """An office that signs electronically, with three papers for its Camat."""
    load_archive_classes()
    made = Desk.make(MADE)
    made.office.unit.code = "KEC.SKM"
    made.office.unit.save(update_fields=["code"])
    SigningChoice.objects.create(unit=made.office.unit, way="elektronik")
    give_key(made.office.people["camat"], made.who("camat"), made.at)
    for title in ("Pengukuran TW I", "Pengukuran TW II", "Pengukuran TW III"):
        waits_for_camat(made, title)
    return made


def taps(page: Page) -> int:
    """How many taps since this was last asked."""
    return int(
        page.evaluate(
            "() => { const n = Number(sessionStorage.taps || 0); sessionStorage.taps = 0; return n; }"
        )
    )


def sign(page: Page) -> None:
    """Read to the end, tap the passphrase, type it, tap the button."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan capaian")
    field = page.get_by_label("Frasa sandi tanda tangan")
    field.tap()
    page.keyboard.type(PASSPHRASE)
    page.get_by_role("button", name="Setujui").tap()
    expect(page.get_by_role("status")).to_contain_text("Langkah 3 selesai")


def test_camat_signs_three_papers_with_at_most_three_taps_each(desk: Desk, new_page: NewPage) -> None:
    phone = new_page(viewport=PHONE, has_touch=True)
    phone.add_init_script(COUNT_TAPS)
    come_in(phone, desk.office.people["camat"], "/tanda-tangan/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("3 naskah menunggu Anda")
    ensure_fit(phone)
    taps(phone)

    phone.get_by_role("link", name="Laporan capaian").first.tap()
    sign(phone)
    assert taps(phone) == 3
    ensure_fit(phone)

    sign(phone)
    assert taps(phone) == 2
    sign(phone)
    assert taps(phone) == 2

    expect(phone.get_by_role("heading", level=1)).to_have_text("Tidak ada naskah yang menunggu Anda")
    ensure_fit(phone)
    assert Task.objects.filter(position=desk.position("camat"), state=1).count() == 0
