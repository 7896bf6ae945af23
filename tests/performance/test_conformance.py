"""Every row of the tables in docs/formulas.md is a test."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from runtut.core.numbers import parse_decimal
from runtut.performance import formulas
from runtut.performance.enums import Accumulation, Standing, Variant, ZeroRule

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "formulas.md"
SCALES = ROOT / "src" / "runtut" / "performance" / "data" / "predicates.json"
Row = dict[str, str]


def tables() -> Iterator[list[Row]]:
    """Yield the tables of the page, each row keyed by the heading of its column."""
    for block in re.findall(r"(?:^\|.*\|\n)+", PAGE.read_text(), flags=re.MULTILINE):
        lines = [
            [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line in block.strip().splitlines()
        ]
        yield [dict(zip(lines[0], cells, strict=True)) for cells in lines[2:]]


def table(*headings: str) -> list[Row]:
    """Return the one table that has exactly these columns."""
    found = [rows for rows in tables() if tuple(rows[0]) == headings]
    assert len(found) == 1
    return found[0]


def number(text: str) -> Decimal | None:
    return None if text == "–" else parse_decimal(text)


def printed(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")


def same(value: Decimal | None, expected: str) -> bool:
    wanted = number(expected)
    return printed(value) == printed(wanted) and (value is None) == (wanted is None)


def named(rows: list[Row]) -> list[object]:
    return [pytest.param(row, id="-".join(row.values())[:60]) for row in rows]


ACHIEVEMENT = table("Case", "Form", "T", "U", "R", "Zero rule", "Cap", "Raw", "Capped", "Standing")
QUARTERS = table("Case", "Kind", "TW I", "TW II", "TW III", "TW IV", "Through", "Up to the quarter")
TARGETS = table(
    "Case", "Kind", "TW I", "TW II", "TW III", "TW IV", "Year", "Through", "Target up to the quarter"
)
AVERAGES = table("Case", "Capped values", "Weights", "Average", "Counted")
PREDICATES = table("Percentage", "Predicate")
EFFICIENCY = table("Achievement", "Absorption", "Difference", "Word")
FORMS = table("Code", "Use", "Form (%)")


def test_forms_table_names_every_variant() -> None:
    assert [row["Code"] for row in FORMS] == list(Variant.values)


def test_achievement_table_has_a_counted_row_for_every_variant() -> None:
    assert {row["Form"] for row in ACHIEVEMENT if row["Standing"] == "counted"} == set(Variant.values)


@pytest.mark.parametrize("row", named(ACHIEVEMENT))
def test_achievement_row(row: Row) -> None:
    measure = formulas.Measure(Variant(row["Form"]), ZeroRule(row["Zero rule"]), number(row["Cap"]))

    result = formulas.achievement(
        measure, target=number(row["T"]), realisation=number(row["R"]), upper=number(row["U"])
    )

    assert result.standing == Standing(row["Standing"])
    assert same(result.raw, row["Raw"]), result
    assert same(result.capped, row["Capped"]), result
    assert result.words.endswith(".")
    assert bool(result.sum_text) == result.countable


@pytest.mark.parametrize("row", named(QUARTERS))
def test_quarters_row(row: Row) -> None:
    values = [number(row[f"TW {roman}"]) for roman in ("I", "II", "III", "IV")]

    result = formulas.accumulate(Accumulation(row["Kind"]), values, int(row["Through"]))

    assert result.value == number(row["Up to the quarter"])
    assert bool(result.expression) == (result.value is not None)


@pytest.mark.parametrize("row", named(TARGETS))
def test_targets_row(row: Row) -> None:
    targets = [number(row[f"TW {roman}"]) for roman in ("I", "II", "III", "IV")]

    result = formulas.cumulative_target(
        Accumulation(row["Kind"]), targets, number(row["Year"]), int(row["Through"])
    )

    assert result == number(row["Target up to the quarter"])


@pytest.mark.parametrize("row", named(AVERAGES))
def test_averages_row(row: Row) -> None:
    capped = [number(text) for text in row["Capped values"].split("; ")]
    weights = [number(text) for text in row["Weights"].split("; ")] if row["Weights"] != "–" else []
    items = [
        formulas.Item(
            name=f"indikator {position}",
            achievement=formulas.not_counted(Standing.BLANK)
            if value is None
            else formulas.Achievement(Standing.COUNTED, value, value),
            weight=(weights[position] if weights else None) or Decimal(0),
        )
        for position, value in enumerate(capped)
    ]

    result = formulas.weighted_mean(items) if weights else formulas.mean(items)

    assert result.value == number(row["Average"])
    assert result.counted == int(row["Counted"])
    assert len(result.excluded) == len(items) - result.counted


@pytest.mark.parametrize("row", named(PREDICATES))
def test_predicate_row(row: Row) -> None:
    scale = formulas.scale_from_data(json.loads(SCALES.read_text())[0])

    assert formulas.predicate(scale, number(row["Percentage"])) == row["Predicate"]


@pytest.mark.parametrize("row", named(EFFICIENCY))
def test_efficiency_row(row: Row) -> None:
    result = formulas.efficiency_by_difference(number(row["Achievement"]), number(row["Absorption"]))

    assert result.value == number(row["Difference"])
    assert result.label == row["Word"].replace("–", "")
