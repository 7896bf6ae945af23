from __future__ import annotations

from datetime import date

import pytest
from tests.cast import AT, PLT_UNTIL, TODAY, Cast, make_cast
from tests.organisations.factories import make_user

from runtut.accounts.models import User
from runtut.core.models import AuditEntry
from runtut.organisations.actions import appoint, end_appointment, withdraw_appointment
from runtut.organisations.errors import (
    AlreadyAppointed,
    AlreadyBegun,
    DatesReversed,
    MandateInForce,
    NotAdministrator,
    NotInForceThen,
    OtherRegion,
    PersonInactive,
    PositionInactive,
    PositionTaken,
    TextTooLong,
)
from runtut.organisations.models import Appointment, Position
from runtut.organisations.queries import authority_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def give(
    cast: Cast,
    user: User,
    position: Position,
    start: date = TODAY,
    until: date | None = None,
    decree: str = "",
) -> Appointment:
    return appoint(
        user=user,
        position=position,
        valid_from=start,
        valid_until=until,
        decree=decree,
        authority=cast.authority(cast.admin),
        at=AT,
    )


def test_appoint_gives_authority_from_that_day(cast):
    user, position = make_user(), cast.office.positions["staf"]
    give(cast, user, position, decree="821/1/2026")
    assert authority_for(user=user, position=position, on=TODAY) is not None
    assert authority_for(user=user, position=position, on=date(2026, 3, 1)) is None
    entry = AuditEntry.objects.latest("id")
    assert entry.action == "organisations.appointment.made"
    assert '"decree":"821/1/2026"' in entry.data


def test_appoint_refuses_a_second_holder_of_a_head_position(cast):
    with pytest.raises(PositionTaken) as refusal:
        give(cast, make_user(), cast.office.positions["perencanaan"])
    assert "dijabat Sari Utami sejak 2 Januari 2024" in refusal.value.sentence
    assert refusal.value.field == "valid_from"


def test_appoint_lets_a_shared_position_have_several_holders(cast):
    give(cast, make_user(), cast.office.positions["staf"])
    assert cast.office.positions["staf"].appointments.count() == 2


def test_appoint_refuses_the_same_person_twice(cast):
    with pytest.raises(AlreadyAppointed, match="sejak 2 Januari 2024"):
        give(cast, cast.office.people["staf"], cast.office.positions["staf"])


def test_appoint_follows_on_the_day_the_predecessor_ends(cast):
    end_appointment(
        appointment=cast.sari.appointments.get(),
        valid_until=date(2026, 4, 1),
        authority=cast.authority(cast.admin),
        at=AT,
    )
    position = cast.office.positions["perencanaan"]
    with pytest.raises(PositionTaken, match="2 Januari 2024 sampai 31 Maret 2026"):
        give(cast, make_user(), position, date(2026, 3, 31))
    successor = make_user()
    give(cast, successor, position, date(2026, 4, 1))
    assert authority_for(user=cast.sari, position=position, on=date(2026, 3, 31)) is not None
    assert authority_for(user=cast.sari, position=position, on=date(2026, 4, 1)) is None
    assert authority_for(user=successor, position=position, on=date(2026, 4, 1)) is not None


def test_appoint_refuses_while_a_plt_is_in_force(cast):
    with pytest.raises(MandateInForce, match=r"Plt\. Budi Hartono 5 Januari 2026 sampai 4 April 2026"):
        give(cast, make_user(), cast.office.positions["camat"])
    assert give(cast, make_user(), cast.office.positions["camat"], PLT_UNTIL).pk


def test_appoint_refuses_what_cannot_hold(cast):
    position = cast.office.positions["staf"]
    with pytest.raises(PersonInactive):
        give(cast, make_user(is_active=False), position)
    with pytest.raises(OtherRegion):
        give(cast, make_user(region=3301), position)
    with pytest.raises(DatesReversed):
        give(cast, make_user(), position, TODAY, TODAY)
    with pytest.raises(TextTooLong):
        give(cast, make_user(), position, decree="x" * 121)
    Position.objects.filter(pk=position.pk).update(is_active=False)
    with pytest.raises(PositionInactive):
        give(cast, make_user(), position)
    assert position.appointments.count() == 1


def test_appoint_is_refused_to_the_head_of_the_office(cast):
    with pytest.raises(NotAdministrator):
        appoint(
            user=make_user(),
            position=cast.office.positions["staf"],
            valid_from=TODAY,
            valid_until=None,
            decree="",
            authority=cast.authority(cast.budi),
            at=AT,
        )


@pytest.mark.parametrize("day", [date(2024, 1, 2), date(2023, 1, 1)])
def test_end_appointment_leaves_at_least_a_day(cast, day):
    with pytest.raises(NotInForceThen, match="sejak 2 Januari 2024"):
        end_appointment(
            appointment=cast.sari.appointments.get(),
            valid_until=day,
            authority=cast.authority(cast.admin),
            at=AT,
        )


def test_end_appointment_never_lengthens(cast):
    appointment = give(cast, make_user(), cast.office.positions["staf"], TODAY, date(2026, 6, 1))
    with pytest.raises(NotInForceThen):
        end_appointment(
            appointment=appointment,
            valid_until=date(2026, 6, 2),
            authority=cast.authority(cast.admin),
            at=AT,
        )


def test_end_appointment_refuses_while_a_plh_stands_in(cast):
    cast.office.positions["perencanaan"].mandates.create(
        region=cast.sari.region,
        user=cast.budi,
        kind="plh",
        valid_from=TODAY,
        valid_until=date(2026, 3, 20),
    )
    with pytest.raises(MandateInForce, match=r"Akhiri Plh\. itu dahulu"):
        end_appointment(
            appointment=cast.sari.appointments.get(),
            valid_until=date(2026, 3, 10),
            authority=cast.authority(cast.admin),
            at=AT,
        )


def test_withdraw_appointment_removes_only_what_has_not_begun(cast):
    admin = cast.authority(cast.admin)
    future = give(cast, make_user(), cast.office.positions["staf"], date(2026, 3, 3))
    withdraw_appointment(appointment=future, authority=admin, at=AT)
    assert not Appointment.objects.filter(pk=future.pk).exists()
    assert AuditEntry.objects.latest("id").action == "organisations.appointment.withdrawn"
    with pytest.raises(AlreadyBegun, match="sejak 2 Januari 2024"):
        withdraw_appointment(appointment=cast.sari.appointments.get(), authority=admin, at=AT)
