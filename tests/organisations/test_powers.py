from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import PLT_FROM, PLT_UNTIL, TODAY, make_cast
from tests.organisations.factories import (
    make_appointment,
    make_mandate,
    make_position,
    make_unit,
    make_user,
)

from runtut.organisations.enums import MandateKind, UnitKind
from runtut.organisations.queries import my_powers

pytestmark = pytest.mark.django_db


def test_powers_of_a_plt_say_what_is_closed_and_by_which_law():
    cast = make_cast()
    definitive, mandate = my_powers(user=cast.budi, on=TODAY)
    assert definitive.authority.role == "sekcam"
    assert (mandate.since, mandate.until, mandate.unit) == (PLT_FROM, PLT_UNTIL, "Kec. Sukamaju")
    assert mandate.may[0].startswith("Sebagai Plt. Camat Anda boleh menyelesaikan langkah SOP")
    assert mandate.may_not == (
        "Sebagai Plt. Camat Anda tidak boleh menandatangani Perjanjian Kinerja dan menetapkan Renja atau "
        "Renstra, karena itu keputusan strategis (UU 30/2014 Pasal 14 ayat 7).",
    )


def test_powers_of_a_head_of_office_include_the_strategic_acts():
    cast = make_cast()
    [power] = my_powers(user=cast.other_office.people["camat"], on=TODAY)
    assert any("Perjanjian Kinerja" in sentence for sentence in power.may)
    [power] = my_powers(user=cast.sari, on=TODAY)
    assert not any("Perjanjian Kinerja" in sentence for sentence in power.may)


def test_powers_of_somebody_replaced_name_who_acts():
    cast = make_cast()
    position, holder = cast.other_office.positions["sekcam"], cast.other_office.people["sekcam"]
    make_mandate(cast.joko, position, MandateKind.PLH, TODAY, date(2026, 3, 6))
    [power] = my_powers(user=holder, on=TODAY)
    assert power.is_sleeping
    assert power.may == ()
    assert power.may_not[0].startswith("Selama Plh. Joko Prasetyo bertugas, wewenang Sekretaris Kecamatan")


def test_powers_of_an_administrator_and_an_evaluator_differ():
    cast = make_cast()
    [admin] = my_powers(user=cast.admin, on=TODAY)
    [evaluator] = my_powers(user=cast.wati, on=TODAY)
    assert any("mengatur unit" in sentence for sentence in admin.may)
    assert any("mengevaluasi" in sentence for sentence in evaluator.may)
    assert not any("mengatur unit" in sentence for sentence in evaluator.may)
    assert "tugas pemegang jabatan" in admin.may_not[0]


def test_powers_of_nobody_are_none():
    make_cast()
    assert my_powers(user=make_user(), on=TODAY) == []


@pytest.mark.parametrize("posts", [1, 3])
def test_powers_take_four_queries(posts):
    root = make_unit()
    user = make_user()
    for number in range(posts):
        position = make_position(make_unit(f"Kec. {number}", UnitKind.KECAMATAN, root))
        make_appointment(user, position)
        make_mandate(make_user(), position, MandateKind.PLH, PLT_FROM, PLT_UNTIL)
    with CaptureQueriesContext(connection) as queries:
        assert len(my_powers(user=user, on=TODAY)) == posts
    assert len(queries) == 4
