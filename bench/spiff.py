"""SpiffWorkflow running the same linear SOP, its state loaded and saved as JSON with plain SQL per step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import psycopg
from django.db import connection
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.cpu import Meter
from bench.floor import Statement
from bench.office import CHAIRS

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def diagram() -> bytes:
    """Return the SOP as BPMN: a start, one manual task per step, an end."""
    nodes = ["awal", *(f"langkah{no}" for no, _chair in enumerate(CHAIRS, start=1)), "akhir"]
    tasks = "".join(f'<manualTask id="{node}" name="{node}"/>' for node in nodes[1:-1])
    flows = "".join(
        f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"/>'
        for number, (source, target) in enumerate(pairwise(nodes))
    )
    body = f'<startEvent id="awal"/>{tasks}<endEvent id="akhir"/>{flows}'
    return (
        f'<definitions xmlns="{MODEL}" targetNamespace="bench">'
        f'<process id="sop" isExecutable="true">{body}</process></definitions>'
    ).encode()


@cache
def serializer() -> BpmnWorkflowSerializer:
    return BpmnWorkflowSerializer()


def make_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE spiff_run (id bigint PRIMARY KEY, version integer NOT NULL, state text NOT NULL)"
        )


def start_runs(count: int) -> list[int]:
    """Write fresh runs at their first step and return their ids."""
    parser = BpmnParser()
    parser.add_bpmn_str(diagram())
    flow = BpmnWorkflow(parser.get_spec("sop"))
    flow.do_engine_steps()
    state = serializer().serialize_json(flow)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM spiff_run")
        highest = cursor.fetchone()[0]
        ids = [highest + number for number in range(1, count + 1)]
        cursor.executemany("INSERT INTO spiff_run VALUES (%s, 1, %s)", [(run, state) for run in ids])
    return ids


def advance(state: str) -> str:
    flow = serializer().deserialize_json(state)
    flow.get_next_task(state=TaskState.READY, manual=True).run()
    flow.do_engine_steps()
    return str(serializer().serialize_json(flow))


def run_step(ids: Sequence[int], acts: Sequence[Sequence[Statement]], meter: Meter) -> None:
    """Complete a step of every run. `acts` are the product's rows that go with it, empty for the state
    alone; SpiffWorkflow keeps none of them, yet an inbox, an audit and notices need them."""
    with meter.running():
        for run, statements in zip(ids, acts, strict=True):
            complete(run, statements)


def complete(run: int, statements: Sequence[Statement]) -> None:
    postgres = connection.vendor == "postgresql"
    mark = "%s" if postgres else "?"
    cursor = psycopg.Cursor(connection.connection) if postgres else connection.connection.cursor()
    prepared = {"prepare": True} if postgres else {}

    def execute(sql: str, params: Sequence[Any] | Mapping[str, Any]) -> Any:
        return cursor.execute(sql, params, **prepared)

    execute("BEGIN" if postgres else "BEGIN IMMEDIATE", ())
    execute(f"SELECT version, state FROM spiff_run WHERE id = {mark}", (run,))
    version, state = cursor.fetchone()
    execute(
        f"UPDATE spiff_run SET version = {mark}, state = {mark} WHERE id = {mark} AND version = {mark}",
        (version + 1, advance(state), run, version),
    )
    assert cursor.rowcount == 1
    for sql, params in statements:
        execute(sql, params)
    execute("COMMIT", ())
    cursor.close()
