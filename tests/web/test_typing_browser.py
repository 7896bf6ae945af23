"""Typing in a real browser: the editor of a paper, and the figures of a quarter as in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser import NewPage
from tests.cast import AT, make_cast
from tests.performance.factories import make_indicator, make_objective, make_targets
from tests.web.instruments import used_instrument
from tests.web.stage import Stage, pass_on, put_in_force, set_stage
from tests.web.test_browser import PASSWORD, come_in, faults

from runtut.accounts.models import User
from runtut.cases.actions import start_case
from runtut.core import clock
from runtut.documents.models import Manuscript
from runtut.performance.models import Indicator, Realisation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOREIGN = '<p><b>Mohon</b> <script>document.title = "rusak"</script>bahan</p>'
CLIPBOARD = """async ([html, text]) => {
    const part = (type, words) => [type, new Blob([words], { type })];
    const both = Object.fromEntries([part("text/html", html), part("text/plain", text)]);
    await navigator.clipboard.write([new ClipboardItem(both)]);
}"""
LISTEN = """() => {
    window.said = [];
    const told = document.querySelector("[data-simpan-ket]");
    const hear = () => window.said.push(told.textContent);
    new MutationObserver(hear).observe(told, { childList: true, characterData: true, subtree: true });
}"""
"""Keep everything that the page says of saving."""
READ = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture
def live(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The cast on its own day, each with a password."""
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=5))
    stage = set_stage(make_cast(), AT)
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()
    return stage


def open_editor(page: Page, stage: Stage) -> Manuscript:
    """Budi, Sekcam, begins the note that goes with his disposisi on a new RKT."""
    case = start_case(
        procedure_version=put_in_force(stage.cast, "s5", AT),
        title="RKT 2027",
        year=2027,
        quarter=None,
        letter=None,
        authority=stage.cast.office.authority("perencanaan"),
        at=AT,
    )
    pass_on(case, stage, AT)
    come_in(page, stage.cast.budi)
    page.goto(f"/kerja/{case.uid}/")
    page.get_by_role("button", name="Tulis naskah").click()
    page.wait_for_url("**/naskah/**")
    return Manuscript.objects.get()


def stored(manuscript: Manuscript) -> str:
    return Manuscript.objects.get(pk=manuscript.pk).text


def saved(page: Page) -> None:
    """Wait until the page says that it has saved what was typed since."""
    expect(page.locator("#kabar")).to_contain_text("Tersimpan")


def test_the_editor_formats_by_keys_saves_by_itself_and_takes_pasted_text_as_text(
    live: Stage, new_page: NewPage
) -> None:
    page = new_page(**READ)
    manuscript = open_editor(page, live)
    box, look = page.locator("#text"), page.locator("#pratinjau")
    box.fill("Bahan RKT")
    box.press("Control+a")
    box.press("Control+b")
    expect(box).to_have_value("**Bahan RKT**")
    expect(look.locator("b", has_text="Bahan RKT")).to_be_visible()
    saved(page)
    assert stored(manuscript) == "**Bahan RKT**"

    box.press("Control+End")
    box.press("Enter")
    box.press("Enter")
    box.type("rencana")
    box.press("Shift+Control+ArrowLeft")
    box.press("Control+i")
    expect(look.locator("i", has_text="rencana")).to_be_visible()
    toolbar = page.get_by_role("toolbar", name="Format isi naskah")
    toolbar.get_by_role("button", name="Tebal").focus()
    page.keyboard.press("ArrowLeft")
    expect(toolbar.get_by_role("button", name="Tabel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(look.get_by_role("table")).to_be_visible()

    box.fill("")
    page.evaluate(CLIPBOARD, [FOREIGN, "Mohon <script>bahan</script>\n- satu\n- dua"])
    box.focus()
    page.keyboard.press("Control+v")
    expect(look.locator("li")).to_have_count(2)
    expect(look).to_contain_text("Mohon <script>bahan</script>")
    assert look.locator("script, [onclick]").count() == 0
    assert page.title() != "rusak"
    saved(page)
    assert stored(manuscript).splitlines()[-1] == "- dua"
    assert faults(page) == []

    page.reload()
    expect(box).to_have_value("Mohon <script>bahan</script>\n- satu\n- dua")


def press_before_the_answer(page: Page, where: str, press: Callable[[], None]) -> None:
    """Have the next save that the page makes by itself be stored, and press before the page hears of it."""

    def meanwhile(route: Route) -> None:
        answer = route.fetch()
        press()
        route.fulfill(response=answer)

    page.route(where, meanwhile, times=1)


def test_a_button_of_the_editor_waits_for_the_save_that_is_under_way(live: Stage, new_page: NewPage) -> None:
    page = new_page()
    manuscript = open_editor(page, live)
    box = page.locator("#text")

    def press() -> None:
        box.fill("Bahan RKT 2027")
        page.get_by_role("button", name="Simpan dan kembali ke kerja").click(no_wait_after=True)

    press_before_the_answer(page, "**/simpan/", press)
    box.fill("Bahan RKT")
    page.wait_for_url("**/kerja/**")
    assert stored(manuscript) == "Bahan RKT 2027"


def test_sending_answers_waits_for_the_save_that_is_under_way(live: Stage, new_page: NewPage) -> None:
    page = new_page()
    where = f"/instrumen/{used_instrument(live).uid}/isi/"
    come_in(page, live.cast.office.people["kasi1"])
    page.goto(where)
    number = page.locator("#isi input[inputmode=decimal]")

    def press() -> None:
        number.fill("2")
        page.get_by_role("button", name="Simpan dulu").click(no_wait_after=True)

    press_before_the_answer(page, f"**{where}", press)
    page.locator("#isi fieldset").first.locator("label").first.click()
    expect(page.get_by_role("status").first).to_contain_text("Tersimpan. Belum dikirim.")
    expect(number).to_have_value("2")


def test_in_whose_name_it_is_signed_follows_the_choice_at_once(live: Stage, new_page: NewPage) -> None:
    page = new_page()
    manuscript = open_editor(page, live)
    camat = live.cast.office.positions["camat"].title.upper()
    page.get_by_label("Ditandatangani").select_option("a.n.")

    expect(page.locator("#pratinjau")).to_contain_text(f"a.n. {camat}")
    saved(page)
    assert Manuscript.objects.get(pk=manuscript.pk).signs_as == "a.n."


def indicators(stage: Stage, count: int = 4) -> list[Indicator]:
    """Indicators of the first Kasi, due in the quarter."""
    objective = make_objective(stage.cast.office.unit)
    found = []
    for number in range(1, count + 1):
        one = make_indicator(objective, stage.cast.office.positions["kasi1"], sequence=number)
        make_targets(one, "87", "84", "85", "86.5", "87")
        found.append(one)
    return found


def values() -> list[str]:
    rows = Realisation.objects.filter(value__isnull=False).order_by("indicator__sequence")
    return [f"{row.value.normalize():f}" for row in rows if row.value is not None]


def test_the_grid_moves_by_keys_and_spreads_a_pasted_column(live: Stage, new_page: NewPage) -> None:
    page = new_page(**READ)
    cells = [page.locator(f"#nilai-{one.uid}") for one in indicators(live)]
    come_in(page, live.cast.office.people["kasi1"])
    page.goto("/kinerja/?tahun=2026&tw=1")
    first, second, third, last = cells
    first.focus()
    page.keyboard.press("Enter")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(third).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()

    second.focus()
    page.evaluate(CLIPBOARD, ["", "85,5\tcatatan\r\n\r\n1.250,75\r\nsisa\r\n"])
    page.keyboard.press("Control+v")
    expect(second).to_have_value("85,5")
    expect(third).to_have_value("")
    expect(last).to_have_value("1.250,75")
    expect(first).to_have_value("")
    pasted, told = page.locator(".tempel-ket"), page.locator("[data-simpan-ket]")
    expect(pasted).to_contain_text("2 sel diisi dari tempelan. 1 baris terakhir tidak muat.")
    last.blur()
    expect(told).to_contain_text(re.compile(r"^Tersimpan \d"))

    page.reload()
    expect(second).to_have_value("85,50")
    assert values() == ["85.5", "1250.75"]
    assert faults(page) == []


def test_a_refused_figure_is_not_said_to_be_saved_while_somebody_types_on(
    live: Stage, new_page: NewPage
) -> None:
    page = new_page()
    wrong, next_one = (one.uid for one in indicators(live, 2))
    come_in(page, live.cast.office.people["kasi1"])
    page.goto("/kinerja/?tahun=2026&tw=1")
    told, beside = page.locator("[data-simpan-ket]"), page.locator(f"#sim-{wrong}")

    page.evaluate(LISTEN)

    press_before_the_answer(page, "**/kinerja/**", lambda: page.locator(f"#nilai-{next_one}").fill("8"))
    page.locator(f"#nilai-{wrong}").fill("1,2,3")
    page.locator(f"#nilai-{next_one}").focus()

    expect(beside).to_contain_text("bukan angka yang dapat dibaca")
    page.locator(f"#nilai-{next_one}").blur()
    expect(told).to_contain_text("kecuali: ")
    said = page.evaluate("window.said")
    assert not [text for text in said if text.startswith("Tersimpan") and "kecuali" not in text]
    assert values() == ["8"]


def test_saving_goes_on_after_a_new_login_in_another_tab(live: Stage, new_page: NewPage) -> None:
    page, kasi = new_page(), live.cast.office.people["kasi1"]
    cell = page.locator(f"#nilai-{indicators(live, 1)[0].uid}")
    come_in(page, kasi)
    page.goto("/kinerja/?tahun=2026&tw=1")
    told = page.locator("[data-simpan-ket]")
    page.context.clear_cookies(name="sessionid")

    cell.fill("85,5")
    cell.blur()
    expect(told).to_contain_text("Belum tersimpan. Anda sudah keluar. Masuk lagi di tab lain.")
    come_in(page.context.new_page(), kasi)
    page.evaluate("window.dispatchEvent(new Event('online'))")

    expect(told).to_contain_text(re.compile(r"^Tersimpan \d"))
    assert values() == ["85.5"]
