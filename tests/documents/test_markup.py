"""The markup of the editor: what a line means, and that nothing composed is lost by writing it out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.samples import long_report, measurement

from runtut.documents.formulas.markup import (
    normal_blocks,
    read_blocks,
    read_words,
    write_blocks,
    write_words,
)
from runtut.documents.rendering import check_content

JUSTIFIED = {"type": "paragraph", "align": "justify"}


def bold(text: str) -> dict[str, Any]:
    return {"text": text, "bold": True, "italic": False}


def plain(text: str) -> dict[str, Any]:
    return {"text": text, "bold": False, "italic": False}


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("Satu\ndua", {**JUSTIFIED, "text": "Satu\ndua"}),
        ("Hal **penting** ini", {**JUSTIFIED, "text": [plain("Hal "), bold("penting"), plain(" ini")]}),
        ("*miring*", {**JUSTIFIED, "text": [{"text": "miring", "bold": False, "italic": True}]}),
        ("2 * 3 * 4 = 24", {**JUSTIFIED, "text": "2 * 3 * 4 = 24"}),
        ("**tidak ditutup", {**JUSTIFIED, "text": "**tidak ditutup"}),
        (r"bintang \*asli\*", {**JUSTIFIED, "text": "bintang *asli*"}),
        (">> Sukamaju", {"type": "paragraph", "align": "right", "text": "Sukamaju"}),
        ("## Hasil", {"type": "heading", "level": 2, "text": "Hasil"}),
        ("- satu\n- dua\n  lanjutan", {"type": "list", "ordered": False, "items": ["satu", "dua\nlanjutan"]}),
        ("1. satu\n\n2. dua", {"type": "list", "ordered": True, "items": ["satu", "dua"]}),
        ("Hal: Rapat\nTempat : Aula", {"type": "facts", "rows": [["Hal", "Rapat"], ["Tempat", "Aula"]]}),
        ("Nomor :", {"type": "facts", "rows": [["Nomor", ""]]}),
        ("Hasilnya sebagai berikut:", {**JUSTIFIED, "text": "Hasilnya sebagai berikut:"}),
        (r"Catatan\: tetap paragraf", {**JUSTIFIED, "text": "Catatan: tetap paragraf"}),
        ("---", {"type": "page_break"}),
    ],
)  # fmt: skip
def test_a_line_is_read_as_what_it_begins(text: str, block: dict[str, Any]) -> None:
    assert read_blocks(text) == [block]


def test_a_table_is_read_with_sides_widths_title_and_last_row() -> None:
    text = "|# Capaian\n| Indikator | Nilai |\n| :-- 30 | -: |\n| a \\| b | 1 |\n| c |\n|= Jumlah | 3 |"

    (table,) = read_blocks(text)

    assert table["caption"] == "Capaian"
    assert [(one["label"], one["align"], one["width"]) for one in table["columns"]] == [
        ("Indikator", "left", 30),
        ("Nilai", "right", 10),
    ]
    assert table["rows"] == [["a | b", "1"], ["c", ""]]
    assert table["footer"] == [["Jumlah", "3"]]


def test_a_numbered_list_that_begins_with_one_again_is_another_list() -> None:
    assert [block["items"] for block in read_blocks("1. a\n2. b\n\n1. c")] == [["a", "b"], ["c"]]


@pytest.mark.parametrize("content", [measurement(), long_report()])
def test_a_composed_document_comes_back_whole(content: dict[str, Any]) -> None:
    blocks = check_content(content)["blocks"]

    assert read_blocks(write_blocks(blocks)) == normal_blocks(blocks)


signs = st.text(alphabet="ab A1.:|\\*#->< \n/_•=,", max_size=14)
runs = st.lists(
    st.builds(lambda t, b, i: {"text": t, "bold": b, "italic": i}, signs, st.booleans(), st.booleans()),
    min_size=1,
    max_size=4,
)
inline = st.one_of(signs, runs)
rows = st.lists(st.lists(inline, min_size=2, max_size=2), max_size=3)
columns = st.lists(
    st.fixed_dictionaries(
        {
            "label": signs,
            "align": st.sampled_from(["left", "right", "center", "justify"]),
            "width": st.integers(1, 1000),
        }
    ),
    min_size=2,
    max_size=2,
)
blocks = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {
                "type": st.just("paragraph"),
                "text": inline,
                "align": st.sampled_from(["left", "right", "center", "justify"]),
            }
        ),
        st.fixed_dictionaries(
            {"type": st.just("heading"), "text": signs, "level": st.sampled_from([1, 2, 3])}
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("list"),
                "ordered": st.booleans(),
                "items": st.lists(inline, min_size=1, max_size=3),
            }
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("facts"),
                "rows": st.lists(st.tuples(signs, inline).map(list), min_size=1, max_size=3),
            }
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("table"),
                "caption": signs,
                "columns": columns,
                "rows": rows,
                "footer": rows,
            }
        ),
        st.just({"type": "page_break"}),
    ),
    max_size=5,
)


@given(blocks)
def test_any_blocks_survive_being_written_and_read(given_blocks: list[dict[str, Any]]) -> None:
    assert read_blocks(write_blocks(given_blocks)) == normal_blocks(given_blocks)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_and_can_be_stored(text: str) -> None:
    kept = [block for block in read_blocks(text) if block["type"] != "heading"]

    assert check_content({"blocks": kept})["blocks"] is not None


@pytest.mark.parametrize(
    "words",
    [
        "Catatan: ditulis sendiri.",
        "# satu\n| dua\n---",
        "- butir\n- lain",
        ">< di tengah",
        "1\\. bukan butir",
    ],
)
def test_words_come_back_as_they_were_typed(words: str) -> None:
    assert write_words(read_words(words)) == words


@given(blocks)
def test_any_words_survive_being_written_and_read(given_blocks: list[dict[str, Any]]) -> None:
    words = [block for block in given_blocks if block["type"] in {"paragraph", "list"}]

    assert read_words(write_words(words)) == normal_blocks(words)
