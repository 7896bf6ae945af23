"""Opening a locked quarter again: who may, why, and what is left of it."""

from __future__ import annotations

import json

import pytest
from tests.cast import Cast
from tests.performance.factories import AT, TW3, acts, make_realisation

from runtut.performance import actions, queries
from runtut.performance.enums import RealisationState
from runtut.performance.errors import (
    NotAllSubmitted,
    NotTheOpener,
    OpeningReasonMissing,
    PeriodIsNotLocked,
)
from runtut.performance.models import Indicator, PeriodLock

pytestmark = pytest.mark.django_db


def lock(cast: Cast) -> PeriodLock:
    return actions.lock_period(
        unit=cast.office.unit,
        quarter=TW3,
        rule="Kalender Kinerja 2026",
        authority=cast.office.authority("pengelola"),
        at=AT,
    )


def unlock(cast: Cast, reason: str = "Angka survei dikoreksi.", by: str = "perencanaan") -> PeriodLock:
    return actions.unlock_period(
        unit=cast.office.unit, quarter=TW3, reason=reason, authority=cast.office.authority(by), at=AT
    )


def test_unlocking_gives_figures_back_and_leaves_history(cast: Cast, indicator: Indicator) -> None:
    row = make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)
    locked = lock(cast)

    opened = unlock(cast)

    row.refresh_from_db()
    assert opened.pk == locked.pk
    assert (row.state, row.return_reason) == (RealisationState.RETURNED, "Angka survei dikoreksi.")
    assert (opened.opening_reason, opened.opened_in) == (
        "Angka survei dikoreksi.",
        cast.office.positions["perencanaan"],
    )
    entry = acts().last()
    assert entry is not None
    assert (entry.action, json.loads(entry.data)["figures"]) == ("performance.period.unlocked", 1)
    assert queries.period_lock(unit=cast.office.unit, quarter=TW3) is None
    assert queries.last_opening(unit=cast.office.unit, quarter=TW3) == opened


def test_an_opened_quarter_is_locked_again_under_another_row(cast: Cast, indicator: Indicator) -> None:
    row = make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)
    lock(cast)
    unlock(cast)
    with pytest.raises(NotAllSubmitted):
        lock(cast)
    row.state = RealisationState.APPROVED
    row.save()

    again = lock(cast)

    assert PeriodLock.objects.count() == 2
    assert queries.period_lock(unit=cast.office.unit, quarter=TW3) == again


@pytest.mark.parametrize("by", ["kasi1", "staf", "umum"])
def test_unlocking_is_refused_to_others_who_are_told_whom_to_ask(
    cast: Cast, indicator: Indicator, by: str
) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)
    lock(cast)
    before = acts().count()

    with pytest.raises(NotTheOpener, match="Kasubbag"):
        unlock(cast, by=by)

    assert queries.period_lock(unit=cast.office.unit, quarter=TW3) is not None
    assert acts().count() == before


def test_unlocking_needs_a_reason_and_a_lock(cast: Cast, indicator: Indicator) -> None:
    with pytest.raises(PeriodIsNotLocked):
        unlock(cast)
    make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)
    lock(cast)

    with pytest.raises(OpeningReasonMissing) as refusal:
        unlock(cast, reason="  ")

    assert refusal.value.field == "reason"
    assert queries.period_lock(unit=cast.office.unit, quarter=TW3) is not None


def test_the_planner_of_another_office_may_not_unlock(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)
    lock(cast)

    with pytest.raises(NotTheOpener):
        actions.unlock_period(
            unit=cast.office.unit,
            quarter=TW3,
            reason="Coba",
            authority=cast.other_office.authority("perencanaan"),
            at=AT,
        )
