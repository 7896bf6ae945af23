"""The lists of every day are one partial index each: no scan, no sort, no join to find the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from tests.cases.factories import AT, Desk, Row, make_procedure
from tests.cast import make_office

from runtut.cases.enums import TaskState
from runtut.cases.models import Case, Reminder, Task
from runtut.cases.queries.lines import beyond, open_now
from runtut.cases.queries.running import CaseFilter, filtered
from runtut.core.uids import uuid7
from runtut.organisations.models import OrganisationUnit

pytestmark = pytest.mark.django_db

CLOSED = 3000
OPEN = 400


@pytest.fixture
def office() -> OrganisationUnit:
    """An office with little to do beside one with years of finished work and much that is open."""
    desk = Desk.make([Row(("camat",))])
    neighbour = make_office(desk.office.unit.parent, "Sukasari")
    theirs = Desk(neighbour, make_procedure(neighbour, [Row(("camat",))])).start()
    first = Task.objects.get(case=theirs)
    copies(first, (TaskState.DONE if number < CLOSED else TaskState.OPEN for number in range(CLOSED + OPEN)))
    case = desk.start()
    copies(Task.objects.get(case=case), [TaskState.DONE] * 30 + [TaskState.OPEN] * 30)
    analyze()
    return desk.office.unit


def copies(task: Task, states: Iterable[TaskState]) -> None:
    """Write tasks like one that is there, each an hour later than the one before."""
    fields = values_of(task, {"id", "uid", "round", "state", "due_at"})
    Task.objects.bulk_create(
        Task(**fields, uid=uuid7(), round=number, state=state, due_at=AT + timedelta(hours=number))
        for number, state in enumerate(states, start=2)
    )


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def values_of(row: Task | Case, but: set[str]) -> dict[str, Any]:
    names = {field.attname for field in row._meta.concrete_fields} - but
    return {name: getattr(row, name) for name in names}


def plan(rows: QuerySet[Task] | QuerySet[Case] | QuerySet[Reminder]) -> str:
    return rows.explain()


def assert_walks(rows: QuerySet[Task] | QuerySet[Case] | QuerySet[Reminder], index: str) -> None:
    text = plan(rows)
    assert index in text, text
    for bad in ("SCAN cases", "TEMP B-TREE", "Seq Scan", "Sort"):
        assert bad not in text, text


def test_inbox_walks_its_index(office: OrganisationUnit) -> None:
    position = Task.objects.filter(unit=office).values_list("position", flat=True)[0]

    assert_walks(open_now().filter(position__in=[position]).order_by("due_at", "id")[:26], "task_inbox")


def test_unit_list_walks_its_index(office: OrganisationUnit) -> None:
    assert_walks(open_now().filter(unit=office).order_by("due_at", "id")[:26], "task_unit_open")


def test_supervisors_list_walks_its_index(office: OrganisationUnit) -> None:
    rows = open_now().filter(supervising_unit=office.parent_id).order_by("due_at", "id")[:26]

    assert_walks(rows, "task_supervisor_open")


def test_a_later_page_enters_the_index_where_the_one_before_ended(office: OrganisationUnit) -> None:
    position = Task.objects.filter(unit=office).values_list("position", flat=True)[0]
    rows = beyond(open_now().filter(position__in=[position]), (AT + timedelta(hours=20), 1))

    assert_walks(rows.order_by("due_at", "id")[:26], "task_inbox")
    assert re.search(r"due_at>\?|Index Cond: .*due_at >=", plan(rows.order_by("due_at", "id")[:26]))


def test_newest_runs_walk_their_index(office: OrganisationUnit) -> None:
    own = {"id", "uid", "title", "start_key", "parent_task_id"}
    for case, count in (
        (Case.objects.get(unit=office), 60),
        (Case.objects.exclude(unit=office).get(), CLOSED),
    ):
        fields = values_of(case, own)
        Case.objects.bulk_create(Case(**fields, uid=uuid7(), title=str(number)) for number in range(count))
    analyze()
    rows = filtered(CaseFilter([office.pk]), AT).order_by("-id")[:26]

    assert_walks(rows, "case_unit_newest")


def test_the_reminder_sweep_walks_its_index(office: OrganisationUnit) -> None:
    Reminder.objects.bulk_create(
        Reminder(region=1, task_id=number, kind="terlambat", due_at=AT, fired_at=AT)
        for number in range(10_000_000, 10_000_000 + CLOSED)
    )
    analyze()
    rows = Reminder.objects.filter(fired_at=None, due_at__lte=AT).order_by("due_at")[:50]

    assert_walks(rows, "reminder_waiting")
