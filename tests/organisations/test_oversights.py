from __future__ import annotations

from datetime import date

import pytest
from tests.cast import AT, TODAY, Cast, make_cast
from tests.organisations.factories import make_oversight, make_user

from runtut.organisations.actions import close_account, end_oversight, grant_oversight
from runtut.organisations.enums import OversightKind
from runtut.organisations.errors import (
    DatesReversed,
    LastAdministrator,
    NotAdministrator,
    NotInForceThen,
    OtherRegion,
    OversightExists,
    PersonInactive,
)
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import authorities_of, has_open

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def grant(cast: Cast, user, unit: OrganisationUnit, kind=OversightKind.READER, start=TODAY, until=None):
    return grant_oversight(
        kind=kind,
        user=user,
        unit=unit,
        valid_from=start,
        valid_until=until,
        decree="",
        authority=cast.authority(cast.admin),
        at=AT,
    )


def end(cast: Cast, oversight, day: date):
    return end_oversight(oversight=oversight, valid_until=day, authority=cast.authority(cast.admin), at=AT)


def test_grant_oversight_opens_the_unit_and_below(cast):
    user = make_user()
    grant(cast, user, cast.office.unit)
    assert has_open(user=user, unit=cast.office.units["kasi1"], on=TODAY)
    assert not has_open(user=user, unit=cast.other_office.unit, on=TODAY)


def test_grant_oversight_refuses_what_makes_no_sense(cast):
    with pytest.raises(OversightExists, match="Wati Suryani sudah menjadi evaluator"):
        grant(cast, cast.wati, cast.kabupaten, OversightKind.EVALUATOR)
    with pytest.raises(OtherRegion):
        grant(cast, make_user(region=1), cast.kabupaten)
    with pytest.raises(PersonInactive):
        grant(cast, make_user(is_active=False), cast.kabupaten)
    with pytest.raises(DatesReversed):
        grant(cast, make_user(), cast.kabupaten, until=TODAY)


def test_grant_oversight_is_refused_to_an_evaluator(cast):
    with pytest.raises(NotAdministrator):
        grant_oversight(
            kind=OversightKind.ADMINISTRATOR,
            user=cast.wati,
            unit=cast.kabupaten,
            valid_from=TODAY,
            valid_until=None,
            decree="",
            authority=cast.authority(cast.wati),
            at=AT,
        )


def test_end_oversight_closes_from_that_day(cast):
    end(cast, cast.wati.oversights.get(), date(2026, 3, 3))
    assert has_open(user=cast.wati, unit=cast.kabupaten, on=TODAY)
    assert not has_open(user=cast.wati, unit=cast.kabupaten, on=date(2026, 3, 3))
    with pytest.raises(NotInForceThen):
        end(cast, cast.wati.oversights.get(), date(2026, 3, 4))


def test_last_administrator_stays(cast):
    own = cast.admin.oversights.get()
    with pytest.raises(LastAdministrator, match="Ani Administrator adalah administrator terakhir"):
        end(cast, own, TODAY)
    make_oversight(make_user(is_active=False), cast.kabupaten)
    make_oversight(make_user(), cast.office.unit)
    make_oversight(make_user(), cast.kabupaten, until=TODAY)
    with pytest.raises(LastAdministrator):
        end(cast, own, TODAY)
    make_oversight(make_user(), cast.kabupaten)
    end(cast, own, TODAY)
    assert authorities_of(user=cast.admin, on=TODAY) == []


def test_administrator_of_an_office_may_go_while_one_above_remains(cast):
    local = make_oversight(make_user(), cast.office.unit)
    assert end(cast, local, TODAY).valid_until == TODAY


def test_account_of_the_last_administrator_is_not_closed(cast):
    with pytest.raises(LastAdministrator):
        close_account(user=cast.admin, authority=cast.authority(cast.admin), at=AT)
    cast.admin.refresh_from_db()
    assert cast.admin.is_active
    make_oversight(make_user(), cast.kabupaten)
    assert not close_account(user=cast.admin, authority=cast.authority(cast.admin), at=AT).is_active
