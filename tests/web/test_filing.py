"""The page that puts the papers of a finished run away, and where it is offered."""

from __future__ import annotations

import pytest
from tests.cases.meetings import Room
from tests.cases.test_filing import agree, meeting_held
from tests.cases.test_sending import COVERED, make_desk, signed_run
from tests.documents.factories import PDF, sakip_class
from tests.web.conftest import Visit

from runtut.cases.models import Case
from runtut.cases.queries import file_of_run
from runtut.documents.actions import keep_scan, render_version, store_file
from runtut.documents.models import ArchiveRecord, Delivery
from runtut.documents.queries import sent_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return meeting_held()


def test_finished_run_offers_its_file_to_whoever_may_close_it(room: Room, visit: Visit) -> None:
    case, people = agree(room), room.desk.office.people
    where = f"/kerja/{case.uid}/arsip/"
    keeper, other = visit(people["perencanaan"]), visit(people["staf"])

    assert f'href="{where}"' in keeper.get(f"/kerja/{case.uid}/").text
    assert f'href="{where}"' in keeper.get("/surat/arsip/").text
    page = other.get(f"/kerja/{case.uid}/").text
    assert "belum diarsipkan" in page
    assert f'href="{where}"' not in page
    books = other.get("/surat/arsip/").text
    assert case.title in books
    assert where not in books
    assert "mintalah salah satunya" in books
    assert "mintalah salah satunya" not in keeper.get("/surat/arsip/").text
    refused = other.post(where, {"archive_class": sakip_class().pk})
    assert refused.status_code == 403
    assert file_of_run(case) is None


def test_papers_are_named_and_put_away_with_what_was_typed(room: Room, visit: Visit) -> None:
    case = agree(room)
    where = f"/kerja/{case.uid}/arsip/"
    keeper = visit(room.desk.office.people["perencanaan"])
    assert "Diarsipkan dan terkunci: Notulen" in keeper.get(where).text

    blank = keeper.post(where, {"archive_class": "", "location": "Map rapat"})
    assert blank.status_code == 422
    assert 'value="Map rapat"' in blank.text
    done = keeper.post(where, {"archive_class": sakip_class().pk, "location": "Map rapat"}, follow=True)

    record = file_of_run(Case.objects.get(pk=case.pk))
    assert record is not None
    assert record.number in done.text
    assert "belum diarsipkan" not in done.text
    assert keeper.get(where).status_code == 404
    assert where not in keeper.get("/surat/arsip/").text


def test_receiver_finds_the_paper_and_its_cover_letter_with_who_the_letter_names_ticked(visit: Visit) -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, _ = signed_run(desk)
    section = desk.office.units["kasi1"]
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee=section.name)

    page = visit(desk.office.people["staf"]).get(f"/kerja/{case.uid}/").text
    assert f'value="{section.pk}" checked' in page
    assert "Surat pengantar RKT 2027" in page
    desk.complete(case, "staf", recipients=[{"to_unit": section}])
    render_version(version=Delivery.objects.get().cover, at=desk.at)

    receiver, where = visit(desk.office.people["kasi1"]), f"/surat/ekspedisi/{Delivery.objects.get().uid}/"
    assert f'href="{where}"' in receiver.get("/surat/").text
    assert f"{where}berkas/pengantar/" in receiver.get(where).text
    assert receiver.get(f"{where}berkas/pengantar/?lihat").headers["Content-Type"] == "application/pdf"
    assert receiver.get(f"{where}berkas/lain/").status_code == 404


def test_archive_opens_the_scan_of_what_was_signed_by_hand(visit: Visit) -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, version = signed_run(desk)
    file = store_file(
        unit=desk.office.unit, name="ttd.pdf", content=PDF, authority=desk.who("umum"), at=desk.at
    )
    keep_scan(
        version=version,
        position=desk.position("camat"),
        file=file,
        signed_on=desk.office.unit.local_date(desk.at),
        authority=desk.who("umum"),
        at=desk.at,
    )
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee="Kasi")
    desk.complete(case, "staf", recipients=[{"to_unit": desk.office.units["kasi1"]}])
    desk.complete(case, "staf", archive_class=sakip_class(), location="Lemari 1")

    page = visit(desk.office.people["perencanaan"]).get("/surat/arsip/?tahun=2026").text

    assert f"/berkas/{file.uid}/" in page
    assert sent_file(Delivery.objects.get()) == file


def test_archiving_step_says_what_it_archives_and_what_stays(visit: Visit) -> None:
    desk = make_desk(COVERED, {3: "cover_letter"})
    case, version = signed_run(desk)
    desk.complete(case, "perencanaan", archive_class=sakip_class(), addressee="Kasi")
    desk.complete(case, "staf", recipients=[{"to_unit": desk.office.units["kasi1"]}])

    page = visit(desk.office.people["staf"]).get(f"/kerja/{case.uid}/").text
    desk.complete(case, "staf", archive_class=sakip_class(), location="Lemari 1")

    assert "2 naskah lain ikut diarsipkan dalam berkas yang sama" in page
    assert "tetap tersimpan pada kerja ini" not in page
    joined = ArchiveRecord.objects.exclude(version=version)
    assert sorted(one.version.document.title for one in joined) == [
        "Bukti kirim RKT 2027",
        "Surat pengantar RKT 2027",
    ]
    assert {one.number for one in ArchiveRecord.objects.all()} == {joined[0].number}
