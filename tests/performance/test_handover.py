from __future__ import annotations

import json

import pytest
from tests.cast import TODAY, Cast
from tests.performance.factories import (
    AT,
    TW3,
    TW4,
    acts,
    make_file,
    make_indicator,
    make_objective,
    make_realisation,
)

from runtut.core.errors import DomainError, NotAllowed
from runtut.organisations.enums import Capacity
from runtut.performance import actions
from runtut.performance.enums import Accumulation, RealisationState
from runtut.performance.errors import (
    EvidenceMissing,
    NotAllApproved,
    NotAllSubmitted,
    NothingToReturn,
    NotTheHead,
    NotTheOwner,
    PeriodAlreadyLocked,
    RealisationIsLocked,
    ReturnReasonMissing,
    ValueOrReasonMissing,
)
from runtut.performance.models import Evidence, Indicator, PeriodLock, Realisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(cast: Cast, indicator: Indicator) -> Indicator:
    """Another indicator of the same objective, which the second section answers for."""
    return make_indicator(indicator.objective, cast.office.positions["kasi2"], sequence=2)


def fill(
    cast: Cast, indicator: Indicator, value: str = "86,12", *, evidence: bool = True, cause: str = ""
) -> None:
    who = "kasi1" if indicator.owner == cast.office.positions["kasi1"] else "kasi2"
    authority = cast.office.authority(who)
    actions.enter_realisation(
        indicator=indicator, quarter=TW3, value_text=value, cause=cause, authority=authority, at=AT
    )
    if evidence:
        actions.add_evidence(
            indicator=indicator, quarter=TW3, file=make_file(indicator.unit), authority=authority, at=AT
        )


def submit(cast: Cast, who: str = "kasi1", *, by: str = "") -> list[Realisation]:
    return actions.submit_realisations(
        position=cast.office.positions[who],
        unit=cast.office.unit,
        quarter=TW3,
        authority=cast.office.authority(by or who),
        at=AT,
    )


def states() -> list[str]:
    return list(Realisation.objects.order_by("id").values_list("state", flat=True))


def test_submit_hands_over_what_the_position_owns(
    cast: Cast, indicator: Indicator, second: Indicator
) -> None:
    fill(cast, indicator)
    fill(cast, second)

    submitted = submit(cast)

    assert [row.indicator for row in submitted] == [indicator]
    assert states() == [RealisationState.SUBMITTED, RealisationState.DRAFT]
    row = Realisation.objects.get(indicator=indicator)
    assert (row.submitted_at, row.submitted_in) == (AT, cast.office.positions["kasi1"])
    assert acts().latest("id").action == "performance.realisation.submitted"


def test_submit_twice_changes_nothing(cast: Cast, indicator: Indicator) -> None:
    fill(cast, indicator)
    submit(cast)
    entries = acts().count()

    assert submit(cast) == []
    assert acts().count() == entries


@pytest.mark.parametrize(
    ("value", "evidence", "cause", "refusal"),
    [
        ("", True, "", ValueOrReasonMissing),
        ("86", False, "", EvidenceMissing),
    ],
)
def test_submit_needs_figure_or_reason_and_evidence(
    cast: Cast, indicator: Indicator, value: str, evidence: bool, cause: str, refusal: type[DomainError]
) -> None:
    fill(cast, indicator, value, evidence=evidence, cause=cause)

    with pytest.raises(refusal) as caught:
        submit(cast)

    assert str(indicator.uid) in str(caught.value.field)
    assert states() == [RealisationState.DRAFT]


def test_submit_without_any_entry_is_refused(cast: Cast, indicator: Indicator) -> None:
    with pytest.raises(ValueOrReasonMissing):
        submit(cast)


def test_submit_takes_a_blank_whose_reason_is_given(cast: Cast, indicator: Indicator) -> None:
    fill(cast, indicator, "", evidence=False, cause="Survei baru dilakukan pada TW IV.")

    submit(cast)

    assert states() == [RealisationState.SUBMITTED]


def test_submit_hands_over_all_or_nothing(cast: Cast, indicator: Indicator) -> None:
    make_indicator(indicator.objective, cast.office.positions["kasi1"], sequence=2)
    fill(cast, indicator)

    with pytest.raises(ValueOrReasonMissing):
        submit(cast)

    assert states() == [RealisationState.DRAFT]


def test_submit_leaves_yearly_indicators_to_the_last_quarter(cast: Cast, indicator: Indicator) -> None:
    make_indicator(
        indicator.objective,
        cast.office.positions["kasi1"],
        sequence=2,
        accumulation=Accumulation.ANNUAL,
    )
    fill(cast, indicator)

    assert len(submit(cast)) == 1


def test_submit_by_the_planning_head_on_behalf(cast: Cast, indicator: Indicator) -> None:
    fill(cast, indicator)

    submit(cast, by="perencanaan")

    assert Realisation.objects.get().submitted_in == cast.office.positions["perencanaan"]


def test_submit_by_another_section_is_refused(cast: Cast, indicator: Indicator) -> None:
    fill(cast, indicator)

    with pytest.raises(NotTheOwner):
        submit(cast, by="kasi2")


def give_back(cast: Cast, *, by: str = "sekcam", reason: str = "Angka belum sesuai.", **more: object) -> None:
    actions.return_realisations(
        unit=cast.office.unit,
        quarter=TW3,
        reason=reason,
        authority=cast.office.authority(by),
        at=AT,
        **more,
    )


def test_return_gives_figures_back_with_the_reason(
    cast: Cast, indicator: Indicator, second: Indicator
) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.SUBMITTED)
    make_realisation(second, TW3, "90", state=RealisationState.SUBMITTED)

    give_back(cast, indicators=[second])

    assert states() == [RealisationState.SUBMITTED, RealisationState.RETURNED]
    row = Realisation.objects.get(indicator=second)
    assert (row.return_reason, row.returned_at) == ("Angka belum sesuai.", AT)
    assert row.returned_in == cast.office.positions["sekcam"]
    assert json.loads(acts().get().data)["reason"] == "Angka belum sesuai."


def test_return_of_all_leaves_drafts_alone(cast: Cast, indicator: Indicator, second: Indicator) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)
    make_realisation(second, TW3, "90")

    give_back(cast)

    assert states() == [RealisationState.RETURNED, RealisationState.DRAFT]


def test_return_without_reason_or_without_figures_is_refused(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86")

    with pytest.raises(ReturnReasonMissing):
        give_back(cast, reason="  ")
    with pytest.raises(NothingToReturn):
        give_back(cast)


def test_return_by_a_section_or_another_office_is_refused(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.SUBMITTED)

    with pytest.raises(NotAllowed):
        give_back(cast, by="kasi2")
    with pytest.raises(NotAllowed):
        actions.return_realisations(
            unit=cast.office.unit,
            quarter=TW3,
            reason="x",
            authority=cast.other_office.authority("sekcam"),
            at=AT,
        )

    assert states() == [RealisationState.SUBMITTED]


def test_approve_by_the_acting_head(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.SUBMITTED)

    actions.approve_realisations(
        unit=cast.office.unit,
        quarter=TW3,
        authority=cast.authority(cast.budi, Capacity.PLT),
        at=AT,
    )

    row = Realisation.objects.get()
    assert (row.state, row.approved_at) == (RealisationState.APPROVED, AT)
    assert row.verified_at == AT
    assert set(acts().values_list("action", "capacity")) == {
        ("performance.realisation.verified", Capacity.PLT),
        ("performance.realisation.approved", Capacity.PLT),
    }


def test_approve_waits_for_every_owner(cast: Cast, indicator: Indicator, second: Indicator) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.SUBMITTED)

    with pytest.raises(NotAllSubmitted) as caught:
        actions.approve_realisations(
            unit=cast.office.unit,
            quarter=TW3,
            authority=cast.authority(cast.budi, Capacity.PLT),
            at=AT,
        )

    assert caught.value.details["missing"] == second.short_name
    assert states() == [RealisationState.SUBMITTED]


def test_approve_by_the_secretary_is_refused(cast: Cast, indicator: Indicator) -> None:
    with pytest.raises(NotTheHead):
        actions.approve_realisations(
            unit=cast.office.unit, quarter=TW3, authority=cast.office.authority("sekcam"), at=AT
        )


def lock(cast: Cast, *, by: str = "pengelola") -> PeriodLock:
    return actions.lock_period(
        unit=cast.office.unit,
        quarter=TW3,
        rule="SOP Pengukuran Data Kinerja langkah 8",
        authority=cast.office.authority(by),
        at=AT,
    )


def test_lock_closes_every_figure_of_the_quarter(cast: Cast, indicator: Indicator, second: Indicator) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)
    make_realisation(second, TW3, "90", state=RealisationState.APPROVED)
    later = make_realisation(indicator, TW4, "88")

    made = lock(cast)

    assert states() == [RealisationState.LOCKED, RealisationState.LOCKED, later.state]
    assert (made.contact, made.locked_in) == (
        cast.office.positions["perencanaan"],
        cast.office.positions["pengelola"],
    )
    entry = acts().get()
    assert (entry.action, json.loads(entry.data)["figures"]) == ("performance.period.locked", 2)


def test_lock_waits_for_every_owner(cast: Cast, indicator: Indicator) -> None:
    with pytest.raises(NotAllSubmitted):
        lock(cast)

    assert not PeriodLock.objects.exists()


def test_lock_waits_for_the_approval_of_the_head(cast: Cast, indicator: Indicator, second: Indicator) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)
    make_realisation(second, TW3, "90", state=RealisationState.SUBMITTED)

    with pytest.raises(NotAllApproved) as caught:
        lock(cast)

    assert caught.value.details["missing"] == second.short_name
    assert not PeriodLock.objects.exists()


def test_lock_twice_is_refused_by_name_and_date(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.APPROVED)
    lock(cast)

    with pytest.raises(PeriodAlreadyLocked) as caught:
        lock(cast)

    assert caught.value.sentence == (
        f"TW III 2026 {cast.office.unit.short_name} sudah dikunci Pengelola Data pada 12 Oktober 2026. "
        "Tidak ada yang perlu dilakukan lagi."
    )
    assert PeriodLock.objects.count() == 1


@pytest.mark.parametrize("act", ["enter", "attach", "remove", "return", "approve"])
def test_nothing_moves_in_a_locked_quarter(cast: Cast, indicator: Indicator, act: str) -> None:
    fill(cast, indicator)
    submit(cast)
    Realisation.objects.update(state=RealisationState.APPROVED)
    lock(cast)
    entries = acts().count()
    kasi, unit = cast.office.authority("kasi1"), cast.office.unit
    attempts = {
        "enter": lambda: fill(cast, indicator, "99", evidence=False),
        "attach": lambda: actions.add_evidence(
            indicator=indicator, quarter=TW3, file=make_file(unit), authority=kasi, at=AT
        ),
        "remove": lambda: actions.remove_evidence(evidence=Evidence.objects.get(), authority=kasi, at=AT),
        "return": lambda: give_back(cast),
        "approve": lambda: actions.approve_realisations(
            unit=unit, quarter=TW3, authority=cast.authority(cast.budi, Capacity.PLT, TODAY), at=AT
        ),
    }

    with pytest.raises(RealisationIsLocked):
        attempts[act]()

    assert states() == [RealisationState.LOCKED]
    assert acts().count() == entries


def test_lock_by_a_section_is_refused(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86", state=RealisationState.SUBMITTED)

    with pytest.raises(NotAllowed):
        lock(cast, by="kasi1")


def test_a_unit_without_indicators_can_be_locked(cast: Cast) -> None:
    make_objective(cast.office.unit)

    assert lock(cast).quarter == TW3.number
