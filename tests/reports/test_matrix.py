from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.factories import AT, Desk, Row, make_kabupaten, make_procedure
from tests.cast import make_office

from runtut.cases.enums import CaseState
from runtut.core.periods import Quarter
from runtut.organisations.models import OrganisationUnit
from runtut.procedures.enums import VersionState
from runtut.reports.queries import OfficeMatrix, office_matrix

pytestmark = pytest.mark.django_db
SHORT = (Row(("camat",)), Row(("sekcam",)))
QUARTER = Quarter(2026, 1)


def two_offices() -> list[Desk]:
    """Two offices under one kabupaten, with one SOP in common and one that only the first has."""
    kabupaten = make_kabupaten()
    desks = []
    for name in ("Sukamaju", "Sukasari"):
        office = make_office(kabupaten, name)
        desks.append(Desk(office, make_procedure(office, SHORT, library_key="s2")))
    make_procedure(desks[0].office, SHORT, title="Rapat")
    return desks


def read(units: Sequence[OrganisationUnit], late_by: int = 0) -> OfficeMatrix:
    return office_matrix(units=units, quarter=QUARTER, at=AT + timedelta(days=late_by))


def test_matrix_tells_who_stands_where() -> None:
    first, second = two_offices()
    case = first.start()
    first.later(minutes=5)
    first.complete(case, "camat")

    matrix = read([first.office.unit, second.office.unit])

    assert [column.title for column in matrix.columns] == ["Pengukuran", "Rapat"]
    running, idle = matrix.rows[0].cells[0], matrix.rows[1].cells[0]
    assert (running.state, running.step_no, running.steps) == (CaseState.RUNNING, 2, 2)
    assert running.holder == first.position("sekcam").short_title
    assert (idle.has_procedure, idle.state) == (True, None)
    assert not matrix.rows[1].cells[1].has_procedure
    assert matrix.late == 0


def test_a_run_past_its_deadline_is_late_until_it_is_done() -> None:
    first, _ = two_offices()
    case = first.start()

    assert read([first.office.unit], late_by=30).late == 1

    first.at += timedelta(days=30)
    for key in ("camat", "sekcam"):
        first.complete(case, key)
    done = read([first.office.unit], late_by=31)
    assert (done.rows[0].cells[0].state, done.late) == (CaseState.DONE, 0)


def test_runs_of_another_quarter_and_cancelled_ones_are_not_shown() -> None:
    first, _ = two_offices()
    first.start(quarter=2)

    assert read([first.office.unit]).rows[0].cells[0].state is None


def test_a_run_of_the_whole_year_belongs_to_each_quarter() -> None:
    first, _ = two_offices()
    first.start(quarter=None)

    assert read([first.office.unit]).rows[0].cells[0].state == CaseState.RUNNING


def test_an_sop_written_by_an_office_stands_in_the_column_of_the_library() -> None:
    first, second = two_offices()
    own = second.version.procedure
    own.library_key = ""
    own.save(update_fields=["library_key"])

    matrix = read([first.office.unit, second.office.unit])

    assert [column.title for column in matrix.columns] == ["Pengukuran", "Rapat"]
    assert [row.cells[0].has_procedure for row in matrix.rows] == [True, True]


def test_an_sop_in_force_stands_before_another_of_its_subject() -> None:
    first, _ = two_offices()
    other = make_procedure(first.office, SHORT, title="Pengukuran II", library_key="s2")
    other.state = VersionState.DRAFT
    other.save(update_fields=["state"])

    assert read([first.office.unit]).rows[0].cells[0].has_procedure


def test_an_office_without_sop_has_no_row() -> None:
    first, second = two_offices()

    assert [row.unit for row in read([first.office.units["kasi1"], second.office.unit]).rows] == [
        second.office.unit
    ]


def test_matrix_takes_four_queries_whatever_it_holds() -> None:
    first, second = two_offices()
    first.start()
    with CaptureQueriesContext(connection) as one:
        read([first.office.unit])
    for desk in (first, second, second):
        desk.start()
    with CaptureQueriesContext(connection) as more:
        read([first.office.unit, second.office.unit])

    assert len(one) == len(more) == 4
