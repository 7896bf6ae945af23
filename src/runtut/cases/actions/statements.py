"""The statements that an act becomes, the same ones on both databases.

On PostgreSQL they are the parts of one statement: every later part hangs on `locked`, and rows that refer to
a task just opened find it in `opened`. On SQLite they run one after the other.

Their text depends on the act's shape alone (how many tasks end, how many begin, ...), so that it is made once
per shape and the databases keep their plans; the values are named, and named once however often they occur.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Model

from runtut.cases.actions.act import Act
from runtut.cases.enums import CaseState, ReminderKind, TaskState
from runtut.cases.models import Case, CaseEvent, Reminder, Task, TaskOutput, TaskParticipant
from runtut.core.models import OutboxMessage
from runtut.core.sql import translated

TOPIC = "cases.act"

MOVING = (
    "position_id",
    "claimed_by_id",
    "due_at",
    "calendar_version",
    "extended_minutes",
    "paused_minutes",
    "rule_value",
    "rule_unit",
)
OPENING = {
    "uid": ":new{n}_uid",
    "region": ":region",
    "case_id": ":case_id",
    "unit_id": ":unit_id",
    "supervising_unit_id": ":supervising_unit_id",
    "position_id": ":new{n}_position_id",
    "step_no": ":step_no",
    "round": ":round",
    "branch": ":new{n}_branch",
    "state": f"{TaskState.OPEN:d}",
    "opened_at": ":at",
    "due_at": ":due_at",
    "rule_value": ":rule_value",
    "rule_unit": ":rule_unit",
    "calendar_version": ":calendar_version",
    "extended_minutes": "0",
    "paused_minutes": "0",
    "capacity": "''",
    "note": "''",
}
EVENT = {
    "region": ":region",
    "case_id": ":case_id",
    "sequence": ":sequence",
    "task_id": ":task_id",
    "kind": ":kind",
    "user_id": ":user_id",
    "position_id": ":position_id",
    "capacity": ":capacity",
    "at": ":at",
    "key": ":key",
    "data": ":data",
    "previous_hash": ":previous_hash",
    "entry_hash": ":entry_hash",
}
OUTBOX = {
    "region": ":region",
    "topic": f"'{TOPIC}'",
    "key": ":message_key",
    "payload": ":payload",
    "created_at": ":at",
    "due_at": ":at",
    "attempts": "0",
    "last_error": "''",
}
OUTPUT = {
    "task_id": ":task_id",
    "name": ":out{n}_name",
    "document_id": ":out{n}_document_id",
    "document_version_id": ":out{n}_document_version_id",
    "disposisi_id": ":out{n}_disposisi_id",
    "archive_record_id": ":out{n}_archive_record_id",
    "file_id": ":out{n}_file_id",
    "text": ":out{n}_text",
    "created_at": ":at",
}
"""What each column of a new row is given, in SQL; `{n}` counts the rows."""


@dataclass(frozen=True)
class Shape:
    """All that the text of an act's statements depends on."""

    changed: tuple[str, ...]
    closings: tuple[TaskState, ...]
    movings: tuple[tuple[ReminderKind, ...], ...]
    tasks: int
    participants: int
    outputs: int


@dataclass(frozen=True)
class Part:
    """One step of an act. `rows` is how many rows it must touch, None where that does not matter."""

    name: str
    sql: str
    rows: int | None = None


@dataclass(frozen=True)
class Statement:
    """What is sent at once, and how many rows it must touch, None where that does not matter: on PostgreSQL
    its first part, the lock."""

    sql: str
    touched: int | None


def shape_of(act: Act) -> Shape:
    opening = act.opening
    return Shape(
        changed=tuple(act.changes),
        closings=tuple(closing.state for closing in act.closings),
        movings=tuple(tuple(moving.reminders) for moving in act.movings),
        tasks=len(opening.tasks) if opening else 0,
        participants=len(opening.participants) if opening else 0,
        outputs=len(act.outputs),
    )


@lru_cache(maxsize=256)
def statements(shape: Shape, vendor: str) -> tuple[Statement, ...]:
    """Return what an act of a shape sends, the lock first."""
    words = Words(vendor)
    found = list(parts(shape, words))
    if words.as_one:
        return (as_one(found),)
    return tuple(Statement(translated(part.sql, vendor), part.rows) for part in found)


def as_one(found: list[Part]) -> Statement:
    """Return the parts as one statement, whose row tells whether the lock was had.

    Had it been had and a later part not touched its rows, the division would fail, and with it the whole
    statement: it must never be half done, in a transaction or without one.
    """
    lock, *later = [part for part in found if part.rows is not None]
    with_parts = ", ".join(f"{part.name} AS ({part.sql})" for part in found)
    had = f"(SELECT count(*) FROM {lock.name})"  # noqa: S608 (our own names)
    whole = " AND ".join([f"(SELECT count(*) FROM {part.name}) = {part.rows}" for part in later] or ["true"])  # noqa: S608
    guard = f"1 / CASE WHEN {had} = 0 OR ({whole}) THEN 1 ELSE 0 END"
    return Statement(translated(f"WITH {with_parts} SELECT {had}, {guard}", "postgresql"), lock.rows)


class Words:
    """What the two databases say differently."""

    def __init__(self, vendor: str) -> None:
        self.as_one = vendor == "postgresql"
        self.source = " FROM locked" if self.as_one else ""
        self.condition = " AND EXISTS (SELECT 1 FROM locked)" if self.as_one else ""
        self.returning = " RETURNING id" if self.as_one else ""
        self.opened = "opened"
        if not self.as_one:
            self.opened = f"{table(Task)} WHERE case_id = :case_id AND step_no = :step_no AND round = :round"

    def given(self, model: type[Model], column: str, value: str) -> str:
        """Return a value as a SELECT takes it: PostgreSQL cannot tell what an empty one would be."""
        field = next(field for field in model._meta.concrete_fields if field.column == column)
        return f"CAST({value} AS {field.db_type(connection)})" if self.as_one and field.null else value


def parts(shape: Shape, words: Words) -> Iterator[Part]:
    """Yield the steps of an act in the order in which they must run."""
    yield lock_part(shape, words)
    for number, state in enumerate(shape.closings):
        yield closing_part(number, state, words)
    for number, reminders in enumerate(shape.movings):
        yield from moving_parts(number, reminders, words)
    if shape.tasks:
        yield from opening_parts(shape, words)
    if shape.outputs:
        yield Part("outputs", insert(TaskOutput, OUTPUT, shape.outputs, words))
    yield Part("event", insert(CaseEvent, EVENT, 1, words))
    yield Part("outbox", insert(OutboxMessage, OUTBOX, 1, words))


def lock_part(shape: Shape, words: Words) -> Part:
    """The check and the change in one: no row when somebody else's act came first."""
    changes = {"version": ":sequence", "head_hash": ":entry_hash"}
    changes |= {name: f":case_{name}" for name in shape.changed}
    where = f"id = :case_id AND version = :sequence - 1 AND {is_now(CaseState.RUNNING)}"
    return Part("locked", update(Case, changes, where) + words.returning, rows=1)


def is_now(state: CaseState | TaskState) -> str:
    """Return the condition that a row found by its id stands in a state. A sum, so that no partial index of
    that state fits: PostgreSQL thinks those short, and would look through all open rows for one id."""
    return f"state + 0 = {state:d}"


def closing_part(number: int, state: TaskState, words: Words) -> Part:
    changes = {
        "state": f"{state:d}",
        "completed_at": ":at",
        "completed_by_id": ":user_id",
        "capacity": ":capacity",
        "minutes_used": f":closed{number}_minutes_used",
        "note": f":closed{number}_note",
    }
    return update_open_task(f"closed{number}", changes, words)


def moving_parts(number: int, reminders: tuple[ReminderKind, ...], words: Words) -> Iterator[Part]:
    name = f"moved{number}"
    yield update_open_task(name, {column: f":{name}_{column}" for column in MOVING}, words)
    for kind in reminders:
        where = f"task_id = :{name}_id AND kind = '{kind.value}' AND fired_at IS NULL{words.condition}"
        sql = update(Reminder, {"due_at": f":{name}_{kind.value}"}, where)
        yield Part(f"{name}_{kind.value}", sql + words.returning)


def update_open_task(name: str, changes: Mapping[str, str], words: Words) -> Part:
    where = f"id = :{name}_id AND {is_now(TaskState.OPEN)}{words.condition}"
    return Part(name, update(Task, changes, where) + words.returning, rows=1)


def opening_parts(shape: Shape, words: Words) -> Iterator[Part]:
    """Yield the tasks that open, and what hangs on them: their ids only the database knows."""
    yield Part("opened", insert(Task, OPENING, shape.tasks, words) + words.returning, rows=shape.tasks)
    reminders = [f":region, '{kind.value}', :{kind.value}" for kind in ReminderKind]
    yield Part("reminders", insert_beside(Reminder, "region, kind, due_at", reminders, words))
    if shape.participants:
        present = [f":with{number}" for number in range(shape.participants)]
        yield Part("participants", insert_beside(TaskParticipant, "position_id", present, words))


def insert_beside(model: type[Model], columns: str, given: list[str], words: Words) -> str:
    """Return the INSERT of some rows for each task just opened."""
    selects = [f"SELECT {values}, id FROM {words.opened}" for values in given]  # noqa: S608 (our own words)
    return insert_from(model, f"{columns}, task_id", selects)


def update(model: type[Model], changes: Mapping[str, str], where: str) -> str:
    columns = ", ".join(f"{column} = {value}" for column, value in changes.items())
    return f"UPDATE {table(model)} SET {columns} WHERE {where}"  # noqa: S608 (names from the models)


def insert(model: type[Model], columns: Mapping[str, str], count: int, words: Words) -> str:
    """Return the INSERT of `count` rows."""
    given = ", ".join(words.given(model, column, value) for column, value in columns.items())
    selects = [f"SELECT {given.replace('{n}', str(number))}{words.source}" for number in range(count)]
    return insert_from(model, ", ".join(columns), selects)


def insert_from(model: type[Model], columns: str, selects: list[str]) -> str:
    return f"INSERT INTO {table(model)} ({columns}) {' UNION ALL '.join(selects)}"


def table(model: type[Model]) -> str:
    return model._meta.db_table
