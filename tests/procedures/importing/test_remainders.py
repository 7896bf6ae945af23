"""Words that recognition passed over within a cell of a scan."""

from __future__ import annotations

from PIL import Image, ImageDraw

from runtut.procedures.importing.readers.geometry import Box, Shape, Word
from runtut.procedures.importing.readers.remainders import completed
from runtut.procedures.importing.source import Sign

CELL = Box(0, 0, 100, 30)
TABLES = [[[CELL, Box(0, 30, 100, 60)]]]
KNOWN = Word("konsep", Box(50, 8, 90, 20), 90.0)
OTHER = Word("laporan", Box(10, 38, 60, 50), 90.0)


def page(*inked: tuple[int, int, int, int]) -> Image.Image:
    """A page at a point a pixel with these dark boxes, besides those of the words."""
    picture = Image.new("L", (100, 60), 255)
    for box in ((50, 8, 90, 20), (10, 38, 60, 50), *inked):
        ImageDraw.Draw(picture).rectangle(box, fill=0)
    return picture


def table(*words: tuple[str, int, int]) -> str:
    """What Tesseract returns for a cell: words with their left side and their confidence."""
    lines = (["5", *"11111", str(left), "45", "30", "12", str(sure), text] for text, left, sure in words)
    return "\n".join(["head", *("\t".join(line) for line in lines)])


def read(picture: Image.Image, answer: str, *shapes: Shape, deadline: float = float("inf")) -> list[str]:
    found = completed(
        picture, 1.0, TABLES, [KNOWN, OTHER], shapes, lambda sheet, letters: answer, deadline=deadline
    )
    return [word.text for word in sorted(found, key=lambda word: (word.box.top > 30, word.box.left))]


MISSED = (8, 8, 40, 20)
WHOLE = table(("Memeriksa", 45, 92), ("konsep", 87, 95))


def test_a_word_that_was_passed_over_is_read_with_its_cell() -> None:
    assert read(page(MISSED), WHOLE) == ["Memeriksa", "konsep", "laporan"]


def test_a_cell_whose_ink_is_all_read_is_left_alone() -> None:
    assert read(page(), WHOLE) == ["konsep", "laporan"]
    assert read(page((8, 26, 9, 27)), WHOLE) == ["konsep", "laporan"]


def test_what_is_read_unsurely_or_gives_no_more_is_not_taken() -> None:
    assert read(page(MISSED), table(("Mxmxrxksa", 45, 45), ("konsep", 87, 55))) == ["konsep", "laporan"]
    assert read(page(MISSED), table(("a", 45, 95), ("konsep", 87, 95))) == ["konsep", "laporan"]


def test_a_line_of_which_nothing_was_read_is_read_where_a_column_holds_words() -> None:
    picture = Image.new("L", (100, 90), 255)
    ImageDraw.Draw(picture).rectangle((8, 68, 92, 80), fill=0)
    cells = [CELL, *(Box(0, top, 100, top + 30) for top in (30, 60))]

    def found(*words: Word) -> list[str]:
        answer = table(("SOP-021/2024", 45, 93))
        return [
            word.text for word in completed(picture, 1.0, [[cells]], list(words), (), lambda *one: answer)
        ]

    assert found(KNOWN, OTHER) == ["konsep", "laporan", "SOP-021/2024"]
    assert found(KNOWN) == ["konsep"]


def test_cells_with_symbols_are_no_texts() -> None:
    symbol = Shape(Sign.PROCESS, Box(5, 5, 45, 25))
    assert read(page(MISSED), WHOLE, symbol) == ["konsep", "laporan"]


def test_after_the_deadline_nothing_is_read() -> None:
    assert read(page(MISSED), WHOLE, deadline=0.0) == ["konsep", "laporan"]
