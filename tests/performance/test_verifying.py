"""Handed-over figures are verified by another person before they are approved."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError
from tests.cast import Cast
from tests.performance.factories import (
    AT,
    TW1,
    TW3,
    acts,
    make_file,
    make_indicator,
    make_objective,
    make_realisation,
    make_targets,
)
from tests.performance.runs import make_runs

from runtut.core.errors import DomainError, NotAllowed
from runtut.organisations.enums import Capacity
from runtut.organisations.models import Authority
from runtut.performance import actions
from runtut.performance.enums import RealisationState
from runtut.performance.errors import (
    NothingToVerify,
    NotVerified,
    RealisationIsLocked,
    VerifiesOwnFigure,
)
from runtut.performance.models import Indicator, Realisation
from runtut.performance.queries import awaits_approval, grid

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return make_indicator(make_objective(cast.office.unit), cast.office.positions["kasi1"])


def hand_over(cast: Cast, indicator: Indicator, *, by: str = "kasi1") -> None:
    authority = cast.office.authority(by)
    given: dict[str, Any] = {"indicator": indicator, "quarter": TW3, "authority": authority, "at": AT}
    actions.enter_realisation(value_text="86", cause="", **given)
    actions.add_evidence(file=make_file(indicator.unit), **given)
    actions.submit_realisations(
        position=indicator.owner, unit=indicator.unit, quarter=TW3, authority=authority, at=AT
    )


def verify(cast: Cast, authority: Authority) -> list[Realisation]:
    return actions.verify_realisations(
        owner=cast.office.positions["kasi1"], unit=cast.office.unit, quarter=TW3, authority=authority, at=AT
    )


def approve(cast: Cast) -> None:
    actions.approve_realisations(
        unit=cast.office.unit, quarter=TW3, authority=cast.authority(cast.budi, Capacity.PLT), at=AT
    )


def test_another_person_verifies_and_the_trail_says_who(cast: Cast, indicator: Indicator) -> None:
    hand_over(cast, indicator)
    authority = cast.office.authority("pengelola")

    (row,) = verify(cast, authority)

    row.refresh_from_db()
    assert (row.state, row.verified_at) == (RealisationState.SUBMITTED, AT)
    assert (row.verified_by_id, row.verified_in) == (
        authority.user_id,
        cast.office.positions["pengelola"],
    )
    assert acts().latest("id").action == "performance.realisation.verified"


def test_who_typed_the_figure_for_its_owner_does_not_verify_it(cast: Cast, indicator: Indicator) -> None:
    hand_over(cast, indicator, by="perencanaan")

    with pytest.raises(VerifiesOwnFigure) as caught:
        verify(cast, cast.office.authority("perencanaan"))

    assert indicator.short_name in caught.value.sentence
    assert Realisation.objects.get().verified_at is None


def test_the_owner_and_other_offices_verify_nothing(cast: Cast, indicator: Indicator) -> None:
    hand_over(cast, indicator)

    for authority in (cast.office.authority("kasi1"), cast.office.authority("kasi2")):
        with pytest.raises(NotAllowed):
            verify(cast, authority)


def test_only_what_waits_is_verified(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86")

    with pytest.raises(NothingToVerify):
        verify(cast, cast.office.authority("pengelola"))


def test_a_return_takes_the_verification_back(cast: Cast, indicator: Indicator) -> None:
    hand_over(cast, indicator)
    verify(cast, cast.office.authority("pengelola"))

    actions.return_realisations(
        unit=cast.office.unit,
        quarter=TW3,
        reason="Bukti tidak terbaca.",
        authority=cast.office.authority("pengelola"),
        at=AT,
    )

    row = Realisation.objects.get()
    assert (row.state, row.verified_at, row.verified_by) == (RealisationState.RETURNED, None, None)


def test_approval_verifies_what_nobody_has_and_leaves_the_rest(cast: Cast, indicator: Indicator) -> None:
    hand_over(cast, indicator)
    verify(cast, cast.office.authority("sekcam"))

    approve(cast)

    row = Realisation.objects.get()
    assert (row.state, row.verified_in) == (RealisationState.APPROVED, cast.office.positions["sekcam"])


def test_the_head_does_not_approve_a_figure_of_the_same_hand(cast: Cast, indicator: Indicator) -> None:
    row = make_realisation(indicator, TW3, "86", state=RealisationState.SUBMITTED)
    Realisation.objects.filter(pk=row.pk).update(entered_by=cast.budi)

    with pytest.raises(NotVerified) as caught:
        approve(cast)

    assert caught.value.details["missing"] == indicator.short_name
    assert Realisation.objects.get().state == RealisationState.SUBMITTED


def test_a_locked_quarter_is_not_verified(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)
    actions.lock_period(
        unit=cast.office.unit,
        quarter=TW3,
        rule="Kalender Kinerja",
        authority=cast.office.authority("pengelola"),
        at=AT,
    )

    refused: type[DomainError] = RealisationIsLocked
    with pytest.raises(refused):
        verify(cast, cast.office.authority("pengelola"))


def test_the_database_keeps_the_two_hands_apart(cast: Cast, indicator: Indicator) -> None:
    row = make_realisation(indicator, TW3, "86", state=RealisationState.SUBMITTED)

    with pytest.raises(IntegrityError):
        Realisation.objects.filter(pk=row.pk).update(entered_by=cast.budi, verified_by=cast.budi)


def test_the_examining_step_of_a_run_verifies_its_figures(db: None) -> None:
    runs = make_runs()
    case = runs.start()
    runs.collect(case)
    runs.complete(case, "pengelola")
    assert not Realisation.objects.filter(verified_at__isnull=False).exists()

    actions.follow_endorsement(case=case, authority=runs.who("sekcam"), at=runs.at)

    rows = Realisation.objects.filter(year=TW1.year, quarter=TW1.number)
    assert {row.verified_in for row in rows} == {runs.office.positions["sekcam"]}


def test_a_quarter_awaits_approval_once_all_of_it_is_handed_over(cast: Cast, indicator: Indicator) -> None:
    other = make_indicator(indicator.objective, cast.office.positions["kasi2"], sequence=2)
    for one in (indicator, other):
        make_targets(one, "87", "84", "85", "86.5", "87")

    def awaits() -> bool:
        return awaits_approval(grid(unit=cast.office.unit, quarter=TW3))

    make_realisation(indicator, TW3, "86", state=RealisationState.SUBMITTED)
    assert not awaits()
    make_realisation(other, TW3, "86", state=RealisationState.APPROVED)
    assert awaits()
    Realisation.objects.update(state=RealisationState.APPROVED)
    assert not awaits()
