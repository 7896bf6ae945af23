from __future__ import annotations

import pytest
from tests.cast import AT, TODAY, Cast, make_cast
from tests.procedures.factories import make_draft, make_effective_version, make_reviewed

from runtut.procedures.actions import draft_next_version
from runtut.procedures.queries import (
    called_version,
    drawing_of,
    effective_procedures,
    findings_of,
    graph_of,
    identity_of,
    procedures_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_effective_procedures_counts(cast):
    version = make_effective_version(cast)
    make_draft(cast, "s3")
    rows = effective_procedures(cast.office.unit)
    assert [(row.version, row.steps, row.decisions, row.minutes) for row in rows] == [(version, 9, 2, 6760)]


def test_procedures_of_shows_the_version_in_force_and_its_draft(cast):
    first = make_effective_version(cast)
    second = draft_next_version(procedure=first.procedure, authority=cast.authority(cast.sari), at=AT)
    make_draft(cast, "s3")
    rows = procedures_of(cast.office.unit)
    assert [(row.procedure.title, row.version.number, row.draft) for row in rows] == [
        ("Pengukuran Data Kinerja", 1, second),
        ("Pengumpulan Data Kinerja", 1, None),
    ]


def test_procedures_of_another_office_is_empty(cast):
    make_effective_version(cast)
    assert procedures_of(cast.other_office.unit) == []


@pytest.mark.parametrize("keys", [["s2"], ["s2", "s3", "s4"]])
def test_procedures_of_query_count(cast, keys, django_assert_num_queries):
    for key in keys:
        make_draft(cast, key)
    with django_assert_num_queries(3):
        procedures_of(cast.office.unit)


def test_identity_of_names_whoever_acts_for_the_approver(cast, django_assert_num_queries):
    version = make_effective_version(cast)
    with django_assert_num_queries(2):
        identity = identity_of(version, on=TODAY)
    assert identity.approver_holder.label == "(Plt.) Budi Hartono"
    assert (identity.sop_number, identity.effective) == ("010/KEC.SKM/2026", "2026-03-02")
    assert identity.lists[0][0] == "Dasar hukum"


def test_graph_of_a_ratified_version_is_kept(cast, django_assert_num_queries):
    version = make_effective_version(cast)
    graph = graph_of(version)
    with django_assert_num_queries(0):
        assert graph_of(version) is graph
        assert drawing_of(version, graph_of(version)) is drawing_of(version, graph_of(version))


def test_graph_of_a_draft_is_read_anew(cast, django_assert_num_queries):
    version = make_draft(cast)
    graph = graph_of(version)
    with django_assert_num_queries(3):
        assert graph_of(version) == graph


def test_called_version_by_key_or_title(cast):
    version = make_effective_version(cast, "s-rapat", "020/KEC.SKM/2026")
    unit = cast.office.unit
    assert called_version(key="s-rapat", unit=unit) == version
    assert called_version(key="SOP Pelaksanaan Rapat", unit=unit) == version
    assert called_version(key="s-rapat", unit=cast.other_office.unit) is None


def test_called_version_not_yet_in_force(cast):
    make_reviewed(cast, "s-rapat")
    assert called_version(key="s-rapat", unit=cast.office.unit) is None


def test_findings_of_an_adopted_sop(cast):
    assert [finding.code for finding in findings_of(make_draft(cast))] == ["related_unknown"]
    second = [finding.code for finding in findings_of(make_draft(cast, "s7"))]
    assert second == ["unknown_call", "law_unnumbered", "related_unknown", "related_unknown"]
