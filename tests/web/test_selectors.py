"""Unit, Tahun, Triwulan: the URL decides, the cookie remembers, the day and the post fill the rest."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from tests.cast import Cast
from tests.organisations.factories import make_appointment, make_position, make_unit, make_user
from tests.web.conftest import Visit

from runtut.accounts.models import User
from runtut.core.periods import Quarter
from runtut.organisations.enums import Role, UnitKind
from runtut.web.frame.selectors import Selection, selection

pytestmark = pytest.mark.django_db


def chosen_by(user: User, query: str = "", cookie: str = "") -> Selection:
    request = RequestFactory().get(f"/sop/{query}")
    request.user = user
    if cookie:
        request.COOKIES["pilihan"] = cookie
    return selection(request)


def test_selection_begins_at_home_in_the_present_quarter(cast: Cast) -> None:
    chosen = chosen_by(cast.sari)

    assert chosen.unit == cast.office.unit
    assert chosen.quarter == Quarter(2026, 1)
    assert chosen.units == (cast.office.unit, cast.office.units["perencanaan"])


def test_head_of_a_kelurahan_begins_at_the_kecamatan_whose_sops_and_figures_it_works_with(
    cast: Cast,
) -> None:
    lurah = make_user()
    kelurahan = make_unit("Kelurahan Melati", parent=cast.office.unit, kind=UnitKind.KELURAHAN)
    make_appointment(lurah, make_position(kelurahan, Role.LURAH, is_head=True))

    chosen = chosen_by(lurah)

    assert chosen.unit == cast.office.unit
    assert kelurahan in chosen.units
    assert chosen_by(lurah, f"?unit={kelurahan.uid}").unit == kelurahan


def test_url_overrides_the_cookie(cast: Cast) -> None:
    unit = cast.office.units["perencanaan"]

    chosen = chosen_by(cast.sari, "?tahun=2025", cookie=f"{unit.uid}_2024_3")

    assert chosen.unit == unit
    assert chosen.quarter == Quarter(2025, 3)


def test_unit_out_of_reach_is_as_if_not_named(cast: Cast) -> None:
    assert chosen_by(cast.joko, f"?unit={cast.office.unit.uid}").unit == cast.other_office.unit


def test_nonsense_falls_back_to_the_defaults(cast: Cast) -> None:
    chosen = chosen_by(cast.sari, "?unit=x&tahun=dua&tw=9", cookie="rusak")

    assert (chosen.unit, chosen.quarter) == (cast.office.unit, Quarter(2026, 1))


def test_overseer_sees_the_offices_not_their_sections(cast: Cast) -> None:
    assert set(chosen_by(cast.wati).units) == {cast.kabupaten, cast.office.unit, cast.other_office.unit}


def test_person_without_a_post_has_no_unit(cast: Cast) -> None:
    cast.sari.appointments.all().delete()

    assert chosen_by(cast.sari).unit is None


def test_choice_in_the_url_is_remembered_and_a_plain_visit_sets_nothing(cast: Cast, visit: Visit) -> None:
    sari = visit(cast.sari)

    assert "pilihan" not in sari.get("/sop/").cookies
    sari.get("/sop/?tahun=2025&tw=2")

    assert sari.cookies["pilihan"].value == f"{cast.office.unit.uid}_2025_2"
    assert '<option value="2" selected>TW II</option>' in sari.get("/sop/").text


@pytest.mark.parametrize("address", ["/kinerja/rkt/", "/kinerja/renstra/", "/surat/", "/surat/keluar/"])
def test_a_page_of_whole_years_asks_no_quarter_and_keeps_the_one_chosen(
    cast: Cast, visit: Visit, address: str
) -> None:
    sari = visit(cast.sari)
    sari.get("/kinerja/?tahun=2026&tw=2")
    page = sari.get(f"{address}?tahun=2025").text

    assert 'aria-label="Triwulan"' not in page
    assert '<input type="hidden" name="tw" value="2">' in page
    assert '<option value="2" selected>TW II</option>' in sari.get("/kinerja/").text
