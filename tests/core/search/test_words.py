"""The words of a text and of a question."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtut.core.search.words import Term, plain, stem, terms, wanted


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("kinerja", "kerja"),
        ("pengukuran", "ukur"),
        ("perencanaan", "rencana"),
        ("penyusunan", "susun"),
        ("perintah", "perintah"),
        ("menindaklanjuti", "tindaklanjut"),
        ("kecamatan", "kecamatan"),
        ("camat", "camat"),
    ],
)
def test_stem_is_the_root_that_officials_mean(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_terms_are_words_and_their_stems_without_stop_words() -> None:
    assert terms("Pengukuran kinerja yang tepat") == {"pengukuran", "ukur", "kinerja", "kerja", "tepat"}


def test_terms_of_a_number_begin_at_every_segment() -> None:
    assert terms("000.8.3.3/02") == {
        "n000",
        "n8",
        "n3",
        "n02",
        "n000x8x3x3x02",
        "n8x3x3x02",
        "n3x3x02",
        "n3x02",
    }


@pytest.mark.parametrize(
    ("written", "meant"),
    [("19800101 200501 1 001", "198001012005011001"), ("000.8 / 02", "000.8/02"), ("Ménjadi", "menjadi")],
)
def test_plain_puts_numbers_together_and_drops_accents(written: str, meant: str) -> None:
    assert plain(written) == plain(meant)


def test_wanted_takes_the_last_word_and_every_number_as_unfinished() -> None:
    assert wanted("laporan 000.8 pengu") == (
        Term("lapor", ""),
        Term("", "n000x8"),
        Term(stem("pengu"), "pengu"),
    )


@pytest.mark.parametrize("question", ["", "   ", "yang dan untuk", "?!/..."])
def test_wanted_is_empty_for_a_question_without_words(question: str) -> None:
    assert wanted(question) == ()


@given(st.text(max_size=200))
def test_terms_are_letters_and_digits_begun_by_a_letter(text: str) -> None:
    assert all(re.fullmatch("[a-z][a-z0-9]{0,59}", term) for term in terms(text))


@given(st.text(max_size=60))
def test_every_text_answers_itself(text: str) -> None:
    found = terms(text)

    assert all(any(one.matches(term) for term in found) for one in wanted(text))
