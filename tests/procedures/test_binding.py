from __future__ import annotations

import pytest
from tests.cast import AT, Cast, make_cast
from tests.organisations.factories import make_position, make_unit
from tests.procedures.factories import acting_camat, make_draft, make_effective_version

from runtut.organisations.enums import Role, UnitKind
from runtut.procedures.actions import accept_suggested_bindings, bind_performer, withdraw
from runtut.procedures.errors import NotManager, PositionOutsideOffice, VersionIsClosed
from runtut.procedures.models import PerformerBinding
from runtut.procedures.queries import bound_positions, suggest_bindings

pytestmark = pytest.mark.django_db


def unbound(version):
    bound = bound_positions(version)
    return [one.name for one in version.performers.order_by("sequence") if not bound[one.pk]]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def by_name(version, positions) -> dict[str, list[str]]:
    names = {performer.pk: performer.name for performer in version.performers.all()}
    return {names[key]: [position.title for position in found] for key, found in positions.items()}


def test_suggest_bindings_by_role_and_every_kasi(cast):
    version = make_draft(cast)
    chairs = cast.office.positions
    suggested = suggest_bindings(version, cast.office.unit)
    expected = {
        "Camat": [chairs["camat"]],
        "Sekcam": [chairs["sekcam"]],
        "Kasubbag Perencanaan": [chairs["perencanaan"]],
        "Kasi": [chairs["kasi1"], chairs["kasi2"]],
        "Pengelola": [chairs["pengelola"]],
    }
    names = {performer.pk: performer.name for performer in version.performers.all()}
    assert {names[key]: found for key, found in suggested.items()} == expected


def test_suggest_bindings_one_position_for_a_performer_who_acts_alone(cast):
    make_position(cast.office.units["umum"], Role.STAF, "Staf kedua")
    version = make_draft(cast, "s5")
    assert [len(found) for found in suggest_bindings(version, cast.office.unit).values()] == [1, 1, 1, 1, 1]


def test_suggest_bindings_falls_back_on_a_kindred_role(cast):
    version = make_draft(cast, "s-rapat")
    assert by_name(version, suggest_bindings(version, cast.office.unit)) == {
        "Pimpinan Rapat": ["Camat"],
        "Sekretaris Rapat": ["Kasubbag Perencanaan dan Keuangan"],
        "Peserta": ["Kepala Seksi", "Kepala Seksi"],
    }


def test_suggest_bindings_knows_nobody_of_the_role(cast):
    version = make_draft(cast, "s4")
    assert by_name(version, suggest_bindings(version, cast.office.unit))["Lurah"] == []


def test_suggest_bindings_includes_the_lurah_below(cast):
    kelurahan = make_unit("Kel. Mekar", UnitKind.KELURAHAN, cast.office.unit)
    lurah = make_position(kelurahan, Role.LURAH)
    version = make_draft(cast, "s4")
    performer = version.performers.get(name="Lurah")
    assert suggest_bindings(version, cast.office.unit)[performer.pk] == [lurah]


def test_suggest_bindings_leaves_inactive_positions_out(cast):
    cast.office.positions["kasi2"].is_active = False
    cast.office.positions["kasi2"].save(update_fields=["is_active"])
    version = make_draft(cast)
    performer = version.performers.get(name="Kasi")
    assert suggest_bindings(version, cast.office.unit)[performer.pk] == [cast.office.positions["kasi1"]]


def test_suggest_bindings_query_count(cast, django_assert_num_queries):
    version = make_draft(cast, "s4")
    with django_assert_num_queries(3):
        suggest_bindings(version, cast.office.unit)


def test_accept_suggested_bindings_leaves_what_is_bound(cast):
    version = make_draft(cast)
    sari = cast.authority(cast.sari)
    kasi = version.performers.get(name="Kasi")
    bind_performer(performer=kasi, positions=[cast.office.positions["kasi2"]], authority=sari, at=AT)
    others = ["Camat", "Sekcam", "Kasubbag Perencanaan", "Pengelola"]
    assert unbound(version) == others
    accept_suggested_bindings(version=version, authority=sari, at=AT)
    assert unbound(version) == []
    assert bound_positions(version)[kasi.pk] == [cast.office.positions["kasi2"]]


def test_bind_performer_replaces_and_unbinds(cast):
    version = make_draft(cast)
    sari = cast.authority(cast.sari)
    kasi = version.performers.get(name="Kasi")
    chairs = cast.office.positions
    bind_performer(performer=kasi, positions=[chairs["kasi1"], chairs["kasi2"]], authority=sari, at=AT)
    kept = PerformerBinding.objects.get(performer=kasi, position=chairs["kasi2"])
    bind_performer(performer=kasi, positions=[chairs["kasi2"]], authority=sari, at=AT)
    assert list(PerformerBinding.objects.filter(performer=kasi)) == [kept]
    bind_performer(performer=kasi, positions=[], authority=sari, at=AT)
    assert bound_positions(version)[kasi.pk] == []


def test_bind_performer_of_a_version_in_force(cast):
    version = make_effective_version(cast)
    kasi = version.performers.get(name="Kasi")
    bind_performer(
        performer=kasi,
        positions=[cast.office.positions["kasi1"]],
        authority=cast.authority(cast.sari),
        at=AT,
    )
    assert bound_positions(version)[kasi.pk] == [cast.office.positions["kasi1"]]


def test_bind_performer_to_another_office(cast):
    version = make_draft(cast)
    kasi = version.performers.get(name="Kasi")
    with pytest.raises(PositionOutsideOffice) as refused:
        bind_performer(
            performer=kasi,
            positions=[cast.other_office.positions["kasi1"]],
            authority=cast.authority(cast.sari),
            at=AT,
        )
    assert refused.value.field == "positions"
    assert bound_positions(version)[kasi.pk] == []


def test_bind_performer_by_a_stranger(cast):
    version = make_draft(cast)
    with pytest.raises(NotManager):
        bind_performer(
            performer=version.performers.get(name="Kasi"),
            positions=[cast.office.positions["kasi1"]],
            authority=cast.authority(cast.joko),
            at=AT,
        )


def test_bind_performer_of_a_withdrawn_version(cast):
    version = make_effective_version(cast)
    withdraw(version=version, reason="Tidak dipakai lagi", authority=acting_camat(cast), at=AT)
    with pytest.raises(VersionIsClosed, match="sudah dicabut"):
        accept_suggested_bindings(version=version, authority=cast.authority(cast.sari), at=AT)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CAMAT", ["camat"]),
        ("Kasubbag Perencanaan dan Keuangan", ["perencanaan"]),
        ("Staff", ["staf"]),
        ("Pengelola Data", ["pengelola"]),
        ("Kepala Dinas", ["camat"]),
        ("Pemohon", []),
    ],
)
def test_suggest_bindings_by_the_name_of_a_performer_that_came_without_a_role(cast, name, expected):
    """As from an imported document."""
    version = make_draft(cast)
    performer = version.performers.get(name="Pengelola")
    version.performers.filter(pk=performer.pk).update(name=f"{name} ", role="")

    found = suggest_bindings(version, cast.office.unit)[performer.pk]

    assert found == [cast.office.positions[key] for key in expected]
