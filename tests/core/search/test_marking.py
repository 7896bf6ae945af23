"""The passage that answers, with its words marked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtut.core.search import marked, passage, wanted
from runtut.core.search.marking import LENGTH
from runtut.core.search.words import STOP_WORDS, terms

LIBRARY = Path(__file__).parents[3] / "src/runtut/procedures/data/library"


def words_marked(text: str, question: str) -> list[str]:
    return [piece.text for piece in marked(text, wanted(question)) if piece.is_marked]


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("Laporan Pengukuran Kinerja", "ukur kinerja", ["Pengukuran", "Kinerja"]),
        ("Menyusun RKT; penyusunan selesai", "susun", ["Menyusun", "penyusunan"]),
        ("Nomor 000.8.3.3/02 tahun 2026", "8.3.3", ["000.8.3.3/02"]),
        ("Undang-Undang 25", "undangan", ["Undang-Undang"]),
        ("Sari Utami", "sari ut", ["Sari", "Utami"]),
        ("Rapat pagi", "laporan", []),
    ],
)
def test_marked_words_are_those_that_answer(text: str, question: str, expected: list[str]) -> None:
    assert words_marked(text, question) == expected


@given(st.text(max_size=120), st.text(max_size=20))
def test_marked_pieces_make_up_the_text(text: str, question: str) -> None:
    assert "".join(piece.text for piece in marked(text, wanted(question))) == text


def test_every_word_of_the_library_is_marked_by_its_stem() -> None:
    texts = [
        step["activity"] for file in LIBRARY.glob("*.json") for step in json.loads(file.read_text())["steps"]
    ]
    vocabulary = {term for text in texts for term in terms(text) if not term[-1].isdigit()} - STOP_WORDS

    assert len(vocabulary) > 100
    assert [word for word in vocabulary if words_marked(word, f"{word} zaman") != [word]] == []


def test_passage_shows_the_first_answer_among_its_neighbours() -> None:
    text = "awal " * 60 + "pengukuran kinerja triwulan " + "akhir " * 60
    pieces = passage(text, wanted("ukur"))
    shown = "".join(piece.text for piece in pieces)

    assert [piece.text for piece in pieces if piece.is_marked] == ["pengukuran"]
    assert shown.startswith("…awal") and shown.endswith("akhir…")
    assert len(shown) <= LENGTH + 2


def test_passage_of_a_text_without_answer_is_empty() -> None:
    assert passage("Rapat pagi", wanted("laporan")) == []
