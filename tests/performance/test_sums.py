"""Kept sums equal what the figures make them, whatever happened to the figures."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast
from tests.organisations.factories import make_unit
from tests.performance.factories import (
    AT,
    TW1,
    TW3,
    YEAR,
    make_indicator,
    make_objective,
    make_realisation,
    make_targets,
)

from runtut.cli import main
from runtut.core.periods import Quarter
from runtut.organisations.actions import move_unit
from runtut.organisations.enums import UnitKind
from runtut.performance import actions, formulas, queries
from runtut.performance.enums import Accumulation, Variant, ZeroRule
from runtut.performance.models import Indicator, KeptSum, Realisation
from runtut.performance.queries.screening import PLAIN, doubtful_indicators

pytestmark = pytest.mark.django_db

KINDS = list(Accumulation)
FORMS = [Variant.POSITIVE, Variant.NEGATIVE_LINEAR, Variant.STABLE, Variant.DONE]
steps = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.integers(1, 4),
        st.sampled_from(["", "0", "12,5", "86,12", "100", "3.000"]),
        st.sampled_from(["", "Survei mundur."]),
    ),
    max_size=12,
)


def offices(cast: Cast) -> list[Indicator]:
    """Indicators of two offices, of every accumulation and several forms."""
    found = []
    for office in (cast.office, cast.other_office):
        objective = make_objective(office.unit)
        for number, kind in enumerate(KINDS):
            one = make_indicator(
                objective,
                office.positions["kasi1"],
                sequence=number + 1,
                accumulation=kind,
                variant=FORMS[number],
            )
            make_targets(
                one, "90", *([None] * 4 if kind is Accumulation.ANNUAL else ["20", None, "80", "90"])
            )
            found.append(one)
    return found


def enter(cast: Cast, indicator: Indicator, quarter: Quarter, text: str, cause: str = "") -> None:
    office = cast.office if indicator.unit_id == cast.office.unit.pk else cast.other_office
    actions.enter_realisation(
        indicator=indicator,
        quarter=quarter,
        value_text=text,
        cause=cause,
        authority=office.authority("kasi1"),
        at=AT,
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_sums_equal_the_figures_after_any_entries(cast: Cast, steps: list[tuple[int, int, str, str]]) -> None:
    with transaction.atomic():
        indicators = offices(cast)
        for place, number, text, cause in steps:
            if queries.is_due(indicators[place], Quarter(YEAR, number)):
                enter(cast, indicators[place], Quarter(YEAR, number), text, cause)

        assert list(queries.wrong_sums()) == []
        for number in range(1, 5):
            quarter = Quarter(YEAR, number)
            units = [cast.office.unit, cast.other_office.unit, cast.kabupaten]
            kept = queries.unit_sums(units=units, quarter=quarter)
            shown = [queries.summary(unit=unit, quarter=quarter).average for unit in units[:2]]
            assert [one.count for one in kept[:2]] == [one.counted for one in shown]
            assert kept[2].count == sum(one.counted for one in shown)
            for one, average in zip(kept, shown, strict=False):
                assert (one.mean is None) == (average.value is None)
                assert abs((one.mean or Decimal(0)) - (average.value or Decimal(0))) < Decimal("0.0001")
        transaction.set_rollback(True)


@pytest.mark.parametrize("zero_rule", ZeroRule)
def test_what_is_kept_is_what_the_grid_shows(cast: Cast, zero_rule: ZeroRule) -> None:
    """Of every form and accumulation, with and without targets, caps, zeros and blanks."""
    objective, dice, found = make_objective(cast.office.unit), random.Random(3), []
    for number, (variant, kind) in enumerate(product(Variant, KINDS), 1):
        one = make_indicator(
            objective,
            cast.office.positions["kasi1"],
            sequence=number,
            variant=variant,
            accumulation=kind,
            zero_rule=zero_rule,
            cap=None if number % 3 and variant is not Variant.NEGATIVE_RATIO else Decimal(120),
        )
        targets = [dice.choice([None, "0", "12.5", "80", "90"]) for _ in range(5)]
        make_targets(one, *targets, upper="95" if variant.has_range else None)
        for quarter in range(1, 5):
            if value := dice.choice(["", None, "0", "11", "33.3333", "92", "250"]):
                make_realisation(one, Quarter(YEAR, quarter), value)
            elif value is None:
                make_realisation(one, Quarter(YEAR, quarter), None, cause=dice.choice([" ", "Mundur."]))
        found.append(one)
    shown = {
        (row.indicator.pk, YEAR, quarter): formulas.kept(
            realisation=row.to_date.value, target=row.target.value, capped=row.achievement.capped
        )
        for quarter in range(1, 5)
        for row in queries.grid(unit=cast.office.unit, quarter=Quarter(YEAR, quarter))
        if row.is_filled
    }

    assert queries.computed_sums(indicators=found, year=YEAR) == shown


FIGURES = st.none() | st.one_of(
    st.decimals(0, 30, places=2),
    st.decimals(-3, 20_000_000, places=4),
    st.sampled_from([Decimal(0), Decimal("0.0001"), Decimal(3), Decimal(7), Decimal("9999999.9999")]),
)
TAMPERED = st.none() | st.tuples(
    st.sampled_from(["numerator", "denominator", "count", "ratios", "row"]), st.sampled_from([-1, 1])
)
Sown = tuple[Variant, Accumulation, Decimal | None, list[Decimal | None], list[Decimal | None], object]
SOWN = st.lists(
    st.tuples(
        st.sampled_from(Variant),
        st.sampled_from(KINDS),
        st.sampled_from([None, Decimal(100), Decimal("120.5")]),
        st.lists(FIGURES, min_size=5, max_size=5),
        st.lists(FIGURES, min_size=4, max_size=4),
        TAMPERED,
    ),
    min_size=1,
    max_size=8,
)


def sow(cast: Cast, sown: list[Sown]) -> tuple[list[Indicator], set[int]]:
    """Indicators with figures, and sums as the formulas find them; return also those whose sums were then
    tampered with."""
    objective, found, touched = make_objective(cast.office.unit), [], set()
    for number, (variant, kind, cap, targets, values, _) in enumerate(sown, 1):
        one = make_indicator(
            objective,
            cast.office.positions["kasi1"],
            sequence=number,
            variant=variant,
            accumulation=kind,
            cap=cap or (Decimal(150) if variant is Variant.NEGATIVE_RATIO else None),
            decimals=4,
        )
        make_targets(one, *(None if value is None else str(value) for value in targets))
        for quarter, value in enumerate(values, 1):
            make_realisation(
                one,
                Quarter(YEAR, quarter),
                None if value is None else str(value),
                cause="" if value is not None or quarter % 2 else "Survei mundur.",
            )
        found.append(one)
    keep_by_formulas(cast, found)
    for one, (*_, damage) in zip(found, sown, strict=True):
        row = KeptSum.objects.filter(indicator=one).order_by("quarter").last()
        if row is not None and isinstance(damage, tuple):
            tamper(row, *damage)
            touched.add(one.pk)
    return found, touched


def keep_by_formulas(cast: Cast, indicators: list[Indicator]) -> None:
    KeptSum.objects.bulk_create(
        KeptSum(
            region=cast.office.unit.region,
            unit=cast.office.unit,
            indicator_id=key[0],
            year=key[1],
            quarter=key[2],
            **{name: getattr(one, name) for name in ("numerator", "denominator", "count", "ratios")},
        )
        for key, one in queries.computed_sums(indicators=indicators, year=YEAR).items()
    )


def tamper(row: KeptSum, what: str, step: int) -> None:
    """Change one figure of a sum by the least that can be stored, or take the sum away."""
    if what == "row":
        row.delete()
        return
    least = Decimal("0.0001") if what in {"numerator", "denominator"} else 1
    now = getattr(row, what) or 0
    setattr(row, what, now + least if what == "count" else now + step * least)
    row.save(update_fields=[what])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sown=SOWN)
def test_what_the_database_proves_right_is_what_the_formulas_find(cast: Cast, sown: list[Sown]) -> None:
    """Nothing tampered with is ever taken for right, and plain sums are proven without the formulas."""
    with transaction.atomic():
        found, touched = sow(cast, sown)
        keys = [one.pk for one in found]

        doubtful = set(doubtful_indicators(first=min(keys), last=max(keys), year=YEAR))

        assert touched <= doubtful
        assert {finding.what for finding in queries.wrong_sums() if "Indikator" in finding.what} == {
            f"{one.unit}: {one.short_name}" for one in found if one.pk in touched
        }
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("variant", PLAIN)
def test_plain_sums_need_no_formula(cast: Cast, variant: Variant, kind: Accumulation) -> None:
    places = [Decimal(text) for text in ("12.34", "0", "33.3333", "7")]
    sown: list[Sown] = [
        (variant, kind, cap, [Decimal(90), *targets], [*values], None)
        for cap in (None, Decimal(110))
        for targets in ([Decimal(20), Decimal("40.5"), Decimal(80), Decimal(90)], [None] * 4)
        for values in (
            places,
            [None, *places[1:]],
            [places[0], None, None, places[3]],
            [None] * 3 + places[:1],
        )
    ]
    found, _ = sow(cast, sown)
    Realisation.objects.filter(value__isnull=True).delete()
    KeptSum.objects.all().delete()
    keep_by_formulas(cast, found)
    assert KeptSum.objects.count() == Realisation.objects.count()

    keys = [one.pk for one in found]
    assert doubtful_indicators(first=min(keys), last=max(keys), year=YEAR) == []


def test_many_changes_leave_no_remainder(cast: Cast) -> None:
    """Whole numbers are added and taken off, so nothing drifts."""
    indicators, dice = offices(cast), random.Random(7)
    for _ in range(120):
        indicator, quarter = dice.choice(indicators), Quarter(YEAR, dice.randint(1, 4))
        if queries.is_due(indicator, quarter):
            enter(cast, indicator, quarter, dice.choice(["", "1", "33,33", "66,67", "7,77"]))

    assert list(queries.wrong_sums()) == []
    assert KeptSum.objects.filter(unit=cast.kabupaten, count__gt=0).exists()


def test_a_figure_is_kept_with_its_target_and_capped_ratio(cast: Cast, indicator: Indicator) -> None:
    enter(cast, indicator, TW3, "86,12")

    row = KeptSum.objects.get(indicator=indicator)
    assert (row.numerator, row.denominator) == (Decimal("86.12"), Decimal("86.5"))
    assert (row.count, row.ratios) == (1, 995_607)
    above = KeptSum.objects.filter(indicator__isnull=True).order_by("unit__path")
    assert [(one.unit, one.count, one.ratios) for one in above] == [
        (cast.kabupaten, 1, 995_607),
        (cast.office.unit, 1, 995_607),
    ]


def test_a_blank_takes_its_sum_away_again(cast: Cast, indicator: Indicator) -> None:
    enter(cast, indicator, TW3, "86,12")
    enter(cast, indicator, TW3, "")

    assert not KeptSum.objects.filter(indicator=indicator).exists()
    assert queries.unit_sums(units=[cast.kabupaten], quarter=TW3)[0].mean is None


def test_an_earlier_quarter_changes_the_sums_of_later_ones(cast: Cast) -> None:
    indicator = make_indicator(
        make_objective(cast.office.unit), cast.office.positions["kasi1"], accumulation=Accumulation.SUM
    )
    make_targets(indicator, "12", "3", "3", "3", "3")
    enter(cast, indicator, TW3, "3")
    enter(cast, indicator, TW1, "2")

    assert KeptSum.objects.get(indicator=indicator, quarter=3).numerator == 5
    assert list(queries.wrong_sums()) == []


def test_moving_an_office_moves_its_sums(cast: Cast, indicator: Indicator) -> None:
    enter(cast, indicator, TW3, "86,12")
    part = make_unit("Bagian Baru", UnitKind.BAGIAN, cast.kabupaten)

    move_unit(unit=cast.office.unit, parent=part, authority=cast.authority(cast.admin), at=AT)

    assert list(queries.wrong_sums()) == []
    assert queries.unit_sums(units=[part], quarter=TW3)[0].count == 1


def test_a_meaning_changed_before_handing_over_changes_the_sums(cast: Cast, indicator: Indicator) -> None:
    enter(cast, indicator, TW3, "86,12")
    facts = {name: getattr(indicator, name) for name in actions.IndicatorFacts.__dataclass_fields__}
    actions.change_indicator(
        indicator=indicator,
        facts=actions.IndicatorFacts(**{**facts, "variant": Variant.NEGATIVE_LINEAR}),
        authority=cast.office.authority("perencanaan"),
        at=AT,
    )

    assert KeptSum.objects.get(indicator=indicator).ratios == 1_004_393
    assert list(queries.wrong_sums()) == []


@pytest.mark.parametrize("damage", [{"count": 2}, {"ratios": 1}, {"numerator": Decimal(1)}, None])
def test_verify_names_what_was_tampered_with_and_rebuild_mends_it(
    cast: Cast, indicator: Indicator, damage: dict[str, object] | None, capsys: pytest.CaptureFixture[str]
) -> None:
    enter(cast, indicator, TW3, "86,12")
    row = KeptSum.objects.filter(indicator=indicator)
    if damage:
        row.update(**damage)
    else:
        row.delete()

    assert main(["sums", "verify"]) == 1
    assert f"{indicator.unit}: {indicator.short_name}, 2026 quarter 3" in capsys.readouterr().out
    assert main(["sums", "rebuild"]) == 0
    assert main(["sums", "verify"]) == 0
    assert "All sums agree." in capsys.readouterr().out


def test_figures_written_past_the_actions_are_found(indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86.12")

    finding = next(queries.wrong_sums())

    assert finding.stored is None
    assert finding.computed == formulas.Kept(Decimal("86.1200"), Decimal("86.5000"), 1, 995_607)


def test_an_absurd_ratio_is_kept_as_the_largest(cast: Cast) -> None:
    indicator = make_indicator(make_objective(cast.office.unit), cast.office.positions["kasi1"], decimals=4)
    make_targets(indicator, "1", "0.0001", "0.0001", "0.0001", "1")
    enter(cast, indicator, TW3, "99.999.999.999.999")

    assert KeptSum.objects.get(indicator=indicator).ratios == 9_999_999_990_000
    assert list(queries.wrong_sums()) == []
