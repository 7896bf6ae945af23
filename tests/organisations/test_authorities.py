from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import PLT_FROM, PLT_UNTIL, TODAY, make_cast
from tests.organisations.factories import (
    make_appointment,
    make_mandate,
    make_oversight,
    make_position,
    make_unit,
    make_user,
)

from runtut.organisations.enums import Capacity, MandateKind, OversightKind, Role, UnitKind
from runtut.organisations.models import Appointment
from runtut.organisations.queries import authorities_of, authority_for, holders_of

pytestmark = pytest.mark.django_db


def test_authorities_come_definitive_first_then_mandates():
    cast = make_cast()
    found = authorities_of(user=cast.budi, on=TODAY)
    assert [(item.capacity, item.role) for item in found] == [
        (Capacity.DEFINITIVE, "sekcam"),
        (Capacity.PLT, "camat"),
    ]
    assert found[1].mandate_id == cast.mandate.pk
    assert found[1].label == "Camat · (Plt.) Budi Hartono"
    assert found[0].mandate_id is None


def test_authorities_of_oversight_carry_no_position():
    cast = make_cast()
    [found] = authorities_of(user=cast.wati, on=TODAY)
    assert found.position_id is None
    assert found.oversight == OversightKind.EVALUATOR
    assert found.opens == cast.kabupaten.path
    assert found.label == "Wati Suryani"


def test_position_opens_the_office_around_it():
    cast = make_cast()
    sari = cast.authority(cast.sari)
    assert sari.unit_path == cast.office.units["perencanaan"].path
    assert sari.opens == cast.office.unit.path


@pytest.mark.parametrize(
    ("day", "acts"),
    [
        (date(2026, 1, 4), False),
        (PLT_FROM, True),
        (date(2026, 4, 4), True),
        (PLT_UNTIL, False),
    ],
)
def test_mandate_holds_from_its_first_day_until_the_day_before_its_end(day, acts):
    cast = make_cast()
    camat = cast.office.positions["camat"]
    assert (authority_for(user=cast.budi, position=camat, on=day) is not None) == acts


def test_definitive_holder_sleeps_while_a_plh_acts_and_wakes_after():
    cast = make_cast()
    position, holder = cast.other_office.positions["sekcam"], cast.other_office.people["sekcam"]
    make_mandate(cast.joko, position, MandateKind.PLH, TODAY, date(2026, 3, 6))
    assert authorities_of(user=holder, on=TODAY) == []
    assert authority_for(user=cast.joko, position=position, on=TODAY).capacity == Capacity.PLH
    assert authority_for(user=holder, position=position, on=date(2026, 3, 6)).capacity == Capacity.DEFINITIVE
    assert authority_for(user=cast.joko, position=position, on=date(2026, 3, 6)) is None


def test_closed_account_and_closed_position_give_no_authority():
    cast = make_cast()
    cast.sari.is_active = False
    assert authorities_of(user=cast.sari, on=TODAY) == []
    position = cast.other_office.positions["perencanaan"]
    position.is_active = False
    position.save()
    assert authorities_of(user=cast.joko, on=TODAY) == []


def test_mandate_of_a_closed_account_does_not_put_the_holder_to_sleep():
    cast = make_cast()
    position, holder = cast.other_office.positions["sekcam"], cast.other_office.people["sekcam"]
    make_mandate(make_user(is_active=False), position, MandateKind.PLH, TODAY, date(2026, 3, 6))
    assert authority_for(user=holder, position=position, on=TODAY).capacity == Capacity.DEFINITIVE
    assert [item.user_id for item in holders_of(position_ids=[position.pk], on=TODAY)[position.pk]] == [
        holder.pk
    ]


def test_position_in_a_government_without_office_opens_its_own_unit():
    root = make_unit()
    bupati = make_position(root, Role.BUPATI)
    user = make_user()
    make_appointment(user, bupati)
    [found] = authorities_of(user=user, on=TODAY)
    assert found.opens == root.path


def test_holders_name_the_acting_person_only_and_nobody_for_a_vacancy():
    cast = make_cast()
    camat, perencanaan = cast.office.positions["camat"], cast.office.positions["perencanaan"]
    vacant = make_position(cast.office.unit, Role.KASI)
    found = holders_of(position_ids=[camat.pk, perencanaan.pk, vacant.pk], on=TODAY)
    assert [holder.label for holder in found[camat.pk]] == ["(Plt.) Budi Hartono"]
    assert [holder.label for holder in found[perencanaan.pk]] == ["Sari Utami"]
    assert found[vacant.pk] == []


def test_holders_of_a_shared_position_are_all_named():
    root = make_unit()
    position = make_position(root, Role.ANGGOTA_TIM_SAKIP)
    people = [make_user(full_name=name) for name in ("Ali", "Bela")]
    for person in people:
        make_appointment(person, position)
    assert [holder.full_name for holder in holders_of(position_ids=[position.pk], on=TODAY)[position.pk]] == [
        "Ali",
        "Bela",
    ]


@pytest.mark.parametrize("posts", [1, 3])
def test_authorities_take_two_queries_whatever_their_number(posts):
    root = make_unit()
    user = make_user()
    for number in range(posts):
        unit = make_unit(f"Kec. {number}", UnitKind.KECAMATAN, root)
        make_appointment(user, make_position(unit, Role.STAF))
        make_mandate(user, make_position(unit, Role.CAMAT), MandateKind.PLT, PLT_FROM, PLT_UNTIL)
        make_oversight(user, unit, OversightKind.READER)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = authorities_of(user=user, on=TODAY)
    assert len(found) == 3 * posts
    assert len(queries) == 2


@pytest.mark.parametrize("posts", [1, 3])
def test_holders_take_two_queries_whatever_the_number_of_positions(posts):
    root = make_unit()
    positions = [make_position(root) for _ in range(posts)]
    for position in positions:
        make_appointment(make_user(), position)
        make_mandate(make_user(), make_position(root), MandateKind.PLT, PLT_FROM, PLT_UNTIL)
    with CaptureQueriesContext(connection) as queries:
        found = holders_of(position_ids=[position.pk for position in positions], on=TODAY)
    assert sum(map(len, found.values())) == posts
    assert len(queries) == 2


def test_authority_ends_with_the_appointment():
    cast = make_cast()
    Appointment.objects.filter(user=cast.sari).update(valid_until=TODAY)
    assert authorities_of(user=cast.sari, on=TODAY) == []
    assert len(authorities_of(user=cast.sari, on=date(2026, 3, 1))) == 1
