"""The statements that an act becomes, the same ones on both databases.

On PostgreSQL they are the parts of one statement: every later part hangs on `locked`, and rows that refer to
a task just opened find it in `opened`. On SQLite they run one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from runtut.cases.actions.act import Act
from runtut.cases.actions.rows import Rows
from runtut.cases.enums import CaseState, TaskState
from runtut.cases.models import Case, CaseEvent, Reminder, Task, TaskOutput, TaskParticipant
from runtut.cases.registry import OutputSpec
from runtut.core import chain
from runtut.core.models import OutboxMessage

TOPIC = "cases.act"

CASE = Rows(
    Case,
    "version",
    "head_hash",
    "state",
    "rounds",
    "minutes_used",
    "due_at",
    "added_minutes",
    "paused_at",
    "closed_at",
)
CLOSING = Rows(Task, "state", "completed_at", "completed_by_id", "capacity", "minutes_used", "note")
MOVING = Rows(
    Task,
    "position_id",
    "claimed_by_id",
    "due_at",
    "calendar_version",
    "extended_minutes",
    "paused_minutes",
)
OPENING = Rows(
    Task,
    "uid",
    "region",
    "case_id",
    "unit_id",
    "supervising_unit_id",
    "position_id",
    "step_no",
    "round",
    "branch",
    "state",
    "opened_at",
    "due_at",
    "rule_value",
    "rule_unit",
    "calendar_version",
    "extended_minutes",
    "paused_minutes",
    "capacity",
    "note",
)
EVENT = Rows(
    CaseEvent,
    "region",
    "case_id",
    "sequence",
    "task_id",
    "kind",
    "user_id",
    "position_id",
    "capacity",
    "at",
    "key",
    "data",
    "previous_hash",
    "entry_hash",
)
OUTBOX = Rows(
    OutboxMessage, "region", "topic", "key", "payload", "created_at", "due_at", "attempts", "last_error"
)
OUTPUT = Rows(
    TaskOutput,
    "task_id",
    "name",
    "document_id",
    "document_version_id",
    "disposisi_id",
    "archive_record_id",
    "file_id",
    "text",
    "created_at",
)
REMINDER = Rows(Reminder, "region", "kind", "due_at")
REMIND_AT = Rows(Reminder, "due_at")
UID = Rows(Task, "uid")
PARTICIPANT = Rows(TaskParticipant, "position_id")


@dataclass(frozen=True)
class Part:
    """One statement. `rows` is how many rows it must touch, None where that does not matter."""

    name: str
    sql: str
    params: list[Any]
    rows: int | None = None


def parts(act: Act, event: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[Part]:
    """Yield the statements of an act in the order in which they must run."""
    yield lock_part(act, values)
    yield from closing_parts(act)
    yield from moving_parts(act)
    if act.openings:
        yield from opening_parts(act)
    if act.outputs:
        yield insert("outputs", OUTPUT, [output_row(act, output) for output in act.outputs])
    yield insert("event", EVENT, [event])
    yield insert("outbox", OUTBOX, [outbox_row(act, event)])


def lock_part(act: Act, values: Mapping[str, Any]) -> Part:
    """The check and the change in one: no row when somebody else's act came first."""
    where = f"id = %s AND version = %s AND state = {CaseState.RUNNING.value}"
    return Part(
        "locked",
        CASE.update(where) + returning("id"),
        [*CASE.values(values), act.case.pk, act.case.version],
        rows=1,
    )


def closing_parts(act: Act) -> Iterator[Part]:
    for number, closing in enumerate(act.closings):
        row = {
            "state": closing.state.value,
            "completed_at": act.at,
            "completed_by_id": act.authority.user_id,
            "capacity": str(act.authority.capacity),
            "minutes_used": closing.minutes_used,
            "note": closing.note,
        }
        yield update_open_task(f"closed{number}", CLOSING, row, closing.task_id)


def moving_parts(act: Act) -> Iterator[Part]:
    for number, moving in enumerate(act.movings):
        yield update_open_task(f"moved{number}", MOVING, moving.row, moving.task_id)
        for kind, due_at in moving.reminders.items():
            where = f"task_id = %s AND kind = %s AND fired_at IS NULL{if_locked()}"
            yield Part(
                f"moved{number}_{kind}",
                REMIND_AT.update(where) + returning("id"),
                [*REMIND_AT.values({"due_at": due_at}), moving.task_id, str(kind)],
            )


def update_open_task(name: str, rows: Rows, row: Mapping[str, Any], task_id: int) -> Part:
    where = f"id = %s AND state = {TaskState.OPEN.value}{if_locked()}"
    return Part(name, rows.update(where) + returning("id"), [*rows.values(row), task_id], rows=1)


def opening_parts(act: Act) -> Iterator[Part]:
    """Yield the tasks that open, and what hangs on them."""
    sql = OPENING.insert(len(act.openings), source=locked()) + returning("id, uid")
    rows = [opening.row for opening in act.openings]
    yield Part("opened", sql, OPENING.flat(rows), rows=len(rows))
    reminders = [
        (opening.row, {"region": act.case.region, "kind": str(kind), "due_at": due_at})
        for opening in act.openings
        for kind, due_at in opening.reminders.items()
    ]
    yield from opened_parts("reminders", REMINDER, reminders)
    participants = [
        (opening.row, {"position_id": position_id})
        for opening in act.openings
        for position_id in opening.participants
    ]
    yield from opened_parts("participants", PARTICIPANT, participants)


def opened_parts(
    name: str, rows: Rows, given: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
) -> Iterator[Part]:
    """Yield the INSERT of rows that refer to tasks just opened, whose ids only the database knows."""
    if given:
        sql = rows.insert(len(given), source="opened" if as_one() else OPENING.table, link="task_id")
        yield Part(
            name, sql, [value for task, row in given for value in (*rows.values(row), *UID.values(task))]
        )


def insert(name: str, rows: Rows, given: Sequence[Mapping[str, Any]]) -> Part:
    return Part(name, rows.insert(len(given), source=locked()), rows.flat(given))


def output_row(act: Act, output: OutputSpec) -> dict[str, Any]:
    return {
        "task_id": act.task_id,
        "name": output.name,
        "document_id": key_of(output.document),
        "document_version_id": key_of(output.document_version),
        "disposisi_id": key_of(output.disposisi),
        "archive_record_id": key_of(output.archive_record),
        "file_id": key_of(output.file),
        "text": output.text,
        "created_at": act.at,
    }


def outbox_row(act: Act, event: Mapping[str, Any]) -> dict[str, Any]:
    sequence = event["sequence"]
    return {
        "region": act.case.region,
        "topic": TOPIC,
        "key": f"{TOPIC}:{act.case.uid}:{sequence}",
        "payload": chain.canonical({"case": act.case.uid, "sequence": sequence}),
        "created_at": act.at,
        "due_at": act.at,
        "attempts": 0,
        "last_error": "",
    }


def key_of(row: Any) -> int | None:
    return row.pk if row is not None else None


def as_one() -> bool:
    """Tell whether an act is sent as one statement."""
    return connection.vendor == "postgresql"


def locked() -> str:
    return "locked" if as_one() else ""


def if_locked() -> str:
    return " AND EXISTS (SELECT 1 FROM locked)" if as_one() else ""


def returning(columns: str) -> str:
    return f" RETURNING {columns}" if as_one() else ""
