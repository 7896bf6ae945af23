"""Figures in bulk: a workbook of 10,000 rows read back, the kept sums of a kabupaten, their recompute."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import uuid4

import xlsxwriter
from tests.cases.factories import Desk
from tests.performance.factories import AT, TW3, make_objective

from bench.lists import percentile, timed
from bench.papers import spent
from runtut.core.periods import Quarter
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import units_within
from runtut.performance import actions, queries
from runtut.performance.actions.preview import mark_for
from runtut.performance.enums import Accumulation, Variant
from runtut.performance.models import Indicator, KeptSum, Realisation, Target
from runtut.performance.rendering import sheet_in

ROWS = 10_000
WRONG_IN = 10
"""One row in so many has a fault."""
OFFICES = 60
COUNTRY = 3_084_000
"""Realisations of the whole country in a year, for which the budget of the recompute speaks; a kabupaten has
some 6,000."""


def measure_figures(desk: Desk, *, repeats: int) -> dict[str, Any]:
    """Return the seconds of the import and of the recompute, and the ms of the recap's query."""
    unit = desk.office.unit
    indicators = make_indicators(unit, desk.position("perencanaan"))
    content = workbook(unit, indicators)
    found = preview(desk, content)
    assert len(found.changes) + len(found.problems) == found.read == ROWS
    taken = spent(lambda: preview(desk, content), 3)
    figures = give_figures(indicators)
    rebuilt = spent(actions.rebuild_sums, 1)
    assert not list(queries.wrong_sums())
    checked = spent(lambda: list(queries.wrong_sums()), 1)
    return {
        "rows": ROWS,
        "figures": figures,
        "problems": len(found.problems),
        "import": taken,
        "rebuild": rebuilt,
        "verify": checked,
        "recap": recap(unit.parent or unit, repeats),
        "country": COUNTRY,
    }


def make_indicators(unit: OrganisationUnit, owner: Position) -> list[Indicator]:
    objective = make_objective(unit)
    return Indicator.objects.bulk_create(
        Indicator(
            region=unit.region,
            unit=unit,
            objective=objective,
            owner=owner,
            sequence=number,
            name=f"Indikator {number}",
            short_name=f"Indikator {number}",
            definition="Definisi",
            formula_text="Rumus",
            measure="nilai",
            source="Sumber",
            required_evidence="laporan survei",
            minimum=Decimal(0),
            variant=Variant.POSITIVE,
            accumulation=Accumulation.LAST,
            decimals=2,
        )
        for number in range(1, ROWS + 1)
    )


def workbook(unit: OrganisationUnit, indicators: list[Indicator]) -> bytes:
    """Return the template as somebody sends it back, with faults of several kinds."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet_in.SHEET)
        page.write(0, 0, mark_for(unit, TW3))
        page.write_row(3, 0, sheet_in.heads(TW3.label))
        for line, (key, value) in enumerate(filled(indicators), start=4):
            page.write(line, sheet_in.KEY, key)
            page.write(line, sheet_in.VALUE, value)
    return stream.getvalue()


def filled(indicators: list[Indicator]) -> Iterator[tuple[str, float | str]]:
    for number, indicator in enumerate(indicators):
        if number % WRONG_IN:
            yield str(indicator.uid), 80 + number % 20
        elif number % (2 * WRONG_IN):
            yield str(uuid4()), 80
        else:
            yield str(indicator.uid), "dua belas"


def preview(desk: Desk, content: bytes) -> actions.Preview:
    authority = desk.who("perencanaan")
    return actions.preview_realisations(
        unit=desk.office.unit,
        quarter=TW3,
        name="realisasi.xlsx",
        content=content,
        authority_for=lambda row: authority,
        at=AT,
    )


def give_figures(indicators: list[Indicator]) -> int:
    """Give every indicator a year: targets of its quarters and a figure of two decimals in each of them.
    Return how many figures there are."""
    dice = random.Random(1)
    for one in indicators:
        one.variant = (Variant.POSITIVE, Variant.NEGATIVE_LINEAR, Variant.STABLE)[one.sequence % 3]
        one.accumulation = (Accumulation.LAST, Accumulation.SUM, Accumulation.MEAN)[one.sequence // 3 % 3]
    Indicator.objects.bulk_update(indicators, ["variant", "accumulation"], batch_size=500)
    Target.objects.bulk_create(
        Target(
            region=one.region,
            indicator=one,
            year=TW3.year,
            quarter=quarter,
            value=Decimal(60 + 5 * (one.sequence % 8)) * (quarter or 4) / 4,
        )
        for one in indicators
        for quarter in (None, 1, 2, 3, 4)
    )
    given = Realisation.objects.bulk_create(
        Realisation(
            region=one.region,
            indicator=one,
            year=TW3.year,
            quarter=quarter,
            value=Decimal(dice.randint(1_000, 12_000)) / 100,
        )
        for one in indicators
        for quarter in range(1, 5)
    )
    return len(given)


def recap(kabupaten: OrganisationUnit, repeats: int) -> dict[str, Any]:
    """Return how long the sums of every office of a kabupaten take to read, of which there are 60, in a year
    that has no figures yet: those of the desk's office would have sums of their own."""
    quarter = Quarter(TW3.year + 1, 2)
    offices = list(units_within([kabupaten.path]).order_by("path")[:OFFICES])
    KeptSum.objects.bulk_create(
        KeptSum(
            region=one.region, unit=one, year=quarter.year, quarter=quarter.number, count=6, ratios=5_800_000
        )
        for one in offices
    )
    times = [timed(lambda: queries.unit_sums(units=offices, quarter=quarter)) for _ in range(repeats)]
    found = queries.unit_sums(units=offices, quarter=quarter)
    assert all(one.count == 6 for one in found)
    return {"units": len(offices), "p50": percentile(times, 50), "p95": percentile(times, 95)}
