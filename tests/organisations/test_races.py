"""Two real connections at once, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from tests.cast import AT, PLT_FROM, TODAY, Cast, make_cast
from tests.organisations.factories import make_oversight, make_user

from runtut.core.errors import DomainError
from runtut.core.models import AuditEntry
from runtut.organisations.actions import (
    appoint,
    create_position,
    create_unit,
    end_oversight,
    give_mandate,
    move_unit,
)
from runtut.organisations.enums import MandateKind, Role, UnitKind
from runtut.organisations.models import OrganisationUnit, Oversight, Position

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[str]:
    """Run works in threads that start together; return "done" or the code of the refusal of each."""
    gate = threading.Barrier(len(works))
    results = [""] * len(works)

    def run(index: int, work: Callable[[], object]) -> None:
        try:
            gate.wait()
            work()
            results[index] = "done"
        except DomainError as refusal:
            results[index] = refusal.code
        except Exception as fault:  # a thread would swallow it
            results[index] = repr(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index, work)) for index, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def appointing(cast: Cast, position: Position) -> Callable[[], object]:
    user, authority = make_user(), cast.authority(cast.admin)
    return lambda: appoint(
        user=user,
        position=position,
        valid_from=TODAY,
        valid_until=None,
        decree="",
        authority=authority,
        at=AT,
    )


def mandating(cast: Cast, position: Position, kind: MandateKind = MandateKind.PLT) -> Callable[[], object]:
    user, authority = make_user(), cast.authority(cast.admin)
    return lambda: give_mandate(
        kind=kind,
        user=user,
        position=position,
        valid_from=TODAY,
        valid_until=date(2026, 4, 1),
        decree="",
        authority=authority,
        at=AT,
    )


def vacant(cast: Cast) -> Position:
    position = cast.office.positions["kasi1"]
    position.appointments.update(valid_until=PLT_FROM)
    return position


def test_of_four_appointments_to_one_head_one_is_made():
    cast = make_cast()
    position = vacant(cast)
    results = at_once(*(appointing(cast, position) for _ in range(4)))
    assert sorted(results) == ["done"] + ["position_taken"] * 3
    assert position.appointments.filter(valid_until__isnull=True).count() == 1


def test_of_four_mandates_for_one_head_one_is_given():
    cast = make_cast()
    position = vacant(cast)
    results = at_once(*(mandating(cast, position) for _ in range(4)))
    assert sorted(results) == ["done"] + ["mandate_in_force"] * 3


def test_appointment_and_plt_never_meet():
    cast = make_cast()
    position = vacant(cast)
    results = at_once(appointing(cast, position), mandating(cast, position))
    assert results in (["done", "plt_needs_vacancy"], ["mandate_in_force", "done"])


def test_units_created_at_once_have_paths_and_a_whole_trail():
    cast = make_cast()
    authority = cast.authority(cast.admin)

    def creating(number: int) -> Callable[[], object]:
        return lambda: create_unit(
            parent=cast.office.unit,
            kind=UnitKind.SEKSI,
            name=f"Seksi {number}",
            short_name=f"Seksi {number}",
            authority=authority,
            at=AT,
        )

    assert at_once(*(creating(number) for number in range(4))) == ["done"] * 4
    made = OrganisationUnit.objects.filter(name__startswith="Seksi ", parent=cast.office.unit)
    assert all(unit.path == f"{cast.office.unit.path}{unit.pk:06d}" for unit in made)
    assert AuditEntry.objects.filter(action="organisations.unit.created").count() == 4


def test_unit_created_deep_below_one_that_moves_gets_the_path_of_after():
    cast = make_cast()
    authority = cast.authority(cast.admin)
    moving, parent = cast.office.units["sekcam"], cast.office.units["perencanaan"]
    homes = [cast.other_office.unit, cast.office.unit] * 4

    def creating(number: int) -> Callable[[], object]:
        return lambda: create_unit(
            parent=parent,
            kind=UnitKind.TIM,
            name=f"Tim {number}",
            short_name=f"Tim {number}",
            authority=authority,
            at=AT,
        )

    def moving_to(home: OrganisationUnit) -> Callable[[], object]:
        return lambda: move_unit(unit=moving, parent=home, authority=authority, at=AT)

    for number, home in enumerate(homes):
        assert at_once(moving_to(home), creating(number)) == ["done", "done"]
        assert misplaced() == []


def test_two_moves_into_each_other_make_no_circle():
    cast = make_cast()
    authority = cast.authority(cast.admin)
    first, second = cast.office.unit, cast.other_office.unit

    def moving(unit: OrganisationUnit, home: OrganisationUnit) -> Callable[[], object]:
        return lambda: move_unit(unit=unit, parent=home, authority=authority, at=AT)

    for _ in range(8):
        results = at_once(moving(first, second), moving(second, first))
        assert sorted(results) == ["done", "unit_into_itself"]
        assert misplaced() == []
        for unit in (first, second):
            move_unit(unit=unit, parent=cast.kabupaten, authority=authority, at=AT)


def misplaced() -> list[str]:
    """Names of the units whose path does not go on from their parent's."""
    return [
        unit.name
        for unit in OrganisationUnit.objects.select_related("parent")
        if unit.path != f"{unit.parent.path if unit.parent else ''}{unit.pk:06d}"
    ]


def test_two_heads_of_one_unit_are_not_created_at_once():
    cast = make_cast()
    authority = cast.authority(cast.admin)
    unit = OrganisationUnit.objects.create(
        region=cast.kabupaten.region,
        parent=cast.kabupaten,
        path="x",
        kind=UnitKind.DINAS,
        name="Dinas",
        short_name="Dinas",
    )
    OrganisationUnit.objects.filter(pk=unit.pk).update(path=f"{cast.kabupaten.path}{unit.pk:06d}")

    def creating() -> object:
        return create_position(
            unit=unit,
            role=Role.KEPALA_PD,
            title="Kepala",
            short_title="Kepala",
            is_head=True,
            authority=authority,
            at=AT,
        )

    assert sorted(at_once(creating, creating)) == ["done", "head_exists"]


def test_two_administrators_do_not_remove_each_other():
    cast = make_cast()
    second = make_oversight(make_user(), cast.kabupaten)
    first = cast.admin.oversights.get()
    authority = cast.authority(cast.admin)

    def ending(oversight: Oversight) -> Callable[[], object]:
        return lambda: end_oversight(oversight=oversight, valid_until=TODAY, authority=authority, at=AT)

    assert sorted(at_once(ending(first), ending(second))) == ["done", "last_administrator"]
