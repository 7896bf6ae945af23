"""The one write path of a run. Every act ends here and nowhere else.

The conditional UPDATE of the run is the lock: it changes nothing unless the run still stands at the version
that the act was decided on. PostgreSQL takes the whole act as one statement, SQLite the same statements in
order, in the IMMEDIATE transaction that the caller holds open. Plain SQL, because rows and round trips are
the whole cost of a step (docs/performance.md).
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from runtut.cases.actions.act import Act
from runtut.cases.actions.statements import CASE, Part, as_one, parts
from runtut.cases.models import Case
from runtut.cases.queries.chain import event_hash
from runtut.core import chain


class CaseMoved(Exception):
    """The run no longer stands at the version that was read: read again and decide anew."""


def write_act(act: Act) -> Case:
    """Write an act whole, and return its run as it now stands.

    Raises CaseMoved, with nothing written, when somebody else's act came between; to be called in a write
    transaction, which the caller then leaves and tries again.
    """
    event = event_row(act)
    values = {name: act.changes.get(name, getattr(act.case, name)) for name in CASE.names}
    values |= {"version": event["sequence"], "head_hash": event["entry_hash"]}
    execute(list(parts(act, event, values)))
    for name, value in values.items():
        setattr(act.case, name, value)
    return act.case


def event_row(act: Act) -> dict[str, Any]:
    """Return the event of an act, chained to the newest event of its run."""
    previous = act.case.head_hash or chain.START
    row: dict[str, Any] = {
        "region": act.case.region,
        "case_id": act.case.pk,
        "sequence": act.case.version + 1,
        "task_id": act.task_id,
        "kind": str(act.kind),
        "user_id": act.authority.user_id,
        "position_id": act.authority.position_id,
        "capacity": str(act.authority.capacity),
        "at": act.at,
        "key": act.key,
        "data": chain.canonical(act.data),
    }
    return row | {"previous_hash": previous, "entry_hash": event_hash(previous, row)}


def execute(statements: list[Part]) -> None:
    """Run the parts of an act: the first is the lock."""
    if as_one():
        execute_as_one(statements)
        return
    with connection.cursor() as cursor:
        for part in statements:
            cursor.execute(part.sql, part.params)
            if part.rows is not None and cursor.rowcount != part.rows:
                raise CaseMoved(part.name)


def execute_as_one(statements: list[Part]) -> None:
    """Run the parts as one statement, whose later parts do nothing unless the lock was taken."""
    counted = [part for part in statements if part.rows is not None]
    with_parts = ", ".join(f"{part.name} AS ({part.sql})" for part in statements)
    counts = ", ".join(f"(SELECT count(*) FROM {part.name})" for part in counted)  # noqa: S608 (our own names)
    params = [value for part in statements for value in part.params]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {with_parts} SELECT {counts}", params)
        found = cursor.fetchone()
    for part, count in zip(counted, found, strict=True):
        if part.rows != count:
            raise CaseMoved(part.name)
