from __future__ import annotations

import pytest
from tests.cast import AT, TODAY, Cast, make_cast
from tests.organisations.factories import REGION, make_position, make_unit, make_user

from runtut.core.models import AuditEntry
from runtut.organisations.actions import (
    create_position,
    create_root,
    create_unit,
    deactivate_position,
    deactivate_unit,
    move_unit,
    rename_position,
    rename_unit,
    set_letterhead,
)
from runtut.organisations.enums import Role, UnitKind, Zone
from runtut.organisations.errors import (
    HeadExists,
    NameMissing,
    NotAdministrator,
    PositionInactive,
    RootExists,
    RootStaysRoot,
    TextTooLong,
    UnitInactive,
    UnitIntoItself,
    UnitNotEmpty,
    UnitTooDeep,
)
from runtut.organisations.events import position_closing, unit_moved
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import authorities_of
from runtut.organisations.rules import system_authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def new_unit(cast: Cast, parent: OrganisationUnit, name: str = "Kelurahan Melati") -> OrganisationUnit:
    return create_unit(
        parent=parent,
        kind=UnitKind.KELURAHAN,
        name=name,
        short_name="Kel. Melati",
        authority=cast.authority(cast.admin),
        at=AT,
    )


def last_entry() -> AuditEntry:
    return AuditEntry.objects.latest("id")


def test_create_unit_lies_below_its_parent_and_leaves_a_trail(cast):
    unit = new_unit(cast, cast.office.unit)
    assert unit.path == f"{cast.office.unit.path}{unit.pk:06d}"
    assert (unit.region, unit.zone) == (REGION, "Asia/Jakarta")
    entry = last_entry()
    assert (entry.action, entry.stream, entry.subject) == (
        "organisations.unit.created",
        f"unit:{unit.pk}",
        unit.uid,
    )
    assert (entry.user_id, entry.capacity, entry.at) == (cast.admin.pk, "pengawas", AT)


def test_create_unit_is_refused_to_everybody_but_an_administrator(cast):
    for user in (cast.sari, cast.wati, cast.joko):
        with pytest.raises(NotAdministrator):
            create_unit(
                parent=cast.office.unit,
                kind=UnitKind.SEKSI,
                name="X",
                short_name="X",
                authority=cast.authority(user),
                at=AT,
            )
    assert not OrganisationUnit.objects.filter(name="X").exists()


def test_create_unit_refuses_a_blank_or_endless_name(cast):
    with pytest.raises(NameMissing, match="Nama unit belum diisi") as refusal:
        new_unit(cast, cast.office.unit, name="   ")
    assert refusal.value.field == "name"
    with pytest.raises(TextTooLong, match="120"):
        new_unit(cast, cast.office.unit, name="x" * 121)


def test_create_unit_refuses_a_closed_parent(cast):
    cast.office.unit.is_active = False
    cast.office.unit.save()
    with pytest.raises(UnitInactive):
        new_unit(cast, cast.office.unit)


def test_create_unit_refuses_a_ninth_level(cast):
    parent = cast.kabupaten
    for _ in range(7):
        parent = new_unit(cast, parent)
    with pytest.raises(UnitTooDeep, match="paling banyak 8 tingkat"):
        new_unit(cast, parent)


def test_create_root_is_done_once_and_by_the_system_only(cast):
    with pytest.raises(RootExists, match="Kabupaten Contoh"):
        create_root(
            kind=UnitKind.KABUPATEN,
            name="Lain",
            short_name="Lain",
            zone=Zone.WIB,
            authority=system_authority(region=REGION),
            at=AT,
        )
    root = create_root(
        kind=UnitKind.KABUPATEN,
        name="Kabupaten Timur",
        short_name="Kab. Timur",
        zone=Zone.WIT,
        authority=system_authority(region=9101),
        at=AT,
    )
    assert (root.path, root.region, root.zone) == (f"{root.pk:06d}", 9101, "Asia/Jayapura")


def test_rename_unit_keeps_before_and_after(cast):
    rename_unit(
        unit=cast.office.unit,
        name="Kecamatan  Baru ",
        short_name="Kec. Baru",
        authority=cast.authority(cast.admin),
        at=AT,
    )
    cast.office.unit.refresh_from_db()
    assert (cast.office.unit.name, cast.office.unit.short_name) == ("Kecamatan Baru", "Kec. Baru")
    assert '"before":{"name":"Kec. Sukamaju"' in last_entry().data


def test_set_letterhead_stores_code_address_and_contact(cast):
    set_letterhead(
        unit=cast.office.unit,
        code="Kec.Skm",
        address="Jalan Contoh 1",
        contact="(0000) 1",
        authority=cast.authority(cast.admin),
        at=AT,
    )
    cast.office.unit.refresh_from_db()
    assert (cast.office.unit.code, cast.office.unit.address) == ("Kec.Skm", "Jalan Contoh 1")
    with pytest.raises(TextTooLong) as refusal:
        set_letterhead(
            unit=cast.office.unit,
            code="x" * 31,
            address="",
            contact="",
            authority=cast.authority(cast.admin),
            at=AT,
        )
    assert refusal.value.field == "code"


def test_move_unit_takes_everything_below_with_it(cast):
    moved = cast.office.units["sekcam"]
    heard = []
    unit_moved.connect(lambda **news: heard.append(news["old_path"]), weak=False, dispatch_uid="test")
    try:
        old_path = moved.path
        move_unit(unit=moved, parent=cast.other_office.unit, authority=cast.authority(cast.admin), at=AT)
    finally:
        unit_moved.disconnect(dispatch_uid="test")
    moved.refresh_from_db()
    assert heard == [old_path]
    assert moved.path == f"{cast.other_office.unit.path}{moved.pk:06d}"
    assert moved.parent == cast.other_office.unit
    for key in ("perencanaan", "umum"):
        child = cast.office.units[key]
        child.refresh_from_db()
        assert child.path == f"{moved.path}{child.pk:06d}"
    assert authorities_of(user=cast.sari, on=TODAY)[0].opens == cast.other_office.unit.path


def test_move_unit_refuses_a_circle_and_the_root(cast):
    admin = cast.authority(cast.admin)
    with pytest.raises(UnitIntoItself):
        move_unit(unit=cast.office.unit, parent=cast.office.units["perencanaan"], authority=admin, at=AT)
    with pytest.raises(UnitIntoItself):
        move_unit(unit=cast.office.unit, parent=cast.office.unit, authority=admin, at=AT)
    with pytest.raises(RootStaysRoot):
        move_unit(unit=cast.kabupaten, parent=cast.office.unit, authority=admin, at=AT)


def test_move_unit_refuses_a_subtree_that_would_become_too_deep(cast):
    parent = cast.kabupaten
    for _ in range(5):
        parent = new_unit(cast, parent)
    with pytest.raises(UnitTooDeep):
        move_unit(unit=cast.office.unit, parent=parent, authority=cast.authority(cast.admin), at=AT)


def test_deactivate_unit_refuses_while_something_is_in_it(cast):
    admin = cast.authority(cast.admin)
    with pytest.raises(UnitNotEmpty, match=r"unit di bawahnya: Sekretariat, Seksi Pemerintahan"):
        deactivate_unit(unit=cast.office.unit, authority=admin, at=AT)
    with pytest.raises(UnitNotEmpty, match=r"jabatan: Kepala Seksi"):
        deactivate_unit(unit=cast.office.units["kasi1"], authority=admin, at=AT)
    empty = make_unit("Seksi kosong", UnitKind.SEKSI, cast.office.unit)
    deactivate_unit(unit=empty, authority=admin, at=AT)
    empty.refresh_from_db()
    assert not empty.is_active
    with pytest.raises(UnitInactive):
        deactivate_unit(unit=empty, authority=admin, at=AT)


def test_deactivate_unit_names_three_of_many(cast):
    for number in range(4):
        make_unit(f"U{number}", UnitKind.SEKSI, cast.office.units["kasi1"])
    with pytest.raises(UnitNotEmpty, match="U0, U1, U2 dan lainnya"):
        deactivate_unit(unit=cast.office.units["kasi1"], authority=cast.authority(cast.admin), at=AT)


def new_position(cast: Cast, unit: OrganisationUnit, *, is_head: bool) -> Position:
    return create_position(
        unit=unit,
        role=Role.STAF,
        title="Pengadministrasi Umum",
        short_title="Pengadministrasi",
        is_head=is_head,
        authority=cast.authority(cast.admin),
        at=AT,
    )


def test_create_position_comes_last_in_its_unit(cast):
    position = new_position(cast, cast.office.units["umum"], is_head=False)
    assert (position.sequence, position.region, position.is_active) == (2, REGION, True)
    assert last_entry().action == "organisations.position.created"


def test_create_position_refuses_a_second_head_and_a_closed_unit(cast):
    with pytest.raises(HeadExists, match="Kasubbag Umum"):
        new_position(cast, cast.office.units["umum"], is_head=True)
    closed = make_unit("Tutup", UnitKind.SEKSI, cast.office.unit, is_active=False)
    with pytest.raises(UnitInactive):
        new_position(cast, closed, is_head=False)


def test_rename_position_changes_the_titles_only(cast):
    position = rename_position(
        position=cast.office.positions["kasi1"],
        title="Kepala Seksi Tata Pemerintahan",
        short_title="Kasi Tapem",
        authority=cast.authority(cast.admin),
        at=AT,
    )
    assert (position.title, position.short_title, position.role) == (
        "Kepala Seksi Tata Pemerintahan",
        "Kasi Tapem",
        "kasi",
    )


def test_deactivate_position_ends_what_is_in_force_and_removes_what_is_to_come(cast):
    position = cast.office.positions["camat"]
    future = make_user()
    position.appointments.create(region=REGION, user=future, valid_from=cast.mandate.valid_until)
    deactivate_position(position=position, until=TODAY, authority=cast.authority(cast.admin), at=AT)
    position.refresh_from_db()
    cast.mandate.refresh_from_db()
    assert not position.is_active
    assert cast.mandate.valid_until == TODAY
    assert not position.appointments.filter(user=future).exists()
    with pytest.raises(PositionInactive):
        deactivate_position(position=position, until=TODAY, authority=cast.authority(cast.admin), at=AT)


def test_deactivate_position_leaves_everything_when_an_upper_room_refuses(cast):
    def refuse(**news: object) -> None:
        raise UnitNotEmpty(unit="x", what="tugas", names="y")

    position_closing.connect(refuse, dispatch_uid="test")
    try:
        with pytest.raises(UnitNotEmpty):
            deactivate_position(
                position=cast.office.positions["kasi1"],
                until=TODAY,
                authority=cast.authority(cast.admin),
                at=AT,
            )
    finally:
        position_closing.disconnect(dispatch_uid="test")
    position = Position.objects.get(pk=cast.office.positions["kasi1"].pk)
    assert position.is_active
    assert position.appointments.get().valid_until is None


def test_position_of_another_office_is_out_of_a_local_administrators_reach(cast):
    local = make_user()
    cast.office.unit.oversights.create(region=REGION, user=local, kind="administrator", valid_from=TODAY)
    [authority] = authorities_of(user=local, on=TODAY)
    foreign = make_position(cast.other_office.unit)
    with pytest.raises(NotAdministrator, match=r"administrator Kec\. Sukasari"):
        rename_position(position=foreign, title="X", short_title="X", authority=authority, at=AT)
    own = rename_position(
        position=cast.office.positions["staf"], title="X", short_title="X", authority=authority, at=AT
    )
    assert own.title == "X"
