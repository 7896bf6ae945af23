"""The pages in a real browser: nothing serious for axe, no sideways scroll, usable by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser import DESKTOP, PHONE, NewPage
from tests.cast import AT, Cast, make_cast
from tests.documents.factories import make_delivery, make_letter
from tests.procedures.factories import make_import
from tests.web.instruments import draft_instrument, used_instrument
from tests.web.stage import Stage, make_manuscript, set_stage, start_run, succeed
from tests.web.walk import Walk, enter, load_all

from runtut.accounts.models import User
from runtut.core import clock, search
from runtut.procedures.actions import adopt

PASSWORD = "empat kata yang panjang"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
VIOLATIONS = "async rules => (await axe.run(rules)).violations"

pytestmark = pytest.mark.browser


@pytest.fixture
def live_stage(transactional_db: None) -> Stage:
    cast = make_cast()
    for user in (cast.sari, cast.budi, cast.admin, cast.office.people["kasi1"]):
        user.set_password(PASSWORD)
        user.save()
    return set_stage(cast, AT)


def come_in(page: Page, user: User) -> None:
    page.goto("/masuk/?next=/saya/")
    page.get_by_label("Nama pengguna").fill(user.username)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(user.full_name)


def faults(page: Page) -> list[str]:
    """What axe finds serious. Only that leaves the browser: all that a page does right weighs megabytes."""
    page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate(VIOLATIONS, RULES)
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found
        if fault["impact"] in {"serious", "critical"}
        for node in fault["nodes"]
    ]


def foreign_words(page: Page) -> list[str]:
    """Controls that speak the browser's language: a file control that is shown as the browser draws it."""
    return ["file control"] * page.locator("input[type=file]:visible").count()


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


UNMARKED = """() => {
  const ringed = one => one && getComputedStyle(one).outlineStyle !== "none"
    && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  return [...all].filter(one => {
    if (one.disabled || one.type === "hidden" || !one.getClientRects().length) return false;
    one.focus({ preventScroll: true });
    return document.activeElement === one && !ringed(one) && !ringed(one.nextElementSibling);
  }).map(one => one.outerHTML.slice(0, 120));
}"""


def unmarked(page: Page) -> list[str]:
    """Controls that show nothing when the keyboard reaches them, neither on them nor on what follows."""
    page.keyboard.press("Tab")
    return [f"no focus ring: {control}" for control in page.evaluate(UNMARKED)]


def wrong(page: Page) -> list[str]:
    too_wide = ["too wide"] if sideways(page) > 0 else []
    return [*faults(page), *foreign_words(page), *too_wide, *unmarked(page)]


def draft_of(stage: Stage) -> str:
    """The address of an SOP that is still being drafted."""
    sari = stage.cast.office.authority("perencanaan")
    draft = adopt(unit=stage.cast.office.unit, library_key="s5", authority=sari, at=AT)
    return f"/sop/{draft.procedure.uid}/"


def foreign_draft(stage: Stage) -> str:
    """The address of a draft that names positions which the office does not have."""
    sari = stage.cast.office.authority("perencanaan")
    draft = adopt(unit=stage.cast.office.unit, library_key="s7", authority=sari, at=AT)
    return f"/sop/{draft.procedure.uid}/"


def outdated(stage: Stage) -> object:
    """The SOP of a run that follows the version before the one in force."""
    start_run(stage, AT)
    succeed(stage, AT)
    return stage.version.procedure.uid


def office_pages(stage: Stage) -> list[str]:
    draft = draft_of(stage)
    search.rebuild()
    return [
        draft,
        f"{draft}1/identitas/",
        f"{draft}1/langkah/5/",
        f"{draft}1/susun/",
        f"{foreign_draft(stage)}1/sebutan/",
        f"{draft}banding/",
        "/",
        "/kerja/",
        "/tanda-tangan/",
        "/kalender/",
        "/surat/",
        "/surat/catat/",
        "/surat/keluar/",
        "/surat/ekspedisi/",
        "/surat/arsip/",
        "/surat/arsip/retensi/",
        f"/surat/{make_letter(stage.cast).uid}/",
        f"/surat/ekspedisi/{make_delivery(stage.cast).uid}/",
        "/saya/",
        "/saya/tanda-tangan/",
        "/periksa/",
        f"/periksa/{stage.version.code}/",
        f"/dokumen/{stage.document.document.uid}/",
        "/sop/",
        "/sop/pustaka/",
        "/sop/pustaka/s7/",
        "/sop/himpunan/",
        "/sop/impor/",
        f"/sop/impor/{make_import(stage.cast).uid}/0/",
        f"/sop/{stage.version.procedure.uid}/",
        f"/sop/{outdated(stage)}/pindah/",
        "/sop/pemantauan/",
        f"/sop/pemantauan/{stage.version.procedure.checkups.order_by('id')[0].uid}/",
        f"/sop/{stage.version.procedure.uid}/1/waktu/?langkah=5&nilai=2&satuan=hari",
        "/cari/?q=kinerja",
        "/kinerja/anggaran/",
        "/kinerja/kunci/",
        "/kinerja/periksa/",
        "/kinerja/unggah/",
    ]


def drafted_instrument_pages(stage: Stage) -> list[str]:
    made = draft_instrument(stage)
    section = made.sections.order_by("sequence")[0]
    return [
        f"/kerja/{made.case.uid}/",
        f"/instrumen/{made.uid}/",
        f"/instrumen/{made.uid}/bagian/",
        f"/instrumen/butir/{section.questions.order_by('sequence')[0].uid}/",
    ]


def used_instrument_pages(stage: Stage) -> list[str]:
    made = used_instrument(stage)
    return ["/", f"/instrumen/{made.uid}/isi/", f"/instrumen/{made.uid}/"]


def writing_pages(stage: Stage) -> list[str]:
    task = start_run(stage, AT).tasks.get()
    paper = f"/dokumen/{stage.document.document.uid}"
    return [
        f"/naskah/{make_manuscript(task, stage.cast.budi, AT).uid}/",
        f"{paper}/baca/?bagian=1",
        f"{paper}/banding/",
    ]


def administration_pages(stage: Stage) -> list[str]:
    cast: Cast = stage.cast
    camat = cast.office.positions["camat"].uid
    return [
        "/pengaturan/",
        "/pengaturan/unit/",
        f"/pengaturan/unit/{cast.office.unit.uid}/",
        f"/pengaturan/unit/{cast.office.unit.uid}/pindah/",
        f"/pengaturan/unit/{cast.office.unit.uid}/naskah/",
        f"/pengaturan/unit/{cast.office.unit.uid}/naskah/nota_dinas/",
        f"/pengaturan/unit/{cast.office.unit.uid}/tanda-tangan/",
        f"/pengaturan/jabatan/{camat}/",
        f"/pengaturan/jabatan/{camat}/mandat/",
        "/pengaturan/pembina/",
        "/pengaturan/retensi/",
        "/pengaturan/retensi/baru/",
        "/pengaturan/retensi/000.7/",
        "/pengaturan/pembina/baru/",
        "/pengaturan/orang/",
        f"/pengaturan/orang/{cast.sari.uid}/",
        f"/pengaturan/kalender/{stage.calendar.uid}/",
        f"/pengaturan/kalender/{stage.calendar.uid}/jam/",
        f"/sop/?unit={cast.kabupaten.uid}",
        f"/sop/?unit={cast.kabupaten.uid}&q=kinerja&keadaan=berlaku",
        f"/sop/pemantauan/?unit={cast.kabupaten.uid}",
    ]


WALKS = {
    "drafted instrument": ("sari", drafted_instrument_pages),
    "used instrument": ("kasi1", used_instrument_pages),
    "office": ("sari", office_pages),
    "writing": ("budi", writing_pages),
    "administration": ("admin", administration_pages),
}


def faults_at_both_widths(page: Page, where: str) -> dict[str, list[str]]:
    """What is wrong on a page that is opened on a phone, and then looked at on a wide screen."""
    page.set_viewport_size(PHONE)
    page.goto(where)
    found = {f"{where} on a phone": wrong(page)}
    page.set_viewport_size(DESKTOP)
    return {**found, f"{where} on a wide screen": wrong(page)}


BROKEN = """() => {
  document.querySelectorAll("label").forEach(one => one.remove());
  document.body.style.width = "3000px";
}"""


def test_a_page_without_labels_and_too_wide_is_found_wrong(live_stage: Stage, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.goto("/masuk/")
    page.evaluate(BROKEN)

    found = wrong(page)

    assert "too wide" in found
    assert any(fault.startswith("label:") for fault in found)


@pytest.mark.parametrize("walk", WALKS)
def test_pages_are_accessible_and_fit_the_screen(walk: str, live_stage: Stage, new_page: NewPage) -> None:
    name, pages = WALKS[walk]
    users = {**live_stage.cast.office.people, **vars(live_stage.cast)}
    page = new_page(viewport=PHONE)
    found = faults_at_both_widths(page, "/masuk/")
    come_in(page, users[name])
    for where in pages(live_stage):
        found |= faults_at_both_widths(page, where)

    assert {where: what for where, what in found.items() if what} == {}


@pytest.mark.slow
def test_pages_of_a_run_are_accessible_at_every_step(transactional_db: None, new_page: NewPage) -> None:
    load_all()
    walk = Walk(clock.now())
    page = new_page(viewport=PHONE)
    page.goto("/masuk/")
    found: dict[str, list[str]] = {}

    def look(name: str, where: str) -> None:
        for what, wrongs in faults_at_both_widths(page, where).items():
            found[f"{name} {what}"] = wrongs

    for work, user in walk.stops():
        enter(page, user)
        look(work, walk.address)
        if work == "disposisi":
            look("mulai", f"/kerja/mulai/?sop={walk.case.procedure_version.procedure.uid}")
        if work == "sign":
            look("whole run", f"{walk.address}?lengkap=1")
        if work in {"collect realisation", "archive"}:
            look(f"kinerja at {work}", "/kinerja/?tahun=2026&tw=3")
        if work == "review" and not walk.tasks[0].round > 1:
            look("periksa", "/kinerja/periksa/?tahun=2026&tw=3")
            walk.send_back(5, "Penyebab belum menyebut langkah perbaikannya.")
            enter(page, walk.user(walk.tasks[0].position))
            look("returned", walk.address)
    look("finished", walk.address)

    assert {where: what for where, what in found.items() if what} == {}
    assert {name.split(" /", 1)[0] for name in found} >= {"collect realisation", "review", "sign", "archive"}


def test_refused_form_puts_the_focus_on_the_summary(live_stage: Stage, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    come_in(page, live_stage.cast.admin)
    page.goto(f"/pengaturan/unit/{live_stage.cast.kabupaten.uid}/tambah/")
    page.get_by_role("button", name="Tambah unit").click()

    expect(page.locator(".galat")).to_be_focused()
    assert faults(page) == []
    page.get_by_role("link", name="Nama lengkap belum diisi.").click()

    expect(page.get_by_label("Nama lengkap")).to_be_focused()


def test_after_a_press_the_next_tab_goes_on_from_what_was_said(live_stage: Stage, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    come_in(page, live_stage.cast.sari)
    page.get_by_role("button", name="Akhiri sesi di perangkat lain").click()

    expect(page.get_by_role("status")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_phone_menu_opens_without_script_by_keyboard(live_stage: Stage, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    come_in(page, live_stage.cast.sari)
    page.goto("/sop/")

    page.get_by_text("Menu", exact=True).focus()
    page.keyboard.press("Enter")

    expect(
        page.get_by_role("navigation", name="Utama (menu)").get_by_role("link", name="SOP")
    ).to_be_visible()


def test_first_tab_stop_skips_to_the_content(live_stage: Stage, new_page: NewPage) -> None:
    page = new_page()
    come_in(page, live_stage.cast.sari)
    page.goto("/sop/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Lewati ke isi")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#utama")).to_be_focused()


@pytest.mark.parametrize("width", [1200, 1366])
def test_flowchart_lies_exactly_over_its_rows(width: int, live_stage: Stage, new_page: NewPage) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    come_in(page, live_stage.cast.sari)
    page.goto(f"/sop/{live_stage.version.procedure.uid}/")

    rows = page.locator(".matriks tbody tr")
    drawn = [float(row.get_attribute("height") or 0) for row in rows.all()]
    shown = [box["height"] if (box := row.bounding_box()) else 0 for row in rows.all()]

    assert shown == pytest.approx(drawn, abs=0.6)
    assert len(drawn) == 9


def test_flowchart_beside_the_table_lies_exactly_over_its_rows(live_stage: Stage, new_page: NewPage) -> None:
    """With seven performers there is less room beside the table than the drawing was made for."""
    office = live_stage.cast.office
    draft = adopt(unit=office.unit, library_key="s4", authority=office.authority("perencanaan"), at=AT)
    page = new_page(viewport={"width": 1366, "height": 900})
    come_in(page, live_stage.cast.sari)
    page.goto(f"/sop/{draft.procedure.uid}/1/susun/")

    sizes = page.locator(".matriks tbody tr").evaluate_all(
        "rows => rows.map(row => [Number(row.getAttribute('height')), row.offsetHeight])"
    )
    ratios = [shown / drawn for drawn, shown in sizes]

    assert len(ratios) == 9
    assert ratios == pytest.approx([ratios[0]] * 9, abs=0.02)
