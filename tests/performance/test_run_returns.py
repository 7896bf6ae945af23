"""A return of a run takes along the figures that it is about, and tells their owners why."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.performance.demo_office import DemoOffice
from tests.performance.test_s1_s3_s7 import TW3, dinas, due, fill

from runtut.accounts.models import User
from runtut.cases.actions import return_task
from runtut.cases.models import Case
from runtut.cases.queries import NoticeLine, notices_of
from runtut.core import jobs
from runtut.organisations.models import Position
from runtut.performance import actions, queries
from runtut.performance.enums import GivenBack, RealisationState
from runtut.performance.errors import NothingChosen
from runtut.performance.queries import GridRow, figures_back

pytestmark = pytest.mark.django_db

BACK = "Realisasi dikembalikan"
REASON = "Buktinya tidak terbaca."


@pytest.fixture
def office() -> DemoOffice:
    return dinas()[0]


@pytest.fixture
def case(office: DemoOffice) -> Case:
    """S7 at the step in which the Sekretaris corrects the document."""
    case = office.start(quarter=3)
    office.until(case, 6)
    fill(office, due(office.unit), "5")
    office.until(case, 7)
    found = queries.findings_of(unit=office.unit, quarter=TW3)
    office.do(case, explained={one.key: "Sudah dicek." for one in found})
    office.until(case, 9)
    return case


def send_back(office: DemoOffice, case: Case, to: int, **data: object) -> None:
    return_task(
        task_uid=office.open_task(case).uid,
        case_version=0,
        target_no=to,
        reason=REASON,
        key=uuid4(),
        authority=office.who("sekretaris.dinsospermasdes"),
        at=office.at,
        data=data,
    )
    while jobs.drain(at=office.at):
        pass


def states(office: DemoOffice) -> dict[str, RealisationState]:
    return {row.number: row.state for row in due(office.unit)}


def holder(position: Position) -> User:
    return position.appointments.select_related("user").latest("id").user


def told(office: DemoOffice, row: GridRow) -> list[NoticeLine]:
    lines = notices_of(user_id=holder(row.indicator.owner).pk, at=office.at)
    return [line for line in lines if line.heading == BACK]


@pytest.mark.parametrize("to", [6, 7])
def test_only_the_figures_that_were_named_go_back_and_only_their_owners_are_told(
    office: DemoOffice, case: Case, to: int
) -> None:
    rows = {row.number: row for row in due(office.unit)}
    meant = rows["1.2"]
    other = next(one for one in rows.values() if one.indicator.owner_id != meant.indicator.owner_id)

    send_back(office, case, to, which=GivenBack.CHOSEN, figures=[str(meant.indicator.uid)])

    now = states(office)
    assert now.pop("1.2") == RealisationState.RETURNED
    assert set(now.values()) == {RealisationState.SUBMITTED}
    [line] = told(office, meant)
    assert (line.title, line.note) == (f"TW III 2026: {meant.indicator.short_name}", REASON)
    assert line.path == f"/kinerja/?unit={office.unit.uid}&tahun=2026&tw=3"
    assert told(office, other) == []


def test_each_owner_is_told_what_was_written_for_his_figures(office: DemoOffice, case: Case) -> None:
    rows = due(office.unit)
    first = rows[0]
    second = next(one for one in rows if one.indicator.owner_id != first.indicator.owner_id)

    send_back(
        office,
        case,
        6,
        which=GivenBack.CHOSEN,
        figures=[str(one.indicator.uid) for one in (first, second)],
        reasons={str(second.indicator.owner.uid): "Angkanya belum dijumlah.", "bukan-kode": "Keliru."},
    )

    assert [line.note for line in told(office, first)] == [REASON]
    assert [line.note for line in told(office, second)] == ["Angkanya belum dijumlah."]


def test_a_return_that_names_no_figure_is_refused_and_nothing_moves(office: DemoOffice, case: Case) -> None:
    with pytest.raises(NothingChosen) as refusal:
        send_back(office, case, 6, which=GivenBack.CHOSEN, figures=[])

    assert refusal.value.field == "indicators"
    assert set(states(office).values()) == {RealisationState.SUBMITTED}
    assert office.open_task(case).step_no == 9


def test_a_return_about_the_document_leaves_every_figure(office: DemoOffice, case: Case) -> None:
    send_back(office, case, 6, which=GivenBack.NONE)

    assert set(states(office).values()) == {RealisationState.SUBMITTED}
    assert office.open_task(case).step_no == 6
    office.do(case)
    assert office.open_task(case).step_no == 7


def test_what_came_back_at_the_examination_is_proposed_alone(office: DemoOffice, case: Case) -> None:
    task = office.open_task(case)
    asked = figures_back(task=task, target_nos=[7, 6])
    assert asked is not None
    assert (len(asked.rows), asked.steps, asked.proposed) == (
        len(due(office.unit)),
        (7, 6),
        GivenBack.CHOSEN,
    )
    assert figures_back(task=task, target_nos=[8]) is None

    actions.return_realisations(
        unit=office.unit,
        quarter=TW3,
        reason=REASON,
        authority=office.who("sekretaris.dinsospermasdes"),
        at=office.at,
        indicators=[asked.rows[0].indicator],
    )

    again = figures_back(task=task, target_nos=[7, 6])
    assert again is not None
    assert again.proposed == GivenBack.NONE
    assert [row.number for row in again.already] == [asked.rows[0].number]
