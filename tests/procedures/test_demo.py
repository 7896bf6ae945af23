from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.cast import AT, make_office
from tests.organisations.factories import make_appointment, make_position, make_unit, make_user

from runtut.organisations.enums import Role, UnitKind
from runtut.organisations.errors import DemoNotAllowed
from runtut.procedures.actions import load_demo_procedures
from runtut.procedures.enums import CheckupKind, VersionState
from runtut.procedures.models import Checkup, Procedure, ProcedureVersion
from runtut.procedures.queries import bound_positions, called_version, coming_number, effective_procedures

pytestmark = pytest.mark.django_db


def make_kecamatan(name: str = "Sukamaju"):
    kabupaten = make_unit("Kabupaten Contoh", UnitKind.KABUPATEN)
    office = make_office(kabupaten, name)
    office.unit.name, office.unit.code = f"Kecamatan {name}", f"Kec.{name}"
    office.unit.save(update_fields=["name", "code"])
    kelurahan = make_unit("Kel. Mekar", UnitKind.KELURAHAN, office.unit)
    make_position(kelurahan, Role.LURAH, is_head=True)
    return office


def make_dinas():
    unit = make_unit("Dinas Sosial dan Pemberdayaan Masyarakat Desa", UnitKind.DINAS)
    unit.code = "Dinsospermasdes"
    unit.save()
    head = make_position(unit, Role.KEPALA_PD, is_head=True)
    make_appointment(make_user(), head)
    for role in (Role.SEKRETARIS_PD, Role.SEKRETARIS_TIM_SAKIP, Role.ANGGOTA_TIM_SAKIP):
        make_position(unit, role)
    return unit


def test_load_demo_procedures_puts_the_six_in_force():
    office = make_kecamatan()
    assert load_demo_procedures(at=AT) == {"procedures": 6}
    rows = effective_procedures(office.unit)
    assert sorted(row.procedure.library_key for row in rows) == ["s1", "s2", "s3", "s4", "s5", "s6"]
    assert all(positions for row in rows for positions in bound_positions(row.version).values())
    assert {row.version.ratified_by for row in rows} == {office.people["camat"]}
    numbers = sorted(row.version.sop_number for row in rows)
    assert numbers[1] == "000.8.3.3/2/Kec.Sukamaju/2026"
    one = rows[0]
    assert coming_number(procedure=one.procedure, on=AT.date()) == one.version.sop_number, "the same pattern"


def test_load_demo_procedures_of_the_dinas_calls_its_meeting():
    unit = make_dinas()
    assert load_demo_procedures(at=AT) == {"procedures": 2}
    assert called_version(key="s-rapat", unit=unit).sop_number == "000.8.3.3/1/Dinsospermasdes/2026"
    rows = effective_procedures(unit)
    assert all(positions for row in rows for positions in bound_positions(row.version).values())


@pytest.mark.parametrize("today", [AT, datetime(2026, 11, 21, 18, 9, tzinfo=UTC)])
def test_only_what_a_visitor_is_to_see_is_overdue(today):
    make_kecamatan()
    kabupaten = make_unit("Kabupaten Lain", UnitKind.KABUPATEN)
    for name in ("Sukasari", "Sukarame"):
        office = make_office(kabupaten, name)
        office.unit.name, office.unit.code = f"Kecamatan {name}", f"Kec.{name}"
        office.unit.save(update_fields=["name", "code"])
    make_dinas()
    load_demo_procedures(at=today, founded={"sukamaju": today - timedelta(days=720)})

    others = Checkup.objects.exclude(procedure__unit__name="Kecamatan Sukamaju")
    overdue = others.filter(due_at__lte=today)
    assert [(one.procedure.unit.name, one.procedure.library_key, one.kind) for one in overdue] == [
        ("Kecamatan Sukarame", "s4", CheckupKind.MONITORING)
    ]
    assert others.count() == 2 * (6 + 6 + 2)


def test_load_demo_procedures_again_keeps_what_people_did():
    make_kecamatan()
    load_demo_procedures(at=AT)
    version = ProcedureVersion.objects.get(procedure__library_key="s2")
    ProcedureVersion.objects.filter(pk=version.pk).update(state=VersionState.WITHDRAWN)
    Procedure.objects.filter(library_key="s3").update(title="Himpunan data")
    assert load_demo_procedures(at=AT) == {"procedures": 0}
    version.refresh_from_db()
    assert version.state == VersionState.WITHDRAWN


def test_load_demo_procedures_of_a_vacant_head_is_the_systems_act():
    office = make_kecamatan()
    office.positions["camat"].appointments.update(valid_until=AT.date())
    assert load_demo_procedures(at=AT) == {"procedures": 6}
    assert set(ProcedureVersion.objects.values_list("ratified_by", flat=True)) == {None}


def test_load_demo_procedures_without_the_offices():
    assert load_demo_procedures(at=AT) == {"procedures": 0}


def test_load_demo_procedures_is_for_demonstrations_only(settings):
    settings.DEMO = False
    with pytest.raises(DemoNotAllowed):
        load_demo_procedures(at=AT)
