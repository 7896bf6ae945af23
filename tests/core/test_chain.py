from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtut.core.chain import START, Head, Link, Problem, canonical, entry_hash, verify_chain

WITA = timezone(timedelta(hours=8))


def test_canonical_sorts_keys_and_writes_no_spaces() -> None:
    fields = {"b": [1, {"z": None, "a": True}], "a": "é"}
    assert canonical(fields) == '{"a":"é","b":[1,{"a":true,"z":null}]}'


def test_canonical_writes_instants_in_utc_with_microseconds() -> None:
    assert canonical({"at": datetime(2026, 9, 28, 9, 10, tzinfo=WITA)}) == (
        '{"at":"2026-09-28T01:10:00.000000+00:00"}'
    )


def test_canonical_writes_days_decimals_and_uuids_as_text() -> None:
    uid = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
    assert canonical({"day": date(2026, 9, 28), "value": Decimal("12.50"), "uid": uid}) == (
        '{"day":"2026-09-28","uid":"01890a5d-ac96-774b-bcce-b302099a8057","value":"12.50"}'
    )


@pytest.mark.parametrize("value", [0.1, b"bytes", {1}, object(), datetime(2026, 9, 28)])
def test_canonical_refuses_what_could_be_written_in_two_ways(value: object) -> None:
    with pytest.raises(TypeError, match="canonical form"):
        canonical({"value": value})


class Grade(IntEnum):
    GOOD = 3


class Word(StrEnum):
    ODD = 'garis\u2028 "kutip" \\ é'


def test_canonical_writes_enums_as_their_values() -> None:
    fields = {"grade": Grade.GOOD, "word": Word.ODD}
    assert canonical(fields) == canonical({"grade": 3, "word": str(Word.ODD)})


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(st.dictionaries(st.text(), PLAIN, max_size=4))
def test_canonical_is_what_the_standard_library_writes(fields: dict[str, object]) -> None:
    assert canonical(fields) == json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_entry_hash_is_the_sha256_of_the_previous_hash_and_the_fields() -> None:
    assert entry_hash(START, {"a": 1}) == "f21735afd2cd6af4fc5804b0045cebfd545aef8396d29d030c39cb8880b45b7f"


def chain_of(length: int) -> list[Link]:
    links: list[Link] = []
    previous = START
    for sequence in range(1, length + 1):
        fields = {"sequence": sequence, "at": datetime(2026, 1, sequence, tzinfo=UTC)}
        previous, before = entry_hash(previous, fields), previous
        links.append(Link(sequence, before, previous, fields))
    return links


@given(st.integers(0, 12))
def test_verify_chain_of_a_sound_chain_finds_nothing(length: int) -> None:
    links = chain_of(length)
    head = Head(length, links[-1].entry_hash if links else "")
    assert list(verify_chain(links, head)) == []


@given(st.integers(1, 12), st.data())
def test_verify_chain_finds_any_set_of_missing_entries(length: int, data: st.DataObject) -> None:
    links = chain_of(length)
    head = Head(length, links[-1].entry_hash)
    gone = data.draw(st.sets(st.integers(1, length), min_size=1))
    found = list(verify_chain([link for link in links if link.sequence not in gone], head))
    starts_of_runs = sorted(number for number in gone if number - 1 not in gone)
    assert found == [(Problem.REMOVED, number) for number in starts_of_runs]


@given(st.integers(1, 12), st.data())
def test_verify_chain_finds_any_set_of_altered_entries(length: int, data: st.DataObject) -> None:
    links = chain_of(length)
    head = Head(length, links[-1].entry_hash)
    altered = data.draw(st.sets(st.integers(1, length), min_size=1))
    for number in altered:
        link = links[number - 1]
        links[number - 1] = Link(number, link.previous_hash, link.entry_hash, {"forged": number})
    assert list(verify_chain(links, head)) == [(Problem.ALTERED, number) for number in sorted(altered)]


def test_verify_chain_without_a_head_says_how_many_entries_have_none() -> None:
    assert list(verify_chain(chain_of(3), None)) == [(Problem.HEAD_MISSING, 3)]
    assert list(verify_chain([], None)) == []
