"""The one write path of a run. Every act ends here and nowhere else.

The conditional UPDATE of the run is the lock: it changes nothing unless the run still stands at the version
that the act was decided on. PostgreSQL takes the whole act as one statement, SQLite the same statements in
order, in the IMMEDIATE transaction that the caller holds open. Plain SQL, because rows and round trips are
the whole cost of a step (docs/performance.md).
"""

from __future__ import annotations

from typing import Any

from runtut.cases.actions.act import Act
from runtut.cases.actions.statement_values import values_of
from runtut.cases.actions.statements import shape_of, statements
from runtut.cases.models import Case
from runtut.cases.queries.chain import event_hash
from runtut.core import chain
from runtut.core.sql import adapted, database, open_cursor


class CaseMoved(Exception):
    """The run no longer stands at the version that was read: read again and decide anew."""


def write_act(act: Act) -> Case:
    """Write an act whole, and return its run as it now stands.

    Raises CaseMoved, with nothing written, when somebody else's act came between; to be called in a write
    transaction, which the caller then leaves and tries again, or on PostgreSQL without one when the act is
    all there is to write.
    """
    event, case = event_of(act), act.case
    execute(act, values_of(act, event))
    case.version, case.head_hash = event["sequence"], event["entry_hash"]
    for name, value in act.changes.items():
        setattr(case, name, value)
    return case


def event_of(act: Act) -> dict[str, Any]:
    """Return the event of an act, chained to the newest event of its run."""
    case, authority = act.case, act.authority
    previous = case.head_hash or chain.START
    event: dict[str, Any] = {
        "region": case.region,
        "case_id": case.pk,
        "sequence": case.version + 1,
        "task_id": act.task_id,
        "kind": str(act.kind),
        "user_id": authority.user_id,
        "position_id": authority.position_id,
        "capacity": str(authority.capacity),
        "at": act.at,
        "key": act.key,
        "data": chain.canonical(act.data),
    }
    return event | {"previous_hash": previous, "entry_hash": event_hash(previous, event)}


def execute(act: Act, values: dict[str, Any]) -> None:
    """Send the statements of an act; the first part is the lock."""
    connection = database()
    vendor = connection.vendor
    given = adapted(values, vendor)
    with open_cursor(connection) as cursor:
        for statement in statements(shape_of(act), vendor):
            cursor.execute(statement.sql, given)
            if statement.touched is not None and touched(cursor, vendor) != statement.touched:
                raise CaseMoved


def touched(cursor: Any, vendor: str) -> int:
    """Return how many rows a statement has touched: on PostgreSQL its first part, which holds for all."""
    return int(cursor.fetchone()[0] if vendor == "postgresql" else cursor.rowcount)
