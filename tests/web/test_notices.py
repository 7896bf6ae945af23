"""Pemberitahuan, and the choice of what comes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cases.factories import AT
from tests.cases.meetings import FRIDAY, Room
from tests.web.conftest import Visit
from tests.web.stage import Stage, pass_on, start_run

from runtut.cases.actions import NewItem, issue_meeting_invitation
from runtut.cases.actions.follow_ups import add_follow_ups
from runtut.cases.enums import NoticeKind
from runtut.cases.queries import notices_of
from runtut.core import jobs

pytestmark = pytest.mark.django_db


def test_notices_are_listed_counted_on_beranda_and_read(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    jobs.drain(at=at)
    budi = visit(stage.cast.budi)

    assert "1 pemberitahuan belum dibaca" in budi.get("/").text
    text = budi.get("/pemberitahuan/").text
    assert "Tugas baru" in text
    assert f"/kerja/{case.uid}/" in text
    assert "Belum ada pemberitahuan" in visit(stage.cast.joko).get("/pemberitahuan/").text

    budi.post("/pemberitahuan/dibaca/")
    assert "belum dibaca</a>" not in budi.get("/").text


def test_news_of_what_is_done_is_not_counted_as_unread(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    jobs.drain(at=at)
    budi = visit(stage.cast.budi)
    assert "1 belum dibaca." in budi.get("/pemberitahuan/").text

    pass_on(case, stage, at)

    assert "pemberitahuan belum dibaca" not in budi.get("/").text
    page = budi.get("/pemberitahuan/").text
    assert ("Tugas baru" in page, "belum dibaca" in page) == (True, False)


def test_choices_are_kept_and_a_bad_address_is_told_at_its_field(stage: Stage, visit: Visit) -> None:
    budi = visit(stage.cast.budi)

    refused = budi.post("/saya/pemberitahuan/", {"email": "bukan surel", "aplikasi-terlambat": "on"})
    assert refused.status_code == 422
    assert "Alamat surel tidak terbaca" in refused.text
    assert "bukan surel" in refused.text

    assert budi.post("/saya/pemberitahuan/", {"email": "budi@contoh.go.id"}).status_code == 302
    page = budi.get("/saya/pemberitahuan/").text
    assert "budi@contoh.go.id" in page
    assert "checked" not in page


def test_news_of_meetings_and_follow_up_leads_to_their_pages(db: None, visit: Visit) -> None:
    room = Room.make(starts_at=AT + timedelta(days=4))
    issue_meeting_invitation(meeting=room.meeting, authority=room.desk.who("sekcam"), at=AT)
    add_follow_ups(
        case=room.case,
        items=[NewItem("Lengkapi bukti", room.desk.position("kasi1"), FRIDAY)],
        verifier=room.desk.position("sekcam"),
        authority=room.desk.who("sekcam"),
        at=AT,
    )
    kasi = visit(room.desk.office.people["kasi1"])
    listed = kasi.get("/pemberitahuan/").text

    assert ("Undangan rapat" in listed, "Tindak lanjut baru" in listed) == (True, True)
    paths = [line.path for line in notices_of(user_id=room.desk.office.people["kasi1"].pk, at=AT)]
    assert len(paths) == 2
    for path in paths:
        assert f'href="{path}"' in listed
        assert kasi.get(path).status_code == 200


def test_each_kind_of_news_can_be_chosen(stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.budi).get("/saya/pemberitahuan/").text

    for kind in NoticeKind:
        assert f'name="aplikasi-{kind}"' in page
        assert f'name="surel-{kind}"' in page
