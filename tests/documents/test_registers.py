from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from tests.cast import AT, Cast, make_cast
from tests.documents.factories import sakip_class

from runtut.core.locks import write_transaction
from runtut.documents.actions import reserve_number, set_template, void_number
from runtut.documents.errors import (
    ActsWithoutPosition,
    ArchiveClassNotInForce,
    NumberAlreadyVoided,
    SegmentMissing,
    TemplateRefused,
    VoidReasonMissing,
)
from runtut.documents.models import ArchiveClass, Register, RegisterEntry
from runtut.organisations.errors import NotAdministrator, UnitNotOpen
from runtut.organisations.models import Authority

pytestmark = pytest.mark.django_db

CONNECTIONS, NUMBERS = 16, 1000


def take(cast: Cast, kind: str = "masuk", **fields: object) -> RegisterEntry:
    arguments = {
        "unit": cast.office.unit,
        "archive_class": None,
        "subject": "Surat",
        "authority": cast.office.authority("umum"),
        "at": AT,
    }
    return reserve_number(kind=kind, **arguments | fields)


def test_reserve_number_counts_each_register_on_its_own(cast: Cast) -> None:
    numbers = [take(cast).text, take(cast).text, take(cast, "arsip", archive_class=sakip_class()).text]
    other = take(cast, unit=cast.other_office.unit, authority=cast.other_office.authority("umum"))

    assert [*numbers, other.text] == ["1/2026", "2/2026", "000.8.6.3/1/2026", "1/2026"]


def test_reserve_number_of_a_desk_is_the_office_number(cast: Cast) -> None:
    take(cast)

    assert take(cast, unit=cast.office.units["kasi1"]).text == "2/2026"


def test_reserve_number_takes_year_and_month_in_the_office_zone(cast: Cast) -> None:
    set_template(
        unit=cast.office.unit,
        kind="masuk",
        year=2026,
        template="{urut}/{bulan_romawi}/{tahun}",
        authority=cast.authority(cast.admin),
        at=AT,
    )

    assert take(cast).text == "1/III/2026"
    assert take(cast, at=datetime(2026, 11, 30, 18, 0, tzinfo=UTC)).text == "2/XII/2026"
    assert take(cast, at=datetime(2026, 12, 31, 18, 0, tzinfo=UTC)).text == "1/I/2027"


def test_reserve_number_given_back_when_the_act_fails(cast: Cast) -> None:
    class Boom(Exception): ...

    with pytest.raises(Boom), write_transaction():
        take(cast)
        raise Boom

    assert take(cast).sequence == 1


def test_reserve_number_refuses(cast: Cast) -> None:
    with pytest.raises(SegmentMissing, match="klasifikasi"):
        take(cast, "arsip")
    with pytest.raises(SegmentMissing, match="kode surat unit"):
        take(cast, "keluar", archive_class=sakip_class())
    with pytest.raises(ArchiveClassNotInForce):
        take(cast, "arsip", archive_class=ArchiveClass.objects.get(code="067"))
    with pytest.raises(UnitNotOpen):
        take(cast, authority=cast.authority(cast.joko))
    with pytest.raises(ActsWithoutPosition):
        take(cast, authority=cast.authority(cast.wati))
    assert RegisterEntry.objects.count() == 0


def test_void_number_stays_with_its_reason_and_is_not_given_again(cast: Cast) -> None:
    entry = take(cast)
    arguments = {"authority": cast.office.authority("umum"), "at": AT + timedelta(hours=1)}

    voided = void_number(entry=entry, reason="Salah catat.", **arguments)

    assert (voided.void_reason, voided.voided_at) == ("Salah catat.", arguments["at"])
    assert take(cast).text == "2/2026"
    with pytest.raises(NumberAlreadyVoided, match=r"2 Maret 2026 pukul 10\.00 WIB"):
        void_number(entry=entry, reason="Lagi.", **arguments)
    with pytest.raises(VoidReasonMissing):
        void_number(entry=take(cast), reason=" ", **arguments)
    with pytest.raises(UnitNotOpen):
        void_number(entry=entry, reason="x", authority=cast.authority(cast.joko), at=AT)


def test_set_template_belongs_to_the_administrator_and_is_checked(cast: Cast) -> None:
    def change(template: str, authority: Authority) -> None:
        set_template(
            unit=cast.office.unit, kind="masuk", year=2026, template=template, authority=authority, at=AT
        )

    with pytest.raises(NotAdministrator):
        change("{urut}", cast.office.authority("umum"))
    with pytest.raises(TemplateRefused):
        change("{urut}//{tahun}", cast.authority(cast.admin))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_sixteen_connections_take_a_thousand_numbers_none_twice_none_missing() -> None:
    cast = make_cast()
    authority = cast.office.authority("umum")
    start = threading.Barrier(CONNECTIONS)

    def take_share(worker: int) -> list[int]:
        try:
            start.wait(30)
            share = range(worker, NUMBERS, CONNECTIONS)
            return [take(cast, authority=authority).sequence for _ in share]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CONNECTIONS) as workers:
        taken = [number for share in workers.map(take_share, range(CONNECTIONS)) for number in share]

    assert sorted(taken) == list(range(1, NUMBERS + 1))
    register = Register.objects.get()
    assert register.last_number == NUMBERS
    assert len(set(RegisterEntry.objects.values_list("text", flat=True))) == NUMBERS


@pytest.mark.django_db(transaction=True)
def test_archive_classes_are_back_after_a_database_is_emptied() -> None:
    call_command("flush", interactive=False, verbosity=0)

    assert ArchiveClass.objects.filter(code="000.8.6.3").exists()
