"""An attendance list that was signed on paper and uploaded: it is the list, none is composed beside it."""

from __future__ import annotations

import pytest
from tests.cases.factories import Row
from tests.cases.meetings import Room
from tests.documents.factories import PNG, sakip_class

from runtut.cases import actions
from runtut.cases.errors import MeetingIsClosed
from runtut.cases.models import TaskOutput
from runtut.cases.queries import meeting_by_uid
from runtut.documents.actions import archive_version, render_version, store_file
from runtut.documents.enums import DocumentState
from runtut.documents.errors import ScanNotReadable
from runtut.documents.models import Document, DocumentVersion, StoredFile
from runtut.documents.queries import newest_version, verify_archive
from runtut.procedures.enums import Work

pytestmark = pytest.mark.django_db


def upload_list(room: Room) -> StoredFile:
    file = room.file("perencanaan", "daftar-hadir.pdf")
    actions.attach_list(
        meeting=room.meeting, file=file, authority=room.desk.who("perencanaan"), at=room.desk.at
    )
    return file


def words_on(document: Document) -> str:
    """The text of a paper's version in force."""
    return str(newest_version(document=document).content["blocks"])


def test_an_uploaded_list_is_the_attendance_list_and_none_is_composed_beside_it() -> None:
    room = Room.make()
    file = upload_list(room)
    room.write(text="Dibahas.")

    room.desk.complete(room.case, "sekcam")

    listed = TaskOutput.objects.get(name="Daftar hadir")
    version = listed.document_version
    assert version is not None and (version.pdf, version.content["file"]) == (file, file.sha256)
    assert version.document.state == DocumentState.APPROVED
    assert "Tidak tercatat" not in words_on(version.document)
    assert not version.turns.exists()
    render_version(version=version, at=room.desk.at)
    version.refresh_from_db()
    assert (version.pdf, version.docx) == (file, None)


def test_minutes_of_an_uploaded_list_refer_to_it() -> None:
    room = Room.make()
    upload_list(room)
    room.write(text="Dibahas.")

    room.desk.complete(room.case, "sekcam")

    minutes = meeting_by_uid(room.meeting.uid).minutes
    assert minutes is not None
    assert "Daftar hadir terlampir." in words_on(minutes)


def test_a_list_handed_in_at_the_step_is_the_attendance_list_too() -> None:
    room = Room.make()
    room.write(text="Dibahas.")
    file = room.file("sekcam", "daftar.pdf")

    room.desk.complete(room.case, "sekcam", outputs={"Daftar hadir": {"file": file}})

    meeting = meeting_by_uid(room.meeting.uid)
    assert meeting.attendance is not None and meeting.attendance_file == file
    assert newest_version(document=meeting.attendance).pdf == file


def test_whoever_holds_a_meeting_hands_its_list_in_at_the_step_without_looking_after_it() -> None:
    room = Room.make((Row(("sekcam",)), Row(("kasi1",), work=Work.MEET, outputs=("Daftar hadir",))))
    file = room.file("kasi1", "daftar.pdf")
    room.desk.complete(room.case, "sekcam")

    room.desk.complete(room.case, "kasi1", outputs={"Daftar hadir": {"file": file}})

    meeting = meeting_by_uid(room.meeting.uid)
    assert meeting.attendance_file == file
    assert meeting.attendance is not None and newest_version(document=meeting.attendance).pdf == file


def test_who_came_is_ticked_after_an_uploaded_list_was_closed_until_it_is_archived() -> None:
    room = Room.make()
    upload_list(room)
    room.write(text="Dibahas.")
    room.desk.complete(room.case, "sekcam")

    room.meeting = meeting_by_uid(room.meeting.uid)
    assert room.tick("kasi1", by="perencanaan") == 1
    assert room.meeting.attendance is not None
    archive_version(
        version=newest_version(document=room.meeting.attendance),
        archive_class=sakip_class(),
        location="Lemari 1",
        authority=room.desk.who("perencanaan"),
        at=room.desk.at,
    )

    with pytest.raises(MeetingIsClosed):
        room.tick("kasi2", by="perencanaan")
    assert list(verify_archive()) == []


def test_another_file_in_place_of_an_uploaded_list_is_found() -> None:
    room = Room.make()
    upload_list(room)
    room.write(text="Dibahas.")
    room.desk.complete(room.case, "sekcam")
    document = meeting_by_uid(room.meeting.uid).attendance
    assert document is not None
    version = newest_version(document=document)
    archive_version(
        version=version,
        archive_class=sakip_class(),
        location="",
        authority=room.desk.who("perencanaan"),
        at=room.desk.at,
    )

    DocumentVersion.objects.filter(pk=version.pk).update(pdf=picture_of(room))

    assert [one.problem for one in verify_archive()] == ["another file was put in its place"]


def picture_of(room: Room) -> StoredFile:
    return store_file(
        unit=room.desk.office.unit,
        name="lain.png",
        content=PNG,
        authority=room.desk.who("perencanaan"),
        at=room.desk.at,
    )


def test_a_list_that_is_no_scan_is_refused() -> None:
    room = Room.make()
    unit, secretary = room.desk.office.unit, room.desk.who("perencanaan")
    file = store_file(unit=unit, name="daftar.txt", content=b"Hadir", authority=secretary, at=room.desk.at)

    with pytest.raises(ScanNotReadable) as raised:
        actions.attach_list(meeting=room.meeting, file=file, authority=secretary, at=room.desk.at)

    assert raised.value.field == "daftar"
