"""The table of a Renstra in a real browser: keys, a pasted block, saving by itself, and a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.browser import NewPage
from tests.performance.factories import make_indicator, make_plan
from tests.web.stage import Stage
from tests.web.test_browser import come_in, faults
from tests.web.test_typing_browser import CLIPBOARD, READ, live

from runtut.performance.models import Renstra, RenstraTarget

__all__ = ["live"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WHERE = "/kinerja/renstra/?tahun=2026"


def in_force() -> list[tuple[str, int, str]]:
    rows = RenstraTarget.objects.filter(superseded_at__isnull=True).select_related("indicator")
    return sorted((row.indicator.name, row.year, f"{row.value.normalize():f}") for row in rows)


def test_a_block_of_a_spreadsheet_fills_rows_and_years(live: Stage, new_page: NewPage) -> None:
    plan = make_plan(live.cast.office)
    first = plan.indicators[0]
    second = make_indicator(first.objective, first.owner, sequence=2)
    page = new_page(**READ)
    come_in(page, live.cast.sari)
    page.goto(WHERE)
    cell = page.locator(f"#nilai-{first.uid}-2028")
    below = page.locator(f"#nilai-{second.uid}-2028")
    cell.focus()
    page.keyboard.press("Enter")
    expect(below).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(cell).to_be_focused()

    page.evaluate(CLIPBOARD, ["", "89,5\t90\t91\r\n\t1.250\r\n"])
    page.keyboard.press("Control+v")
    expect(cell).to_have_value("89,5")
    expect(page.locator(f"#nilai-{first.uid}-2029")).to_have_value("90")
    expect(page.locator(f"#nilai-{second.uid}-2029")).to_have_value("1.250")
    expect(below).to_have_value("")
    expect(page.locator(".tempel-ket")).to_contain_text("3 sel diisi dari tempelan. 1 sel di luar tabel")
    told = page.locator("[data-simpan-ket]")
    expect(told).to_contain_text(re.compile(r"^Tersimpan \d"))
    assert in_force() == [
        ("Indikator 1.1", 2027, "88"),
        ("Indikator 1.1", 2028, "89.5"),
        ("Indikator 1.1", 2029, "90"),
        ("Indikator 1.2", 2029, "1250"),
    ]

    below.fill("sembilan")
    below.blur()
    expect(told).to_contain_text("kecuali")
    expect(page.locator(f"#sim-{second.uid}-2028")).to_contain_text("bukan angka")
    expect(below).to_have_attribute("aria-invalid", "true")
    below.fill("92")
    below.blur()
    expect(told).to_contain_text(re.compile(r"^Tersimpan \d\d\.\d\d$"))
    expect(page.locator(f"#sim-{second.uid}-2028")).to_be_empty()
    cell.fill("89,75")
    cell.blur()
    expect(told).to_contain_text(re.compile(r"^Tersimpan \d"))
    page.reload()
    expect(cell).to_have_value("89,75")
    assert faults(page) == []


def test_the_reason_is_saved_whole_and_the_table_fits_a_phone(live: Stage, new_page: NewPage) -> None:
    plan = make_plan(live.cast.office)
    Renstra.objects.update(decree="Peraturan Bupati Nomor 18 Tahun 2025")
    page = new_page(viewport={"width": 360, "height": 740})
    come_in(page, live.cast.sari)
    page.goto(WHERE)
    cell = page.locator(f"#nilai-{plan.indicators[0].uid}-2027")
    told = page.locator("[data-simpan-ket]")
    cell.fill("90")
    cell.blur()
    expect(told).to_contain_text("Tulis alasan perubahannya")

    reason = page.locator("#alasan")
    reason.press_sequentially("Hasil reviu", delay=20)
    expect(told).to_contain_text("Belum tersimpan")
    reason.blur()
    expect(told).to_contain_text(re.compile(r"^Tersimpan \d\d\.\d\d$"))

    assert RenstraTarget.objects.get(year=2027, version=2).reason == "Hasil reviu"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    assert faults(page) == []
