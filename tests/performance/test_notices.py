"""Sections and owners of figures are told what a run asks of them, and reminded with its step."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests.performance.demo_office import DemoOffice
from tests.performance.factories import make_file, make_indicator, make_targets
from tests.performance.runs import Runs, make_runs

from runtut.accounts.models import User
from runtut.cases.enums import TaskState
from runtut.cases.models import Case, Task
from runtut.cases.queries import count_unread, notices_of
from runtut.core import jobs
from runtut.core.periods import Quarter
from runtut.organisations.models import Position
from runtut.performance import actions
from runtut.performance.queries import figures_asked_of

pytestmark = pytest.mark.django_db

ANALYSIS = {"capaian": "Target tercapai.", "sebab": "Petugas lengkap.", "lanjut": "Dipertahankan."}
ASKED, BACK, REMINDED = "Bahan diminta", "Bahan dikembalikan", "Bahan ditunggu"
SOON, LATE = "Mendekati tenggat", "Lewat tenggat"


def settle(at: datetime) -> None:
    while jobs.drain(at=at):
        pass


def told(user: User, at: datetime, *of: str) -> list[str]:
    """What a person was told of these headings, the oldest first."""
    lines = notices_of(user_id=user.pk, at=at)
    return [line.heading for line in reversed(lines) if line.heading in of]


class Asking:
    """S1 of the demonstration office, at the step that asks every section for its analysis."""

    def __init__(self) -> None:
        self.office = DemoOffice("s1")
        self.case: Case = self.office.start(quarter=2)
        self.office.until(self.case, 3)
        settle(self.office.at)

    def user(self, login: str) -> User:
        return User.objects.get(username=f"{login}.sukamaju")

    def told(self, login: str) -> list[str]:
        return told(self.user(login), self.office.at, ASKED, BACK, REMINDED, SOON, LATE)

    def unread(self, login: str) -> int:
        return count_unread(user_id=self.user(login).pk, at=self.office.at)

    def given(self, login: str, by: str = "") -> dict[str, Any]:
        return {
            "case": self.case,
            "position": self.office.position(login),
            "authority": self.office.who(by or login),
            "at": self.office.at,
        }

    def hand_in(self, login: str) -> None:
        actions.save_section(answers=ANALYSIS, proposals={}, **self.given(login))
        actions.hand_in_section(**self.given(login))


@pytest.fixture
def asking(settings: Settings) -> Asking:
    settings.DEMO = True
    return Asking()


def test_every_section_is_told_what_is_asked_of_it(asking: Asking) -> None:
    assert [asking.told(login) for login in ("kasi1", "kasi5", "umum", "sekcam", "staf")] == [
        [ASKED],
        [ASKED],
        [ASKED],
        [],
        [],
    ]
    newest = notices_of(user_id=asking.user("kasi1").pk, at=asking.office.at)[0]
    position = asking.office.position("kasi1")
    assert newest.title == f"Analisis kinerja, {position.short_title}"
    assert newest.path == f"/kerja/{asking.case.uid}/bagian/?jabatan={position.uid}"


def test_a_part_handed_in_ends_the_news_and_a_return_brings_it_back(asking: Asking) -> None:
    asking.hand_in("kasi1")
    assert asking.unread("kasi1") == 0
    actions.return_section(reason="Sebab belum jelas.", **asking.given("kasi1", by="perencanaan"))
    assert (asking.unread("kasi1"), asking.told("kasi1")) == (1, [ASKED, BACK])
    asking.hand_in("kasi1")
    actions.return_section(reason="Rencana belum jelas.", **asking.given("kasi1", by="perencanaan"))

    assert asking.told("kasi1") == [ASKED, BACK, BACK]


def test_sections_that_owe_are_reminded_by_hand_and_with_the_step(asking: Asking) -> None:
    asking.hand_in("kasi2")
    actions.remind_sections(case=asking.case, authority=asking.office.who("perencanaan"), at=asking.office.at)
    asking.office.at += timedelta(days=60)
    settle(asking.office.at)
    settle(asking.office.at)

    assert sorted(asking.told("kasi1")) == sorted([ASKED, REMINDED, SOON, LATE])
    assert asking.told("kasi2") == [ASKED]


def test_owners_whom_no_step_asks_are_told_when_their_figures_are_waited_for() -> None:
    runs = make_runs()
    umum = runs.office.positions["umum"]
    own = make_indicator(runs.index.objective, umum, sequence=3, decimals=0, measure="dokumen")
    make_targets(own, "4", "1", "1", "1", "1")
    case = runs.start()
    runs.collect(case)
    settle(runs.at)
    asked = "Realisasi diminta"
    people = runs.office.people
    assert [told(people[key], runs.at, asked) for key in ("umum", "kasi1", "pengelola")] == [[asked], [], []]
    assert count_unread(user_id=people["umum"].pk, at=runs.at) == 1
    assert asked_of(runs, "umum") == [(umum, 1)]
    assert asked_of(runs, "kasi1") == asked_of(runs, "pengelola") == []

    quarter = Quarter(2026, 1)
    given = {"authority": runs.who("umum"), "at": runs.at}
    actions.enter_realisation(indicator=own, quarter=quarter, value_text="1", cause="", **given)
    actions.add_evidence(indicator=own, quarter=quarter, file=make_file(runs.office.unit), **given)
    actions.submit_realisations(position=umum, unit=runs.office.unit, quarter=quarter, **given)

    assert count_unread(user_id=people["umum"].pk, at=runs.at) == 0
    assert asked_of(runs, "umum") == []


def asked_of(runs: Runs, *keys: str) -> list[tuple[Position, int]]:
    """Of whom runs wait for figures that no step of theirs asks for, and of how many."""
    positions = [runs.office.positions[key].pk for key in keys]
    found = figures_asked_of(position_ids=positions, unit_paths=[runs.office.unit.path])
    return [(one.position, one.left) for one in found]


def test_what_is_asked_is_read_with_the_same_queries_however_many_runs_wait() -> None:
    runs = make_runs()
    umum = runs.office.positions["umum"]
    make_targets(make_indicator(runs.index.objective, umum, sequence=3), "4", "1", "1", "1", "1")
    runs.collect(runs.start())
    with CaptureQueriesContext(connection) as one:
        assert len(asked_of(runs, "umum")) == 1
    task = Task.objects.get(state=TaskState.OPEN)
    for _ in range(2):
        twin = Case.objects.get(pk=task.case_id)
        twin.pk, twin.uid, twin.key = None, uuid4(), uuid4()
        twin.save(force_insert=True)
        copy = Task.objects.get(pk=task.pk)
        copy.pk, copy.uid, copy.case = None, uuid4(), twin
        copy.save(force_insert=True)
    with CaptureQueriesContext(connection) as three:
        assert len(asked_of(runs, "umum")) == 3
    assert len(three) == len(one)
