"""The table of a draft in a real browser, by keyboard only."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser import DESKTOP, NewPage
from tests.cast import AT, make_cast
from tests.procedures.factories import acting_camat
from tests.web.stage import Stage, set_stage
from tests.web.test_browser import PASSWORD, come_in, faults
from tests.web.test_sop_sheet import lengthen

from runtut.procedures.actions import adopt, edit_draft
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import sheet_of

TABLET = {"width": 820, "height": 1180}

pytestmark = pytest.mark.browser


@pytest.fixture
def live_stage(transactional_db: None) -> Stage:
    cast = make_cast()
    cast.sari.set_password(PASSWORD)
    cast.sari.save()
    return set_stage(cast, AT)


@pytest.fixture
def draft(live_stage: Stage) -> ProcedureVersion:
    office = live_stage.cast.office
    return adopt(unit=office.unit, library_key="s3", authority=office.authority("perencanaan"), at=AT)


def saved(page: Page) -> None:
    expect(page.locator("#kabar-susun")).to_contain_text("Tersimpan")


def activities(version: ProcedureVersion) -> list[str]:
    return list(version.steps.order_by("no").values_list("activity", flat=True))


def key(version: ProcedureVersion, no: int) -> str:
    return sheet_of(version).rows[no - 1].key


def test_table_is_edited_with_the_keyboard_alone(
    draft: ProcedureVersion, live_stage: Stage, new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    come_in(page, live_stage.cast.sari)
    page.goto(f"/sop/{draft.procedure.uid}/1/susun/")
    before = activities(draft)
    third = key(draft, 3)

    page.get_by_label("Kegiatan langkah 3").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Menganalisis surat dan meminta data")
    page.keyboard.press("Tab")
    saved(page)
    expect(page.locator("#lembar-susun")).to_contain_text("Menganalisis surat dan meminta data")
    assert draft.steps.get(no=3).activity == "Menganalisis surat dan meminta data"

    expect(page.get_by_label("Camat, langkah 3")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Sekcam, langkah 3: mengerjakan")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_label("Kegiatan langkah 4")).to_have_value("Menganalisis surat dan meminta data")
    page.get_by_label("Kegiatan langkah 4").focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Kegiatan langkah 5")).to_be_focused()
    page.keyboard.type("Menyimpan salinan")
    page.keyboard.press("Tab")
    expect(page.locator("#lembar-susun")).to_contain_text("Menyimpan salinan")
    saved(page)
    page.get_by_role("button", name="Pecah langkah 4").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Kegiatan langkah 5")).to_have_value("Meminta data")
    page.get_by_role("button", name="Gabung langkah 4").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Kegiatan langkah 4")).to_have_value("Menganalisis surat dan meminta data")
    page.get_by_label("Waktu langkah 4", exact=True).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("2,5")
    page.keyboard.press("Tab")
    page.keyboard.type("jam")
    page.keyboard.press("Tab")
    expect(page.locator("#lembar-susun")).to_contain_text("2,5 jam")

    step = draft.steps.get(uid=third)
    assert (step.no, step.minutes) == (4, 150)
    assert draft.steps.count() == len(before) + 1
    for _ in range(3):
        page.get_by_role("button", name="Batalkan perubahan terakhir").focus()
        page.keyboard.press("Enter")
        saved(page)
    assert faults(page) == []


def test_headings_and_numbers_stay_in_sight_and_the_official_page_is_whole(
    draft: ProcedureVersion, live_stage: Stage, new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    come_in(page, live_stage.cast.sari)
    page.goto(f"/sop/{draft.procedure.uid}/1/susun/")
    page.get_by_label("Keterangan langkah 8").focus()
    page.get_by_label("Keterangan langkah 8").scroll_into_view_if_needed()

    assert page.locator("#tabel-susun > .gulir").evaluate("one => one.scrollLeft") > 0
    expect(page.get_by_role("rowheader", name="8 ")).to_be_in_viewport()
    expect(page.get_by_role("columnheader", name="Keterangan").first).to_be_in_viewport()
    assert page.locator(".resmi").evaluate("one => one.scrollWidth - one.clientWidth") <= 1

    page.set_viewport_size(TABLET)
    page.get_by_label("Keterangan langkah 8").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 700)")
    expect(page.get_by_role("rowheader", name="1 ")).not_to_be_in_viewport()
    expect(page.get_by_role("columnheader", name="Keterangan").first).to_be_in_viewport()
    page.get_by_label("Bila tidak, langkah 8").click()
    out = "one => one.getBoundingClientRect().left - one.closest('td').getBoundingClientRect().left"
    assert page.locator("td details[open] input").first.evaluate(out) >= 0


def test_somebody_else_in_the_same_cell_is_told_and_the_words_stay(
    draft: ProcedureVersion, live_stage: Stage, new_page: NewPage
) -> None:
    page = new_page(viewport=TABLET)
    come_in(page, live_stage.cast.sari)
    page.goto(f"/sop/{draft.procedure.uid}/1/susun/")
    note = page.get_by_label("Keterangan langkah 2")
    note.fill("Dari Sari")
    theirs = {"op": "set", "row": key(draft, 2), "field": "note", "value": "Dari Budi"}
    budi = acting_camat(live_stage.cast)
    edit_draft(version=draft, revision=0, asked=[theirs], authority=budi, at=AT)
    note.blur()

    expect(page.locator("#galat-susun")).to_contain_text("baru saja mengubah langkah 2")
    expect(note).to_have_value("Dari Sari")
    expect(page.locator("#lembar-susun")).to_contain_text("Dari Budi")
    assert draft.steps.get(no=2).note == "Dari Budi"
    assert faults(page) == []


def test_second_to_write_in_a_cell_says_which_words_stay(
    draft: ProcedureVersion, live_stage: Stage, new_page: NewPage
) -> None:
    """Until then nothing that is saved elsewhere writes over what the other wrote."""
    page = new_page(viewport=TABLET)
    come_in(page, live_stage.cast.sari)
    page.goto(f"/sop/{draft.procedure.uid}/1/susun/")
    note, other = page.get_by_label("Keterangan langkah 2"), page.get_by_label("Keterangan langkah 3")
    note.fill("Dari Sari")
    theirs = {"op": "set", "row": key(draft, 2), "field": "note", "value": "Dari Budi"}
    budi = acting_camat(live_stage.cast)
    edit_draft(version=draft, revision=0, asked=[theirs], authority=budi, at=AT)
    note.blur()
    both = page.locator("#beda-susun")
    expect(both).to_contain_text("orang lain menulis “Dari Budi”, Anda menulis “Dari Sari”")
    other.fill("Hal lain")
    other.blur()
    expect(page.locator("#kabar-susun")).to_contain_text("Tersimpan")
    assert (draft.steps.get(no=2).note, draft.steps.get(no=3).note) == ("Dari Budi", "Hal lain")
    assert faults(page) == []

    both.get_by_role("button", name="Pakai tulisan saya").click()
    expect(both).to_be_empty()
    expect(page.locator("#lembar-susun")).to_contain_text("Dari Sari")
    assert draft.steps.get(no=2).note == "Dari Sari"


def test_gap_before_the_next_word_outlives_the_saving(
    draft: ProcedureVersion, live_stage: Stage, new_page: NewPage
) -> None:
    page = new_page(viewport=TABLET)
    come_in(page, live_stage.cast.sari)
    page.goto(f"/sop/{draft.procedure.uid}/1/susun/")
    needed = page.get_by_label("Kelengkapan langkah 2")
    needed.fill("")
    needed.press_sequentially("Surat ")
    expect(page.locator("#kabar-susun")).to_contain_text("Tersimpan")
    needed.press_sequentially("Bupati\n")
    expect(page.locator("#kabar-susun")).to_have_text("Belum tersimpan")
    expect(page.locator("#kabar-susun")).to_contain_text("Tersimpan ")
    needed.press_sequentially("Disposisi")

    expect(needed).to_have_value("Surat Bupati\nDisposisi")
    assert faults(page) == []


@pytest.fixture
def long_draft(draft: ProcedureVersion) -> ProcedureVersion:
    """A draft of sixty steps, the fifth of which goes back to the third."""
    lengthen(draft, 60)
    draft.steps.filter(no=5).update(return_to=[3])
    return draft


MARK_ROWS = "document.querySelectorAll('[data-baris]').forEach((row) => { row.dikenal = true; })"
SHOWN = """[...document.querySelectorAll('[data-baris]')].map((row) => [row.innerText, row.dataset.cap,
    ...[...row.querySelectorAll('button, textarea, input:not([type=checkbox]), select, summary')].map((one) =>
        [one.id, one.name, one.name === 'revision' || one.name === 'csrfmiddlewaretoken' ? '' : one.value,
         one.disabled, one.textContent, one.getAttribute('aria-label')])])"""
NEW_ROWS = "[...document.querySelectorAll('[data-baris]')].filter((row) => !row.dikenal).length"


def test_saving_makes_only_the_changed_rows_anew(
    long_draft: ProcedureVersion, live_stage: Stage, new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    come_in(page, live_stage.cast.sari)
    page.goto(f"/sop/{long_draft.procedure.uid}/1/susun/")
    page.evaluate(MARK_ROWS)

    page.get_by_label("Keterangan langkah 30").fill("Segera")
    page.keyboard.press("Tab")
    expect(page.locator("#lembar-susun")).to_contain_text("Segera")
    assert page.evaluate(NEW_ROWS) == 1

    page.evaluate(MARK_ROWS)
    page.get_by_label("Kegiatan langkah 40").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_label("Kegiatan langkah 41")).to_be_focused()
    assert page.evaluate(NEW_ROWS) == 0

    page.get_by_label("Kegiatan langkah 4", exact=True).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_label("Bila tidak, langkah 5: ke langkah 4")).to_be_visible()
    page.get_by_label("Kegiatan langkah 2", exact=True).focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Kegiatan langkah 3", exact=True)).to_be_focused()
    page.get_by_label("Kegiatan langkah 3", exact=True).fill("Mencatat surat")
    page.keyboard.press("Tab")
    expect(page.locator("#lembar-susun")).to_contain_text("Mencatat surat")
    assert page.evaluate(NEW_ROWS) == 4
    shown = page.evaluate(SHOWN)
    page.reload()
    assert page.evaluate(SHOWN) == shown
    assert faults(page) == []


def test_keys_pressed_faster_than_answers_come_are_all_done(
    long_draft: ProcedureVersion, live_stage: Stage, new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    come_in(page, live_stage.cast.sari)
    page.goto(f"/sop/{long_draft.procedure.uid}/1/susun/")
    moved, drawn = key(long_draft, 20), []
    page.on("request", lambda request: drawn.append(request.url) if "/lembar/" in request.url else None)

    page.get_by_label("Kegiatan langkah 20").focus()
    for _ in range(4):
        page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_label("Kegiatan langkah 24")).to_be_focused()
    expect(page.locator("#kabar-susun")).to_contain_text("Tersimpan")

    assert str(long_draft.steps.get(no=24).uid) == moved
    page.get_by_label("Keterangan langkah 24").fill("Terakhir")
    page.keyboard.press("Tab")
    expect(page.locator("#lembar-susun")).to_contain_text("Terakhir")
    assert len(drawn) <= 2


def test_steps_to_go_back_to_are_offered_when_asked_for(
    long_draft: ProcedureVersion, live_stage: Stage, new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    come_in(page, live_stage.cast.sari)
    page.goto(f"/sop/{long_draft.procedure.uid}/1/susun/")
    boxes = page.locator("#tabel-susun input[type=checkbox]")
    assert boxes.count() == 0
    page.get_by_label("Keterangan langkah 5", exact=True).fill("Segera")
    page.keyboard.press("Tab")
    saved(page)
    assert long_draft.steps.get(no=5).return_to == [3]

    page.get_by_label("Bila tidak, langkah 5: ke langkah 3").click()
    expect(boxes).to_have_count(4)
    expect(page.get_by_label("langkah 3", exact=True)).to_be_checked()
    page.get_by_label("langkah 2", exact=True).check()
    expect(page.get_by_label(re.compile("Bila tidak, langkah 5: ke langkah . atau ."))).to_be_visible()
    expect(page.get_by_label("langkah 2", exact=True)).to_be_checked()
    assert faults(page) == []


def test_without_javascript_the_same_buttons_do_their_work(
    draft: ProcedureVersion, live_stage: Stage, new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP, java_script_enabled=False)
    come_in(page, live_stage.cast.sari)
    page.goto(f"/sop/{draft.procedure.uid}/1/susun/")
    page.get_by_label("Bila tidak, langkah 3").click()
    page.locator("tr", has=page.get_by_label("Kegiatan langkah 3")).get_by_label("langkah 1").check()
    page.get_by_label("Simpan langkah 3").click()
    expect(page.get_by_label("Bila tidak, langkah 3: ke langkah 1")).to_be_visible()
    assert draft.steps.get(no=3).return_to == [1]

    page.get_by_label("Keterangan langkah 2").fill("Segera")
    page.get_by_role("button", name="Turunkan langkah 2").click()

    expect(page.get_by_label("Keterangan langkah 3")).to_have_value("Segera")
    assert draft.steps.get(no=3).note == "Segera"


def test_official_page_that_cannot_be_had_is_not_asked_for_without_a_pause(
    draft: ProcedureVersion, live_stage: Stage, new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    come_in(page, live_stage.cast.sari)
    page.clock.install()
    page.goto(f"/sop/{draft.procedure.uid}/1/susun/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/lembar/" in request.url else None)
    page.route("**/susun/lembar/", lambda route: route.fulfill(status=404))

    page.get_by_label("Keterangan langkah 2", exact=True).fill("Segera")
    page.keyboard.press("Tab")
    page.clock.run_for(500)
    saved(page)
    for _ in range(5):
        page.clock.run_for(500)

    assert len(asked) == 1
