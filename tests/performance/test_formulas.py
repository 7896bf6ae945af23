"""Laws that hold for all figures, and the sentences that explain a sum."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtut.core.numbers import parse_decimal
from runtut.performance import formulas
from runtut.performance.enums import Accumulation, Standing, Variant, ZeroRule
from runtut.performance.errors import WeightsDoNotSum
from runtut.performance.formulas.figures import rounded

FIGURES = st.decimals(min_value=0, max_value=100_000, places=4)
SIGNED = st.decimals(min_value=-100_000, max_value=100_000, places=4)
TARGETS = st.decimals(min_value=Decimal("0.01"), max_value=100_000, places=4)
CAPS = st.none() | st.decimals(min_value=100, max_value=300, places=2)
ZERO_RULES = st.sampled_from(ZeroRule)
LOWER_IS_BETTER = st.sampled_from([Variant.NEGATIVE_LINEAR, Variant.NEGATIVE_RATIO, Variant.RANGE_NEGATIVE])
HIGHER_IS_BETTER = st.sampled_from([Variant.POSITIVE, Variant.RANGE, Variant.DONE])
QUARTERS = st.lists(st.none() | FIGURES, min_size=4, max_size=4)
THROUGH = st.integers(min_value=1, max_value=4)


def capped(measure: formulas.Measure, target: Decimal, upper: Decimal, realisation: Decimal) -> Decimal:
    result = formulas.achievement(measure, target=target, upper=upper, realisation=realisation)
    assert result.capped is not None
    return result.capped


@given(LOWER_IS_BETTER, TARGETS, FIGURES, SIGNED, SIGNED, st.decimals(100, 300, places=2))
def test_smaller_realisation_never_scores_less_when_lower_is_better(
    variant: Variant, target: Decimal, width: Decimal, one: Decimal, other: Decimal, cap: Decimal
) -> None:
    measure = formulas.Measure(variant, cap=cap)
    small, large = sorted([one, other])

    assert capped(measure, target, target + width, small) >= capped(measure, target, target + width, large)


@given(HIGHER_IS_BETTER, TARGETS, FIGURES, SIGNED, SIGNED, CAPS)
def test_larger_realisation_never_scores_less_when_higher_is_better(
    variant: Variant, target: Decimal, width: Decimal, one: Decimal, other: Decimal, cap: Decimal | None
) -> None:
    measure = formulas.Measure(variant, cap=cap)
    small, large = sorted([one, other])

    assert capped(measure, target, target + width, small) <= capped(measure, target, target + width, large)


@given(st.sampled_from([Variant.NEGATIVE_LINEAR, Variant.NEGATIVE_RATIO]), FIGURES, FIGURES)
def test_smaller_realisation_never_scores_less_against_a_target_of_zero(
    variant: Variant, one: Decimal, other: Decimal
) -> None:
    measure = formulas.Measure(variant, cap=Decimal(150))
    small, large = sorted([one, other])

    assert capped(measure, Decimal(0), Decimal(0), small) >= capped(measure, Decimal(0), Decimal(0), large)


@given(st.sampled_from(Variant), SIGNED, FIGURES, SIGNED, ZERO_RULES, CAPS)
def test_achievement_stays_within_its_bounds(
    variant: Variant,
    target: Decimal,
    width: Decimal,
    realisation: Decimal,
    rule: ZeroRule,
    cap: Decimal | None,
) -> None:
    result = formulas.achievement(
        formulas.Measure(variant, rule, cap), target=target, upper=target + width, realisation=realisation
    )

    assert result.countable == (result.capped is not None)
    assert result.raw is None or result.raw >= 0
    assert result.capped is None or result.capped >= 0
    assert result.capped is None or cap is None or result.capped <= cap
    assert result.raw is None or result.capped is None or result.capped <= result.raw
    assert result.note == ("" if result.countable else result.standing.label)


@given(
    st.sampled_from([v for v in Variant if v is not Variant.DONE]),
    TARGETS,
    FIGURES,
    FIGURES,
    st.sampled_from([Decimal("0.1"), Decimal(10), Decimal(1000)]),
)
def test_achievement_is_the_same_in_another_measure(
    variant: Variant, target: Decimal, width: Decimal, realisation: Decimal, factor: Decimal
) -> None:
    measure = formulas.Measure(variant, cap=Decimal(500))

    here = capped(measure, target, target + width, realisation)
    scaled = capped(measure, target * factor, (target + width) * factor, realisation * factor)

    assert rounded(here, 12) == rounded(scaled, 12)


@given(st.sampled_from(Variant), TARGETS, FIGURES)
def test_meeting_the_target_is_a_hundred(variant: Variant, target: Decimal, width: Decimal) -> None:
    assert capped(formulas.Measure(variant, cap=Decimal(150)), target, target + width, target) == 100


@given(TARGETS, FIGURES)
def test_a_range_without_width_is_its_plain_form(target: Decimal, realisation: Decimal) -> None:
    pairs = [(Variant.RANGE, Variant.POSITIVE), (Variant.RANGE_NEGATIVE, Variant.NEGATIVE_LINEAR)]

    for ranged, plain in pairs:
        assert capped(formulas.Measure(ranged), target, target, realisation) == capped(
            formulas.Measure(plain), target, target, realisation
        )


@given(st.sampled_from(Accumulation), QUARTERS, THROUGH)
def test_later_quarters_never_change_an_earlier_figure(
    kind: Accumulation, values: list[Decimal | None], through: int
) -> None:
    known = [value if number <= through else None for number, value in enumerate(values, 1)]

    assert formulas.accumulate(kind, values, through) == formulas.accumulate(kind, known, through)


@given(QUARTERS, THROUGH)
def test_accumulated_figures_lie_where_they_should(values: list[Decimal | None], through: int) -> None:
    filled = [value for value in values[:through] if value is not None]

    total = formulas.accumulate(Accumulation.SUM, values, through).value
    last = formulas.accumulate(Accumulation.LAST, values, through).value
    mean = formulas.accumulate(Accumulation.MEAN, values, through).value

    if not filled:
        assert (total, last, mean) == (None, None, None)
        return
    assert total == sum(filled)
    assert last == filled[-1]
    assert mean is not None
    assert min(filled) <= mean <= max(filled)


@given(st.lists(st.none() | st.decimals(0, 300, places=2), min_size=1, max_size=8))
def test_mean_is_between_its_parts_and_names_the_rest(values: list[Decimal | None]) -> None:
    items = [item(f"indikator {number}", value) for number, value in enumerate(values)]
    filled = [value for value in values if value is not None]

    result = formulas.mean(items)

    assert (result.counted, result.total) == (len(filled), len(values))
    assert len(result.excluded) == len(values) - len(filled)
    assert (result.value is None) == (not filled)
    assert result.value is None or min(filled) <= result.value <= max(filled)


def item(name: str, value: Decimal | None, weight: str = "0") -> formulas.Item:
    if value is None:
        return formulas.Item(name, formulas.not_counted(Standing.BLANK), Decimal(weight))
    return formulas.Item(name, formulas.Achievement(Standing.COUNTED, value, value), Decimal(weight))


@given(st.lists(st.decimals(0, 300, places=2), min_size=1, max_size=5))
def test_equal_weights_are_the_simple_mean(values: list[Decimal]) -> None:
    weights = {1: ["100"], 2: ["50"] * 2, 4: ["25"] * 4, 5: ["20"] * 5}.get(len(values))
    if weights is None:
        weights = ["33.33", "33.33", "33.34"]
        values = [values[0]] * 3
    items = [item("x", value, weight) for value, weight in zip(values, weights, strict=True)]

    weighted, simple = formulas.weighted_mean(items).value, formulas.mean(items).value

    assert weighted is not None
    assert simple is not None
    assert rounded(weighted, 10) == rounded(simple, 10)


@pytest.mark.parametrize("weights", [["60", "39.99"], ["60", "40.01"], ["120", "-20"]])
def test_weights_must_sum_to_a_hundred(weights: list[str]) -> None:
    items = [item("x", Decimal(100), weight) for weight in weights]

    with pytest.raises(WeightsDoNotSum):
        formulas.weighted_mean(items)


def test_excluded_indicators_are_named_with_their_reason() -> None:
    result = formulas.mean([item("SKM", Decimal(90)), item("Nilai AKIP", None)])

    assert result.excluded == ("Nilai AKIP: belum diisi",)
    assert result.sum_text == "(90,00) ÷ 1"


def explained(
    kind: Accumulation,
    values: list[str | None],
    variant: Variant,
    target: str,
    *,
    decimals: int = 0,
    measure: str = "",
) -> tuple[str, str, str]:
    through = len(values)
    quarters = [None if value is None else Decimal(value) for value in values]
    reached = formulas.accumulate(kind, quarters, through, decimals=decimals, measure=measure)
    result = formulas.achievement(
        formulas.Measure(variant, decimals=decimals, cap=Decimal(150)),
        target=Decimal(target),
        realisation=reached.value,
        expression=reached.expression,
    )
    return reached.words, result.sum_text, result.words


def test_sum_of_an_index_is_told_in_figures_and_words() -> None:
    assert explained(Accumulation.LAST, ["85.5", "85.9", "86.12"], Variant.POSITIVE, "86.5", decimals=2) == (
        "Nilai akhir memakai TW terakhir yang terisi, yaitu TW III.",
        "86,12 ÷ 86,50 × 100",
        "Makin tinggi makin baik: realisasi 86,12 dibagi target 86,50, dikali 100 = 99,56.",
    )


def test_sum_of_a_waiting_time_is_told_in_figures_and_words() -> None:
    assert explained(Accumulation.LAST, ["28", "28", "27"], Variant.NEGATIVE_LINEAR, "30")[1:] == (
        "(2 × 30 − 27) ÷ 30 × 100",
        "Makin rendah makin baik: dua kali target 30 dikurangi realisasi 27, dibagi target 30, "
        "dikali 100 = 110,00.",
    )


def test_sum_of_increments_shows_how_they_were_added() -> None:
    assert explained(Accumulation.SUM, ["5", "4", "2"], Variant.POSITIVE, "12", measure="desa") == (
        "Dijumlahkan: 9 desa s.d. TW II ditambah 2 desa TW III = 11.",
        "(9 + 2) ÷ 12 × 100",
        "Makin tinggi makin baik: realisasi 11 dibagi target 12, dikali 100 = 91,67.",
    )


def test_sum_of_an_average_shows_how_it_was_divided() -> None:
    assert explained(Accumulation.MEAN, ["27", None, "28"], Variant.NEGATIVE_RATIO, "30") == (
        "Rata-rata 2 triwulan yang terisi: (27 + 28) dibagi 2 = 27,5.",
        "30 ÷ ((27 + 28) ÷ 2) × 100",
        "Makin rendah makin baik: target 30 dibagi realisasi 27,5, dikali 100 = 109,09.",
    )


def test_words_say_that_a_value_was_lifted_to_zero_or_cut_at_the_cap() -> None:
    low = formulas.achievement(
        formulas.Measure(Variant.NEGATIVE_LINEAR), target=Decimal(10), realisation=Decimal(25)
    )
    high = formulas.achievement(
        formulas.Measure(Variant.POSITIVE, cap=Decimal(120)), target=Decimal(10), realisation=Decimal(13)
    )

    assert (low.formula_value, low.raw) == (Decimal(-50), Decimal(0))
    assert low.words.endswith("Di bawah nol dibulatkan menjadi 0.")
    assert high.words.endswith("Dalam rata-rata dihitung paling tinggi 120,00.")


def test_words_outside_a_range_name_the_bound() -> None:
    result = formulas.achievement(
        formulas.Measure(Variant.RANGE, decimals=0),
        target=Decimal(80),
        upper=Decimal(90),
        realisation=Decimal(92),
    )

    assert result.sum_text == "92 ÷ 90 × 100"
    assert result.words.startswith("Di luar rentang, dibandingkan dengan batas atas.")


def test_scale_without_a_lowest_band_is_refused() -> None:
    data: formulas.ScaleData = {
        "key": "x",
        "version": 1,
        "citation": "",
        "round_to": None,
        "bands": [{"lower": "50", "label": "Cukup"}],
    }

    with pytest.raises(ValueError, match="starts at 0"):
        formulas.scale_from_data(data)


def test_scale_without_rounding_is_half_open() -> None:
    scale = formulas.scale_from_data(
        {
            "key": "x",
            "version": 3,
            "citation": "",
            "round_to": None,
            "bands": [{"lower": "0", "label": "rendah"}, {"lower": "76", "label": "tinggi"}],
        }
    )

    assert formulas.predicate(scale, Decimal("75.99")) == "rendah"
    assert formulas.predicate(scale, Decimal(-5)) == "rendah"
    assert formulas.predicate(scale, None) == ""
    assert scale.stamp == "x/3"


QUARTERLY = st.decimals(min_value=1, max_value=100, places=1)


@given(st.lists(QUARTERLY, min_size=4, max_size=4), st.decimals(min_value=2, max_value=100, places=1))
def test_whoever_reckons_the_words_again_gets_their_result(values: list[Decimal], target: Decimal) -> None:
    reached = formulas.accumulate(Accumulation.MEAN, values, 4, decimals=1, measure="hari")
    result = formulas.achievement(
        formulas.Measure(Variant.POSITIVE, decimals=1), target=target, realisation=reached.value
    )

    said = re.search(r"realisasi ([\d.,]+) dibagi target ([\d.,]+), dikali 100 = ([\d.,]+)\.", result.words)
    assert said is not None
    first, second, outcome = (parse_decimal(text) or Decimal(0) for text in said.groups())
    assert rounded(first / second * 100, 2) == outcome


def test_average_beside_its_target_is_not_rounded_onto_it() -> None:
    reached = formulas.accumulate(Accumulation.MEAN, [Decimal("2.45"), Decimal("2.6")], 2, decimals=1)

    assert reached.value is not None
    assert formulas.figure(reached.value, 1) == "2,525"
    assert reached.words.endswith("= 2,525.")
