from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import TODAY, make_cast
from tests.organisations.factories import REGION, make_appointment, make_position, make_unit, make_user

from runtut.organisations.enums import Capacity, Role, StrategicAct, UnitKind
from runtut.organisations.errors import NotAdministrator, PositionNotHeld, StrategicActByMandate, UnitNotOpen
from runtut.organisations.models import Authority
from runtut.organisations.queries import (
    has_open,
    letterhead_of,
    office_of,
    positions_in,
    supervising_unit_of,
    units_open_to,
)
from runtut.organisations.rules import (
    can_administer,
    can_see_unit,
    ensure_can_administer,
    ensure_can_see_unit,
    ensure_holds,
    ensure_no_strategic_act,
    system_authority,
)

pytestmark = pytest.mark.django_db


def test_units_open_to_are_the_own_office_only():
    cast = make_cast()
    opened = set(units_open_to(user=cast.sari, on=TODAY))
    assert opened == {cast.office.unit, *cast.office.units.values()}
    assert opened.isdisjoint(units_open_to(user=cast.joko, on=TODAY))
    assert has_open(user=cast.sari, unit=cast.office.units["kasi1"], on=TODAY)
    assert not has_open(user=cast.joko, unit=cast.office.unit, on=TODAY)


def test_units_open_to_an_evaluator_are_the_whole_kabupaten():
    cast = make_cast()
    assert units_open_to(user=cast.wati, on=TODAY).count() == 1 + 2 * 6


def test_units_open_to_nobody_are_none():
    make_cast()
    assert list(units_open_to(user=make_user(), on=TODAY)) == []


def test_path_range_does_not_reach_a_neighbour_with_a_similar_path():
    root = make_unit()
    first = make_unit("A", UnitKind.KECAMATAN, root)
    second = make_unit("B", UnitKind.KECAMATAN, root)
    user = make_user()
    make_appointment(user, make_position(first))
    assert list(units_open_to(user=user, on=TODAY)) == [first]
    assert second.path > first.path_end or second.path < first.path or second.path[:-1] == first.path[:-1]


@pytest.mark.parametrize("offices", [1, 3])
def test_units_open_to_take_three_queries(offices):
    root = make_unit()
    user = make_user()
    for number in range(offices):
        make_appointment(user, make_position(make_unit(f"Kec. {number}", UnitKind.KECAMATAN, root)))
    with CaptureQueriesContext(connection) as queries:
        assert len(units_open_to(user=user, on=TODAY)) == offices
    assert len(queries) == 3


def test_office_of_a_kelurahan_is_its_kecamatan():
    root = make_unit()
    kecamatan = make_unit("Kec. A", UnitKind.KECAMATAN, root)
    kelurahan = make_unit("Kel. B", UnitKind.KELURAHAN, kecamatan)
    assert office_of(kelurahan) == kecamatan
    assert office_of(kecamatan) == kecamatan
    assert office_of(root) == root


def test_supervising_unit_is_the_next_office_or_government_above():
    root = make_unit()
    kecamatan = make_unit("Kec. A", UnitKind.KECAMATAN, root)
    seksi = make_unit("Seksi", UnitKind.SEKSI, kecamatan)
    setda = make_unit("Setda", UnitKind.SEKRETARIAT_DAERAH, root)
    bagian = make_unit("Bagian", UnitKind.BAGIAN, setda)
    assert supervising_unit_of(seksi) == kecamatan
    assert supervising_unit_of(kecamatan) == root
    assert supervising_unit_of(bagian) == setda
    assert supervising_unit_of(root) is None


def test_positions_in_lists_active_ones_of_the_unit_and_below():
    cast = make_cast()
    assert {position.role for position in positions_in(unit=cast.office.unit)} == {
        "camat",
        "sekcam",
        "kasubbag_perencanaan",
        "kasubbag_umum",
        "kasi",
        "pengelola",
        "staf",
    }
    closed = cast.office.positions["kasi1"]
    closed.is_active = False
    closed.save()
    assert list(positions_in(unit=cast.office.unit, role=Role.KASI)) == [cast.office.positions["kasi2"]]


def test_letterhead_comes_from_the_office_and_its_government():
    root = make_unit("Kabupaten Contoh")
    office = make_unit("Kecamatan A", UnitKind.KECAMATAN, root, address="Jalan Contoh 1", contact="(0000) 1")
    seksi = make_unit("Seksi", UnitKind.SEKSI, office)
    found = letterhead_of(seksi)
    assert found.government == "PEMERINTAH KABUPATEN CONTOH"
    assert found.office == "KECAMATAN A"
    assert (found.address, found.contact) == ("Jalan Contoh 1", "(0000) 1")


def test_stranger_is_refused_without_learning_the_name_of_the_unit():
    cast = make_cast()
    with pytest.raises(UnitNotOpen) as refusal:
        ensure_can_see_unit(cast.authority(cast.joko), cast.office.unit)
    assert cast.office.unit.short_name not in refusal.value.sentence
    assert refusal.value.status == 403


def test_same_path_in_another_region_stays_closed():
    cast = make_cast()
    other = make_unit("Kabupaten Lain", region=3301)
    authority = Authority(
        user_id=1,
        full_name="X",
        region=3301,
        unit_id=1,
        unit_path=cast.kabupaten.path,
        capacity=Capacity.OVERSIGHT,
    )
    assert not can_see_unit(authority, cast.kabupaten)
    assert not can_see_unit(cast.authority(cast.wati), other)


def test_authority_without_path_opens_nothing():
    cast = make_cast()
    empty = Authority(
        user_id=1, full_name="X", region=REGION, unit_id=0, unit_path="", capacity=Capacity.DEFINITIVE
    )
    assert not can_see_unit(empty, cast.kabupaten)
    assert can_see_unit(system_authority(region=REGION), cast.kabupaten)


def test_only_an_administrator_administers():
    cast = make_cast()
    ensure_can_administer(cast.authority(cast.admin), cast.office.units["kasi1"])
    for user in (cast.wati, cast.sari, cast.joko):
        assert not can_administer(cast.authority(user), cast.office.unit)
    with pytest.raises(NotAdministrator, match=r"Hanya administrator Kec\. Sukamaju"):
        ensure_can_administer(cast.authority(cast.budi), cast.office.unit)
    assert not can_administer(system_authority(region=1), cast.kabupaten)


def test_strategic_act_is_refused_to_a_plt_and_open_to_the_definitive_holder():
    cast = make_cast()
    ensure_no_strategic_act(cast.authority(cast.budi), StrategicAct.PERJANJIAN_KINERJA)
    with pytest.raises(StrategicActByMandate) as refusal:
        ensure_no_strategic_act(cast.authority(cast.budi, Capacity.PLT), "pk")
    assert refusal.value.sentence.startswith("Plt. Camat tidak boleh menandatangani Perjanjian Kinerja")
    assert "UU 30/2014 Pasal 14" in refusal.value.sentence


def test_ensure_holds_names_the_position():
    cast = make_cast()
    with pytest.raises(PositionNotHeld, match="Ini tugas Sekretaris Kecamatan"):
        ensure_holds(cast.authority(cast.joko), cast.office.positions["sekcam"])
    ensure_holds(cast.authority(cast.budi), cast.office.positions["sekcam"])
