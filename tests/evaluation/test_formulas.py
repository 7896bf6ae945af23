"""How answers become scores, over whatever people may answer."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from runtut.evaluation import formulas
from runtut.evaluation.formulas import Weighted

scores = st.none() | st.decimals(0, 100, places=2)
weights = st.decimals("0.01", 100, places=2)
parts = st.lists(st.builds(Weighted, st.just("Bagian"), weights, scores), max_size=6)


def test_worked_example_of_two_sections() -> None:
    clear = formulas.mean_score(formulas.scale_points(Decimal(step), 5) for step in (4, 3))
    held = formulas.mean_score(formulas.yes_no_points(Decimal(answer)) for answer in (1, 0, 0))

    total = formulas.total_score(
        [Weighted("Perencanaan", Decimal(60), clear), Weighted("Pelaporan", Decimal("40"), held)]
    )

    assert (clear, held, total.score) == (Decimal(70), Decimal("33.33"), Decimal("55.33"))
    assert total.sum_text == "(60 × 70,00 + 40 × 33,33) / 100 = 55,33"


def test_a_section_without_answers_leaves_with_its_weight() -> None:
    total = formulas.total_score(
        [Weighted("Ada", Decimal(30), Decimal(80)), Weighted("Kosong", Decimal(70), None)]
    )

    assert (total.score, total.excluded) == (Decimal(80), ("Kosong",))
    assert total.sum_text == "(30 × 80,00) / 30 = 80,00"


def test_nothing_answered_has_no_score_and_not_0() -> None:
    total = formulas.total_score([Weighted("Kosong", Decimal(100), None)])

    assert (total.score, total.sum_text, total.excluded) == (None, "", ("Kosong",))
    assert formulas.mean_score([None, None]) is None


@given(st.lists(scores, max_size=8), st.integers(0, 8))
def test_blanks_change_no_mean(given_scores: list[Decimal | None], blanks: int) -> None:
    assert formulas.mean_score([*given_scores, *[None] * blanks]) == formulas.mean_score(given_scores)


@given(parts)
def test_total_lies_between_the_lowest_and_the_highest(sections: list[Weighted]) -> None:
    total = formulas.total_score(sections)
    there = [one.score for one in sections if one.score is not None]

    assert (total.score is None) == (not there)
    if total.score is not None:
        assert min(there) <= total.score <= max(there)


@given(parts, st.integers(0, 5), st.decimals(0, 100, places=2))
def test_a_higher_answer_never_lowers_the_total(sections: list[Weighted], place: int, more: Decimal) -> None:
    raised = [
        Weighted(one.name, one.weight, min(Decimal(100), one.score + more))
        if number == place and one.score is not None
        else one
        for number, one in enumerate(sections)
    ]
    before, after = formulas.total_score(sections).score, formulas.total_score(raised).score

    assert (before is None) == (after is None)
    assert before is None or after is None or after >= before


@given(st.lists(weights, max_size=6))
def test_what_the_weights_lack_fills_them_to_100(given_weights: list[Decimal]) -> None:
    left = formulas.weights_left(given_weights)

    assert formulas.weights_left([*given_weights, left]) == 0


@given(st.lists(scores, max_size=12))
def test_strengths_and_weaknesses_never_meet(given_scores: list[Decimal | None]) -> None:
    strong, weak = formulas.strongest(given_scores), formulas.weakest(given_scores)
    others = [
        one
        for place, one in enumerate(given_scores)
        if one is not None and one < formulas.STRONG and place not in weak
    ]

    assert not set(strong) & set(weak)
    assert max(len(strong), len(weak)) <= formulas.SHOWN
    lowest = [one for place in weak if (one := given_scores[place]) is not None]
    assert lowest == sorted(lowest)
    assert not others or not lowest or max(lowest) <= min(others)
