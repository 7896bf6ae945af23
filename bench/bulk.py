"""Finished runs by the million, written by the database itself from one real run."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection
from django.db.models import Max, Model
from tests.cases.factories import Desk

from bench.office import CHAIRS
from runtut.cases.models import Case, CaseBinding, CaseEvent, Reminder, Task
from runtut.core.models import OutboxMessage
from runtut.organisations.models import Position

OPEN_IN = 50
"""One task in so many is still open, as in an office with years behind it."""


def finished_run(desk: Desk) -> Case:
    case = desk.start()
    for chair in CHAIRS:
        desk.later(minutes=1)
        desk.complete(case, chair)
    return case


def grow(template: Case, upto: int) -> None:
    """Write copies of a run until `upto` exist: of each a run, its bindings, a task, two events, an outbox
    message that was sent and a reminder that was given. Ids and uids rise with time, as the product's own do.

    A table left out here would be told to the planner as empty, and be read whole by every step measured."""
    task = Task.objects.filter(case=template).order_by("id")[0]
    events = CaseEvent.objects.filter(case_id=template.pk).order_by("id")
    message = OutboxMessage.objects.filter(topic="cases.act").order_by("id")[0]
    reminder = Reminder.objects.filter(task_id=task.pk)[0]
    count = upto - Case.objects.count()
    bindings = CaseBinding.objects.filter(case=template).order_by("id")
    cases, tasks = top(Case), top(Task)
    with Loading():
        copy(template, count, {"uid": UID[connection.vendor], "start_key": "NULL"})
        for binding in bindings:
            copy(binding, count, {"case_id": f"{cases} + n"})
        copy(task, count, {"uid": UID[connection.vendor], "case_id": f"{cases} + n"} | open_some(task))
        for event in (events[0], events[1]):
            copy(event, count, {"case_id": f"{cases} + n", "task_id": f"{tasks} + n", "key": "NULL"})
        copy(message, count, {"key": "'bulk:' || (base + n)", "sent_at": "t.due_at"})
        copy(reminder, count, {"task_id": f"{tasks} + n", "fired_at": "t.due_at"})
    analyze()


UID = {
    "postgresql": "lpad(to_hex(base + n), 32, '0')::uuid",
    "sqlite": "printf('%032x', base + n)",
}
DUE = {
    "postgresql": f"t.due_at + (n / {OPEN_IN} % 60) * interval '1 day'",
    "sqlite": f"strftime('%Y-%m-%d %H:%M:%S', t.due_at, '+' || (n / {OPEN_IN} % 60) || ' days')",
}
"""Deadlines in days end with the working day, so that many fall on the same minute."""


def open_some(task: Task) -> dict[str, str]:
    """Leave one task in OPEN_IN open, with every position in turn."""
    ids = list(Position.objects.order_by("id").values_list("id", flat=True))
    assert ids == list(range(ids[0], ids[0] + len(ids)))
    closed = f"CASE WHEN n % {OPEN_IN} = 0 THEN 1 ELSE t.state END"
    position = f"{ids[0]} + (n / {OPEN_IN}) % {len(ids)}"
    return {"state": closed, "position_id": position, "due_at": DUE[connection.vendor]}


def top(model: type[Model]) -> int:
    found = model._default_manager.aggregate(top=Max("pk"))["top"]
    return int(found or 0)


def copy(row: Model, count: int, changes: Mapping[str, str]) -> None:
    """Write `count` copies of a row; `changes` are SQL over its column (t), n from 1, and the highest id
    so far (base)."""
    table = row._meta.db_table
    columns = [str(field.column) for field in row._meta.concrete_fields]
    chosen = {"id": "base + n"} | dict(changes)
    picked = ", ".join(chosen.get(column, f"t.{column}") for column in columns)
    numbers = f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count})"
    if connection.vendor == "postgresql":
        numbers = f"WITH s(n) AS (SELECT generate_series(1, {count}))"
    base = f"(SELECT {top(type(row))} AS base)"
    sql = (
        f"{numbers} INSERT INTO {table} ({', '.join(columns)}) "
        f"SELECT {picked} FROM s CROSS JOIN {base} AS b CROSS JOIN {table} AS t WHERE t.id = {row.pk}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        if connection.vendor == "postgresql":
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            cursor.execute(f"SELECT setval({sequence}, max(id)) FROM {table}")


class Loading:
    """Foreign keys are right by construction and not checked row by row meanwhile."""

    ways = {
        "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = origin"),
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
    }

    def __enter__(self) -> None:
        self.run(0)

    def __exit__(self, *failure: object) -> None:
        self.run(1)

    def run(self, which: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.ways[connection.vendor][which])


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
