"""Two versions beside each other: which words came and went, and where."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.documents.samples import measurement

from runtut.documents.formulas.passages import gathered, passages_of, words_apart


def content(*paragraphs: str) -> dict[str, Any]:
    return {"title": [], "blocks": [{"type": "paragraph", "text": text} for text in paragraphs]}


def marked(lines: Any, change: str) -> list[str]:
    return [piece.text for line in lines for piece in line if piece.change == change]


def test_changed_words_are_marked_on_both_sides() -> None:
    (one,) = passages_of(content("Bahan dikirim 6 Maret."), content("Bahan dikirim 9 Maret."))

    assert marked(one.before, "hapus") == ["6"]
    assert marked(one.after, "tambah") == ["9"]


def test_a_paragraph_that_came_and_one_that_went() -> None:
    found = passages_of(content("Satu.", "Dua."), content("Satu.", "Dua.", "Tiga."))
    gone = passages_of(content("Satu.", "Dua."), content("Satu."))

    assert [one.is_changed for one in found] == [False, False, True]
    assert found[-1].before == ()
    assert marked(gone[-1].before, "hapus") == ["Dua."]


def test_a_cell_of_a_table_is_marked_in_its_row() -> None:
    older, newer = measurement(), measurement()
    table = next(block for block in newer["blocks"] if block["type"] == "table")
    table["rows"] = [[*row] for row in table["rows"]]
    table["rows"][0][5] = "87,00"

    changed = [one for one in passages_of(older, newer) if one.is_changed]

    assert len(changed) == 1
    assert marked(changed[0].before, "hapus") == ["86,12"]
    assert marked(changed[0].after, "tambah") == ["87,00"]


def test_unchanged_passages_are_gathered_and_one_stays_beside_a_change() -> None:
    older = content(*(f"Alinea {n}." for n in range(8)))
    newer = content(*(f"Alinea {n}." if n else "Lain sama sekali." for n in range(8)))

    groups = gathered(passages_of(older, newer))

    assert [len(group) for group in groups] == [2, 6]


@given(st.text("ab \n", max_size=20), st.text("ab \n", max_size=20))
def test_the_pieces_are_the_texts(old: str, new: str) -> None:
    left, right = words_apart(old, new)

    assert "".join(piece.text for piece in left) == old
    assert "".join(piece.text for piece in right) == new
