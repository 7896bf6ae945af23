from __future__ import annotations

from datetime import date

import pytest
from tests.cast import AT, TODAY

from runtut.accounts.errors import UsernameTaken
from runtut.accounts.models import User
from runtut.organisations.actions import found_region
from runtut.organisations.enums import Zone
from runtut.organisations.errors import NameMissing
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import authorities_of, calendar_for
from runtut.organisations.rules import can_administer

pytestmark = pytest.mark.django_db


def found(username: str = "rina.wahyuni", region_name: str = "Kabupaten Timur") -> User:
    return found_region(
        region=9101,
        region_name=region_name,
        zone=Zone.WIT,
        username=username,
        full_name="Rina Wahyuni",
        password="kembang setaman pagi",
        at=AT,
    )


def test_found_region_makes_a_root_a_calendar_and_an_administrator():
    user = found()
    root = OrganisationUnit.objects.get()
    [authority] = authorities_of(user=user, on=TODAY)
    assert (root.name, root.region, root.zone) == ("Kabupaten Timur", 9101, "Asia/Jayapura")
    assert can_administer(authority, root)
    assert user.must_change_password
    assert not calendar_for(unit=root).is_working_day(date(2026, 8, 17))


def test_found_region_again_adds_an_administrator_only():
    found()
    second = found("dewi.kartika", "Nama Lain")
    assert OrganisationUnit.objects.get().name == "Kabupaten Timur"
    assert len(authorities_of(user=second, on=TODAY)) == 1


def test_found_region_leaves_nothing_behind_when_refused():
    found()
    with pytest.raises(UsernameTaken):
        found()
    with pytest.raises(NameMissing):
        found_region(
            region=9102,
            region_name=" ",
            zone=Zone.WIT,
            username="budi.hartono",
            full_name="Budi",
            password="kembang setaman pagi",
            at=AT,
        )
    assert OrganisationUnit.objects.count() == User.objects.count() == 1
