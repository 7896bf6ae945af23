from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.factories import AT, Desk, Row
from tests.organisations.factories import make_mandate, make_user

from runtut.cases import actions
from runtut.cases.enums import EventKind, StepState, TaskState
from runtut.cases.models import Case
from runtut.cases.queries import (
    gates_of,
    plan_run,
    return_targets,
    run_page,
    task_by_uid,
    timeline,
    warnings_for,
)
from runtut.organisations.enums import MandateKind
from runtut.procedures.enums import Mode, Work

pytestmark = pytest.mark.django_db


def full_run(desk: Desk) -> Case:
    """To step 6, one return to step 5, and on to step 6 again."""
    case = desk.start()
    for key in ("camat", "sekcam", "perencanaan", "kasi1", "kasi2", "pengelola"):
        desk.later(minutes=20)
        desk.complete(case, key)
    desk.send_back(case, "sekcam", 5)
    desk.later(minutes=20)
    return desk.complete(case, "pengelola")


def queries_for(case: Case) -> int:
    run_page(case=case, at=AT)
    with CaptureQueriesContext(connection) as captured:
        run_page(case=case, at=AT)
    return len(captured)


def test_run_page_takes_the_same_queries_whatever_the_run_has_been_through() -> None:
    desk = Desk.make()

    assert queries_for(desk.start()) == queries_for(full_run(desk)) <= 17


def test_run_page_tells_who_when_and_how_long_of_every_step() -> None:
    desk = Desk.make()
    case = full_run(desk)

    view = run_page(case=case, at=desk.at)

    assert [step.state for step in view.steps] == [StepState.DONE] * 5 + [
        StepState.CURRENT,
        StepState.WAITING,
        StepState.WAITING,
    ]
    fourth, fifth = view.steps[3], view.steps[4]
    assert [attempt.who for attempt in fourth.attempts] == ["Dedi Kurnia", "Nur Aini"]
    assert (fourth.minutes_used, fourth.rounds) == (40, 1)
    assert [(attempt.round, attempt.minutes_used) for attempt in fifth.attempts] == [(1, 20), (2, 20)]
    assert (fifth.minutes_used, fifth.rounds) == (40, 2)
    assert view.steps[0].step.time_text == "5 menit"
    assert view.steps[0].is_late
    assert view.standard_minutes == 10 + 450 * 14
    waiting = view.steps[7]
    assert [seat.position for seat in waiting.seats] == [
        desk.position("pengelola"),
        desk.position("kasi1"),
        desk.position("kasi2"),
    ]


def test_run_page_shows_where_the_run_stands_and_who_can_act() -> None:
    desk = Desk.make()
    case = full_run(desk)

    (current,) = run_page(case=case, at=desk.at).current

    assert (current.seat.position, current.round) == (desk.position("sekcam"), 2)
    assert [holder.full_name for holder in current.seat.holders] == ["Rina Wahyuni"]
    assert current.is_open


def test_run_page_counts_lateness_in_working_minutes() -> None:
    desk = Desk.make([Row(("camat",), unit="jam")])
    case = desk.start()

    view = run_page(case=case, at=AT + timedelta(hours=2))

    assert view.is_late
    assert view.current[0].late_minutes == 60


def test_a_return_puts_the_steps_after_its_target_back_to_waiting() -> None:
    desk = Desk.make()
    case = full_run(desk)
    desk.send_back(case, "sekcam", 4)

    states = [step.state for step in run_page(case=case, at=desk.at).steps]

    assert states[3:6] == [StepState.CURRENT, StepState.WAITING, StepState.WAITING]


def test_timeline_tells_each_act_with_its_reason_and_its_capacity() -> None:
    desk = Desk.make([Row(("camat",)), Row(("sekcam",), return_to=(1,))])
    case = desk.start()
    acting = make_user(full_name="Rina Acting")
    make_mandate(acting, desk.position("camat"), MandateKind.PLH, AT.date(), AT.date() + timedelta(days=5))
    desk.office.people["camat"] = acting
    desk.complete(case, "camat")
    desk.send_back(case, "sekcam", 1, "Disposisi belum jelas")
    actions.extend_task(
        task_uid=desk.open_task(case, "camat").uid,
        minutes=450,
        reason="Camat dinas luar kota",
        authority=desk.who("sekcam"),
        at=desk.at,
    )

    lines = timeline(case=case)

    assert [(line.kind, line.sentence, line.who, line.reason) for line in lines] == [
        (
            EventKind.EXTENDED,
            "Tenggat diperpanjang (1 hari kerja)",
            "Sekretaris Kecamatan · Rina Wahyuni",
            "Camat dinas luar kota",
        ),
        (
            EventKind.RETURNED,
            "Langkah 2 dikembalikan ke langkah 1",
            "Sekretaris Kecamatan · Rina Wahyuni",
            "Disposisi belum jelas",
        ),
        (EventKind.COMPLETED, "Langkah 1 diselesaikan", "Camat · (Plh.) Rina Acting", ""),
        (EventKind.STARTED, "Pelaksanaan dimulai", "Camat · Hendra Gunawan", ""),
    ]


def test_timeline_counts_the_parts_of_a_step_that_several_do() -> None:
    desk = Desk.make([Row(("kasi1", "kasi2"), Mode.EACH), Row(("sekcam",), return_to=(1,))])
    case = desk.start("sekcam")
    for key in ("kasi2", "kasi1"):
        desk.complete(case, key)
    desk.send_back(case, "sekcam", 1)
    desk.complete(case, "kasi1")

    titles = {key: desk.position(key).short_title for key in ("kasi1", "kasi2")}
    assert [line.sentence for line in timeline(case=case)] == [
        f"Langkah 1: bagian {titles['kasi1']} selesai (1 dari 2)",
        "Langkah 2 dikembalikan ke langkah 1",
        f"Langkah 1: bagian {titles['kasi1']} selesai (2 dari 2)",
        f"Langkah 1: bagian {titles['kasi2']} selesai (1 dari 2)",
        "Pelaksanaan dimulai",
    ]


def test_timeline_tells_every_kind_of_act() -> None:
    desk = Desk.make([Row(("camat",)), Row(("sekcam",))])
    case = desk.start()
    steer = {"authority": desk.who("sekcam"), "at": desk.at}
    actions.pause_case(case_uid=case.uid, reason="Menunggu data pusat", **steer)
    actions.resume_case(case_uid=case.uid, **steer)
    task = desk.open_task(case, "camat")
    actions.claim_task(task_uid=task.uid, authority=desk.who("camat"), at=desk.at)
    actions.release_task(task_uid=task.uid, authority=desk.who("camat"), at=desk.at)
    actions.reassign_task(
        task_uid=task.uid, position=desk.position("umum"), reason="Camat dinas luar", **steer
    )
    actions.cancel_case(case_uid=case.uid, reason="Salah SOP, diulang", **steer)

    sentences = [line.sentence for line in timeline(case=case)]

    assert sentences == [
        "Pelaksanaan dibatalkan",
        "Langkah dialihkan kepada Kasubbag Umum dan Kepegawaian",
        "Langkah dilepas",
        "Langkah diambil",
        "Pelaksanaan dilanjutkan (0 menit kerja)",
        "Pelaksanaan dijeda",
        "Pelaksanaan dimulai",
    ]


def test_plan_tells_who_will_do_what_by_when() -> None:
    desk = Desk.make([Row(("camat",)), Row(("kasi1", "kasi2"), Mode.EACH, joint=("staf",))])

    plan = plan_run(version=desk.version, unit=desk.office.unit, at=AT)

    second = plan.steps[1]
    assert second.positions == (desk.position("kasi1").pk, desk.position("kasi2").pk)
    assert second.participants == (desk.position("staf").pk,)
    assert plan.due_at == second.due_at > plan.steps[0].due_at


def test_gates_are_listed_by_name_met_or_not() -> None:
    desk = Desk.make([Row(("camat",), outputs=("Notulen", "Daftar hadir"))])
    task = task_by_uid(desk.open_task(desk.start(), "camat").uid)

    gates = gates_of(task=task, data={"outputs": {"Notulen": {"text": "Sepakat"}}}, at=AT)

    assert [(gate.label, gate.met) for gate in gates] == [("Notulen", True), ("Daftar hadir", False)]


def test_return_targets_are_named_with_the_suggested_one_first() -> None:
    desk = Desk.make()
    case = full_run(desk)

    targets = return_targets(task_by_uid(desk.open_task(case, "sekcam").uid))

    assert [step.no for step in targets] == [5, 4]


def checked_by(desk: Desk, chair: str) -> list[str]:
    case = desk.start("camat")
    desk.complete(case, "staf")
    task = task_by_uid(desk.open_task(case, chair).uid)
    return [warning.code for warning in warnings_for(task=task, authority=desk.who(chair))]


def test_who_checks_what_they_made_is_warned_and_not_stopped() -> None:
    rows = [Row(("staf",), work=Work.PREPARE), Row(("sekcam",), work=Work.REVIEW)]
    desk = Desk.make(rows)
    desk.office.people["staf"] = desk.office.people["sekcam"]
    desk.position("staf").appointments.update(user=desk.office.people["sekcam"])

    assert checked_by(desk, "sekcam") == ["maker_is_checker"]
    case = Case.objects.get()
    desk.complete(case, "sekcam", paraf=True)
    assert Case.objects.get().tasks.filter(state=TaskState.OPEN).count() == 0


def test_who_checks_anothers_work_is_not_warned() -> None:
    desk = Desk.make([Row(("staf",), work=Work.PREPARE), Row(("sekcam",), work=Work.REVIEW)])

    assert checked_by(desk, "sekcam") == []
