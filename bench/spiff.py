"""SpiffWorkflow running the same SOPs, its state loaded and saved as JSON with plain SQL per step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import psycopg
from django.db import connection
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState
from tests.cases.factories import Row

from bench.cpu import Meter
from bench.floor import Statement
from bench.sops import Move

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def diagram(rows: Sequence[Row]) -> bytes:
    """Return an SOP as BPMN: a manual task per step and position, parallel gateways around a step that each
    position does for itself, and after a step that may return a gateway that asks where to."""
    nodes, flows = ['<startEvent id="awal"/>', '<endEvent id="akhir"/>'], [flow("awal", entry(rows, 1))]
    for no, row in enumerate(rows, start=1):
        onward = entry(rows, no + 1)
        last = step(no, row, nodes, flows)
        if not row.return_to:
            flows.append(flow(last, onward))
            continue
        nodes.append(f'<exclusiveGateway id="arah{no}" default="f-arah{no}-{onward}"/>')
        flows += [flow(last, f"arah{no}"), flow(f"arah{no}", onward)]
        flows += [flow(f"arah{no}", entry(rows, target), f"ke == {target}") for target in row.return_to]
    return (
        f'<definitions xmlns="{MODEL}" targetNamespace="bench">'
        f'<process id="sop" isExecutable="true">{"".join(nodes + flows)}</process></definitions>'
    ).encode()


def step(no: int, row: Row, nodes: list[str], flows: list[str]) -> str:
    """Draw a step and return the node that it ends with."""
    tasks = [f"langkah{no}-{chair}" for chair in row.who]
    nodes += [f'<manualTask id="{task}" name="{task}"/>' for task in tasks]
    if len(tasks) == 1:
        return tasks[0]
    nodes += [f'<parallelGateway id="{name}{no}"/>' for name in ("cabang", "temu")]
    for task in tasks:
        flows += [flow(f"cabang{no}", task), flow(task, f"temu{no}")]
    return f"temu{no}"


def entry(rows: Sequence[Row], no: int) -> str:
    if no > len(rows):
        return "akhir"
    row = rows[no - 1]
    return f"langkah{no}-{row.who[0]}" if len(row.who) == 1 else f"cabang{no}"


def flow(source: str, target: str, condition: str = "") -> str:
    asked = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="f-{source}-{target}" {ends}>{asked}</sequenceFlow>'


@cache
def serializer() -> BpmnWorkflowSerializer:
    return BpmnWorkflowSerializer()


def make_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE spiff_run (id bigint PRIMARY KEY, version integer NOT NULL, state text NOT NULL)"
        )


def start_runs(rows: Sequence[Row], count: int) -> list[int]:
    """Write fresh runs at their first step and return their ids."""
    parser = BpmnParser()
    parser.add_bpmn_str(diagram(rows))
    workflow = BpmnWorkflow(parser.get_spec("sop"))
    workflow.do_engine_steps()
    state = serializer().serialize_json(workflow)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM spiff_run")
        highest = cursor.fetchone()[0]
        ids = [highest + number for number in range(1, count + 1)]
        cursor.executemany("INSERT INTO spiff_run VALUES (%s, 1, %s)", [(run, state) for run in ids])
    return ids


def advance(state: str, move: Move) -> str:
    workflow = serializer().deserialize_json(state)
    name = f"langkah{move.no}-{move.chair}"
    task = workflow.get_next_task(state=TaskState.READY, manual=True, spec_name=name)
    task.set_data(ke=move.target or 0)
    task.run()
    workflow.do_engine_steps()
    return str(serializer().serialize_json(workflow))


def run_move(ids: Sequence[int], move: Move, acts: Sequence[Sequence[Statement]], meter: Meter) -> None:
    """Make a move in every run. `acts` are the product's rows that go with it, empty for the state alone;
    SpiffWorkflow keeps none of them, yet an inbox, an audit and notices need them."""
    with meter.running():
        for run, statements in zip(ids, acts, strict=True):
            complete(run, move, statements)


def complete(run: int, move: Move, statements: Sequence[Statement]) -> None:
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
        (version + 1, advance(state, move), run, version),
    )
    assert cursor.rowcount == 1
    for sql, params in statements:
        execute(sql, params)
    execute("COMMIT", ())
    cursor.close()


def is_finished(run: int) -> bool:
    """Tell whether a run has come to its end: that both sides made the same moves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM spiff_run WHERE id = %s", [run])
        return bool(serializer().deserialize_json(cursor.fetchone()[0]).is_completed())
