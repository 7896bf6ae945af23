from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.samples import long_report, measurement

from runtut.core.chain import canonical
from runtut.documents.errors import ContentRefused
from runtut.documents.rendering import check_content


def test_check_content_writes_every_default_and_is_stable() -> None:
    for content in ({}, measurement(), long_report()):
        checked = check_content(content)

        assert check_content(checked) == checked
        assert canonical(checked)
    assert check_content({})["page"] == "a4"


def table(**changes: Any) -> dict[str, Any]:
    return {"blocks": [{"type": "table", "columns": [{"label": "A"}], "rows": [["1"]]} | changes]}


def heading(level: int) -> dict[str, Any]:
    return {"type": "heading", "text": "a", "level": level}


def test_headings_may_climb_by_more_than_one_level() -> None:
    blocks = [heading(1), heading(2), heading(3), heading(1), heading(2)]

    assert [block["level"] for block in check_content({"blocks": blocks})["blocks"]] == [1, 2, 3, 1, 2]


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ([], "isi"),
        ({"html": "<b>"}, "isi"),
        ({"format": "runtut-document/9"}, "format"),
        ({"page": "letter"}, "page"),
        ({"landscape": "ya"}, "landscape"),
        ({"date": "14-10-2026"}, "date"),
        ({"title": "satu baris"}, "title"),
        ({"letterhead": {"lambang": "x"}}, "letterhead"),
        ({"blocks": [{"type": "script"}]}, "blocks[0].type"),
        ({"blocks": ["teks"]}, "blocks[0].type"),
        ({"blocks": [{"type": "paragraph", "text": 5}]}, "blocks[0].text"),
        ({"blocks": [{"type": "paragraph", "text": "a", "style": "x"}]}, "blocks[0]"),
        ({"blocks": [{"type": "paragraph", "text": [{"text": "a", "bold": 1}]}]}, "blocks[0].text[0].bold"),
        ({"blocks": [{"type": "heading", "text": "a", "level": 4}]}, "blocks[0].level"),
        ({"blocks": [{"type": "heading", "text": "a", "level": 2}]}, "blocks[0].level"),
        ({"blocks": [heading(1), heading(3)]}, "blocks[1].level"),
        ({"form": "puisi"}, "form"),
        ({"attachments": [{"title": "a", "url": "b"}]}, "attachments[0]"),
        ({"blocks": [{"type": "facts", "rows": [["a"]]}]}, "blocks[0].rows[0]"),
        (table(columns=[]), "blocks[0].columns"),
        (table(columns=[{"label": "A", "width": 0}]), "blocks[0].columns[0].width"),
        (table(columns=[{"label": "A", "width": 1.5}]), "blocks[0].columns[0].width"),
        (table(rows=[["1", "2"]]), "blocks[0].rows[0]"),
        (table(rows=[[12.5]]), "blocks[0].rows[0][0]"),
        ({"blocks": [{"type": "paragraph", "text": "a" * 20_001}]}, "blocks[0].text"),
    ],
)
def test_check_content_refuses_and_says_where(content: Any, where: str) -> None:
    with pytest.raises(ContentRefused) as caught:
        check_content(content)

    assert caught.value.details["where"] == where


def test_check_content_leaves_the_callers_own_alone() -> None:
    content = measurement()
    before = deepcopy(content)

    check_content(content)

    assert content == before


@given(st.text(st.characters(), max_size=50))
def test_check_content_keeps_what_can_be_printed_and_only_that(words: str) -> None:
    kept = check_content({"place": words})["place"]

    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in kept)
    assert kept == words or any(not sign.isprintable() for sign in words)


def bold(text: str) -> dict[str, object]:
    return {"text": text, "bold": True, "italic": False}


def plain(text: str) -> dict[str, object]:
    return {"text": text, "bold": False, "italic": False}


@pytest.mark.parametrize(
    ("given", "settled"),
    [
        ([plain("Sesuai rencana.")], "Sesuai rencana."),
        ([bold("Penyebab. "), plain("Loket pindah.")], [bold("Penyebab."), plain(" Loket pindah.")]),
        ([plain("a"), plain("b"), bold(" c "), bold("d")], [plain("ab "), bold("c"), plain(" "), bold("d")]),
        ([bold("  ")], "  "),
        ([bold(""), plain("")], ""),
    ],
)
def test_the_same_words_are_the_same_content(given: list[dict[str, object]], settled: object) -> None:
    content = measurement(blocks=[{"type": "paragraph", "text": given}])
    once = check_content(content)

    assert once["blocks"][0]["text"] == settled
    assert check_content(once) == once
