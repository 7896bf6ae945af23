from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import TODAY, Cast
from tests.performance.factories import (
    AT,
    TW1,
    TW2,
    TW3,
    TW4,
    make_file,
    make_indicator,
    make_objective,
    make_realisation,
    make_targets,
)

from runtut.core.periods import Quarter
from runtut.performance import queries
from runtut.performance.enums import Accumulation, RealisationState, Standing, Variant
from runtut.performance.models import Evidence, Indicator, PeriodLock, Realisation

pytestmark = pytest.mark.django_db


def row_of(indicator: Indicator, quarter: Quarter = TW3) -> queries.GridRow:
    rows = queries.grid(unit=indicator.unit, quarter=quarter)
    return next(row for row in rows if row.indicator == indicator)


def fill(indicator: Indicator, *values: str | None) -> None:
    for quarter, value in zip((TW1, TW2, TW3, TW4), values, strict=False):
        if value is not None:
            make_realisation(indicator, quarter, value)


def test_grid_of_an_index_uses_the_last_value(indicator: Indicator) -> None:
    fill(indicator, "85", "85.9", "86.12")

    row = row_of(indicator)

    assert (row.number, row.value, row.before.value, row.to_date.value) == (
        "1.1",
        Decimal("86.12"),
        Decimal("85.9"),
        Decimal("86.12"),
    )
    assert (row.target.value, row.year_target.value) == (Decimal("86.5"), Decimal(87))
    assert row.achievement.raw == Decimal("86.12") / Decimal("86.5") * 100
    assert row.year_achievement.raw == Decimal("86.12") / Decimal(87) * 100
    assert row.achievement.sum_text == "86,12 ÷ 86,50 × 100"
    assert row.predicate == "Sangat Tinggi"
    assert row.words.startswith("Nilai akhir memakai TW terakhir yang terisi, yaitu TW III. Makin tinggi")


def test_grid_of_increments_adds_them_to_both_targets(cast: Cast, indicator: Indicator) -> None:
    villages = make_indicator(
        indicator.objective,
        indicator.owner,
        sequence=2,
        accumulation=Accumulation.SUM,
        decimals=0,
        measure="desa",
    )
    make_targets(villages, "16", "4", "4", "4", "4")
    fill(villages, "5", "4", "2")

    row = row_of(villages)

    assert (row.target.value, row.to_date.value, row.before.value) == (12, 11, 9)
    assert row.achievement.sum_text == "(9 + 2) ÷ 12 × 100"
    assert row.year_achievement.sum_text == "(9 + 2) ÷ 16 × 100"
    assert row.gaps == ()


def test_grid_names_earlier_blanks_that_count(indicator: Indicator) -> None:
    Indicator.objects.update(accumulation=Accumulation.SUM)
    fill(indicator, "5", None, "2")

    row = row_of(indicator)

    assert row.gaps == (2,)
    assert row.words.endswith("TW II belum diisi dan tidak ikut dihitung.")


def test_grid_waits_for_the_quarters_own_figure(indicator: Indicator) -> None:
    fill(indicator, "85", "85.9")

    row = row_of(indicator)

    assert (row.value, row.is_filled, row.state) == (None, False, RealisationState.DRAFT)
    assert row.achievement.standing == Standing.BLANK
    assert row.achievement.raw is None
    assert row.predicate == ""


def test_grid_takes_an_explained_blank_from_the_last_filled(indicator: Indicator) -> None:
    fill(indicator, "85", "85.9")
    make_realisation(indicator, TW3, None, cause="Survei berikutnya pada TW IV.")

    row = row_of(indicator)

    assert (row.is_filled, row.has_evidence, row.value) == (True, True, None)
    assert row.to_date.value == Decimal("85.9")
    assert row.achievement.countable


def test_grid_of_a_filled_zero_is_a_zero(indicator: Indicator) -> None:
    fill(indicator, None, None, "0")

    row = row_of(indicator)

    assert (row.is_filled, row.achievement.raw, row.predicate) == (True, 0, "Sangat Rendah")


def test_grid_leaves_a_yearly_figure_to_the_last_quarter(cast: Cast, indicator: Indicator) -> None:
    Indicator.objects.update(accumulation=Accumulation.ANNUAL)
    make_realisation(indicator, TW4, "88")

    third, fourth = row_of(indicator, TW3), row_of(indicator, TW4)

    assert (third.is_due, third.achievement.standing, third.target.value) == (False, Standing.NOT_YET, None)
    assert (fourth.is_due, fourth.target.value) == (True, Decimal(87))
    assert fourth.achievement.countable


def test_grid_of_a_range_shows_both_bounds(cast: Cast, indicator: Indicator) -> None:
    ranged = make_indicator(
        indicator.objective, indicator.owner, sequence=2, variant=Variant.RANGE, decimals=0
    )
    make_targets(ranged, "80", "80", "80", "80", "80", upper="90")
    fill(ranged, None, None, "92")

    row = row_of(ranged)

    assert row.target.text(0) == "80 – 90"
    assert row.achievement.sum_text == "92 ÷ 90 × 100"


def test_grid_writes_a_target_reached_by_averaging_as_its_sum_does(indicator: Indicator) -> None:
    mean = make_indicator(
        indicator.objective, indicator.owner, sequence=2, accumulation=Accumulation.MEAN, decimals=1
    )
    make_targets(mean, "6.5", "6.4", "6.7", "6.5", "6.5")
    fill(mean, "6.2", "6.9")

    row = row_of(mean, TW2)

    assert (row.target_text, row.reached_text) == ("6,55", "6,55")
    assert row.achievement.sum_text == "((6,2 + 6,9) ÷ 2) ÷ 6,55 × 100"


def test_grid_says_of_which_quarter_a_figure_is_that_stands_in(indicator: Indicator) -> None:
    fill(indicator, "85", "85.9")

    waiting = row_of(indicator, TW3)
    make_realisation(indicator, TW3, None, cause="Survei berikutnya pada TW IV.")
    explained = row_of(indicator, TW3)

    assert (waiting.as_of, row_of(indicator, TW2).as_of) == ("TW II", "")
    assert explained.reached_as_of == "85,90\n(s.d. TW II)"


def test_a_figure_is_held_against_the_same_quarter_a_year_ago(indicator: Indicator) -> None:
    Indicator.objects.update(accumulation=Accumulation.SUM)
    make_realisation(indicator, Quarter(2025, 3), "33")
    fill(indicator, "90", "30", "49")
    assert row_of(indicator).jump == ""

    Realisation.objects.filter(year=2026, quarter=3).update(value=Decimal(171))

    assert row_of(indicator).jump == "Berubah 418,18 % dari TW III 2025 (33,00 menjadi 171,00)."
    assert row_of(indicator, TW2).jump == ""


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (Accumulation.LAST, "Berubah 100,00 % dari TW II (43,00 menjadi 86,00)."),
        (Accumulation.MEAN, "Berubah 100,00 % dari TW II (43,00 menjadi 86,00)."),
        (Accumulation.SUM, ""),
    ],
)
def test_without_last_year_a_state_is_held_against_the_quarter_before(
    indicator: Indicator, kind: Accumulation, told: str
) -> None:
    Indicator.objects.update(accumulation=kind)
    fill(indicator, "85", "43", "86")

    assert row_of(indicator).jump == told
    assert row_of(indicator, TW1).jump == ""


def test_grid_shows_evidence_that_is_still_there(cast: Cast, indicator: Indicator) -> None:
    fill(indicator, None, None, "86")
    realisation = Realisation.objects.get()
    for removed in (None, AT):
        Evidence.objects.create(
            region=indicator.region,
            realisation=realisation,
            file=make_file(indicator.unit),
            added_by=cast.sari,
            added_at=AT,
            removed_at=removed,
        )

    row = row_of(indicator)

    assert [item.removed_at for item in row.evidence] == [None]
    assert row.has_evidence


def test_grid_shows_only_the_unit_and_the_year(cast: Cast, indicator: Indicator) -> None:
    make_indicator(make_objective(cast.other_office.unit), cast.other_office.positions["kasi1"])

    assert [row.indicator for row in queries.grid(unit=cast.office.unit, quarter=TW3)] == [indicator]
    assert queries.grid(unit=cast.office.unit, quarter=Quarter(2024, 3)) == []


def test_owner_rows_are_numbered_as_in_the_whole(cast: Cast, indicator: Indicator) -> None:
    mine = make_indicator(indicator.objective, cast.office.positions["kasi2"], sequence=2)

    rows = queries.owner_rows(position=mine.owner, unit=mine.unit, quarter=TW3)

    assert [(row.indicator, row.number) for row in rows] == [(mine, "1.2")]


def many(cast: Cast, count: int) -> None:
    for number in range(1, count + 1):
        objective = make_objective(cast.office.unit, sequence=number)
        indicator = make_indicator(objective, cast.office.positions[f"kasi{1 + number % 2}"])
        make_targets(indicator, "87", "84", "85", "86", "87")
        fill(indicator, "80", "81", "82")
        Evidence.objects.create(
            region=indicator.region,
            realisation=Realisation.objects.get(indicator=indicator, quarter=3),
            file=make_file(indicator.unit),
            added_by=cast.sari,
            added_at=AT,
        )


@pytest.mark.parametrize("count", [1, 3])
def test_reads_take_the_same_number_of_queries_whatever_the_rows(cast: Cast, count: int) -> None:
    many(cast, count)
    unit = cast.office.unit
    reads = {
        4: lambda: [
            (
                row.words,
                row.evidence[0].file.name,
                row.indicator.owner.short_title,
                row.indicator.objective.text,
            )
            for row in queries.grid(unit=unit, quarter=TW3)
        ],
        6: lambda: queries.completeness(unit=unit, quarter=TW3, on=TODAY),
    }

    for expected, read in reads.items():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert read()
        assert len(captured) == expected


def test_summary_averages_by_objective_and_over_all(cast: Cast, indicator: Indicator) -> None:
    second = make_indicator(make_objective(cast.office.unit, sequence=2), cast.office.positions["kasi2"])
    make_targets(second, "50", "50", "50", "50", "50")
    third = make_indicator(second.objective, second.owner, sequence=2, cap=Decimal(100))
    make_targets(third, "10", "10", "10", "10", "10")
    blank = make_indicator(second.objective, second.owner, sequence=3)
    fill(indicator, None, None, "43.25")
    fill(second, None, None, "40")
    fill(third, None, None, "13")

    found = queries.summary(unit=cast.office.unit, quarter=TW3)

    assert [objective.average.value for objective in found.objectives] == [50, 90]
    assert [objective.predicate for objective in found.objectives] == ["Sangat Rendah", "Tinggi"]
    assert found.average.value == Decimal(230) / 3
    assert found.average.excluded == (f"{blank.short_name}: belum diisi",)
    assert (found.predicate, found.scale.stamp) == ("Tinggi", "permendagri-86-2017/1")
    assert (found.due, found.filled, found.handed_over, found.is_complete) == (4, 3, 0, False)


def test_quarter_without_a_figure_yields_to_the_newest_that_has_one(cast: Cast, indicator: Indicator) -> None:
    """A blank that was explained is something said; of years, the newer counts."""
    unit = cast.office.unit
    assert queries.newest_summary(unit=unit, current=queries.summary(unit=unit, quarter=TW3)).quarter == TW3
    make_realisation(indicator, Quarter(2025, 4), "80")
    fill(indicator, "85")

    shown = {
        quarter: queries.newest_summary(unit=unit, current=queries.summary(unit=unit, quarter=quarter))
        for quarter in (TW1, TW3)
    }

    assert {quarter: (one.quarter, one.filled) for quarter, one in shown.items()} == {
        TW1: (TW1, 1),
        TW3: (TW1, 1),
    }
    Realisation.objects.filter(year=2026).update(value=None, cause="Belum dihitung", entered_at=AT)
    first = queries.summary(unit=unit, quarter=TW1)
    assert queries.newest_summary(unit=unit, current=first).quarter == TW1
    third = queries.summary(unit=unit, quarter=TW3)
    assert queries.newest_summary(unit=unit, current=third).quarter == Quarter(2025, 4)


def test_completeness_says_who_owes_what_since_when(cast: Cast, indicator: Indicator) -> None:
    second = make_indicator(indicator.objective, cast.office.positions["kasi2"], sequence=2)
    yearly = make_indicator(
        indicator.objective,
        cast.office.positions["perencanaan"],
        sequence=3,
        accumulation=Accumulation.ANNUAL,
    )
    make_realisation(indicator, TW3, "86", state=RealisationState.SUBMITTED)

    first, other = queries.completeness(unit=cast.office.unit, quarter=TW3, on=TODAY)

    assert (first.position, first.is_complete, first.owes) == (indicator.owner, True, ())
    assert (other.position, other.holder) == (second.owner, "Nur Aini")
    assert (other.due, other.filled, other.handed_over, other.is_complete) == (1, 0, 0, False)
    assert (other.owes, other.since) == ((second.short_name,), date(2026, 10, 1))
    last_quarter = queries.completeness(unit=cast.office.unit, quarter=TW4, on=TODAY)
    assert yearly.owner in {owner.position for owner in last_quarter}


def test_lock_notice_names_whoever_acts_that_day(cast: Cast, indicator: Indicator) -> None:
    PeriodLock.objects.create(
        region=indicator.region,
        unit=indicator.unit,
        year=2026,
        quarter=3,
        rule="SOP Pengukuran Data Kinerja langkah 8",
        locked_at=AT,
        contact=cast.office.positions["camat"],
    )

    lock = queries.period_lock(unit=indicator.unit, quarter=TW3)

    assert lock is not None
    assert queries.period_lock(unit=indicator.unit, quarter=TW4) is None
    assert queries.lock_notice(lock=lock, on=TODAY) == queries.LockNotice(
        period="TW III 2026",
        since="12 Oktober 2026",
        rule="SOP Pengukuran Data Kinerja langkah 8",
        contact="Camat · (Plt.) Budi Hartono",
    )


def test_predicate_scale_before_the_first_is_an_error() -> None:
    with pytest.raises(LookupError):
        queries.predicate_scale(on=date(2010, 1, 1))
