"""People pressing at once, each over a connection of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from tests.cases.database import REFUSED, WON, at_once, in_processes, shared_database
from tests.cases.factories import Desk, Row, complete, make_successor

from runtut.cases import actions
from runtut.cases.enums import EventKind, TaskState
from runtut.cases.errors import AlreadyCompleted, CaseIsPaused
from runtut.cases.models import Case, CaseEvent, Task
from runtut.cases.queries import verify_events
from runtut.core.models import OutboxMessage
from runtut.procedures.enums import Mode

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def database(transactional_db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    with shared_database(tmp_path) as environment:
        yield environment


def outcomes(results: list[object]) -> dict[str, int]:
    names = [type(result).__name__ for result in results]
    return {name: names.count(name) for name in set(names)}


@pytest.mark.parametrize("count", [2, 16])
def test_of_those_who_press_at_once_exactly_one_wins(count: int) -> None:
    desk = Desk.make()
    case = desk.start()
    task, authority = desk.open_task(case, "camat"), desk.who("camat")

    results = at_once(count, lambda number: complete(task, authority, desk.at))

    assert outcomes(results) == {"Case": 1, "AlreadyCompleted": count - 1}
    refusals = {result.sentence for result in results if isinstance(result, AlreadyCompleted)}
    assert all("Hendra Gunawan pada 2 Maret 2026 pukul 09.00 WIB" in sentence for sentence in refusals)
    assert CaseEvent.objects.filter(case_id=case.pk, kind=EventKind.COMPLETED).count() == 1
    assert Task.objects.filter(case=case, step_no=2).count() == 1
    assert OutboxMessage.objects.filter(topic="cases.act").count() == 2
    assert verify_events() == []


def test_one_press_sent_sixteen_times_is_answered_sixteen_times_and_acts_once() -> None:
    desk = Desk.make()
    case = desk.start()
    task, authority, key = desk.open_task(case, "camat"), desk.who("camat"), uuid4()

    results = at_once(16, lambda number: complete(task, authority, desk.at, press=key))

    assert outcomes(results) == {"Case": 16}
    assert CaseEvent.objects.filter(case_id=case.pk, kind=EventKind.COMPLETED).count() == 1


def test_completing_and_returning_at_once_does_one_of_the_two() -> None:
    desk = Desk.make([Row(("camat",)), Row(("sekcam",), return_to=(1,)), Row(("staf",))])
    case = desk.start()
    desk.complete(case, "camat")
    task, authority = desk.open_task(case, "sekcam"), desk.who("sekcam")

    def act(number: int) -> Case:
        if number % 2:
            return complete(task, authority, desk.at)
        return actions.return_task(
            task_uid=task.uid,
            case_version=0,
            target_no=1,
            reason="Angka belum lengkap",
            key=uuid4(),
            authority=authority,
            at=desk.at,
        )

    results = at_once(8, act)

    assert outcomes(results) == {"Case": 1, "AlreadyCompleted": 7}
    assert Task.objects.filter(case=case, state=TaskState.OPEN).count() == 1
    assert verify_events() == []


def test_processes_that_press_at_once_leave_one_winner_too() -> None:
    """Without the fair lock that threads of one process share."""
    desk = Desk.make()
    case = desk.start()
    task, authority = desk.open_task(case, "camat"), desk.who("camat")

    codes = in_processes(6, lambda: complete(task, authority, desk.at))

    assert sorted(codes) == [WON] + [REFUSED] * 5
    assert CaseEvent.objects.filter(case_id=case.pk, kind=EventKind.COMPLETED).count() == 1
    assert verify_events() == []


def test_siblings_that_meet_all_get_through() -> None:
    chairs = ("kasi1", "kasi2", "sekcam", "umum", "pengelola", "staf")
    desk = Desk.make([Row(("camat",)), Row(chairs, Mode.EACH), Row(("perencanaan",))])
    case = desk.start()
    desk.complete(case, "camat")
    forms = [(desk.open_task(case, chair), desk.who(chair)) for chair in chairs]

    results = at_once(len(chairs), lambda number: complete(*forms[number], desk.at))

    assert outcomes(results) == {"Case": len(chairs)}
    assert Task.objects.get(case=case, step_no=3).state == TaskState.OPEN
    case.refresh_from_db()
    assert case.version == 2 + len(chairs)
    assert verify_events() == []


def test_pausing_and_completing_at_once_leaves_a_sound_run() -> None:
    desk = Desk.make()
    case = desk.start()
    task, camat, sekcam = desk.open_task(case, "camat"), desk.who("camat"), desk.who("sekcam")

    def act(number: int) -> Case:
        if number == 0:
            return actions.pause_case(
                case_uid=case.uid, reason="Menunggu data pusat", authority=sekcam, at=desk.at
            )
        return complete(task, camat, desk.at)

    paused, completed = at_once(2, act)

    assert isinstance(paused, Case)
    assert isinstance(completed, Case | CaseIsPaused)
    assert Task.objects.filter(case=case, state=TaskState.OPEN).count() == 1
    assert verify_events() == []


def test_starting_twice_with_one_key_starts_one_run() -> None:
    desk = Desk.make()
    key = uuid4()
    camat = desk.who("camat")

    results = at_once(6, lambda number: desk.start(authority=camat, key=key))

    assert outcomes(results) == {"Case": 6}
    assert Case.objects.count() == 1


def test_many_runs_at_once_do_not_get_in_each_others_way() -> None:
    desk = Desk.make()
    cases = [desk.start() for _ in range(8)]
    forms = [(desk.open_task(case, "camat"), desk.who("camat")) for case in cases]

    results = at_once(8, lambda number: complete(*forms[number], desk.at))

    assert outcomes(results) == {"Case": 8}
    assert verify_events() == []


def test_moving_a_run_while_its_task_is_completed_does_both_or_says_that_it_went_on() -> None:
    desk = Desk.make([Row(("camat",)), Row(("sekcam",)), Row(("staf",))])
    case = desk.start()
    task, authority = desk.open_task(case, "camat"), desk.who("camat")
    version = make_successor(desk.office, desk.version, [Row(("camat",)), Row(("sekcam",)), Row(("umum",))])

    def act(number: int) -> Case:
        if number % 2:
            return complete(task, authority, desk.at)
        return actions.move_case(
            case_uid=case.uid, version=version, case_version=case.version, authority=authority, at=desk.at
        )

    results = at_once(2, act)

    assert outcomes(results) in ({"Case": 2}, {"Case": 1, "RunHasGoneOn": 1})
    standing = Task.objects.get(case=case, state=TaskState.OPEN)
    assert (standing.step_no, standing.position) == (2, desk.position("sekcam"))
    assert verify_events() == []
