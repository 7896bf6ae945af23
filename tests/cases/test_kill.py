"""Killing the process between any two statements of an act leaves the act undone, never half done."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DataError, connection
from tests.cases.database import shared_database
from tests.cases.factories import Desk, Row, complete, make_procedure

from runtut.cases import actions
from runtut.cases.actions.act import Act, Closing
from runtut.cases.actions.write import write_act
from runtut.cases.enums import CaseState, EventKind, TaskState
from runtut.cases.models import (
    Case,
    CaseEvent,
    CasePause,
    Reminder,
    Task,
    TaskOutput,
    TaskParticipant,
)
from runtut.cases.queries import verify_events
from runtut.core.models import AuditEntry, OutboxMessage

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = (Case, Task, CaseEvent, CasePause, TaskOutput, TaskParticipant, Reminder, OutboxMessage, AuditEntry)
DIED, FAILED = 66, 1

ROWS = (
    Row(("camat",)),
    Row(("sekcam",), return_to=(1,), outputs=("Hasil",)),
    Row(("kasi1",), joint=("kasi2",), calls="rapat"),
)


@pytest.fixture(autouse=True)
def database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with shared_database(tmp_path):
        yield


def at_second_step() -> tuple[Desk, Case]:
    """A run whose next act touches every table: outputs, participants, a called run with its own start."""
    desk = Desk.make(ROWS)
    make_procedure(desk.office, [Row(("umum",))], title="Rapat", library_key="rapat")
    case = desk.start()
    desk.complete(case, "camat")
    return desk, case


def act_of(name: str, desk: Desk, case: Case, key: UUID) -> Callable[[], Any]:
    given: dict[str, Any] = {"authority": desk.who("sekcam"), "at": desk.at, "key": key}
    form = {"task_uid": desk.open_task(case, "sekcam").uid, "case_version": 0} | given
    acts: dict[str, Callable[[], Any]] = {
        "complete": lambda: actions.complete_task(data={"outputs": {"Hasil": {"text": "Ada"}}}, **form),
        "return": lambda: actions.return_task(target_no=1, reason="Angka belum lengkap", **form),
        "pause": lambda: actions.pause_case(case_uid=case.uid, reason="Menunggu data pusat", **given),
        "cancel": lambda: actions.cancel_case(case_uid=case.uid, reason="Salah SOP, diulang", **given),
    }
    return acts[name]


def contents() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def killed(act: Callable[[], Any], before: int) -> bool:
    """Do an act in a process of its own that dies, without a word to anybody, before its n-th statement;
    COMMIT counts as one. False when the act was done before that."""
    connection.close()
    child = os.fork()
    if child == 0:
        os._exit(live_until(act, before))
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code != FAILED
    return code == DIED


def live_until(act: Callable[[], Any], before: int) -> int:
    count = 0

    def step() -> None:
        nonlocal count
        count += 1
        if count == before:
            os._exit(DIED)

    def execute(run: Callable[..., Any], *arguments: Any) -> Any:
        step()
        return run(*arguments)

    commit = connection._commit

    def dying_commit() -> Any:
        step()
        return commit()

    connection._commit = dying_commit
    try:
        with connection.execute_wrapper(execute):
            act()
    except Exception:
        traceback.print_exc()
        return FAILED
    return 0


@pytest.mark.parametrize("name", ["complete", "return", "pause", "cancel"])
def test_killed_before_any_statement_nothing_is_half_done(name: str) -> None:
    desk, case = at_second_step()
    act = act_of(name, desk, case, uuid4())
    before = contents()
    statement = 1

    while killed(act, statement):
        assert contents() == before, f"half done before statement {statement}"
        statement += 1

    assert statement > 3, "the reading, the writing and the COMMIT at least"
    case.refresh_from_db()
    assert case.version == 3
    assert case.state == (CaseState.CANCELLED if name == "cancel" else CaseState.RUNNING)
    assert verify_events() == []


def test_an_act_that_is_all_there_is_to_write_dies_whole_too() -> None:
    desk = Desk.make([Row(("camat",)), Row(("sekcam",))])
    case = desk.start()
    task, authority, key = desk.open_task(case, "camat"), desk.who("camat"), uuid4()
    before, statement = contents(), 1

    while killed(lambda: complete(task, authority, desk.at, press=key), statement):
        assert contents() == before, f"half done before statement {statement}"
        statement += 1

    expected = 2 if connection.vendor == "postgresql" else 9
    assert statement - 1 == expected, "on PostgreSQL one that reads and one that writes, and no COMMIT"
    assert desk.open_task(case, "sekcam").round == 1
    assert verify_events() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite rolls its transaction back")
def test_an_act_whose_task_has_been_closed_behind_its_run_writes_nothing() -> None:
    desk = Desk.make([Row(("camat",)), Row(("sekcam",))])
    case = desk.start()
    task = desk.open_task(case, "camat")
    Task.objects.filter(pk=task.pk).update(state=TaskState.DONE)
    case.refresh_from_db()
    before = contents()
    act = Act(
        case, EventKind.COMPLETED, desk.who("camat"), desk.at, closings=(Closing(task.pk, TaskState.DONE, 1),)
    )

    with pytest.raises(DataError):
        write_act(act)

    assert contents() == before


def test_after_a_kill_the_same_press_does_the_act_once() -> None:
    desk, case = at_second_step()
    act = act_of("complete", desk, case, uuid4())

    assert killed(act, 12)
    act()
    act()

    assert Task.objects.get(case=case, step_no=3).state == TaskState.OPEN
    assert Case.objects.filter(parent_task__case=case).count() == 1
    assert verify_events() == []
