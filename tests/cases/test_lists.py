from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.cases.factories import AT, Desk, Row, make_procedure
from tests.cast import make_office

from runtut.cases import actions
from runtut.cases.enums import CaseState, ReminderKind
from runtut.cases.models import Reminder
from runtut.cases.queries import (
    CaseFilter,
    count_open,
    inbox,
    running_cases,
    supervised_tasks,
    waiting_for_others,
)
from runtut.core.jobs import drain
from runtut.procedures.enums import Mode

pytestmark = pytest.mark.django_db

EVERYONE = (Row(("camat",)), Row(("kasi1", "kasi2"), Mode.EACH), Row(("sekcam",), return_to=(2,)))


def several(count: int) -> Desk:
    """An office with runs of as many SOPs, each at its second step, beside another office's own."""
    desk = Desk.make(EVERYONE)
    versions = [desk.version] + [
        make_procedure(desk.office, EVERYONE, title=f"SOP {number}") for number in range(1, count)
    ]
    for number, version in enumerate(versions):
        case = desk.start(procedure_version=version, title=f"Pelaksanaan {number}")
        desk.complete(case, "camat")
        desk.later(minutes=5)
    other = make_office(desk.office.unit.parent, "Sukasari")
    Desk(other, make_procedure(other, EVERYONE)).start()
    return desk


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_takes_three_queries(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    desk = several(count)

    with django_assert_num_queries(3):
        page = inbox(position_ids=[desk.position("kasi1").pk], at=desk.at)

    assert [line.case_title for line in page.lines] == [f"Pelaksanaan {n}" for n in range(count)]
    assert {line.label for line in page.lines} == {"Langkah 2"}
    assert page.after is None


def test_inbox_puts_the_most_pressing_first_and_marks_the_late() -> None:
    desk = Desk.make([Row(("camat",))])
    urgent = make_procedure(desk.office, [Row(("camat",), unit="menit")], title="Cepat")
    desk.start(title="Sehari")
    desk.start(title="Semenit", procedure_version=urgent)

    lines = inbox(position_ids=[desk.position("camat").pk], at=AT + timedelta(hours=1)).lines

    assert [(line.case_title, line.is_late) for line in lines] == [("Semenit", True), ("Sehari", False)]


def test_inbox_pages_go_on_where_the_last_one_ended() -> None:
    desk = several(3)
    mine = [desk.position("kasi1").pk]

    first = inbox(position_ids=mine, at=desk.at, limit=2)
    second = inbox(position_ids=mine, at=desk.at, limit=2, after=first.after)

    titles = [line.case_title for line in (*first.lines, *second.lines)]
    assert titles == ["Pelaksanaan 0", "Pelaksanaan 1", "Pelaksanaan 2"]
    assert second.after is None


@pytest.mark.parametrize("count", [1, 3])
def test_supervisors_list_takes_three_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = several(count)

    with django_assert_num_queries(3):
        kabupaten = supervised_tasks(unit_id=desk.office.unit.parent.pk, at=desk.at)

    assert len(kabupaten.lines) == 2 * count + 1


def test_waiting_for_others_shows_what_i_sent_on_and_not_what_is_mine_or_foreign() -> None:
    desk = several(2)
    untouched = desk.start(title="Belum disentuh kasi")
    asked = {"unit_ids": [desk.office.unit.pk], "at": desk.at}
    camat, kasi1 = desk.position("camat").pk, desk.position("kasi1").pk

    sent = waiting_for_others(position_ids=[camat], **asked)
    nothing = waiting_for_others(position_ids=[kasi1], **asked)

    assert {line.case_title for line in sent.lines} == {"Pelaksanaan 0", "Pelaksanaan 1"}
    assert {line.position_id for line in sent.lines} == {kasi1, desk.position("kasi2").pk}
    assert nothing.lines == ()
    assert untouched.version == 1


def test_waiting_for_others_includes_what_i_returned() -> None:
    desk = Desk.make([Row(("staf",)), Row(("camat",), return_to=(1,))])
    case = desk.start()
    desk.complete(case, "staf")
    desk.send_back(case, "camat", 1)

    lines = waiting_for_others(
        position_ids=[desk.position("camat").pk], unit_ids=[desk.office.unit.pk], at=desk.at
    ).lines

    assert [(line.step_no, line.round) for line in lines] == [(1, 2)]


def test_count_open_counts_the_overdue_too() -> None:
    desk = several(3)
    mine = [desk.position("kasi1").pk]

    assert count_open(position_ids=mine, at=desk.at) == (3, 0)
    assert count_open(position_ids=mine, at=desk.at + timedelta(days=9)) == (3, 3)


@pytest.mark.parametrize("count", [1, 3])
def test_running_cases_take_three_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = several(count)

    with django_assert_num_queries(3):
        page = running_cases(filters=CaseFilter([desk.office.unit.pk]), at=desk.at)

    assert [line.title for line in page.lines] == [f"Pelaksanaan {n}" for n in reversed(range(count))]
    step = page.lines[0].current[0]
    assert (step.no, step.positions) == (2, ("Kepala Seksi", "Kepala Seksi"))
    assert {line.steps for line in page.lines} == {desk.version.steps.count()}


def test_running_cases_follow_their_filters() -> None:
    desk = several(3)
    unit = [desk.office.unit.pk]
    ended = desk.start(title="Yang dibatalkan", year=2025, quarter=4)
    actions.cancel_case(
        case_uid=ended.uid, reason="Salah periode, diulang", authority=desk.who("camat"), at=desk.at
    )

    def titles(**chosen: object) -> list[str]:
        filters = CaseFilter(**({"unit_ids": unit} | chosen))
        return [line.title for line in running_cases(filters=filters, at=desk.at).lines]

    assert titles(state=CaseState.CANCELLED) == titles(year=2025) == titles(quarter=4) == ["Yang dibatalkan"]
    assert titles(state=CaseState.RUNNING, text="pelaksanaan 1") == ["Pelaksanaan 1"]
    assert titles(text="SOP 2") == ["Pelaksanaan 2"]
    assert titles(procedure_id=desk.version.procedure_id) == ["Yang dibatalkan", "Pelaksanaan 0"]
    assert titles(unit_ids=[]) == []
    assert titles(late=True) == []


def test_a_run_is_late_by_its_own_deadline_or_by_an_open_task() -> None:
    desk = Desk.make([Row(("camat",), unit="menit"), Row(("sekcam",), value=9)])
    desk.start()
    later = AT + timedelta(hours=1)

    filters = CaseFilter([desk.office.unit.pk], late=True)

    assert [len(running_cases(filters=filters, at=at).lines) for at in (desk.at, later)] == [0, 1]


def test_running_cases_page_by_key() -> None:
    desk = several(3)
    filters = CaseFilter([desk.office.unit.pk])

    first = running_cases(filters=filters, at=desk.at, limit=2)
    second = running_cases(filters=filters, at=desk.at, limit=2, after=first.after)

    assert [len(first.lines), len(second.lines), second.after] == [2, 1, None]
    titles = [line.title for line in (*first.lines, *second.lines)]
    assert titles == [f"Pelaksanaan {number}" for number in (2, 1, 0)]


def test_reminders_show_in_the_inbox_once_given() -> None:
    desk = Desk.make([Row(("camat",)), Row(("sekcam",))])
    case = desk.start()
    mine = [desk.position("camat").pk]

    def shown() -> ReminderKind | None:
        return inbox(position_ids=mine, at=desk.at).lines[0].reminder

    drain(at=AT)
    assert shown() is None
    drain(at=AT + timedelta(hours=29))
    assert shown() == ReminderKind.SOON
    drain(at=AT + timedelta(days=2))
    assert shown() == ReminderKind.LATE
    desk.complete(case, "camat")
    drain(at=AT + timedelta(days=9))
    assert not Reminder.objects.filter(fired_at=None).exists()


def test_reminders_wait_while_the_run_is_paused() -> None:
    desk = Desk.make([Row(("camat",))])
    case = desk.start()
    actions.pause_case(
        case_uid=case.uid, reason="Menunggu data pusat", authority=desk.who("camat"), at=desk.at
    )

    drain(at=AT + timedelta(days=9))

    assert Reminder.objects.filter(fired_at=None).count() == 2
