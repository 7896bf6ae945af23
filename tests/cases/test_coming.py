"""What will come, and where the work on a desk came from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.cases.factories import S2_LIKE, Desk, Row, make_procedure

from runtut.cases import actions
from runtut.cases.models import Case, Task
from runtut.cases.queries import ComingStep, arrivals, coming_steps
from runtut.organisations.queries import calendar_for
from runtut.procedures.enums import Mode

pytestmark = pytest.mark.django_db

BEFORE_REVIEW = (Row(("camat",)), Row(("kasi1", "kasi2"), Mode.EACH), Row(("sekcam",), return_to=(1,)))


def coming(desk: Desk, *chairs: str) -> list[ComingStep]:
    return coming_steps(
        position_ids=[desk.position(chair).pk for chair in chairs],
        unit_ids=[desk.office.unit.pk],
        calendar=calendar_for(unit=desk.office.unit),
        at=desk.at,
    )


def send_back(desk: Desk, case: Case, chair: str, target: int, reason: str) -> None:
    task = desk.open_task(case, chair)
    actions.return_task(
        task_uid=task.uid,
        case_version=Case.objects.get(pk=case.pk).version,
        target_no=target,
        reason=reason,
        key=uuid4(),
        authority=desk.who(chair),
        at=desk.at,
    )


def test_next_step_of_a_position_is_expected_after_all_steps_before_it() -> None:
    desk = Desk.make(S2_LIKE)
    case = desk.start()

    step = coming(desk, "pengelola")[0]

    assert (step.case_uid, step.step_no, step.now_no) == (case.uid, 5, 1)
    # Monday 2 March 09.00: ten minutes, then the ends of the 3rd and the 6th working day after it.
    assert step.expected_at == datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def test_late_run_is_expected_from_now_on_and_never_outside_working_time() -> None:
    desk = Desk.make((Row(("camat",)), Row(("sekcam",))))
    desk.start()
    desk.at = datetime(2026, 3, 14, 5, 0, tzinfo=UTC)

    step = coming(desk, "sekcam")[0]

    assert step.expected_at == datetime(2026, 3, 16, 0, 30, tzinfo=UTC)


def test_step_that_waits_already_is_not_said_to_come() -> None:
    desk = Desk.make(S2_LIKE)
    desk.start()

    assert coming(desk, "camat") == []
    assert coming(desk, "camat", "sekcam") == []


def test_run_that_stands_still_or_is_closed_promises_nothing() -> None:
    desk = Desk.make(S2_LIKE)
    paused, cancelled = desk.start(title="Dijeda"), desk.start(title="Dibatalkan")
    given = {"authority": desk.who("camat"), "at": desk.at, "reason": "Menunggu surat"}
    actions.pause_case(case_uid=paused.uid, **given)
    actions.cancel_case(case_uid=cancelled.uid, **given)

    assert coming(desk, "pengelola") == []


@pytest.mark.parametrize("count", [1, 3])
def test_coming_steps_take_three_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = Desk.make(S2_LIKE)
    versions = [desk.version, *(make_procedure(desk.office, title=f"SOP {n}") for n in range(1, count))]
    for version in versions:
        desk.start(procedure_version=version)
    calendar = calendar_for(unit=desk.office.unit)
    coming(desk, "pengelola")

    with django_assert_num_queries(3):
        found = coming_steps(
            position_ids=[desk.position("pengelola").pk],
            unit_ids=[desk.office.unit.pk],
            calendar=calendar,
            at=desk.at,
        )

    assert len(found) == count


def test_arrival_is_the_act_that_opened_the_task_not_a_sibling() -> None:
    desk = Desk.make(BEFORE_REVIEW)
    case = desk.start()
    desk.later(minutes=5)
    desk.complete(case, "camat")
    desk.later(minutes=5)
    desk.complete(case, "kasi1")
    waiting = desk.open_task(case, "kasi2")

    found = arrivals(task_uids=[waiting.uid])

    assert found[waiting.uid].position == desk.position("camat").short_title
    assert found[waiting.uid].is_return is False


def test_arrival_by_a_return_has_the_reason() -> None:
    desk = Desk.make(BEFORE_REVIEW)
    case = desk.start()
    for chair in ("camat", "kasi1", "kasi2"):
        desk.at += timedelta(minutes=1)
        desk.complete(case, chair)
    desk.later(minutes=1)
    send_back(desk, case, "sekcam", 1, "Angkanya belum cocok.")
    waiting = desk.open_task(case, "camat")

    found = arrivals(task_uids=[waiting.uid])[waiting.uid]

    assert (found.is_return, found.note) == (True, "Angkanya belum cocok.")
    assert found.label.startswith(f"{desk.position('sekcam').short_title} · ")


def test_first_step_of_a_run_came_from_nobody() -> None:
    desk = Desk.make(BEFORE_REVIEW)
    desk.start()

    assert arrivals(task_uids=list(Task.objects.values_list("uid", flat=True))) == {}
