"""The one search box."""

from __future__ import annotations

import pytest
from tests.cast import Cast
from tests.documents.factories import make_file, make_letter
from tests.web.conftest import Visit
from tests.web.stage import Stage


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("pengukuran", "Pengukuran Data Kinerja"),
        ("s2/KEC", "Pengukuran Data Kinerja"),
        ("sari ut", "Sari Utami"),
        ("permintaan data", "Permintaan data kinerja triwulan IV"),
        ("000.8.6.3/114", "Permintaan data kinerja triwulan IV"),
    ],
)
def test_search_finds_sops_people_and_letters(words: str, shown: str, stage: Stage, visit: Visit) -> None:
    make_letter(stage.cast)

    assert shown in visit(stage.cast.sari).get("/cari/", {"q": words}).text


def test_search_shows_a_stranger_nothing_of_another_office(stage: Stage, visit: Visit) -> None:
    make_letter(stage.cast)
    joko = visit(stage.cast.joko)

    for words in ("pengukuran", "sari utami", "permintaan data"):
        assert "Tidak ada yang cocok" in joko.get("/cari/", {"q": words}).text


def test_search_keeps_confidential_letters_to_those_they_were_given_to(cast: Cast, visit: Visit) -> None:
    make_letter(cast, urgency="rahasia", file=make_file(cast, key="umum"))

    assert "Tidak ada yang cocok" in visit(cast.sari).get("/cari/", {"q": "permintaan"}).text
    assert "Permintaan data" in visit(cast.office.people["umum"]).get("/cari/", {"q": "permintaan"}).text


def test_search_asks_for_three_letters(cast: Cast, visit: Visit) -> None:
    assert "Tulis paling sedikit tiga huruf." in visit(cast.sari).get("/cari/", {"q": "ab"}).text


def test_search_shows_back_what_was_typed_as_text(cast: Cast, visit: Visit) -> None:
    text = visit(cast.sari).get("/cari/", {"q": '"><script>x'}).text

    assert "<script>x" not in text
    assert "&quot;&gt;&lt;script&gt;x" in text
