"""Several real connections at once, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from tests.cast import Cast
from tests.performance.factories import (
    AT,
    TW1,
    TW2,
    TW3,
    TW4,
    acts,
    make_file,
    make_indicator,
    make_realisation,
    make_targets,
)

from runtut.core.errors import DomainError
from runtut.core.periods import Quarter
from runtut.performance import actions, queries
from runtut.performance.enums import RealisationState
from runtut.performance.models import Evidence, Indicator, PeriodLock, Realisation

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[str]:
    """Do works in threads that start together; return "done" or the code of each refusal, sorted."""
    gate = threading.Barrier(len(works))
    results: list[str] = []

    def run(work: Callable[[], object]) -> None:
        try:
            gate.wait()
            work()
            results.append("done")
        except DomainError as refusal:
            results.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def entering(cast: Cast, indicator: Indicator, text: str, version: int | None = 0) -> Callable[[], object]:
    authority = cast.office.authority("kasi1")
    return lambda: actions.enter_realisation(
        indicator=indicator,
        quarter=TW3,
        value_text=text,
        cause="",
        version=version,
        authority=authority,
        at=AT,
    )


def locking(cast: Cast) -> Callable[[], object]:
    authority = cast.office.authority("pengelola")
    return lambda: actions.lock_period(
        unit=cast.office.unit, quarter=TW3, rule="aturan", authority=authority, at=AT
    )


def test_of_three_entries_from_one_form_one_is_kept(cast: Cast, indicator: Indicator) -> None:
    results = at_once(*(entering(cast, indicator, text) for text in ("85", "86", "87")))

    assert results == ["done", "someone_was_faster", "someone_was_faster"]
    assert (Realisation.objects.get().version, acts().count()) == (1, 1)


def test_a_quarter_is_locked_once(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)

    results = at_once(*(locking(cast) for _ in range(3)))

    assert results == ["done", "period_already_locked", "period_already_locked"]
    assert (PeriodLock.objects.count(), acts().count()) == (1, 1)


def test_handing_over_at_once_happens_once(cast: Cast, indicator: Indicator) -> None:
    entering(cast, indicator, "86")()
    authority = cast.office.authority("kasi1")
    actions.add_evidence(
        indicator=indicator, quarter=TW3, file=make_file(indicator.unit), authority=authority, at=AT
    )

    def submit() -> object:
        return actions.submit_realisations(
            position=indicator.owner, unit=indicator.unit, quarter=TW3, authority=authority, at=AT
        )

    assert at_once(submit, submit, submit) == ["done"] * 3
    assert Realisation.objects.get().state == RealisationState.SUBMITTED
    assert acts().filter(action="performance.realisation.submitted").count() == 1


def test_evidence_attached_at_once_is_attached_once(cast: Cast, indicator: Indicator) -> None:
    file, authority = make_file(indicator.unit), cast.office.authority("kasi1")

    def attach() -> object:
        return actions.add_evidence(indicator=indicator, quarter=TW3, file=file, authority=authority, at=AT)

    assert at_once(attach, attach, attach) == ["done"] * 3
    assert Evidence.objects.count() == 1


def test_an_entry_never_slips_past_a_lock(cast: Cast, indicator: Indicator) -> None:
    row = make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)

    results = at_once(locking(cast), entering(cast, indicator, "99", version=None))

    assert results[0] == "done"
    assert results[1] in {"realisation_is_approved", "realisation_is_locked"}
    row.refresh_from_db()
    assert (row.value, row.state) == (86, RealisationState.LOCKED)


def test_sums_of_figures_entered_at_once_miss_nothing(cast: Cast, indicator: Indicator) -> None:
    second = make_indicator(indicator.objective, indicator.owner, sequence=2)
    make_targets(second, "87", "84", "85", "86.5", "87")
    authority = cast.office.authority("kasi1")

    def enter(one: Indicator, quarter: Quarter) -> Callable[[], object]:
        return lambda: actions.enter_realisation(
            indicator=one, quarter=quarter, value_text="80", cause="", authority=authority, at=AT
        )

    works = [enter(one, quarter) for one in (indicator, second) for quarter in (TW1, TW2, TW3, TW4)]

    assert at_once(*works) == ["done"] * 8
    assert list(queries.wrong_sums()) == []
    assert queries.unit_sums(units=[cast.kabupaten], quarter=TW4)[0].count == 2


def test_a_quarter_is_opened_once(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)
    locking(cast)()
    authority = cast.office.authority("perencanaan")

    def unlock() -> object:
        return actions.unlock_period(
            unit=cast.office.unit, quarter=TW3, reason="Koreksi", authority=authority, at=AT
        )

    assert at_once(unlock, unlock, unlock) == ["done", "period_is_not_locked", "period_is_not_locked"]
    assert acts().filter(action="performance.period.unlocked").count() == 1
