"""Runs under way that go over to the version of their SOP that has come into force."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.factories import Desk, Row, make_procedure, make_successor
from tests.cases.notices import settle
from tests.cast import make_office

from runtut.cases import actions
from runtut.cases.enums import CaseState, EventKind, NoticeKind, StepState, TaskState
from runtut.cases.errors import (
    CaseIsClosed,
    MayNotSteer,
    NoNewerVersion,
    NotYourCase,
    RunHasGoneOn,
    StepIsGone,
    WorkHasNoPlace,
)
from runtut.cases.models import Case, CaseBinding, CaseEvent, Reminder, Task, TaskParticipant
from runtut.cases.queries import move_page, notices_of, run_page, runs_behind, timeline, verify_events
from runtut.core.uids import uuid7
from runtut.procedures.enums import Mode, VersionState
from runtut.procedures.models import ProcedureVersion
from runtut.reports.queries import procedure_figures

pytestmark = pytest.mark.django_db

OLDER = (
    Row(("camat",), activity="Mendisposisi surat permintaan"),
    Row(("sekcam",), activity="Menugaskan Kasubbag"),
    Row(("kasi1", "kasi2"), Mode.EACH, activity="Mengumpulkan angka seksi"),
    Row(("pengelola",), activity="Menyusun laporan triwulan", value=Decimal(2)),
    Row(("sekcam",), return_to=(4, 3), activity="Memeriksa dan memaraf laporan"),
    Row(("camat",), activity="Menandatangani"),
)
NEWER = (
    OLDER[0],
    Row(("perencanaan",), activity="Membuat jadwal pengumpulan"),
    *OLDER[1:3],
    Row(("staf",), joint=("umum",), activity="Menyusun laporan triwulan", value=Decimal(4)),
    Row(("sekcam",), return_to=(5, 4), activity="Memeriksa dan memaraf laporan"),
    OLDER[5],
)
"""A step more in second place; the report is written by somebody else, who has twice the time."""


def at_the_report(*, sent_back: bool = False) -> tuple[Desk, Case]:
    """A run that has come to the report of the older version, for the first or the second time."""
    desk = Desk.make(OLDER)
    case = desk.start()
    people = ["camat", "sekcam", "kasi1", "kasi2"]
    for key in [*people, "pengelola"] if sent_back else people:
        desk.later(minutes=5)
        desk.complete(case, key)
    if sent_back:
        desk.later(minutes=5)
        desk.send_back(case, "sekcam", 4)
    return desk, Case.objects.get(pk=case.pk)


def move(
    desk: Desk, case: Case, version: ProcedureVersion, chair: str = "sekcam", key: UUID | None = None
) -> Case:
    seen = Case.objects.get(pk=case.pk).version
    return actions.move_case(
        case_uid=case.uid,
        version=version,
        case_version=seen,
        authority=desk.who(chair),
        at=desk.at,
        key=key,
    )


def test_the_open_task_goes_on_at_the_step_that_its_own_has_become() -> None:
    desk, case = at_the_report()
    before = desk.open_task(case, "pengelola")
    version = make_successor(desk.office, desk.version, NEWER)

    moved = move(desk, case, version)

    task = Task.objects.get(case=case, state=TaskState.OPEN)
    assert (task.uid, task.step_no, task.round) == (before.uid, 5, 1)
    assert task.position == desk.position("staf")
    assert (task.opened_at, task.rule_value) == (before.opened_at, Decimal(4))
    taking = TaskParticipant.objects.filter(task=task).values_list("position", flat=True)
    assert list(taking) == [desk.position("umum").pk]
    assert moved.procedure_version == version
    assert moved.due_at > case.due_at
    bound = set(CaseBinding.objects.filter(case=case).values_list("performer__version", flat=True))
    assert bound == {version.pk}
    assert verify_events() == []


def test_deadline_and_reminders_follow_the_time_of_the_new_step() -> None:
    desk, case = at_the_report()
    before = desk.open_task(case, "pengelola")

    move(desk, case, make_successor(desk.office, desk.version, NEWER))

    task = Task.objects.get(pk=before.pk)
    plain = Desk(desk.office, make_procedure(desk.office, [NEWER[4]], title="Lain"), before.opened_at)
    assert task.due_at == plain.open_task(plain.start(), "staf").due_at > before.due_at
    late = Reminder.objects.get(task_id=task.pk, kind="terlambat")
    assert late.due_at == task.due_at


def test_the_run_can_be_finished_under_the_new_version() -> None:
    desk, case = at_the_report()
    move(desk, case, make_successor(desk.office, desk.version, NEWER))

    desk.complete(case, "staf")
    desk.send_back(case, "sekcam", 5)
    for key in ("staf", "sekcam", "camat"):
        desk.later(minutes=5)
        desk.complete(case, key)

    assert Case.objects.get(pk=case.pk).state == CaseState.DONE
    assert verify_events() == []


def test_rounds_and_returns_are_kept_under_the_new_numbers() -> None:
    desk, case = at_the_report(sent_back=True)
    version = make_successor(desk.office, desk.version, NEWER)

    move(desk, case, version)

    attempts = Task.objects.filter(case=case).order_by("id").values_list("step_no", "round")
    assert list(attempts) == [(1, 1), (3, 1), (4, 1), (4, 1), (5, 1), (6, 1), (5, 2)]
    sentences = [line.sentence for line in timeline(case=case)]
    assert sentences[:2] == [
        "Pelaksanaan dipindahkan ke versi 2 SOP ini",
        "Langkah 6 dikembalikan ke langkah 5",
    ]
    steps = {one.no: one for one in procedure_figures(version=version).steps}
    assert (steps[6].returns, steps[5].attempts, steps[5].returns) == (1, 1, 0)


def test_moving_twice_keeps_the_history_readable() -> None:
    desk, case = at_the_report(sent_back=True)
    second = make_successor(desk.office, desk.version, NEWER)
    move(desk, case, second)
    first = Row(("umum",), activity="Mencatat surat di agenda")

    move(desk, case, make_successor(desk.office, second, [first, *NEWER[1:]]))

    assert "Langkah 6 dikembalikan ke langkah 5" in [line.sentence for line in timeline(case=case)]


def test_a_step_that_nobody_did_is_passed_by() -> None:
    desk, case = at_the_report()
    version = make_successor(desk.office, desk.version, NEWER)

    moved = move(desk, case, version)

    states = [one.state for one in run_page(case=moved, at=desk.at).steps]
    done, passed, waiting = StepState.DONE, StepState.PASSED, StepState.WAITING
    assert states == [done, passed, done, done, StepState.CURRENT, waiting, waiting]


def test_whoever_gets_the_task_is_told_and_nobody_else() -> None:
    desk, case = at_the_report()
    settle(desk)
    move(desk, case, make_successor(desk.office, desk.version, NEWER))
    settle(desk)

    def told(key: str) -> list[NoticeKind]:
        return [line.kind for line in notices_of(user_id=desk.office.people[key].pk, at=desk.at)]

    assert told("staf") == [NoticeKind.ASSIGNED]
    assert told("umum") == []


def test_parallel_tasks_stay_with_their_positions() -> None:
    desk = Desk.make(OLDER)
    case = desk.start()
    for key in ("camat", "sekcam", "kasi1"):
        desk.complete(case, key)

    move(desk, case, make_successor(desk.office, desk.version, NEWER))

    task = desk.open_task(case, "kasi2")
    assert (task.step_no, task.branch) == (4, 2)
    desk.complete(case, "kasi2")
    assert desk.open_task(case, "staf").step_no == 5


def test_a_claim_does_not_outlive_the_position() -> None:
    desk, case = at_the_report()
    task = desk.open_task(case, "pengelola")
    actions.claim_task(task_uid=task.uid, authority=desk.who("pengelola"), at=desk.at)

    move(desk, case, make_successor(desk.office, desk.version, NEWER))

    assert Task.objects.get(pk=task.pk).claimed_by is None


def test_refusals_change_nothing_and_say_what_to_do() -> None:
    desk, case = at_the_report()
    gone = make_successor(desk.office, desk.version, [*OLDER[:3], *OLDER[4:]])

    with pytest.raises(StepIsGone) as refusal:
        move(desk, case, gone)

    assert "Langkah 4 yang sedang dikerjakan" in refusal.value.sentence
    assert Case.objects.get(pk=case.pk).procedure_version == desk.version
    with pytest.raises(WorkHasNoPlace) as refusal:
        move(desk, case, make_successor(desk.office, gone, [OLDER[0], *OLDER[2:]]))
    assert "Langkah 2 sudah dikerjakan" in refusal.value.sentence
    assert verify_events() == []


def test_only_who_steers_the_office_may_move() -> None:
    desk, case = at_the_report()
    version = make_successor(desk.office, desk.version, NEWER)
    elsewhere = Desk(make_office(desk.office.unit.parent, "Sukasari"), version)

    with pytest.raises(MayNotSteer):
        move(desk, case, version, chair="pengelola")
    with pytest.raises(NotYourCase):
        actions.move_case(
            case_uid=case.uid,
            version=version,
            case_version=case.version,
            authority=elsewhere.who("camat"),
            at=desk.at,
        )


def test_only_the_version_in_force_of_the_same_sop_and_a_newer_one() -> None:
    desk, case = at_the_report()
    other = make_procedure(desk.office, OLDER, title="Lain")
    newer = make_successor(desk.office, desk.version, NEWER)
    move(desk, case, newer)

    for version in (newer, desk.version, other):
        with pytest.raises(NoNewerVersion):
            move(desk, case, version)
    third = make_successor(desk.office, newer, NEWER)
    ProcedureVersion.objects.filter(pk=third.pk).update(state=VersionState.WITHDRAWN)
    with pytest.raises(NoNewerVersion):
        move(desk, case, third)


def test_a_preview_that_is_out_of_date_moves_nothing() -> None:
    desk, case = at_the_report()
    version = make_successor(desk.office, desk.version, NEWER)
    desk.complete(case, "pengelola")

    with pytest.raises(RunHasGoneOn):
        actions.move_case(
            case_uid=case.uid,
            version=version,
            case_version=case.version,
            authority=desk.who("sekcam"),
            at=desk.at,
        )


def test_a_run_that_has_ended_stays_as_it_was() -> None:
    desk, case = at_the_report()
    actions.cancel_case(
        case_uid=case.uid, reason="Tidak diperlukan lagi", authority=desk.who("sekcam"), at=desk.at
    )

    with pytest.raises(CaseIsClosed):
        move(desk, case, make_successor(desk.office, desk.version, NEWER))


def test_pressing_twice_moves_once() -> None:
    desk, case = at_the_report()
    version, key = make_successor(desk.office, desk.version, NEWER), uuid4()

    for _ in range(2):
        actions.move_case(
            case_uid=case.uid,
            version=version,
            case_version=case.version,
            authority=desk.who("sekcam"),
            at=desk.at,
            key=key,
        )

    assert CaseEvent.objects.filter(case_id=case.pk, kind=EventKind.MOVED).count() == 1


def test_the_preview_shows_each_run_before_and_after() -> None:
    desk, case = at_the_report()
    stuck = desk.start()
    version = make_successor(desk.office, desk.version, NEWER[1:])

    page = move_page(version=version, at=desk.at)

    first, second = page.lines
    assert (first.case, first.after, second.case) == (case, None, stuck)
    assert "Langkah 1 sudah dikerjakan" in first.refusal
    assert "Langkah 1 yang sedang dikerjakan" in second.refusal
    assert page.following is None


def test_the_preview_says_who_acts_by_when_and_is_what_moving_does() -> None:
    desk, case = at_the_report()
    version = make_successor(desk.office, desk.version, NEWER)

    (line,) = move_page(version=version, at=desk.at).lines
    move(desk, case, version)

    task = Task.objects.get(case=case, state=TaskState.OPEN)
    (shown,) = line.tasks
    assert line.after is not None
    assert (line.step.no, line.after.no) == (4, task.step_no)
    assert (shown.before.position, shown.after.position) == (desk.position("pengelola"), task.position)
    assert (shown.due_after, [one.no for one in line.passed]) == (task.due_at, [2])
    assert [holder.user_id for holder in shown.after.holders] == [desk.office.people["staf"].pk]
    assert move_page(version=version, at=desk.at).lines == ()
    assert not runs_behind(version).exists()


def test_the_preview_reads_as_much_for_three_runs_as_for_one() -> None:
    desk, _ = at_the_report()
    version = make_successor(desk.office, desk.version, NEWER)
    move_page(version=version, at=desk.at)

    with CaptureQueriesContext(connection) as one:
        assert len(move_page(version=version, at=desk.at).lines) == 1
    for _ in range(2):
        start_under(desk, desk.version)
    with CaptureQueriesContext(connection) as three:
        assert len(move_page(version=version, at=desk.at).lines) == 3
    assert len(one) == len(three)


def start_under(desk: Desk, version: ProcedureVersion) -> Case:
    """Start a run of a version that is no longer in force, as if it had been started in time."""
    newer = version.procedure.versions.get(state=VersionState.EFFECTIVE)
    ProcedureVersion.objects.filter(pk=newer.pk).update(state=VersionState.RATIFIED)
    ProcedureVersion.objects.filter(pk=version.pk).update(state=VersionState.EFFECTIVE)
    version.refresh_from_db()
    case = desk.start(procedure_version=version)
    ProcedureVersion.objects.filter(pk=version.pk).update(state=VersionState.SUPERSEDED)
    ProcedureVersion.objects.filter(pk=newer.pk).update(state=VersionState.EFFECTIVE)
    return case


def test_the_list_goes_on_where_it_stopped() -> None:
    desk, first = at_the_report()
    copy = {field.attname: getattr(first, field.attname) for field in Case._meta.concrete_fields}
    version = make_successor(desk.office, desk.version, NEWER)
    others = [Case(**copy | {"id": None, "uid": uuid7(), "start_key": None}) for _ in range(10)]
    Case.objects.bulk_create(others)
    for case in Case.objects.exclude(pk=first.pk):
        task = Task.objects.get(case=first, state=TaskState.OPEN)
        task.pk, task.uid, task.case = None, uuid7(), case
        task.save()
        copy_bindings(first, case)

    page = move_page(version=version, at=desk.at)

    assert (len(page.lines), page.following) == (10, page.lines[-1].case.pk)
    rest = move_page(version=version, at=desk.at, after=page.following or 0)
    assert (len(rest.lines), rest.following) == (1, None)


def copy_bindings(source: Case, target: Case) -> None:
    CaseBinding.objects.bulk_create(
        CaseBinding(case=target, performer_id=row.performer_id, position_id=row.position_id)
        for row in CaseBinding.objects.filter(case=source)
    )
