"""Owners of figures are told when the form goes out to them, and until when their figures are awaited."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests.cases.notices import letters
from tests.performance.demo_office import DemoOffice
from tests.performance.test_run_returns import holder
from tests.performance.test_s1_s3_s7 import TW3, dinas, due, owner_of

from runtut.accounts.actions import choose_notices
from runtut.accounts.models import User
from runtut.cases.enums import EventKind
from runtut.cases.models import Case, CaseEvent
from runtut.cases.queries import NoticeLine, notices_of
from runtut.core import jobs
from runtut.core.dates import long_date
from runtut.documents.models import DocumentVersion
from runtut.organisations.models import Position
from runtut.performance import actions
from runtut.performance.actions import tell_of_form
from runtut.performance.queries import form_sent, forms_sent_to, sending_no

pytestmark = pytest.mark.django_db

ASKED = "Realisasi diminta"


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.DEMO = True


def settle(office: DemoOffice) -> None:
    while jobs.drain(at=office.at):
        pass


def told(office: DemoOffice, user: User) -> list[NoticeLine]:
    return [line for line in notices_of(user_id=user.pk, at=office.at) if line.heading == ASKED]


def owners(office: DemoOffice) -> list[Position]:
    return list(dict.fromkeys(row.indicator.owner for row in due(office.unit)))


def coming(office: DemoOffice, position: Position) -> list[tuple[int, str]]:
    found = forms_sent_to(position_ids=[position.pk], unit_paths=[office.unit.path], at=office.at)
    return [(sent.left(owner.pk), sent.quarter.label) for sent, owner in found]


def test_s7_tells_every_owner_when_the_format_is_sent(mail: Path) -> None:
    office, case = dinas()
    owner = owners(office)[-1]
    choose_notices(user=holder(owner), email="bidang@contoh.go.id", chosen={})
    office.until(case, 3)
    settle(office)
    assert told(office, holder(owner)) == []
    assert coming(office, owner) == []

    office.do(case)
    settle(office)

    sent = form_sent(case=case, at=office.at)
    assert sent is not None
    day = long_date(office.unit.local_date(sent.by))
    [line] = told(office, holder(owner))
    assert line.title == f"Realisasi TW III 2026 {office.unit.short_name}, paling lambat {day}"
    assert line.path == f"/kinerja/?unit={office.unit.uid}&tahun=2026&tw=3"
    assert [str(one["Subject"]) for one in letters(mail) if one["To"] == "bidang@contoh.go.id"] == [
        f"{ASKED}: {line.title}"
    ]
    own = sum(row.indicator.owner_id == owner.pk for row in due(office.unit))
    assert coming(office, owner) == [(own, "TW III 2026")]


def test_a_form_whose_numbers_were_typed_in_bold_asks_for_the_same_figures() -> None:
    office, case = dinas()
    office.until(case, 4)
    before = form_sent(case=case, at=office.at)
    version = DocumentVersion.objects.get(document__kind="bahan")
    for block in version.content["blocks"]:
        for row in block.get("rows", ()):
            row[0] = [{"text": row[0], "bold": True}]
    version.save(update_fields=["content"])

    now = form_sent(case=case, at=office.at)

    assert before is not None and now is not None
    assert [row.number for row in now.rows] == [row.number for row in before.rows] != []


def test_the_same_sending_is_told_once() -> None:
    office, case = dinas()
    office.until(case, 4)
    settle(office)
    event = CaseEvent.objects.filter(case_id=case.pk, kind=EventKind.COMPLETED).last()
    assert event is not None

    tell_of_form(case=Case.objects.get(pk=case.pk), task_id=event.task_id, at=event.at)

    assert len(told(office, holder(owners(office)[-1]))) == 1


def test_what_was_told_is_done_once_the_figures_are_handed_over() -> None:
    office, case = dinas()
    office.until(case, 4)
    settle(office)
    row = due(office.unit)[-1]
    owner, authority = row.indicator.owner, owner_of(row.indicator, office)
    for one in due(office.unit):
        if one.indicator.owner_id == owner.pk:
            actions.enter_realisation(
                indicator=one.indicator,
                quarter=TW3,
                value_text="",
                cause="Rekap menyusul.",
                authority=authority,
                at=office.at,
            )

    actions.submit_realisations(
        position=owner, unit=office.unit, quarter=TW3, authority=authority, at=office.at
    )

    assert [line.is_done for line in told(office, holder(owner))] == [True]
    assert coming(office, owner) == []


def test_who_gathers_takes_over_from_the_form() -> None:
    office, case = dinas()
    office.until(case, 5)
    assert form_sent(case=case, at=office.at) is not None

    office.until(case, 6)

    assert form_sent(case=case, at=office.at) is None


@pytest.mark.parametrize("key", ["s2", "s3"])
def test_a_request_of_one_step_tells_the_owners_whom_no_step_asks(key: str) -> None:
    office = DemoOffice(key)
    case = office.start(quarter=3)
    office.until(case, 3)
    assert sending_no(case.procedure_version) == 3
    sender = office.open_task(case).position_id

    office.do(case)
    settle(office)

    asked = set(case.tasks.filter(step_no=4).values_list("position_id", flat=True))
    assert asked
    for owner in owners(office):
        meant = owner.pk not in asked and owner.pk != sender
        assert len(told(office, holder(owner))) == meant, owner


def test_a_form_costs_the_same_for_one_position_and_for_all() -> None:
    office, case = dinas()
    office.until(case, 4)

    def cost(positions: list[Position]) -> int:
        keys = [one.pk for one in positions]
        with CaptureQueriesContext(connection) as found:
            forms_sent_to(position_ids=keys, unit_paths=[office.unit.path], at=office.at)
        return len(found)

    everybody = owners(office)
    cost(everybody)
    assert len(everybody) > 1
    assert cost(everybody[:1]) == cost(everybody)
