"""The official form as a file: read back by programs that are not ours, and looked at as a picture."""

from __future__ import annotations

import io
import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader
from tests.procedures.forms import facts_of
from tests.procedures.pictures import FOLDER, block_difference, kept_picture, page_pictures
from tests.procedures.test_paper import sixty

from runtut.procedures.rendering.metrics import text_width
from runtut.procedures.rendering.paper import SHEETS, Flowchart, FormFacts, compose_chart, form_pdf
from runtut.procedures.rendering.paper.sheets import TITLE

pytestmark = pytest.mark.slow

AT = datetime(2026, 10, 14, 7, 20, tzinfo=UTC)
SEVEN = [f"s{number}" for number in range(1, 8)]
POPPLER = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="no pdftoppm (poppler-utils)")


def made(facts: FormFacts, sheet: str = "a4") -> PdfReader:
    return PdfReader(io.BytesIO(form_pdf([facts], SHEETS[sheet], at=AT)))


def words(page) -> str:
    return re.sub(r"\s+", " ", page.extract_text())


@pytest.mark.parametrize("key", SEVEN)
def test_form_tells_identity_first_and_every_step(key):
    facts = facts_of(key)
    pages = made(facts).pages
    first = words(pages[0])
    expected = [facts.office, facts.title.upper(), facts.approver.name, "NIP. 19780220 199612 1 001"]
    assert [word for word in [*expected, "ABCD-1234-EFGH"] if word not in first] == []
    boxes = [line for _, lines in facts.lists for line in lines]
    assert [line for line in boxes if squeezed(line) not in squeezed(first)] == []
    chart = squeezed(" ".join(words(page) for page in pages[1:]))
    for step in facts.charts[0].graph.steps:
        assert squeezed(step.activity) in chart and squeezed(step.time_text) in chart


def squeezed(text: str) -> str:
    """Words without their gaps: a cell breaks them where it likes."""
    return re.sub(r"\s+", "", text)


def test_form_numbers_its_pages_and_repeats_the_heading():
    pages = made(facts_of("s7")).pages
    assert [f"Halaman {number} dari {len(pages)}" in words(page) for number, page in enumerate(pages, 1)] == [
        True
    ] * len(pages)
    assert all("Pelaksana" in words(page) and "Mutu baku" in words(page) for page in pages[1:])


@pytest.mark.parametrize(("sheet", "size"), [("a4", (841.9, 595.3)), ("f4", (935.4, 609.4))])
def test_form_lies_on_its_paper(sheet, size):
    for page in made(facts_of("s7"), sheet).pages:
        assert (round(float(page.mediabox.width), 1), round(float(page.mediabox.height), 1)) == size


def test_form_is_tagged_has_bookmarks_and_carries_its_fonts():
    reader = made(facts_of("s2"))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id-ID"
    titles = [item.title for item in flat(reader.outline)]
    assert titles == ["PENGUKURAN DATA KINERJA", "SOP PENGUKURAN DATA KINERJA"]
    fonts = {
        font["/BaseFont"]: "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"].get_object()
        for page in reader.pages
        for font in (ref.get_object() for ref in page["/Resources"]["/Font"].values())
    }
    assert len(fonts) == 2 and all(fonts.values())


def flat(outline) -> list:
    return [item for part in outline for item in (flat(part) if isinstance(part, list) else [part])]


def test_form_says_its_drawing_to_who_cannot_see_it():
    raw = form_pdf([facts_of("s2")], SHEETS["a4"], at=AT)
    spoken = [text for text in alternatives(PdfReader(io.BytesIO(raw))) if text.startswith("Bagan alir")]
    assert len(spoken) == 1
    assert "Langkah 7: Keputusan; pelaksana: Camat; lanjut ke langkah 8; bila tidak kembali" in spoken[0]


def alternatives(reader: PdfReader) -> list[str]:
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        part = waiting.pop().get_object()
        if isinstance(part, list):
            waiting.extend(part)
        elif hasattr(part, "get"):
            found.extend([str(part["/Alt"])] if "/Alt" in part else [])
            waiting.extend([part["/K"]] if "/K" in part else [])
    return found


def test_form_carries_its_sop_for_the_importer():
    facts = facts_of("s4")
    (attached,) = made(facts).attachments["isi.json"]
    assert json.loads(attached) == [facts.charts[0].document]


def test_form_is_the_same_to_the_byte():
    facts = facts_of("s1")
    assert form_pdf([facts], SHEETS["a4"], at=AT) == form_pdf([facts], SHEETS["a4"], at=AT)


def test_draft_is_marked_and_bears_no_code():
    page = words(made(replace(facts_of("s2"), is_draft=True, code="", url="")).pages[0])
    assert "KONSEP" in page and "Konsep, belum disahkan" in page
    assert "Periksa:" not in page


def test_several_flowcharts_stand_under_one_identity():
    one, other = facts_of("s5"), facts_of("s6")
    reader = made(
        replace(one, title="Rencana dan Evaluasi Kinerja Tahunan", charts=(*one.charts, *other.charts))
    )
    titles = [item.title for item in flat(reader.outline)]
    assert titles == [
        "RENCANA DAN EVALUASI KINERJA TAHUNAN",
        "SOP PENYUSUNAN RENCANA KINERJA TAHUNAN",
        "SOP EVALUASI KINERJA TAHUNAN",
    ]
    assert sum("Dasar hukum" in words(page) for page in reader.pages) == 1


def test_heading_of_a_box_stays_with_its_box_where_the_identity_is_long():
    facts = facts_of("s4")
    tall = ("Peralatan dan perlengkapan", ["Komputer"] * 20)
    for count in range(22, 28):
        longer = (("Dasar hukum", ["Undang-Undang"] * count), *facts.lists[1:3], tall, *facts.lists[4:])
        pages = [words(page) for page in made(replace(facts, lists=longer)).pages[:-1]]
        assert len(pages) > 1
        (heading,) = [page for page in pages if "Keterkaitan" in page]
        assert "SOP Pengumpulan Data Kinerja" in heading


@pytest.mark.parametrize("sheet", sorted(SHEETS))
@pytest.mark.parametrize("words", [1, 6, 9, 12])
def test_title_keeps_to_the_room_above_the_table(words, sheet):
    chart = compose_chart(facts_of("s7").charts[0].graph, SHEETS[sheet])
    for further in (False, True):
        title = chart.title("penyelenggaraan " * words, further=further)
        assert len(title.lines) <= 2 and title.size >= 7
        assert title.line * len(title.lines) == pytest.approx(TITLE * chart.scale)
        assert (
            max(text_width(line, title.size, bold=not further) for line in title.lines)
            <= SHEETS[sheet].body_width
        )


def test_form_of_sixty_steps_has_a_page_for_every_page_of_the_chart():
    facts = facts_of("s2")
    chart = Flowchart("Enam Puluh Langkah", sixty(), facts.charts[0].document)
    pages = made(replace(facts, charts=(chart,))).pages
    numbers = [
        int(no) for page in pages[1:] for no in re.findall(r"\b(\d+) Menyusun, memeriksa", words(page))
    ]
    assert len(pages) == 8
    assert numbers == list(range(1, 61))


def test_identity_that_is_long_is_set_smaller_before_it_takes_a_second_page():
    facts = facts_of("s2")
    laws = tuple(
        f"Peraturan Bupati Nomor {no} Tahun 2020 tentang Tata Kerja Kecamatan" for no in range(1, 17)
    )
    lists = (("Dasar hukum", laws), *facts.lists[1:])
    assert len(made(replace(facts, lists=lists)).pages) == 2
    more = (("Dasar hukum", laws * 4), *facts.lists[1:])
    pages = made(replace(facts, lists=more)).pages
    text = " ".join(words(page) for page in pages)
    assert text.count("Peraturan Bupati Nomor 16 Tahun 2020") == 4


def test_form_takes_words_as_words():
    hostile = '#panic("x") $a$ <b>tebal</b> *bintang* \\ [kurung] {{ nama }} & "kutip"'
    facts = facts_of("s2")
    graph = facts.charts[0].graph
    step = replace(graph.steps[1], activity=hostile)
    chart = replace(facts.charts[0], graph=replace(graph, steps=(graph.steps[0], step, *graph.steps[2:])))
    pages = made(replace(facts, office=hostile, charts=(chart,))).pages
    assert squeezed(hostile) in squeezed(words(pages[0])) and squeezed(hostile) in squeezed(words(pages[1]))


@POPPLER
@pytest.mark.parametrize("key", SEVEN)
def test_pages_look_as_they_did_when_we_looked_at_them(key, tmp_path):
    """To look anew and keep what is right: python -m tests.procedures.pictures"""
    pictures = page_pictures(form_pdf([facts_of(key)], SHEETS["a4"], at=AT), tmp_path)
    kept = sorted(FOLDER.glob(f"{key}-*.pgm.gz"))
    assert len(pictures) == len(kept)
    for ours, reference in zip(pictures, kept, strict=True):
        assert block_difference(ours, kept_picture(reference.name)) < 12, reference.name


@POPPLER
def test_a_missing_return_arrow_is_seen(tmp_path):
    facts = facts_of("s2")
    graph = facts.charts[0].graph
    steps = tuple(replace(step, return_to=()) for step in graph.steps)
    changed = replace(facts, charts=(replace(facts.charts[0], graph=replace(graph, steps=steps)),))
    pictures = page_pictures(form_pdf([changed], SHEETS["a4"], at=AT), tmp_path)
    assert block_difference(pictures[1], kept_picture("s2-2.pgm.gz")) > 12
