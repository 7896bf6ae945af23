"""What an act reads in one statement is what the ORM would have read."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model
from tests.cases.factories import Desk, Row

from runtut.cases.models import Task
from runtut.cases.queries.sheet import OBJECTS, read_sheet, tasks_with_case

pytestmark = pytest.mark.django_db

ROWS = (Row(("camat",)), Row(("sekcam",)), Row(("kasi1",), return_to=(1, 2)), Row(("camat",)))


def loaded(row: Model) -> dict[str, Any]:
    """The values that a row has, without asking the database for those that it has not."""
    return {name: value for name, value in row.__dict__.items() if not name.startswith("_")}


def test_the_objects_of_a_sheet_have_the_values_that_the_orm_gives_them() -> None:
    desk = Desk.make(ROWS)
    case = desk.start()
    desk.later(minutes=30)
    desk.complete(case, "camat")
    uid = desk.open_task(case, "sekcam").uid

    task = read_sheet(uid, at=desk.at).task

    same = tasks_with_case().get(uid=uid)
    pairs = {
        "t": (task, same),
        "c": (task.case, same.case),
        "u": (task.case.unit, same.case.unit),
        "v": (task.case.procedure_version, same.case.procedure_version),
        "p": (task.position, same.position),
    }
    for columns in OBJECTS:
        read, orm = pairs[columns.alias]
        assert type(read) is type(orm)
        assert set(loaded(read)) == set(columns.names)
        assert loaded(read).items() <= loaded(orm).items()


def test_the_sheet_knows_the_highest_round_of_the_step_that_the_act_may_open() -> None:
    desk = Desk.make(ROWS)
    case = desk.start()
    first = desk.open_task(case, "camat")
    assert read_sheet(first.uid, at=desk.at).state.rounds == {}
    desk.complete(case, "camat")
    desk.complete(case, "sekcam")
    desk.send_back(case, "kasi1", 1)

    again = desk.open_task(case, "camat")

    assert read_sheet(again.uid, at=desk.at).state.rounds == {2: 1}
    assert read_sheet(again.uid, at=desk.at, target_no=3).state.rounds == {3: 1}
    assert read_sheet(again.uid, at=desk.at, target_no=4).state.rounds == {}
    assert Task.objects.filter(case=case, step_no=1).count() == 2
