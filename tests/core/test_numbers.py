from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtut.core.numbers import NotANumber, TooManyDecimals, format_decimal, parse_decimal

READ = [
    ("0", "0"),
    ("12,5", "12.5"),
    ("1.250.000", "1250000"),
    ("1250000", "1250000"),
    ("1.250", "1250"),
    ("1.250,75", "1250.75"),
    ("100,00", "100.00"),
    ("007", "7"),
    ("0,125", "0.125"),
    ("-2,07", "-2.07"),
    ("\u22122,07", "-2.07"),
    (" 12,5 ", "12.5"),
    ("\u00a012,5\u00a0", "12.5"),
    ("\u202f1.250\t\n", "1250"),
    ("123456789012345678901234567890,5", "123456789012345678901234567890.5"),
]


@pytest.mark.parametrize(("text", "value"), READ)
def test_parse_decimal_reads(text: str, value: str) -> None:
    parsed = parse_decimal(text)
    assert parsed is not None
    assert parsed.as_tuple() == Decimal(value).as_tuple()


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\t\r\n", "\u202f "])
def test_parse_decimal_of_a_blank_is_none_and_not_zero(text: str) -> None:
    assert parse_decimal(text) is None


REFUSED = [
    "1,2,3",
    "12,,5",
    "12.5",
    "1.25.000",
    "1250.000",
    "12.3456",
    "1.250.00",
    ".250",
    "1..250",
    "1.250.",
    "0.125",
    "00.125",
    "1,250.5",
    ",5",
    "5,",
    ",",
    ".",
    "-",
    "+5",
    "--5",
    "5-",
    "- 5",
    "abc",
    "12a",
    "12,5%",
    "Rp1.000",
    "1e3",
    "NaN",
    "Infinity",
    "0x1F",
    "1_000",
    "1 250",
    "1\u00a0250",
    "12,5\n13",
    "1/2",
    "=1+1",
    "١٢",
    "１２",
    "½",
]


@pytest.mark.parametrize("text", REFUSED)
def test_parse_decimal_refuses(text: str) -> None:
    with pytest.raises(NotANumber) as refusal:
        parse_decimal(text, field="value")
    assert refusal.value.field == "value"
    assert refusal.value.code == "not_a_number"


def test_parse_decimal_says_how_to_write_it() -> None:
    with pytest.raises(NotANumber) as refusal:
        parse_decimal("1,2,3")
    assert refusal.value.sentence == (
        "“1,2,3” bukan angka yang dapat dibaca. Tulis seperti 12,5 atau 1.250.000."
    )


def test_parse_decimal_of_a_whole_number_shows_a_whole_number() -> None:
    with pytest.raises(NotANumber) as refusal:
        parse_decimal("1.5", decimals=0)
    assert refusal.value.sentence.endswith("Tulis seperti 12 atau 1.250.")


def test_parse_decimal_keeps_braces_as_typed() -> None:
    with pytest.raises(NotANumber) as refusal:
        parse_decimal("{0}")
    assert refusal.value.sentence.startswith("“{0}” bukan angka")


@pytest.mark.parametrize(("text", "decimals"), [("12,345", 2), ("12,0", 0), ("0,1230", 3)])
def test_parse_decimal_refuses_more_decimals_than_the_measure_has(text: str, decimals: int) -> None:
    with pytest.raises(TooManyDecimals) as refusal:
        parse_decimal(text, decimals=decimals, field="value")
    assert refusal.value.sentence == (
        f"“{text}” memakai lebih dari {decimals} angka di belakang koma."
        if decimals
        else f"“{text}” harus bilangan bulat, tanpa koma."
    )
    assert refusal.value.field == "value"


@pytest.mark.parametrize("text", ["12,34", "12,3", "12"])
def test_parse_decimal_takes_as_many_decimals_as_allowed(text: str) -> None:
    assert parse_decimal(text, decimals=2) == Decimal(text.replace(",", "."))


WRITTEN = [
    ("0", None, "0"),
    ("-0", None, "0"),
    ("-0.004", 2, "0,00"),
    ("1250000", None, "1.250.000"),
    ("1250000.50", None, "1.250.000,5"),
    ("12.500", None, "12,5"),
    ("1E+3", None, "1.000"),
    ("1E-7", None, "0,0000001"),
    ("-1234.5", None, "-1.234,5"),
    ("12.345", 2, "12,35"),
    ("12.335", 2, "12,34"),
    ("-12.345", 2, "-12,35"),
    ("99.995", 2, "100,00"),
    ("12", 2, "12,00"),
    ("12.5", 0, "13"),
    ("123456789012345678901234567890.5", None, "123.456.789.012.345.678.901.234.567.890,5"),
    ("123456789012345678901234567890.55", 1, "123.456.789.012.345.678.901.234.567.890,6"),
]


@pytest.mark.parametrize(("value", "decimals", "text"), WRITTEN)
def test_format_decimal_writes(value: str, decimals: int | None, text: str) -> None:
    assert format_decimal(Decimal(value), decimals) == text


FINITE = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6)


@given(FINITE)
def test_what_is_written_is_read_back(value: Decimal) -> None:
    assert parse_decimal(format_decimal(value)) == value


@given(FINITE, st.integers(0, 6))
def test_what_is_written_with_decimals_is_read_back_rounded(value: Decimal, decimals: int) -> None:
    text = format_decimal(value, decimals)
    read = parse_decimal(text, decimals=decimals)
    assert read is not None
    assert abs(read - value) <= Decimal(5).scaleb(-decimals - 1)
    assert format_decimal(read, decimals) == text


@given(st.text(alphabet="0123456789.,- \u00a0+eE", max_size=12))
def test_whatever_is_typed_is_read_or_refused_by_name(text: str) -> None:
    try:
        value = parse_decimal(text)
    except NotANumber:
        return
    if value is not None:
        assert parse_decimal(format_decimal(value)) == value
