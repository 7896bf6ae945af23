"""Papers that name more than one: each is asked in turn, beside the steps of the run."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.cases.factories import Desk, Row
from tests.cases.meetings import MEETING, Room
from tests.cases.test_work import unmet
from tests.documents.factories import sakip_class
from tests.documents.signing import PASSPHRASE, give_key

from runtut.cases import actions
from runtut.cases.enums import NoticeAbout, NoticeKind
from runtut.cases.errors import GatesUnmet, NobodyAsksYou, ReasonMissing
from runtut.cases.models import Case, Meeting, Notice, TaskOutput
from runtut.cases.queries import (
    may_go_out,
    meeting_by_uid,
    meetings_to_keep,
    papers_of_run,
    signatures_awaited,
    signatures_missing,
)
from runtut.core.audit import verify_streams
from runtut.core.models import AuditEntry
from runtut.documents.actions import (
    PreparedSignature,
    keep_shared_scan,
    keep_signature,
    load_archive_classes,
    prepare_signature,
)
from runtut.documents.actions.stamps import stamp_of
from runtut.documents.enums import DocumentState, SigningWay
from runtut.documents.errors import SignatureMissing
from runtut.documents.models import ArchiveRecord, Document, SignerTurn, SigningChoice
from runtut.documents.queries import (
    check_file,
    newest_version,
    paper_to_sign,
    presentation_of,
    public_paper,
    read_file,
    standing_signatures,
    verify_archive,
    wants_number_after,
)
from runtut.procedures.enums import Work

pytestmark = pytest.mark.django_db


def papers(room: Room) -> dict[str, Document]:
    rows = TaskOutput.objects.filter(document__isnull=False).select_related("document")
    return {row.name: row.document for row in rows if row.document}


def awaited(case: Case) -> list[tuple[str, str]]:
    return [(turn.version.document.kind, turn.position.short_title) for turn in signatures_awaited(case)]


def sign(room: Room, paper: Document, by: str) -> Document:
    room.desk.later(minutes=5)
    actions.sign_in_turn(document_uid=paper.uid, authority=room.desk.who(by), at=room.desk.at)
    paper.refresh_from_db()
    return paper


def told_to_sign(room: Room, key: str) -> list[str]:
    user = room.desk.office.people[key]
    rows = Notice.objects.filter(user=user, about=NoticeAbout.SIGNATURE, closed_at=None)
    return sorted(rows.values_list("title", flat=True))


def signed_blocks(paper: Document) -> list[bool]:
    content = presentation_of(version=newest_version(document=paper)).content
    return [bool(block.get("endorsed_at")) for block in content["signatures"]]


def test_who_wrote_the_list_and_the_minutes_is_asked_and_signs_in_one_press() -> None:
    room = Room.make()
    room.close()
    made = papers(room)
    secretary = room.desk.position("perencanaan").short_title

    asked = sorted(awaited(room.case))
    told = told_to_sign(room, "perencanaan")
    before = signed_blocks(made["Notulen rapat"])
    listed = sign(room, made["Daftar hadir"], "perencanaan")
    minutes = sign(room, made["Notulen rapat"], "perencanaan")

    assert asked == [("daftar_hadir", secretary), ("notulen", secretary)]
    assert [title.split(" ")[0] for title in told] == ["Daftar", "Notulen"]
    assert (before, signed_blocks(minutes)) == ([False, True], [True, True])
    assert (listed.state, minutes.state) == (DocumentState.APPROVED, DocumentState.APPROVED)
    assert awaited(room.case) == []
    assert told_to_sign(room, "perencanaan") == []
    assert verify_streams() == []


def test_nobody_signs_out_of_turn_or_twice() -> None:
    room = Room.make()
    room.close()
    listed = papers(room)["Daftar hadir"]

    with pytest.raises(NobodyAsksYou):
        sign(room, listed, "kasi1")
    sign(room, listed, "perencanaan")
    with pytest.raises(NobodyAsksYou):
        sign(room, listed, "perencanaan")


def test_the_agreement_waits_for_the_chair_after_its_writer() -> None:
    room = Room.make()
    room.close()
    room.desk.complete(room.case, "perencanaan")
    agreement = papers(room)["Berita acara tindak lanjut"]

    assert agreement.state == DocumentState.WAITING
    assert signed_blocks(agreement) == [True, False]
    assert any(title.startswith("Berita acara") for title in told_to_sign(room, "sekcam"))
    assert sign(room, agreement, "sekcam").state == DocumentState.APPROVED
    assert signed_blocks(agreement) == [True, True]


def test_the_report_is_signed_by_its_writer_and_approved_only_by_the_step() -> None:
    room = Room.make()
    item = room.close()
    room.desk.complete(room.case, "perencanaan")
    room.desk.complete(room.case, "sekcam", reasons={str(item.uid): "Menunggu data desa."})
    report = papers(room)["Laporan pemantauan"]

    assert (report.state, sorted(signed_blocks(report))) == (DocumentState.WAITING, [False, True])

    room.desk.complete(room.case, "camat", approve=True)
    report.refresh_from_db()
    assert (report.state, signed_blocks(report)) == (DocumentState.APPROVED, [True, True])


def test_one_scan_of_a_print_is_kept_for_both_who_signed_it() -> None:
    room = Room.make()
    room.close()
    minutes = sign(room, papers(room)["Notulen rapat"], "perencanaan")
    version = newest_version(document=minutes)

    keep_shared_scan(
        version=version,
        positions=[room.desk.position("perencanaan"), room.desk.position("sekcam")],
        file=room.file("perencanaan", "notulen.pdf"),
        signed_on=room.desk.at.date(),
        authority=room.desk.who("perencanaan"),
        at=room.desk.at,
    )

    kept = list(standing_signatures(version=version))
    assert {one.position.short_title for one in kept} == {
        room.desk.position(key).short_title for key in ("perencanaan", "sekcam")
    }
    assert len({one.file_id for one in kept}) == 1


def invited(room: Room) -> int:
    return Notice.objects.filter(kind=NoticeKind.INVITED, closed_at=None).count()


def issue(room: Room, by: str) -> Meeting:
    actions.issue_meeting_invitation(meeting=room.meeting, authority=room.desk.who(by), at=room.desk.at)
    return meeting_by_uid(room.meeting.uid)


def test_an_invitation_calls_nobody_before_its_chair_has_signed() -> None:
    room = Room.make(starts_at=Desk.at + timedelta(days=2))
    meeting = issue(room, "perencanaan")
    before = (may_go_out(meeting), invited(room), awaited(room.case))
    assert meeting.invitation is not None

    sign(room, meeting.invitation, "sekcam")

    assert before == (False, 0, [("undangan", room.desk.position("sekcam").short_title)])
    assert (may_go_out(meeting), invited(room)) == (True, 3)
    again = issue(room, "perencanaan")
    assert again.invitation is not None
    assert again.invitation.versions.count() == 1


def test_an_invitation_goes_out_unsigned_only_for_a_reason() -> None:
    room = Room.make(starts_at=Desk.at + timedelta(days=2))
    issue(room, "perencanaan")

    with pytest.raises(ReasonMissing):
        actions.send_unsigned(
            meeting=room.meeting, reason=" ", authority=room.desk.who("perencanaan"), at=room.desk.at
        )
    assert invited(room) == 0
    actions.send_unsigned(
        meeting=room.meeting,
        reason="Camat di luar daerah, rapat besok pagi.",
        authority=room.desk.who("perencanaan"),
        at=room.desk.at,
    )

    assert invited(room) == 3
    assert meeting_by_uid(room.meeting.uid).unsigned_reason.startswith("Camat di luar daerah")
    assert awaited(room.case) == [("undangan", room.desk.position("sekcam").short_title)]
    assert signatures_missing(room.case) == []
    other = room.desk.start("sekcam")
    invitation = meeting_by_uid(room.meeting.uid).invitation
    TaskOutput.objects.create(
        task=other.tasks.get(), document=invitation, name="Perintah", created_at=room.desk.at
    )
    assert papers_of_run(other).get() == invitation
    assert signatures_missing(other) == []


def test_an_invitation_that_only_grew_a_day_older_keeps_its_signature() -> None:
    room = Room.make(starts_at=Desk.at + timedelta(days=3))
    issue(room, "sekcam")
    room.desk.later(days=1)

    again = issue(room, "perencanaan")

    assert again.invitation is not None
    assert (again.invitation.versions.count(), may_go_out(again)) == (1, True)


def test_a_cancelled_run_asks_nobody_to_sign_any_more() -> None:
    room = Room.make(starts_at=Desk.at + timedelta(days=2))
    issue(room, "perencanaan")

    actions.cancel_case(
        case_uid=room.case.uid,
        reason="Rapat tidak jadi diadakan.",
        authority=room.desk.who("sekcam"),
        at=room.desk.at,
    )

    assert awaited(room.case) == []


def test_who_writes_a_meeting_down_finds_it_while_the_step_is_the_chairs() -> None:
    room = Room.make()
    issue(room, "sekcam")
    keeper, chair = (room.desk.position(key).pk for key in ("perencanaan", "sekcam"))

    assert [one.pk for one in meetings_to_keep(position_ids=[keeper])] == [room.meeting.pk]
    assert meetings_to_keep(position_ids=[chair]) == []
    room.close()
    assert meetings_to_keep(position_ids=[keeper]) == []


@pytest.fixture
def signed_minutes(settings: LazySettings, tmp_path: Path) -> tuple[Room, Document]:
    """Minutes that the chair has signed electronically before whoever wrote them down."""
    settings.FILES_ROOT = tmp_path / "files"
    room = Room.make()
    room.close()
    minutes = papers(room)["Notulen rapat"]
    version = newest_version(document=minutes)
    for key in ("sekcam", "perencanaan"):
        give_key(room.desk.office.people[key], room.desk.who(key), room.desk.at)
    prepared = prepare_signature(
        version=version,
        archive_class=None,
        passphrase=PASSPHRASE,
        authority=room.desk.who("sekcam"),
        at=room.desk.at,
    )
    keep_signature(prepared=prepared, authority=room.desk.who("sekcam"), at=room.desk.at)
    return room, minutes


def prepared_turn(room: Room, paper: Document, by: str) -> PreparedSignature:
    return actions.prepare_turn_signature(
        document_uid=paper.uid,
        archive_class=None,
        passphrase=PASSPHRASE,
        authority=room.desk.who(by),
        at=room.desk.at,
    )


def test_who_signs_after_an_electronic_signature_is_in_the_same_file(
    signed_minutes: tuple[Room, Document],
) -> None:
    room, minutes = signed_minutes
    desk = room.desk

    actions.sign_in_turn(
        document_uid=minutes.uid,
        authority=desk.who("perencanaan"),
        at=desk.at,
        signature=prepared_turn(room, minutes, "perencanaan"),
    )

    first, second = standing_signatures(version=newest_version(document=minutes))
    assert read_file(file=second.file).startswith(read_file(file=first.file))
    assert newest_version(document=minutes).pdf == second.file
    paper = public_paper(code=first.code)
    assert paper is not None
    parts = check_file(paper=paper, content=read_file(file=second.file)).parts
    assert [part.is_good for part in parts] == [True, True]
    assert minutes.number == ""
    assert list(verify_archive()) == []


def test_a_paper_signed_electronically_takes_no_other_kind(signed_minutes: tuple[Room, Document]) -> None:
    room, minutes = signed_minutes

    with pytest.raises(SignatureMissing):
        sign(room, minutes, "perencanaan")

    assert ("notulen", room.desk.position("perencanaan").short_title) in awaited(room.case)


def test_nobody_out_of_turn_tries_a_passphrase(signed_minutes: tuple[Room, Document]) -> None:
    room, minutes = signed_minutes
    give_key(room.desk.office.people["kasi1"], room.desk.who("kasi1"), room.desk.at)

    with pytest.raises(NobodyAsksYou):
        prepared_turn(room, minutes, "kasi1")


def archiving() -> tuple[Room, Document]:
    """A run whose agreement waits for its chair, at the step that archives it."""
    room = Room.make((*MEETING[:2], Row(("sekcam",), work=Work.ARCHIVE, outputs=("Arsip",))))
    desk = room.desk
    load_archive_classes()
    desk.office.unit.code = "KEC.SKM"
    desk.office.unit.save(update_fields=["code"])
    room.close()
    for key in ("Daftar hadir", "Notulen rapat"):
        sign(room, papers(room)[key], "perencanaan")
    desk.complete(room.case, "perencanaan")
    return room, papers(room)["Berita acara tindak lanjut"]


def test_the_file_of_a_run_waits_for_everybody_who_has_still_to_sign() -> None:
    room, agreement = archiving()
    answers = {"outputs": {"Arsip": {"text": "Map rapat"}}}
    chair = room.desk.position("sekcam").short_title

    assert unmet(room.desk, room.case, "sekcam", **answers) == [
        f"Tanda tangan {chair} pada {agreement.title}"
    ]
    with pytest.raises(GatesUnmet):
        room.desk.complete(room.case, "sekcam", **answers)
    sign(room, agreement, "sekcam")
    assert unmet(room.desk, room.case, "sekcam", archive_class=sakip_class()) == []
    room.desk.complete(room.case, "sekcam", archive_class=sakip_class())
    agreement.refresh_from_db()
    assert agreement.state == DocumentState.LOCKED


def test_every_approved_paper_of_a_run_lies_in_its_file() -> None:
    room, agreement = archiving()
    sign(room, agreement, "sekcam")

    room.desk.complete(room.case, "sekcam", archive_class=sakip_class(), location="Map rapat")

    kept = ArchiveRecord.objects.select_related("version__document").order_by("id")
    assert kept[0].version.document == agreement
    assert {one.version.document.kind for one in kept} == {"berita_acara", "daftar_hadir", "notulen"}
    assert {(one.number, one.location) for one in kept} == {(kept[0].number, "Map rapat")}
    assert {one.state for one in papers_of_run(room.case)} == {DocumentState.LOCKED}
    assert list(verify_archive()) == []


def test_the_file_of_a_run_is_closed_without_them_only_for_a_reason() -> None:
    room, agreement = archiving()

    room.desk.complete(
        room.case,
        "sekcam",
        outputs={"Arsip": {"text": "Map rapat"}},
        unsigned_reason="Cuti panjang sampai Mei.",
    )

    agreement.refresh_from_db()
    assert (agreement.state, awaited(room.case)) == (DocumentState.WAITING, [])
    [excused] = SignerTurn.objects.filter(version__document=agreement, given_at=None)
    assert (excused.excuse, excused.excused_at) == ("Cuti panjang sampai Mei.", room.desk.at)
    trail = AuditEntry.objects.get(subject=agreement.uid, action="documents.document.unsigned")
    assert json.loads(trail.data)["unsigned_reason"] == "Cuti panjang sampai Mei."
    assert not Notice.objects.filter(about=NoticeAbout.SIGNATURE, closed_at=None).exists()


def electronic(room: Room, *keys: str) -> None:
    """The office signs electronically, and these people can."""
    unit = room.desk.office.unit
    unit.code = "KEC.SKM"
    unit.save(update_fields=["code"])
    SigningChoice.objects.create(unit=unit, way=SigningWay.ELECTRONIC)
    load_archive_classes()
    for key in keys:
        give_key(room.desk.office.people[key], room.desk.who(key), room.desk.at)


@pytest.fixture
def own_invitation(settings: LazySettings, tmp_path: Path) -> tuple[Room, Document]:
    """An Undangan that its chair has made, in an office that signs electronically."""
    settings.FILES_ROOT = tmp_path / "files"
    room = Room.make(starts_at=Desk.at + timedelta(days=2))
    electronic(room, "sekcam")
    paper = issue(room, "sekcam").invitation
    assert paper is not None
    return room, paper


def test_who_makes_a_paper_is_asked_for_the_electronic_signature(
    own_invitation: tuple[Room, Document],
) -> None:
    room, paper = own_invitation
    before = (paper.state, may_go_out(meeting_by_uid(room.meeting.uid)), invited(room))
    asked = awaited(room.case)
    signed = actions.prepare_turn_signature(
        document_uid=paper.uid,
        archive_class=sakip_class(),
        passphrase=PASSPHRASE,
        authority=room.desk.who("sekcam"),
        at=room.desk.at,
    )

    actions.sign_in_turn(
        document_uid=paper.uid, authority=room.desk.who("sekcam"), at=room.desk.at, signature=signed
    )

    assert before == (DocumentState.APPROVED, False, 0)
    assert asked == [("undangan", room.desk.position("sekcam").short_title)]
    assert awaited(room.case) == []
    assert (may_go_out(meeting_by_uid(room.meeting.uid)), invited(room)) == (True, 3)
    paper.refresh_from_db()
    assert paper.number
    [stamped] = standing_signatures(version=newest_version(document=paper))
    assert stamped.way == SigningWay.ELECTRONIC
    assert verify_streams() == []


def test_who_makes_a_paper_may_sign_its_print_instead(own_invitation: tuple[Room, Document]) -> None:
    room, paper = own_invitation

    sign(room, paper, "sekcam")
    issue(room, "sekcam")

    assert (awaited(room.case), invited(room)) == ([], 3), "an unchanged paper asks for nothing again"
    version = newest_version(document=paper)
    assert version.endorsements.filter(voided_at=None).count() == 1
    assert not standing_signatures(version=version).exists()
    assert AuditEntry.objects.filter(action="documents.document.signed_on_print").count() == 1


def test_a_scan_of_the_signed_print_answers_whoever_was_asked(
    own_invitation: tuple[Room, Document],
) -> None:
    room, paper = own_invitation

    keep_shared_scan(
        version=newest_version(document=paper),
        positions=[room.desk.position("sekcam")],
        file=room.file("sekcam", "undangan.pdf"),
        signed_on=room.desk.at.date(),
        authority=room.desk.who("sekcam"),
        at=room.desk.at,
    )

    assert awaited(room.case) == []


def test_a_stamp_finds_the_place_of_who_approved_but_has_still_to_sign_free(
    own_invitation: tuple[Room, Document],
) -> None:
    room, paper = own_invitation
    version = newest_version(document=paper)
    stamp = stamp_of(room.desk.who("perencanaan"), "ABCD2345EFGH", room.desk.at)

    printed = presentation_of(version=version).content["signatures"]
    to_sign = paper_to_sign(version=version, stamp=stamp).content["signatures"]

    assert [bool(block.get("endorsed_at")) for block in printed] == [True]
    assert [bool(block.get("endorsed_at")) for block in to_sign] == [False, False]


def test_a_paper_that_waits_for_an_electronic_signature_gets_no_number_before(
    own_invitation: tuple[Room, Document],
) -> None:
    room, paper = own_invitation

    before = wants_number_after(document=paper, is_signed=False)
    sign(room, paper, "sekcam")

    assert (before, wants_number_after(document=paper, is_signed=False)) == (False, True)
