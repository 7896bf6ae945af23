"""Whoever changes the history of a run past the product is found out."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests.cases.factories import AT, Desk

from runtut.cases.enums import EventKind
from runtut.cases.models import Case, CaseBinding, CaseEvent, Task
from runtut.cases.queries import verify_case, verify_events
from runtut.cases.queries.chain import FIELDS, event_hash
from runtut.core.append_only import remove_statements
from runtut.core.chain import Problem

pytestmark = pytest.mark.django_db


def run_of(count: int = 3) -> Case:
    desk = Desk.make()
    case = desk.start()
    for key in ("camat", "sekcam", "perencanaan")[:count]:
        desk.complete(case, key)
    case.refresh_from_db()
    return case


def tamper() -> None:
    """Take the database's own protection off, as its owner could."""
    with connection.cursor() as cursor:
        for statement in remove_statements(connection.vendor, "cases_caseevent"):
            cursor.execute(statement)


def found(case: Case) -> list[tuple[Problem, int]]:
    return [(finding.problem, finding.sequence) for finding in verify_case(case=case)]


def event(case: Case, sequence: int) -> CaseEvent:
    return CaseEvent.objects.get(case_id=case.pk, sequence=sequence)


def test_a_sound_history_has_no_findings() -> None:
    case = run_of()

    assert verify_events() == []
    assert CaseEvent.objects.filter(case_id=case.pk).count() == case.version


@pytest.mark.parametrize(
    "statement", ["UPDATE cases_caseevent SET user_id = 1", "DELETE FROM cases_caseevent"]
)
def test_the_database_itself_refuses_to_change_events(statement: str) -> None:
    run_of()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert verify_events() == []


@pytest.mark.parametrize(
    "change",
    [
        {"data": "{}"},
        {"user_id": 999},
        {"position_id": None},
        {"capacity": "plt"},
        {"kind": EventKind.RETURNED},
        {"at": AT.replace(year=2025)},
        {"task_id": None},
        {"region": 1},
        {"key": None},
    ],
)
def test_an_altered_event_is_found_whatever_was_altered(change: dict[str, object]) -> None:
    case = run_of()
    tamper()

    CaseEvent.objects.filter(case_id=case.pk, sequence=2).update(**change)

    assert found(case) == [(Problem.ALTERED, 2)]
    assert len(verify_events()) == 1


def test_an_event_altered_together_with_its_hash_is_found() -> None:
    case = run_of()
    tamper()
    row = event(case, 2)
    row.user_id = 999
    row.entry_hash = event_hash(row.previous_hash, {name: getattr(row, name) for name in FIELDS})
    row.save()

    assert found(case) == [(Problem.ALTERED, 2)]


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_a_removed_event_is_found(sequence: int) -> None:
    case = run_of()
    tamper()

    event(case, sequence).delete()

    assert found(case) == [(Problem.REMOVED, sequence)]


def test_removed_newest_events_are_found() -> None:
    case = run_of()
    tamper()

    CaseEvent.objects.filter(case_id=case.pk, sequence__gte=3).delete()

    assert found(case) == [(Problem.REMOVED, 3)]


def test_the_newest_event_removed_with_the_version_turned_back_is_found() -> None:
    case = run_of()
    tamper()
    event(case, 4).delete()

    Case.objects.filter(pk=case.pk).update(version=3)

    case.refresh_from_db()
    assert found(case) == [(Problem.ALTERED, 3)]


def test_an_inserted_event_is_found() -> None:
    case = run_of()
    last = event(case, 4)
    row = {name: getattr(last, name) for name in FIELDS} | {"sequence": 5, "key": None}

    CaseEvent.objects.create(
        **row, previous_hash=last.entry_hash, entry_hash=event_hash(last.entry_hash, row)
    )

    assert found(case) == [(Problem.INSERTED, 5)]


def test_two_events_that_changed_places_are_found() -> None:
    case = run_of()
    tamper()
    for sequence, new in ((2, 90), (3, 2), (90, 3)):
        CaseEvent.objects.filter(case_id=case.pk, sequence=sequence).update(sequence=new)

    assert found(case) != []


def test_a_run_that_vanished_with_all_its_events_is_found() -> None:
    case = run_of()
    tamper()
    CaseEvent.objects.filter(case_id=case.pk).delete()
    Task.objects.filter(case=case).delete()
    CaseBinding.objects.filter(case=case).delete()
    uid = case.uid

    case.delete()

    assert [(finding.problem, finding.stream) for finding in verify_events()] == [
        (Problem.STREAM_MISSING, f"case:{uid}")
    ]


def test_events_whose_run_is_gone_are_found() -> None:
    case = run_of()
    Task.objects.filter(case=case).delete()
    CaseBinding.objects.filter(case=case).delete()

    case.delete()

    assert {finding.problem for finding in verify_events()} == {Problem.HEAD_MISSING, Problem.STREAM_MISSING}


def test_a_run_that_nobody_saw_start_is_found() -> None:
    case = run_of()
    values = {
        field.attname: getattr(case, field.attname)
        for field in Case._meta.concrete_fields
        if field.attname not in {"id", "uid"}
    }

    invented = Case.objects.create(**(values | {"version": 0, "head_hash": ""}))

    assert [(finding.problem, finding.stream) for finding in verify_events()] == [
        (Problem.INSERTED, f"case:{invented.uid}")
    ]
