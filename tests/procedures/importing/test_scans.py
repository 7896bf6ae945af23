"""Pages that are pictures: what is seen in their pixels, and what Tesseract recognises where it is there."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
import typst
from PIL import Image
from tests.procedures.importing import drawn, made
from tests.procedures.importing.test_corpus import CORPUS, truth

from runtut.procedures.importing import parse
from runtut.procedures.importing.readers import pdf, rereading, scans
from runtut.procedures.importing.readers.cells import rows_of
from runtut.procedures.importing.source import Sign

pytestmark = pytest.mark.slow

recognised = pytest.mark.skipif(
    not scans.is_installed(), reason="Tesseract with the Indonesian model is not here"
)


@pytest.fixture
def scan(tmp_path: Path) -> bytes:
    """A PDF that holds nothing but the picture of a flowchart page, a little askew."""
    sop, _ = drawn.example()
    picture = typst.compile(made.as_typst(sop).encode(), format="png", ppi=150)
    page = tmp_path / "halaman.png"
    page.write_bytes(picture)
    source = tmp_path / "pindaian.typ"
    source.write_text(
        "#set page(width: 297mm, height: 210mm, margin: 0pt)\n"
        '#rotate(0.4deg, image("halaman.png", width: 100%))'
    )
    return typst.compile(str(source))


def test_without_tesseract_the_pages_are_named(scan: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "is_installed", lambda: False)
    found = parse("pindaian.pdf", scan)
    assert found.sops == ()
    assert "Halaman 1" in found.notes[0]
    assert "tidak terpasang" in found.notes[0]


def ruled(*, thick: int, shade: int) -> Image.Image:
    """A page of level lines."""
    page = Image.new("L", (1200, 600), 255)
    for y in range(40, 600, 80):
        page.paste(shade, (40, y, 1160, y + thick))
    return page


def test_hairlines_are_drawn_thicker_and_whole_lines_stay() -> None:
    whole = ruled(thick=3, shade=0)
    raster, strokes = scans.lined(whole)
    assert len(strokes) == 7
    assert raster.pixels == scans.Raster.of(whole.reduce(2)).pixels
    assert len(scans.lined(ruled(thick=1, shade=120))[1]) == 7


def test_lines_and_symbols_are_seen_in_the_pixels(scan: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "_tesseract", lambda picture: "")
    document = pdfium.PdfDocument(scan)
    sheet = scans.recognise(document[0], scans.Sheet(842, 595))
    rows = [row for row in rows_of(sheet, 1) if row.cells]
    assert len(rows) == 4
    assert {len(row.cells) for row in rows} == {7}
    signs = [[cell.column for cell in row.cells if cell.signs] for row in rows]
    assert signs == [[], [3], [3], [3]]
    assert {sign for row in rows for cell in row.cells for sign in cell.signs} <= {
        Sign.PROCESS,
        Sign.TERMINATOR,
    }


def test_pages_for_which_there_was_no_time_are_named(scan: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "is_installed", lambda: True)
    monkeypatch.setattr(scans, "SECONDS", -1.0)
    found = parse("pindaian.pdf", scan)
    assert found.sops == ()
    assert "Halaman 1 berupa pindaian dan belum terbaca" in found.notes[0]


@pytest.mark.parametrize(("later", "read_again"), [(scans.SECONDS - 1, True), (scans.SECONDS + 1, False)])
def test_a_page_that_takes_long_is_kept_without_reading_its_cells_again(
    later: float, read_again: bool, scan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(scans, "is_installed", lambda: True)
    monkeypatch.setattr(scans, "_tesseract", lambda picture: "")
    monkeypatch.setattr(scans, "_in_lines", lambda picture, letters: asked.append(letters) or "")
    monkeypatch.setattr(pdf, "monotonic", lambda: 0.0)
    monkeypatch.setattr(rereading, "monotonic", lambda: later)

    notes = parse("pindaian.pdf", scan).notes

    assert bool(asked) == read_again
    assert [note[:36] for note in notes] == ["Halaman 1 berupa pindaian dan dikena"]


def test_only_the_pages_that_were_left_are_named() -> None:
    assert scans.left_note([2, 5]).startswith("Halaman 2, 5 berupa pindaian dan belum terbaca")


@recognised
def test_scan_is_recognised(scan: bytes) -> None:
    sop, _ = drawn.example()
    found = parse("pindaian.pdf", scan).sops[0]
    assert [step.time.minutes for step in found.steps] == [15, 15, 15]
    assert [step.activity for step in found.steps] == [step.activity for step in sop.steps]
    assert [[who.name for who in step.performers] for step in found.steps] == [["Staf"]] * 3
    assert {who.confidence for step in found.steps for who in step.performers} == {"medium"}


@recognised
@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real documents are not here")
@pytest.mark.parametrize("prefix", ["10", "12", "14", "17"])
def test_real_scans_give_their_steps(prefix: str) -> None:
    path = next(CORPUS.glob(f"{prefix}-*.pdf"))
    found = parse(path.name, path.read_bytes()).sops
    wanted = truth(prefix)["steps"]
    assert [len(sop.steps) for sop in found] == [len(wanted)]
    assert truth(prefix)["title"].removeprefix("SOP ") == found[0].title
    assert found[0].number in {truth(prefix)["number"], ""}, "rather none than another"
    right = sum(
        step.time.minutes == due["duration_minutes"] for step, due in zip(found[0].steps, wanted, strict=True)
    )
    assert right >= 0.6 * len(wanted)
    assert any("pindaian" in doubt.why for doubt in found[0].doubts)
