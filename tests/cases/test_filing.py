"""The file of a run whose SOP has no step that archives it."""

from __future__ import annotations

import pytest
from tests.cases.factories import Row
from tests.cases.meetings import MEETING, Room
from tests.cases.test_signers import papers, sign
from tests.documents.factories import sakip_class

from runtut.cases.actions import file_run
from runtut.cases.errors import CaseIsRunning, MayNotFile, NothingToFile
from runtut.cases.models import Case
from runtut.cases.queries import file_of_run, is_unfiled, papers_of_run, unfiled_runs
from runtut.core.audit import verify_streams
from runtut.documents.actions import load_archive_classes
from runtut.documents.enums import DocumentState
from runtut.documents.errors import SignaturesAwaited
from runtut.documents.models import ArchiveRecord
from runtut.documents.queries import verify_archive

pytestmark = pytest.mark.django_db


def meeting_held() -> Room:
    """A meeting whose agreement is the last paper of its run; the list and the minutes are signed."""
    room = Room.make((*MEETING[:2], Row(("sekcam",))))
    load_archive_classes()
    room.close()
    for key in ("Daftar hadir", "Notulen rapat"):
        sign(room, papers(room)[key], "perencanaan")
    return room


@pytest.fixture
def room() -> Room:
    return meeting_held()


def file(room: Room, by: str = "perencanaan", reason: str = "") -> ArchiveRecord:
    room.desk.later(minutes=5)
    return file_run(
        case=Case.objects.get(pk=room.case.pk),
        archive_class=sakip_class(),
        location="Map rapat",
        unsigned_reason=reason,
        authority=room.desk.who(by),
        at=room.desk.at,
    )


def finish(room: Room) -> None:
    for chair in ("perencanaan", "sekcam"):
        room.desk.complete(room.case, chair)


def agree(room: Room) -> Case:
    """The last steps; the chair signs the agreement."""
    finish(room)
    sign(room, papers(room)["Berita acara tindak lanjut"], "sekcam")
    return Case.objects.get(pk=room.case.pk)


def test_every_paper_of_a_finished_run_is_filed_under_one_number(room: Room) -> None:
    case = agree(room)
    office = [room.desk.office.unit.pk]
    assert is_unfiled(case)
    assert [one.pk for one in unfiled_runs(unit_ids=office, limit=10)] == [case.pk]

    record = file(room)

    kept = ArchiveRecord.objects.select_related("version__document")
    assert record.version.document.kind == "berita_acara"
    assert {one.version.document.kind for one in kept} == {"berita_acara", "daftar_hadir", "notulen"}
    assert {(one.number, one.location) for one in kept} == {(record.number, "Map rapat")}
    assert {one.state for one in papers_of_run(case)} == {DocumentState.LOCKED}
    assert file_of_run(case) == record
    assert not is_unfiled(case)
    assert unfiled_runs(unit_ids=office, limit=10) == []
    assert [*verify_archive(), *verify_streams()] == []


def test_a_run_is_filed_once_and_only_when_it_is_done(room: Room) -> None:
    with pytest.raises(CaseIsRunning):
        file(room)
    agree(room)
    file(room)
    with pytest.raises(NothingToFile):
        file(room)
    assert ArchiveRecord.objects.count() == 3


def test_whoever_had_no_step_in_it_files_nothing(room: Room) -> None:
    agree(room)

    with pytest.raises(MayNotFile):
        file(room, by="staf")
    assert file(room, by="camat").archived_by_id == room.desk.who("camat").user_id


def test_signatures_are_waited_for_or_a_reason_is_given(room: Room) -> None:
    finish(room)
    with pytest.raises(SignaturesAwaited) as refused:
        file(room)
    assert refused.value.field == "unsigned_reason"

    file(room, reason="Sekcam sedang tugas belajar sampai Desember.")

    assert not is_unfiled(Case.objects.get(pk=room.case.pk))
