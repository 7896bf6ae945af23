"""What the papers of a meeting say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.factories import Desk
from tests.cases.meetings import Room

from runtut.cases import actions
from runtut.cases.models import Meeting
from runtut.cases.queries import meeting_by_uid, runs_of_document
from runtut.documents.enums import Urgency
from runtut.documents.models import DocumentTemplate
from runtut.documents.queries import newest_version
from runtut.documents.rendering import check_content, printed_blocks

pytestmark = pytest.mark.django_db


def test_the_invitation_is_a_letter_that_does_not_call_its_own_signer() -> None:
    room = Room.make(starts_at=Desk.at + timedelta(days=2))
    desk = room.desk
    version = actions.issue_meeting_invitation(meeting=room.meeting, authority=desk.who("sekcam"), at=desk.at)
    content = newest_version(document=version.document).content
    head, _, called = content["blocks"][:3]

    assert content["form"] == "surat"
    assert [name for name, _ in head["rows"]] == ["Nomor", "Sifat", "Lampiran", "Hal"]
    assert called["items"] == [desk.position(key).title for key in ("perencanaan", "kasi1", "kasi2")]
    printed = printed_blocks(check_content(content))[0]["rows"][0]
    assert printed == ["Nomor", "." * 24]
    assert list(runs_of_document(version.document)) == [room.case]


def test_the_chair_among_those_called_is_not_addressed() -> None:
    room = Room.make(starts_at=Desk.at + timedelta(days=2))
    desk = room.desk
    chair = desk.position("sekcam")
    room.meeting.invitees.create(region=room.meeting.region, sequence=0, position=chair)
    version = actions.issue_meeting_invitation(meeting=room.meeting, authority=desk.who("sekcam"), at=desk.at)

    called = version.content["blocks"][2]["items"]

    assert called == [desk.position(key).title for key in ("perencanaan", "kasi1", "kasi2")]


def test_papers_of_a_meeting_follow_the_office_s_own_template() -> None:
    room = Room.make(starts_at=Desk.at + timedelta(days=2))
    desk = room.desk
    text = "Hal : {{hal}}\nSifat : {{sifat}}\n\nKami undang:\n{{penerima}}\n\nMembahas {{rapat_acara}}."
    DocumentTemplate.objects.create(
        region=room.meeting.region,
        unit=room.meeting.unit,
        kind="undangan",
        number=1,
        title="PANGGILAN {{rapat}}",
        text=text,
        is_letter=True,
        made_by_id=desk.who("sekcam").user_id,
        made_at=desk.at,
    )
    Meeting.objects.filter(pk=room.meeting.pk).update(urgency=Urgency.SANGAT_SEGERA)
    meeting = meeting_by_uid(room.meeting.uid)

    version = actions.issue_meeting_invitation(meeting=meeting, authority=desk.who("sekcam"), at=desk.at)

    head, opening, called, about = version.content["blocks"]
    assert version.content["title"] == [f"PANGGILAN {meeting.title.upper()}"]
    assert head["rows"] == [["Hal", f"Undangan {meeting.title}"], ["Sifat", "Sangat segera"]]
    assert opening["text"] == "Kami undang:"
    assert called["items"] == [desk.position(key).title for key in ("perencanaan", "kasi1", "kasi2")]
    assert about["text"].startswith("Membahas ")
