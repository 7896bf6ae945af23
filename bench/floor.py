"""The floor: the very statements that the product sends to complete a step, and nothing around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connection
from tests.cases.factories import Desk

from bench.cpu import Meter
from runtut.cases.models import Case, Task

Statement = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Subject:
    """A run at its first step, as the statements name it."""

    case_id: int
    task_id: int
    case_uid: UUID


@dataclass(frozen=True)
class Recording:
    """The writes of one completed step, and the values in them that belong to that step alone."""

    statements: tuple[Statement, ...]
    subject: Subject
    opened: UUID
    key: UUID

    def for_subject(self, subject: Subject) -> list[Statement]:
        """Return the same writes for another run that stands where the recorded one stood."""
        fresh = self.own_values(self.subject, self.opened, self.key).values()
        theirs = self.own_values(subject, uuid4(), uuid4()).values()
        swap = dict(zip(fresh, theirs, strict=True))
        return [
            (sql, {name: swap.get(value, value) for name, value in values.items()})
            for sql, values in self.statements
        ]

    def own_values(self, subject: Subject, opened: UUID, key: UUID) -> dict[str, Any]:
        plain = connection.vendor == "postgresql"
        return {
            "case": subject.case_id,
            "task": subject.task_id,
            "opened": opened if plain else opened.hex,
            "key": key if plain else key.hex,
            "message": f"cases.act:{subject.case_uid}:2",
        }


def start_many(desk: Desk, count: int) -> list[Subject]:
    cases = [desk.start() for _ in range(count)]
    return [subject_of(case) for case in cases]


def subject_of(case: Case) -> Subject:
    return Subject(case.pk, Task.objects.get(case=case).pk, case.uid)


def record(desk: Desk) -> Recording:
    """Complete a step through the product and keep what it wrote. The ids are far above any other number in
    the statements, because the database holds a thousand runs already."""
    subject, seen, key = start_many(desk, 1)[0], list[Statement](), uuid4()
    assert subject.case_id > 1000 < subject.task_id != subject.case_id

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if is_write(sql):
            seen.append((sql, dict(params)))
        return execute(sql, params, many, context)

    case = Case.objects.get(pk=subject.case_id)
    with connection.execute_wrapper(listen):
        desk.complete(case, "camat", press=key)
    opened = Task.objects.get(case=case, step_no=2).uid
    return Recording(tuple(seen), subject, opened, key)


def is_write(sql: str) -> bool:
    if connection.vendor == "postgresql":
        return sql.startswith("WITH locked")
    return sql.startswith(("INSERT", "UPDATE"))


def run_floor(acts: Sequence[Sequence[Statement]], meter: Meter) -> None:
    """Carry out acts, each in a transaction of its own."""
    write = write_postgres if connection.vendor == "postgresql" else write_sqlite
    with meter.running():
        for statements in acts:
            write(statements)


def write_postgres(statements: Sequence[Statement]) -> None:
    with psycopg.Cursor(connection.connection) as cursor:
        for sql, params in statements:
            cursor.execute(sql, params, prepare=True)
            assert cursor.fetchone()[0] == 1


def write_sqlite(statements: Sequence[Statement]) -> None:
    raw = connection.connection
    raw.execute("BEGIN IMMEDIATE")
    for number, (sql, params) in enumerate(statements):
        done = raw.cursor().execute(sql, params)
        assert number or done.rowcount == 1
    raw.execute("COMMIT")
