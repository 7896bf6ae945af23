from __future__ import annotations

import pytest
from tests.cast import AT, Cast, make_cast
from tests.procedures.factories import acting_camat, make_draft, make_effective_version

from runtut.core.models import AuditEntry
from runtut.organisations.enums import OversightKind, UnitKind
from runtut.procedures.actions import adopt, draft_next_version, edit_step
from runtut.procedures.enums import VersionState
from runtut.procedures.errors import AlreadyAdopted, DraftExists, LibraryKeyUnknown, NotManager
from runtut.procedures.models import Procedure
from runtut.procedures.queries import (
    bound_positions,
    document_of,
    effective_version,
    findings_of,
    graph_of,
    library,
    library_entry,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.mark.parametrize("key", [data["library_key"] for data in library()])
def test_adopt_copies_the_whole_sop(cast, key):
    version = make_draft(cast, key)
    source, copy = library_entry(key), document_of(version)
    own = {"number": "", "dates": {"created": "", "revised": "", "effective": ""}}
    called = ["SOP Pelaksanaan Rapat"] if key == "s7" else []
    own["related_sops"] = called + source["related_sops"]
    expected = source | own | {"approver": {"position": "Camat"}}
    assert copy == {name: expected[name] for name in copy}


def test_the_sops_that_a_copy_calls_and_names_are_asked_for(cast):
    found = {(one.code, one.sentence.split(" belum")[0]) for one in findings_of(make_draft(cast, "s7"))}
    assert ("related_unknown", "SOP Pelaksanaan Rapat") in found
    assert ("related_unknown", "SOP Pelaksanaan Pengawasan Internal Secara Berkala") in found
    make_draft(cast, "s-rapat")
    caller = cast.office.unit.procedures.get(library_key="s7").versions.get()
    left = {one.sentence for one in findings_of(caller)}
    assert not any("Pelaksanaan Rapat belum ada" in sentence for sentence in left)


def test_copy_of_another_kind_of_office_is_told_whose_law_it_brings(cast):
    cast.office.unit.kind = UnitKind.DINAS
    cast.office.unit.save(update_fields=["kind"])
    version = make_draft(cast, "s4")
    (found,) = [one for one in findings_of(version) if one.code == "law_other_office"]
    assert "PP 17/2018 adalah tentang Kecamatan" in found.sentence
    assert cast.office.unit.short_name in found.sentence


def test_copy_of_a_kecamatan_keeps_the_law_of_kecamatan(cast):
    assert "law_other_office" not in {one.code for one in findings_of(make_draft(cast, "s4"))}


def test_adopt_leaves_number_and_dates_to_the_office(cast):
    version = make_draft(cast)
    assert (version.number, version.state, version.sop_number) == (1, VersionState.DRAFT, "")
    assert version.procedure.unit == cast.office.unit
    assert version.approver_position == cast.office.positions["camat"]


def test_adopt_in_a_unit_below_belongs_to_the_office(cast):
    version = adopt(
        unit=cast.office.units["perencanaan"],
        library_key="s3",
        authority=cast.authority(cast.sari),
        at=AT,
    )
    assert version.procedure.unit == cast.office.unit


def test_adopt_graph_equals_the_librarys_but_for_the_ids(cast):
    version = make_draft(cast, "s4")
    graph = graph_of(version)
    assert [column.name for column in graph.columns] == library_entry("s4")["performers"]
    assert graph.total_minutes == 2740
    assert [graph.column(column).name for column in graph.step(2).joint] == [
        "Sekcam",
        "Lurah",
        "Kasi",
        "Kasubbag Perencanaan",
        "Kasubbag Umum",
    ]


def test_adopt_twice(cast):
    make_draft(cast)
    with pytest.raises(AlreadyAdopted, match="sudah memiliki SOP Pengukuran Data Kinerja"):
        make_draft(cast)
    assert Procedure.objects.count() == 1


def test_adopt_unknown_key(cast):
    with pytest.raises(LibraryKeyUnknown):
        make_draft(cast, "s9")


def test_adopt_by_a_stranger(cast):
    with pytest.raises(NotManager, match=r"SOP Kec\. Sukamaju hanya dapat diubah"):
        adopt(unit=cast.office.unit, library_key="s2", authority=cast.authority(cast.joko), at=AT)
    assert Procedure.objects.count() == 0


@pytest.mark.parametrize("chair", ["kasi1", "staf", "pengelola"])
def test_adopt_by_a_chair_that_does_not_manage(cast, chair):
    with pytest.raises(NotManager):
        adopt(unit=cast.office.unit, library_key="s2", authority=cast.office.authority(chair), at=AT)


@pytest.mark.parametrize("chair", ["perencanaan", "umum"])
def test_adopt_by_a_managing_chair(cast, chair):
    version = adopt(unit=cast.office.unit, library_key="s2", authority=cast.office.authority(chair), at=AT)
    assert version.pk


def test_adopt_by_the_administrator(cast):
    admin = cast.authority(cast.admin)
    assert admin.oversight == OversightKind.ADMINISTRATOR
    assert adopt(unit=cast.office.unit, library_key="s2", authority=admin, at=AT).pk


def test_adopt_by_an_evaluator(cast):
    with pytest.raises(NotManager):
        adopt(unit=cast.office.unit, library_key="s2", authority=cast.authority(cast.wati), at=AT)


def test_adopt_leaves_one_audit_entry(cast):
    version = make_draft(cast)
    entry = AuditEntry.objects.get(subject=version.uid)
    assert (entry.action, entry.user_id, entry.stream) == (
        "procedures.version.adopted",
        cast.sari.pk,
        f"unit:{cast.office.unit.pk}",
    )


def test_adopted_copies_are_independent(cast):
    mine = make_draft(cast)
    theirs = adopt(unit=cast.other_office.unit, library_key="s2", authority=cast.authority(cast.joko), at=AT)
    step = mine.steps.get(no=1)
    edit_step(step=step, changes={"activity": "Membaca surat"}, authority=cast.authority(cast.sari), at=AT)
    assert mine.steps.get(no=1).activity == "Membaca surat"
    assert theirs.steps.get(no=1).activity == library_entry("s2")["steps"][0]["activity"]


def test_draft_next_version_copies_text_and_bindings(cast):
    first = make_effective_version(cast)
    second = draft_next_version(procedure=first.procedure, authority=cast.authority(cast.sari), at=AT)
    assert (second.number, second.state, second.sop_number) == (2, VersionState.DRAFT, first.sop_number)
    assert document_of(second)["steps"] == document_of(first)["steps"]
    assert list(bound_positions(second).values()) == list(bound_positions(first).values())
    assert effective_version(first.procedure) == first


def test_draft_next_version_while_one_is_in_the_making(cast):
    first = make_effective_version(cast)
    draft_next_version(procedure=first.procedure, authority=cast.authority(cast.sari), at=AT)
    with pytest.raises(DraftExists, match="Versi 2"):
        draft_next_version(procedure=first.procedure, authority=acting_camat(cast), at=AT)


def test_draft_next_version_by_a_stranger(cast):
    first = make_effective_version(cast)
    with pytest.raises(NotManager):
        draft_next_version(procedure=first.procedure, authority=cast.authority(cast.joko), at=AT)
