"""What the papers of a meeting say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.factories import Desk
from tests.cases.meetings import Room

from runtut.cases import actions
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


def test_the_chair_among_those_called_is_not_addressed() -> None:
    room = Room.make(starts_at=Desk.at + timedelta(days=2))
    desk = room.desk
    chair = desk.position("sekcam")
    room.meeting.invitees.create(region=room.meeting.region, sequence=0, position=chair)
    version = actions.issue_meeting_invitation(meeting=room.meeting, authority=desk.who("sekcam"), at=desk.at)

    called = version.content["blocks"][2]["items"]

    assert called == [desk.position(key).title for key in ("perencanaan", "kasi1", "kasi2")]
