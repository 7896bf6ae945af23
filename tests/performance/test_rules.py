"""Whose figures and plans a position works on: its own office's, and nobody's above."""

from __future__ import annotations

import pytest
from tests.cast import AT, TODAY, Cast
from tests.organisations.factories import make_appointment, make_position, make_unit, make_user

from runtut.organisations.enums import Capacity, Role, UnitKind
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import authorities_of
from runtut.performance.actions import create_renstra
from runtut.performance.errors import NotThePlanner
from runtut.performance.models import Renstra
from runtut.performance.rules import can_approve, can_plan, can_review, collects_in

pytestmark = pytest.mark.django_db


def seated(unit: OrganisationUnit, role: Role) -> Authority:
    """Somebody who holds a new position of a role, as an authority."""
    person = make_user(f"{role}-{unit.pk}")
    make_appointment(person, make_position(unit, role))
    (found,) = authorities_of(user=person, on=TODAY)
    return found


def test_an_office_below_plans_and_collects_for_itself_alone(cast: Cast) -> None:
    planner, clerk = cast.office.authority("perencanaan"), cast.office.authority("pengelola")
    head = cast.authority(cast.budi, Capacity.PLT)

    for unit, own in ((cast.office.unit, True), (cast.kabupaten, False), (cast.other_office.unit, False)):
        assert can_plan(planner, unit) == own
        assert collects_in(planner, unit) == own
        assert can_review(clerk, unit) == own
        assert can_approve(head, unit) == own
    with pytest.raises(NotThePlanner):
        create_renstra(
            unit=cast.kabupaten,
            title="Rencana",
            first_year=2026,
            last_year=2030,
            decree="",
            authority=planner,
            at=AT,
        )
    assert not Renstra.objects.exists()


def test_a_bagian_works_on_the_plans_of_its_sekretariat_and_its_head_approves(cast: Cast) -> None:
    setda = make_unit("Sekretariat Daerah", UnitKind.SEKRETARIAT_DAERAH, cast.kabupaten)
    bagian = make_unit("Bagian Perencanaan", UnitKind.BAGIAN, setda)
    head, chief = seated(bagian, Role.KABAG), seated(setda, Role.SEKDA)

    assert can_plan(head, setda) and can_plan(head, bagian) and can_approve(head, bagian)
    assert not can_approve(head, setda) and not can_plan(head, cast.kabupaten)
    assert can_approve(chief, setda) and not can_approve(chief, bagian)
