from __future__ import annotations

from datetime import date

import pytest
from tests.cast import AT, PLT_FROM, PLT_UNTIL, TODAY, Cast, make_cast
from tests.organisations.factories import make_user

from runtut.accounts.models import User
from runtut.core.models import AuditEntry
from runtut.organisations.actions import (
    end_appointment,
    end_mandate,
    extend_mandate,
    give_mandate,
    withdraw_mandate,
)
from runtut.organisations.enums import MandateKind
from runtut.organisations.errors import (
    AlreadyBegun,
    DatesReversed,
    ExtendInstead,
    MandateAlreadyExtended,
    MandateHasExtension,
    MandateInForce,
    MandateNeedsHead,
    MandateToHolder,
    MandateTooLong,
    NotAdministrator,
    NotInForceThen,
    OnlyPltIsExtended,
    PersonInactive,
    PlhNeedsHolder,
    PltNeedsVacancy,
)
from runtut.organisations.formulas import add_months, period_words, plt_limit
from runtut.organisations.models import Mandate, Position
from runtut.organisations.queries import authority_for

pytestmark = pytest.mark.django_db
PLT, PLH = MandateKind.PLT, MandateKind.PLH


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def give(cast: Cast, kind: MandateKind, user: User, position: Position, start: date, until: date) -> Mandate:
    return give_mandate(
        kind=kind,
        user=user,
        position=position,
        valid_from=start,
        valid_until=until,
        decree="800/1/2026",
        authority=cast.authority(cast.admin),
        at=AT,
    )


def extend(cast: Cast, mandate: Mandate, until: date) -> Mandate:
    return extend_mandate(
        mandate=mandate, valid_until=until, decree="", authority=cast.authority(cast.admin), at=AT
    )


def vacate(cast: Cast, key: str, day: date = TODAY) -> Position:
    position = cast.office.positions[key]
    end_appointment(
        appointment=position.appointments.get(),
        valid_until=day,
        authority=cast.authority(cast.admin),
        at=AT,
    )
    return position


def test_plt_of_a_vacant_head_acts_for_three_months(cast):
    position = vacate(cast, "kasi1")
    given = give(cast, PLT, cast.office.people["kasi2"], position, TODAY, date(2026, 6, 2))
    assert authority_for(user=cast.office.people["kasi2"], position=position, on=date(2026, 6, 1)) is not None
    assert authority_for(user=cast.office.people["kasi2"], position=position, on=date(2026, 6, 2)) is None
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.subject) == ("organisations.mandate.given", given.uid)


def test_plt_is_refused_for_a_day_more_than_three_months(cast):
    position = vacate(cast, "kasi1")
    with pytest.raises(MandateTooLong, match="sampai 1 Juni 2026") as refusal:
        give(cast, PLT, cast.budi, position, TODAY, date(2026, 6, 3))
    assert refusal.value.field == "valid_until"


def test_plt_is_refused_while_the_office_is_held(cast):
    with pytest.raises(PltNeedsVacancy, match="Sari Utami sejak 2 Januari 2024"):
        give(cast, PLT, cast.budi, cast.office.positions["perencanaan"], TODAY, date(2026, 4, 1))


def test_plt_is_refused_when_a_holder_comes_before_its_end(cast):
    position = vacate(cast, "kasi1")
    position.appointments.create(region=position.region, user=make_user(), valid_from=date(2026, 3, 20))
    with pytest.raises(PltNeedsVacancy):
        give(cast, PLT, cast.budi, position, TODAY, date(2026, 3, 21))
    assert give(cast, PLT, cast.budi, position, TODAY, date(2026, 3, 20)).pk


def test_plh_needs_a_holder_for_the_whole_time(cast):
    position = vacate(cast, "kasi1", date(2026, 3, 10))
    with pytest.raises(PlhNeedsHolder, match=r"pilih Plt\."):
        give(cast, PLH, cast.budi, position, TODAY, date(2026, 3, 11))
    assert give(cast, PLH, cast.budi, position, TODAY, date(2026, 3, 10)).pk


def test_plh_is_refused_to_the_holder(cast):
    with pytest.raises(MandateToHolder, match="Sari Utami adalah pejabat definitif"):
        give(cast, PLH, cast.sari, cast.office.positions["perencanaan"], TODAY, date(2026, 3, 6))


def test_mandate_is_refused_for_a_position_that_leads_nothing(cast):
    with pytest.raises(MandateNeedsHead, match="Staf bukan"):
        give(cast, PLH, cast.budi, cast.office.positions["staf"], TODAY, date(2026, 3, 6))


def test_mandate_is_refused_over_another(cast):
    with pytest.raises(MandateInForce, match=r"Plt\. Budi Hartono"):
        give(cast, PLT, cast.sari, cast.office.positions["camat"], date(2026, 4, 4), date(2026, 5, 1))


def test_mandate_is_refused_with_impossible_dates_or_people(cast):
    position = cast.office.positions["perencanaan"]
    with pytest.raises(DatesReversed):
        give(cast, PLH, cast.budi, position, TODAY, TODAY)
    with pytest.raises(PersonInactive):
        give(cast, PLH, make_user(is_active=False), position, TODAY, date(2026, 3, 6))
    assert not position.mandates.exists()


def test_mandate_is_given_by_an_administrator_only(cast):
    with pytest.raises(NotAdministrator):
        give_mandate(
            kind=PLH,
            user=cast.budi,
            position=cast.office.positions["perencanaan"],
            valid_from=TODAY,
            valid_until=date(2026, 3, 6),
            decree="",
            authority=cast.authority(cast.sari),
            at=AT,
        )


def test_plt_is_extended_once_by_three_months(cast):
    extension = extend(cast, cast.mandate, date(2026, 7, 5))
    assert (extension.valid_from, extension.user, extension.extends) == (PLT_UNTIL, cast.budi, cast.mandate)
    camat = cast.office.positions["camat"]
    assert authority_for(user=cast.budi, position=camat, on=date(2026, 7, 4)).mandate_id == extension.pk
    for mandate in (cast.mandate, extension):
        with pytest.raises(MandateAlreadyExtended, match="hanya boleh sekali"):
            extend(cast, mandate, date(2026, 8, 1))


def test_extension_has_its_own_three_months(cast):
    with pytest.raises(MandateTooLong, match="sampai 4 Juli 2026"):
        extend(cast, cast.mandate, date(2026, 7, 6))
    with pytest.raises(DatesReversed):
        extend(cast, cast.mandate, PLT_UNTIL)


def test_plh_is_not_extended(cast):
    mandate = give(cast, PLH, cast.budi, cast.office.positions["perencanaan"], TODAY, date(2026, 3, 6))
    with pytest.raises(OnlyPltIsExtended):
        extend(cast, mandate, date(2026, 3, 13))


def test_new_plt_straight_after_the_old_is_an_extension(cast):
    camat = cast.office.positions["camat"]
    with pytest.raises(ExtendInstead, match="berakhir 4 April 2026"):
        give(cast, PLT, cast.budi, camat, PLT_UNTIL, date(2026, 5, 1))
    extend(cast, cast.mandate, date(2026, 7, 5))
    with pytest.raises(MandateAlreadyExtended):
        give(cast, PLT, cast.budi, camat, date(2026, 7, 5), date(2026, 8, 1))
    assert give(cast, PLT, cast.sari, camat, date(2026, 7, 5), date(2026, 8, 1)).pk


def test_end_mandate_gives_the_authority_back(cast):
    position = cast.office.positions["perencanaan"]
    mandate = give(cast, PLH, cast.budi, position, TODAY, date(2026, 3, 20))
    end_mandate(mandate=mandate, valid_until=date(2026, 3, 5), authority=cast.authority(cast.admin), at=AT)
    assert authority_for(user=cast.sari, position=position, on=date(2026, 3, 4)) is None
    assert authority_for(user=cast.sari, position=position, on=date(2026, 3, 5)) is not None
    with pytest.raises(NotInForceThen, match="2 Maret 2026 sampai 4 Maret 2026"):
        end_mandate(
            mandate=mandate, valid_until=date(2026, 3, 6), authority=cast.authority(cast.admin), at=AT
        )


def test_end_mandate_waits_for_its_extension(cast):
    extension = extend(cast, cast.mandate, date(2026, 6, 1))
    admin = cast.authority(cast.admin)
    with pytest.raises(MandateHasExtension, match="sampai 31 Mei 2026"):
        end_mandate(mandate=cast.mandate, valid_until=TODAY, authority=admin, at=AT)
    withdraw_mandate(mandate=extension, authority=admin, at=AT)
    assert end_mandate(mandate=cast.mandate, valid_until=TODAY, authority=admin, at=AT).valid_until == TODAY


def test_withdraw_mandate_refuses_one_that_has_begun(cast):
    with pytest.raises(AlreadyBegun, match="sejak 5 Januari 2026"):
        withdraw_mandate(mandate=cast.mandate, authority=cast.authority(cast.admin), at=AT)


@pytest.mark.parametrize(
    ("start", "limit"),
    [
        (date(2025, 11, 30), date(2026, 2, 28)),
        (date(2026, 1, 5), date(2026, 4, 5)),
        (date(2026, 10, 31), date(2027, 1, 31)),
        (date(2023, 11, 29), date(2024, 2, 29)),
    ],
)
def test_plt_limit_is_three_calendar_months(start, limit):
    assert plt_limit(start) == limit
    assert add_months(start, 0) == start


def test_period_words_include_the_last_day():
    assert period_words(PLT_FROM, PLT_UNTIL) == "5 Januari 2026 sampai 4 April 2026"
    assert period_words(PLT_FROM, None) == "sejak 5 Januari 2026"
