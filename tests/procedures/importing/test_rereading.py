"""Cells of scans whose words were passed over, and borders that symbols cut."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from runtut.procedures.importing.readers.geometry import Box, Line, Shape, Word, bridged, merged
from runtut.procedures.importing.readers.rereading import marks, reread
from runtut.procedures.importing.source import Sign

CELLS = [[Box(0, top, 40, top + 30) for top in range(0, 120, 30)], [Box(40, 0, 100, 30)]]


def page(*inked: int) -> Image.Image:
    """A page at a point a pixel with a stroke in the middle of these cells of the first column."""
    picture = Image.new("L", (100, 120), 255)
    for row in inked:
        ImageDraw.Draw(picture).rectangle((18, row * 30 + 10, 22, row * 30 + 20), fill=0)
    return picture


def table(*texts: str) -> str:
    """What Tesseract returns for lines that stand in the order of the strips."""
    lines = ["head"]
    for at, text in enumerate(texts):
        lines.append(
            "\t".join(["5", "1", "1", "1", "1", "1", "36", str(36 + at * 47), "5", "11", "90", text])
        )
    return "\n".join(lines)


def test_cells_with_ink_and_no_words_are_read_again_in_one_go() -> None:
    asked: list[str] = []

    def recognise(picture: bytes, letters: str) -> str:
        asked.append(letters)
        return table("1", "2", "4")

    found = reread(page(0, 1, 3), 1.0, [CELLS], [], recognise)
    assert [(word.text, round(word.box.middle[1] // 30)) for word in found] == [("1", 0), ("2", 1), ("4", 3)]
    assert len(asked) == 1


def test_cells_that_have_their_words_are_left_alone() -> None:
    words = [Word(str(row + 1), Box(15, row * 30 + 8, 25, row * 30 + 22)) for row in range(4)]

    def recognise(picture: bytes, letters: str) -> str:
        raise AssertionError("nothing was lost")

    assert reread(page(0, 1, 2, 3), 1.0, [CELLS], words, recognise) == words


def test_after_the_deadline_cells_keep_what_they_had() -> None:
    unit = Word("Menit", Box(60, 8, 85, 20))

    def recognise(picture: bytes, letters: str) -> str:
        raise AssertionError("the time is over")

    assert reread(page(0, 1, 3), 1.0, [CELLS], [unit], recognise, deadline=0.0) == [unit]


@pytest.mark.parametrize("junk", ["L—", "|", "—", "‘"])
def test_what_is_no_text_is_not_taken_for_one(junk: str) -> None:
    found = reread(page(0, 1, 3), 1.0, [CELLS], [], lambda picture, letters: table(junk, junk, junk))
    assert found == []


def test_a_unit_alone_is_replaced_by_what_is_read_again() -> None:
    unit = Word("Menit", Box(60, 8, 85, 20))
    picture = page()
    ImageDraw.Draw(picture).rectangle((50, 8, 85, 18), fill=0)
    found = reread(picture, 1.0, [CELLS], [unit], lambda picture, letters: table("5 Menit"))
    assert [word.text for word in found] == ["5 Menit"]


BORDER = [Line(True, 50, 0, 40), Line(True, 50.5, 62, 120)]


def test_a_border_under_a_symbol_is_one_line() -> None:
    symbol = Shape(Sign.DECISION, Box(30, 42, 70, 60))
    assert bridged(BORDER, [symbol]) == [Line(True, 50, 0, 120)]


@pytest.mark.parametrize(
    "symbol", [Box(60, 42, 90, 60), Box(30, 90, 70, 110)], ids=["beside the line", "elsewhere along it"]
)
def test_lines_that_no_symbol_cut_stay_two(symbol: Box) -> None:
    assert bridged(BORDER, [Shape(Sign.DECISION, symbol)]) == BORDER


def test_a_short_stroke_beside_a_border_takes_nothing_from_it() -> None:
    """The edge of an arrow head close to a border once cut off all of it that lay above."""
    assert merged([Line(True, 353.2, 350.6, 354.6), Line(True, 354.6, 80, 510)]) == [
        Line(True, 354.6, 80, 510)
    ]


def test_dust_in_a_cell_does_not_hide_its_number() -> None:
    picture = page(0, 1, 3)
    for x, y in ((5, 4), (33, 26), (8, 57), (30, 93), (35, 118)):
        picture.putpixel((x, y), 0)
    found = reread(picture, 1.0, [CELLS], [], lambda picture, letters: table("1", "2", "4"))
    assert [(round(word.box.left), round(word.box.height)) for word in found] == [(18, 11)] * 3


def test_one_lost_number_among_others_is_read_again() -> None:
    words = [Word(str(row + 1), Box(15, row * 30 + 8, 25, row * 30 + 22)) for row in range(3)]
    found = reread(page(0, 1, 2, 3), 1.0, [CELLS], words, lambda picture, letters: table("4"))
    assert [word.text for word in found] == ["1", "2", "3", "4"]


def test_dots_and_ticks_of_performers_are_marks_and_lines_of_arrows_are_none() -> None:
    numbers = [Box(0, top, 20, top + 30) for top in range(0, 120, 30)]
    doers, texts = ([Box(left, cell.top, left + 40, cell.bottom) for cell in numbers] for left in (20, 60))
    words = [
        Word("Staf", Box(30, 8, 50, 18)),
        *(Word("Konsep", Box(62, cell.top + 5, 95, cell.top + 14)) for cell in texts),
    ]
    picture = Image.new("L", (100, 120), 255)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((36, 41, 42, 47), fill=0)
    draw.line((22, 75, 58, 75), fill=0)
    draw.point((40, 105), fill=0)
    assert [(box.left, box.top) for box in marks(picture, 1.0, [[numbers, doers, texts]], words)] == [
        (36, 41)
    ]
