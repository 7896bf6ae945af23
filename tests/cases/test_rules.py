from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.factories import AT, Desk
from tests.cast import make_office
from tests.organisations.factories import make_appointment, make_mandate, make_oversight, make_user

from runtut.cases.rules import can_see_case, can_steer, is_acting, local_day, local_moment
from runtut.organisations.enums import Capacity, MandateKind, OversightKind
from runtut.organisations.models import Authority, Position
from runtut.organisations.queries import authorities_of, holders_of

pytestmark = pytest.mark.django_db

DAYS = [date(2026, 3, day) for day in (1, 2, 3, 4, 5, 6)]


def claims(position: Position, user_ids: list[int]) -> list[Authority]:
    """Everything that anybody could claim for a position."""
    return [
        Authority(
            user_id=user_id,
            full_name="",
            region=position.region,
            unit_id=position.unit_id,
            unit_path="",
            capacity=capacity,
            position_id=position.pk,
        )
        for user_id in user_ids
        for capacity in Capacity
    ]


def test_is_acting_says_what_holders_of_says_for_everyone_on_every_day() -> None:
    """One rule in two places: this holds them together."""
    desk = Desk.make()
    position = desk.position("camat")
    second, plh, plt, retired, closed = (make_user(f"orang-{name}") for name in "abcde")
    make_appointment(second, position, date(2026, 3, 2), date(2026, 3, 6))
    make_appointment(retired, position, date(2024, 1, 2), date(2026, 3, 2))
    make_appointment(closed, position)
    make_mandate(plh, position, MandateKind.PLH, date(2026, 3, 3), date(2026, 3, 4))
    make_mandate(plt, position, MandateKind.PLT, date(2026, 3, 5), date(2026, 3, 6))
    closed.is_active = False
    closed.save()
    make_mandate(closed, position, MandateKind.PLH, date(2026, 3, 2), date(2026, 3, 3))
    people = [user.pk for user in (second, plh, plt, retired, closed, desk.office.people["camat"])]

    seen = set()
    for day in DAYS:
        holders = holders_of(position_ids=[position.pk], on=day)[position.pk]
        expected = {(holder.user_id, holder.capacity) for holder in holders}
        found = {
            (claim.user_id, claim.capacity) for claim in claims(position, people) if is_acting(claim, day)
        }
        assert found == expected, day
        seen |= expected
    assert len(seen) == 5


def test_is_acting_denies_who_claims_a_position_without_holding_it() -> None:
    desk = Desk.make()
    camat = desk.who("camat")

    assert is_acting(camat, AT.date())
    assert not is_acting(replace(camat, position_id=desk.position("sekcam").pk), AT.date())
    assert not is_acting(replace(camat, user_id=None), AT.date())


@pytest.mark.parametrize(
    ("chair", "steers"),
    [
        ("camat", True),
        ("sekcam", True),
        ("perencanaan", True),
        ("umum", False),
        ("kasi1", False),
        ("staf", False),
    ],
)
def test_who_steers_the_runs_of_an_office(chair: str, steers: bool) -> None:
    desk = Desk.make()
    other = make_office(desk.office.unit.parent, "Sukasari")

    assert can_steer(desk.who(chair), desk.office.unit) is steers
    assert not can_steer(desk.who(chair), other.unit)


def test_a_run_is_open_to_its_office_its_overseers_and_whoever_has_a_part() -> None:
    desk = Desk.make()
    case = desk.start()
    kabupaten = desk.office.unit.parent
    other = make_office(kabupaten, "Sukasari")
    wati = make_user("wati", "Wati")
    make_oversight(wati, kabupaten, OversightKind.EVALUATOR)
    (overseer,) = authorities_of(user=wati, on=AT.date())
    stranger = other.authority("camat")

    assert can_see_case(desk.who("staf"), case)
    assert can_see_case(overseer, case)
    assert not can_see_case(stranger, case)
    case.tasks.update(position=other.positions["camat"])
    assert can_see_case(stranger, case)


def test_days_and_moments_are_those_of_the_office() -> None:
    desk = Desk.make()
    unit = desk.office.unit
    late = AT.replace(hour=17, minute=30)

    assert local_day(late, unit) == date(2026, 3, 3)
    assert local_moment(late, unit) == "3 Maret 2026 pukul 00.30 WIB"
