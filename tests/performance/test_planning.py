"""Renstra, RKT and the sections' parts: what is refused, and what is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import TODAY, Cast
from tests.documents.factories import make_template
from tests.performance.factories import AT, Plan, acts, make_plan, make_realisation, make_renstra_target

from runtut.core.errors import SomeoneWasFaster
from runtut.core.numbers import NotANumber
from runtut.core.periods import Quarter
from runtut.organisations.enums import Capacity
from runtut.organisations.errors import NameMissing
from runtut.organisations.models import OrganisationUnit
from runtut.performance import actions, formulas, queries
from runtut.performance.actions import ItemFacts
from runtut.performance.enums import Accumulation, ItemLevel, PlanState, Variant
from runtut.performance.errors import (
    BudgetOnlyBelow,
    CodeTaken,
    CodeUnknown,
    GoalOfOtherOffice,
    IndicatorHasTarget,
    IndicatorNotInPlan,
    ItemHasChildren,
    NotTheHead,
    NotThePlanner,
    ParentMissing,
    RenstraMissing,
    RenstraOverlaps,
    RktExists,
    RktIncomplete,
    RktIsClosed,
    YearsOfRenstraWrong,
)
from runtut.performance.models import Goal, Indicator, Objective, Renstra, Rkt, RktItem, Target
from runtut.performance.queries import RktItemRow, rkt_facts
from runtut.performance.rendering import RktDrafted, compose_rkt, rkt_wording

FIGURES = st.decimals(min_value=0, max_value=10_000, places=2)
WORDS = RktDrafted("Pendahuluan.", "Penutup.")


def planner(cast: Cast) -> dict[str, Any]:
    return {"authority": cast.authority(cast.sari), "at": AT}


def item_row(plan: Plan, code: str) -> RktItemRow:
    return next(row for row in queries.rkt_view(rkt=plan.rkt).items if row.item.code == code)


@pytest.mark.django_db
class TestRenstra:
    def test_renstra_is_written_by_the_planner_only(self, cast: Cast) -> None:
        with pytest.raises(NotThePlanner):
            actions.create_renstra(
                unit=cast.office.unit,
                title="Renstra",
                decree="",
                first_year=2025,
                last_year=2029,
                authority=cast.authority(cast.joko),
                at=AT,
            )
        assert acts().count() == 0

    @pytest.mark.parametrize(("first", "last"), [(2029, 2025), (2025, 2031)])
    def test_renstra_of_wrong_years_is_refused(self, cast: Cast, first: int, last: int) -> None:
        with pytest.raises(YearsOfRenstraWrong) as refusal:
            self.create(cast, first, last)
        assert refusal.value.field == "last_year"

    def test_renstra_does_not_overlap_another(self, cast: Cast) -> None:
        self.create(cast, 2025, 2029)

        with pytest.raises(RenstraOverlaps) as refusal:
            self.create(cast, 2029, 2033)
        assert "2025–2029" in refusal.value.sentence

    def create(self, cast: Cast, first: int, last: int) -> None:
        actions.create_renstra(
            unit=cast.office.unit,
            title="Renstra",
            decree="",
            first_year=first,
            last_year=last,
            **planner(cast),
        )

    def test_goal_without_words_is_refused(self, cast: Cast) -> None:
        plan = make_plan(cast.office)

        with pytest.raises(NameMissing):
            actions.add_goals(renstra=plan.renstra, texts=["Layanan cepat", "  "], **planner(cast))
        with pytest.raises(NameMissing):
            actions.add_goals(renstra=plan.renstra, texts=[], **planner(cast))
        assert Goal.objects.get() == plan.goal

    def test_objective_follows_the_numbers_of_the_office(self, cast: Cast) -> None:
        plan = make_plan(cast.office)

        made = actions.add_objectives(goal=plan.goal, texts=["Desa tertib", "Desa maju"], **planner(cast))

        assert [(one.sequence, one.valid_from_year, one.valid_until_year) for one in made] == [
            (2, 2025, 2029),
            (3, 2025, 2029),
        ]

    def test_objective_from_before_the_renstra_is_put_under_a_goal(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        Objective.objects.update(goal=None)
        objective = Objective.objects.get()
        assert list(queries.goals_for(objective)) == [plan.goal]

        actions.change_objective(objective=objective, text=objective.text, goal=plan.goal, **planner(cast))

        group = queries.renstra_view(renstra=plan.renstra).goals
        assert [(one.goal, [each.objective for each in one.objectives]) for one in group] == [
            (plan.goal, [objective])
        ]
        assert acts().filter(action__endswith="objective.placed").count() == 1
        assert acts().filter(action__endswith="objective.reworded").count() == 0

    def test_objective_is_not_put_under_the_goal_of_another_office(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        objective = Objective.objects.get()
        other = OrganisationUnit.objects.exclude(pk=objective.unit_id).filter(kind="kecamatan").first()
        foreign = Goal.objects.create(
            region=plan.goal.region,
            renstra=Renstra.objects.create(
                region=plan.goal.region, unit=other, title="Lain", first_year=2025, last_year=2029
            ),
            sequence=1,
            text="Tujuan lain",
        )

        with pytest.raises(GoalOfOtherOffice):
            actions.place_objective(objective=objective, goal=foreign, **planner(cast))

    def test_objective_of_an_earlier_renstra_is_still_shown(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        Objective.objects.update(valid_until_year=2035)
        later = actions.create_renstra(
            unit=cast.office.unit,
            title="Renstra 2030-2034",
            decree="",
            first_year=2030,
            last_year=2034,
            **planner(cast),
        )

        groups = queries.renstra_view(renstra=later).goals

        assert [(one.goal, len(one.objectives)) for one in groups] == [(None, 1)]
        assert (later.dated_title, plan.renstra.dated_title) == (
            "Renstra 2030-2034",
            "Rencana Strategis 2025–2029",
        )


@pytest.mark.django_db
class TestRkt:
    def test_rkt_is_drawn_from_the_renstra_once(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        make_renstra_target(plan.indicators[0], 2028, "90")

        rkt = actions.open_rkt(unit=cast.office.unit, year=2028, **planner(cast))

        assert [row.year.value for row in queries.rkt_view(rkt=rkt).rows] == [90]
        assert rkt.items.count() == 3
        with pytest.raises(RktExists):
            actions.open_rkt(unit=cast.office.unit, year=2028, **planner(cast))

    def test_rkt_is_worded_by_the_office(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        text = "{{renstra}} untuk {{nama_kantor}}.\n{{isi}}\n{{simpulan}} Tamat."
        make_template(cast.office.unit, "rkt", "RENCANA {{tahun}}", text)

        facts = rkt_facts(rkt=plan.rkt, on=TODAY)
        wording = rkt_wording(facts)

        assert wording.title == (f"RENCANA {plan.rkt.year}",)
        assert wording.opening.endswith(f" untuk {cast.office.unit.name}.")
        assert wording.closing == "Seluruh target sama dengan target Renstra pada tahun yang sama. Tamat."
        assert compose_rkt(facts, RktDrafted("A", "B"))["title"] == list(wording.title)

    def test_rkt_needs_a_renstra(self, cast: Cast) -> None:
        with pytest.raises(RenstraMissing):
            actions.open_rkt(unit=cast.office.unit, year=2028, **planner(cast))

    def test_quarters_that_miss_the_year_are_named(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        texts = {"year": "88", "tw1": "80", "tw2": "82", "tw3": "84", "tw4": "86"}

        actions.set_rkt_targets(rkt=plan.rkt, indicator=plan.indicators[0], texts=texts, **planner(cast))

        problems = queries.rkt_view(rkt=plan.rkt).problems
        assert problems == ["1.1 Indikator 1.1: target triwulan berakhir pada 86,00, target tahun 88,00"]
        with pytest.raises(RktIncomplete):
            actions.draft_rkt(rkt=plan.rkt, drafted=WORDS, document=None, **planner(cast))

    @pytest.mark.parametrize(
        ("facts", "refused"),
        [
            (ItemFacts("7.1", "Salah"), CodeUnknown),
            (ItemFacts("7.01.01", "Sama"), CodeTaken),
            (ItemFacts("7.01.02.2.04", "Tanpa induk"), ParentMissing),
            (ItemFacts("7.01.02", "Program", budget_text="5.000"), BudgetOnlyBelow),
            (ItemFacts("7.01.01.2.01.0007", "Sub", budget_text="lima"), NotANumber),
        ],
    )
    def test_item_is_refused_by_name(self, cast: Cast, facts: ItemFacts, refused: type[Exception]) -> None:
        plan = make_plan(cast.office)

        with pytest.raises(refused) as refusal:
            actions.put_item(rkt=plan.rkt, facts=facts, **planner(cast))
        assert getattr(refusal.value, "field", None) in {"code", "budget_text"}
        assert RktItem.objects.count() == 3

    def test_item_measured_by_an_indicator_has_its_target(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        indicator = plan.indicators[0]
        given = {"code": "7.01.02", "name": "Program", "indicator_text": "Ditulis", "target_text": "1 kali"}

        made = actions.put_item(rkt=plan.rkt, facts=ItemFacts(**given, indicator=indicator), **planner(cast))

        assert (made.indicator_text, made.target_text) == ("", "")
        row = item_row(plan, "7.01.02")
        assert row.measured_by == indicator.name
        assert row.target == f"{queries.rkt_view(rkt=plan.rkt).rows[0].shown[0]} {indicator.measure}"
        texts = {"year": "90", "tw1": "90", "tw2": "90", "tw3": "90", "tw4": "90"}
        actions.set_rkt_targets(rkt=plan.rkt, indicator=indicator, texts=texts, **planner(cast))
        assert item_row(plan, "7.01.02").target == f"90,00 {indicator.measure}"

    def test_target_of_an_indicator_is_not_written_twice(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        indicator = plan.indicators[0]
        facts = ItemFacts("7.01.02", "Program", indicator_text=f" {indicator.name.upper()}", target_text="1")

        with pytest.raises(IndicatorHasTarget) as refusal:
            actions.put_item(rkt=plan.rkt, facts=facts, **planner(cast))

        assert refusal.value.field == "indicator_text"
        assert plan.rkt.items.count() == 3

    def test_item_called_like_an_indicator_keeps_the_plan_from_being_handed_in(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        plan.rkt.items.filter(code="7.01.01").update(
            indicator_text="Dulu bernama lain", target_text="12 kali"
        )
        assert queries.rkt_view(rkt=plan.rkt).problems == []

        Indicator.objects.filter(pk=plan.indicators[0].pk).update(name="Dulu bernama lain")

        (problem,) = queries.rkt_view(rkt=plan.rkt).problems
        assert problem.startswith("7.01.01: “Dulu bernama lain” adalah indikator 1.1 dengan target")

    def test_indicator_of_another_office_measures_nothing_here(self, cast: Cast) -> None:
        plan, other = make_plan(cast.office), make_plan(cast.other_office)
        facts = ItemFacts("7.01.02", "Program", indicator=other.indicators[0])

        with pytest.raises(IndicatorNotInPlan):
            actions.put_item(rkt=plan.rkt, facts=facts, **planner(cast))

    def test_items_go_on_with_their_indicator_and_without_one_that_ended(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        ended = plan.indicators[0]
        facts = ItemFacts("7.01.02", "Program", indicator=ended)
        actions.put_item(rkt=plan.rkt, facts=facts, **planner(cast))
        make_renstra_target(ended, 2028, "90")

        following = actions.open_rkt(unit=cast.office.unit, year=2028, **planner(cast))

        assert following.items.get(code="7.01.02").indicator == ended
        Objective.objects.filter(pk=ended.objective_id).update(valid_until_year=2028)
        last = actions.open_rkt(unit=cast.office.unit, year=2029, **planner(cast))
        copied = last.items.get(code="7.01.02")
        assert (copied.indicator, copied.indicator_text) == (None, ended.name)

    def test_last_year_says_up_to_which_quarter_it_goes(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        make_realisation(plan.indicators[0], Quarter(plan.rkt.year - 1, 2), "80")

        row = queries.rkt_view(rkt=plan.rkt).rows[0]

        assert (row.last_year.value, row.last_until) == (80, "s.d. TW II")

    def test_item_with_rows_below_stays(self, cast: Cast) -> None:
        plan = make_plan(cast.office)

        with pytest.raises(ItemHasChildren):
            actions.remove_item(item=plan.rkt.items.get(code="7.01.01"), **planner(cast))
        actions.remove_item(item=plan.item, **planner(cast))
        assert plan.rkt.items.count() == 2

    def test_old_code_is_written_as_the_nomenclature_does(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        facts = ItemFacts("7.01.01.201.02", "RKA", budget_text="1.500.000")

        made = actions.put_item(rkt=plan.rkt, facts=facts, **planner(cast))

        assert (made.code, made.level, made.budget) == ("7.01.01.2.01.02", ItemLevel.SUB_ACTIVITY, 1_500_000)
        assert queries.rkt_view(rkt=plan.rkt).total == 13_500_000

    def test_handed_in_plan_is_closed_until_it_is_taken_back(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        actions.draft_rkt(rkt=plan.rkt, drafted=WORDS, document=None, **planner(cast))
        change = {"rkt": plan.rkt, "indicator": plan.indicators[0], "texts": {"year": "89"}}
        with pytest.raises(RktIsClosed):
            actions.set_rkt_targets(**change, **planner(cast))

        actions.reopen_rkt(rkt=plan.rkt, reason="Pagu berubah setelah rapat.", **planner(cast))

        actions.set_rkt_targets(**change, **planner(cast))
        assert Rkt.objects.get().state == PlanState.RETURNED

    def test_targets_that_were_not_typed_over_stay_as_they_are(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        change = {"rkt": plan.rkt, "indicator": plan.indicators[0]}
        actions.set_rkt_targets(**change, texts={"year": "90", "tw1": "80", "tw2": "85"}, **planner(cast))

        actions.set_rkt_targets(
            **change, texts={"year": "88", "tw1": "82"}, seen={"tw1": "80,00"}, **planner(cast)
        )
        with pytest.raises(SomeoneWasFaster) as refused:
            actions.set_rkt_targets(**change, texts={"tw1": "81"}, seen={"tw1": "80,00"}, **planner(cast))

        assert refused.value.field == "tw1"
        rows = plan.rkt.targets.filter(indicator=plan.indicators[0]).values_list("quarter", "value")
        assert {quarter: int(value) for quarter, value in rows} == {None: 90, 1: 82, 2: 85}

    def test_approval_is_the_heads_and_replaces_the_years_targets(self, cast: Cast) -> None:
        plan = make_plan(cast.office)
        Target.objects.create(region=1, indicator=plan.indicators[0], year=2027, quarter=1, value=1)
        actions.draft_rkt(rkt=plan.rkt, drafted=WORDS, document=None, **planner(cast))
        with pytest.raises(NotTheHead):
            actions.approve_rkt(rkt=plan.rkt, **planner(cast))

        actions.approve_rkt(rkt=plan.rkt, authority=cast.authority(cast.budi, Capacity.PLT), at=AT)

        values = dict(Target.objects.filter(year=2027).values_list("quarter", "value"))
        assert values == {None: 88, 1: 85, 2: 86, 3: 87, 4: 88}

    def test_view_asks_as_often_for_one_indicator_as_for_three(
        self, cast: Cast, django_assert_num_queries: Any
    ) -> None:
        one = make_plan(cast.office)
        three = make_plan(cast.other_office, count=3)

        for plan in (one, three):
            rkt = Rkt.objects.select_related("unit").get(pk=plan.rkt.pk)
            with django_assert_num_queries(6):
                queries.rkt_view(rkt=rkt)


@given(st.sampled_from(list(Accumulation)), FIGURES, st.one_of(st.none(), FIGURES), st.integers(0, 2))
def test_proposed_quarters_lead_to_the_year(
    kind: Accumulation, year: Decimal, before: Decimal | None, decimals: int
) -> None:
    target = formulas.figure(year, decimals)
    value = Decimal(target.replace(".", "").replace(",", "."))
    quarters = formulas.spread(kind, value, decimals=max(decimals, 2), before=before)

    if kind is Accumulation.ANNUAL:
        assert quarters == (None, None, None, None)
    else:
        assert formulas.reached(kind, quarters, max(decimals, 2)) == value


@pytest.mark.parametrize(
    ("before", "lower_is_better", "proposed"),
    [
        ("83.00", False, ["84.00", "85.00", "86.00", "87"]),
        ("87.86", False, ["87", "87", "87", "87"]),
        ("91.00", True, ["90.00", "89.00", "88.00", "87"]),
        ("85.00", True, ["87", "87", "87", "87"]),
    ],
)
def test_no_state_is_planned_to_get_worse(before: str, lower_is_better: bool, proposed: list[str]) -> None:
    quarters = formulas.spread(
        Accumulation.LAST, Decimal(87), before=Decimal(before), lower_is_better=lower_is_better
    )

    assert [str(one) for one in quarters] == proposed


@given(st.sampled_from(list(Variant)), FIGURES, FIGURES)
def test_change_turns_round_when_the_years_do(variant: Variant, now: Decimal, before: Decimal) -> None:
    there, back = formulas.change(variant, now, before), formulas.change(variant, before, now)

    assert there.difference is not None and back.difference is not None
    assert there.difference == -back.difference
    assert {there.word, back.word} in ({"tetap"}, {"naik", "turun"})
    assert {there.judgement, back.judgement} in ({""}, {"membaik", "memburuk"})


def test_change_of_a_blank_is_nothing() -> None:
    assert formulas.change(Variant.POSITIVE, None, Decimal(1)) == formulas.Change()
    assert formulas.change(Variant.POSITIVE, Decimal(1), None) == formulas.Change()


@given(FIGURES, st.one_of(st.none(), FIGURES))
def test_absorption_of_a_blank_or_no_budget_is_no_figure(budget: Decimal, spent: Decimal | None) -> None:
    found = formulas.absorption(spent, budget).value

    assert (found is None) == (spent is None or budget == 0)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("7.01.01", ItemLevel.PROGRAMME),
        ("X.XX.01", ItemLevel.PROGRAMME),
        ("7.01.01.2.01", ItemLevel.ACTIVITY),
        ("7.01.01.2.01.01", ItemLevel.SUB_ACTIVITY),
        ("7.01.01.2.01.0001", ItemLevel.SUB_ACTIVITY),
        ("7.01", None),
        ("7.1.1", None),
        ("7.01.01.3.01", None),
        ("7.01.01.2.01.001", None),
        ("", None),
    ],
)
def test_code_tells_its_level(text: str, level: ItemLevel | None) -> None:
    assert formulas.level_of(text) == level


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (formulas.Examined(value=None), ["missing"]),
        (formulas.Examined(value=None, explained=True), []),
        (formulas.Examined(value=Decimal(0), has_evidence=True), []),
        (formulas.Examined(value=Decimal(5), maximum=Decimal(4), has_evidence=True), ["out_of_range"]),
        (formulas.Examined(value=Decimal(15), before=Decimal(10), has_evidence=True), []),
        (formulas.Examined(value=Decimal(16), before=Decimal(10), has_evidence=True), ["jump"]),
        (formulas.Examined(value=Decimal(16), before=Decimal(0), has_evidence=True), []),
        (formulas.Examined(value=Decimal(1)), ["no_evidence"]),
    ],
)
def test_figure_is_examined(row: formulas.Examined, codes: list[str]) -> None:
    assert [finding.code for finding in formulas.examine(row)] == codes
