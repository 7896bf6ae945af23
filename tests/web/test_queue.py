"""Papers that wait for a paraf or a signature, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.cases.factories import Desk
from tests.cases.test_work import MADE, make_document
from tests.cast import Cast
from tests.documents.signing import PASSPHRASE, give_key
from tests.web.conftest import Visit

from runtut.cases.actions import pause_case
from runtut.cases.enums import CaseState
from runtut.cases.models import Case, Task
from runtut.core import clock
from runtut.documents.actions import load_archive_classes
from runtut.documents.models import SigningChoice

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a href="(/kerja/[^"]*antre=1)"')


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An office in which the Camat signs on paper, on the office's own day."""
    load_archive_classes()
    made = Desk.make(MADE)
    monkeypatch.setattr(clock, "now", lambda: made.at)
    made.office.unit.code = "KEC.SKM"
    made.office.unit.save(update_fields=["code"])
    return made


def waits_for_paraf(desk: Desk, title: str) -> Case:
    """A run whose document waits for the Sekcam."""
    case = desk.start("camat", title=title)
    desk.complete(case, "pengelola", outputs={"Konsep": {"document_version": make_document(desk)}})
    return case


def waits_for_camat(desk: Desk, title: str) -> Case:
    case = waits_for_paraf(desk, title)
    desk.complete(case, "sekcam", paraf=True)
    return case


def links(client: Client) -> list[str]:
    return [link.replace("&amp;", "&") for link in LINK.findall(client.get("/tanda-tangan/").text)]


def fields_of(text: str) -> dict[str, str]:
    """The hidden fields of the form by which a paper is handed on, and what is chosen in its lists."""
    form = text.split('id="isian"', 1)[1].split("</form>", 1)[0]
    chosen = re.findall(r'(?s)<select name="(\w+)"(?:(?!</select>).)*?<option value="([^"]*)" selected', form)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)) | dict(chosen)


def approve(client: Client, link: str) -> str:
    """Approve the paper of an address; where the browser is sent then."""
    text = client.get(link).text
    where = re.search(r'action="(/kerja/[^"]+/kerjakan/)"', text)
    assert where is not None
    answer = client.post(where.group(1), {**fields_of(text), "kerjakan": "teruskan"})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def test_queue_lists_what_waits_for_the_reader_with_its_paper(desk: Desk, visit: Visit) -> None:
    case = waits_for_camat(desk, "Pengukuran TW I")
    waits_for_paraf(desk, "Pengukuran TW II")
    camat, sekcam = visit(desk.office.people["camat"]), visit(desk.office.people["sekcam"])

    assert "1 naskah menunggu Anda" in camat.get("/tanda-tangan/").text
    assert "Laporan capaian" in camat.get("/tanda-tangan/").text
    assert "dari Sekretaris Kecamatan" in camat.get("/tanda-tangan/").text
    assert links(camat)[0].startswith(f"/kerja/{case.uid}/")
    assert "Paraf" in sekcam.get("/tanda-tangan/").text
    assert "Pengukuran TW II" in sekcam.get("/tanda-tangan/").text


def test_queue_of_whoever_decides_nothing_is_empty(desk: Desk, visit: Visit) -> None:
    waits_for_camat(desk, "Pengukuran TW I")

    text = visit(desk.office.people["umum"]).get("/tanda-tangan/").text

    assert "Tidak ada naskah yang menunggu Anda" in text
    assert "Laporan capaian" not in text


def test_queue_leaves_out_what_is_paused_or_taken_by_a_colleague(desk: Desk, visit: Visit) -> None:
    paused, taken = waits_for_camat(desk, "Dijeda"), waits_for_camat(desk, "Diambil")
    pause_case(
        case_uid=paused.uid, reason="Menunggu data kabupaten.", authority=desk.who("camat"), at=desk.at
    )
    Task.objects.filter(case=taken, state=1).update(claimed_by=desk.office.people["umum"])

    assert links(visit(desk.office.people["camat"])) == []


def test_next_paper_opens_after_an_approval_and_the_list_after_the_last(desk: Desk, visit: Visit) -> None:
    first, second = waits_for_camat(desk, "Pertama"), waits_for_camat(desk, "Kedua")
    camat = visit(desk.office.people["camat"])
    start = links(camat)
    assert [str(first.uid) in start[0], str(second.uid) in start[1]] == [True, True]

    following = approve(camat, start[0])
    assert following == start[1]
    assert "Langkah 3 selesai" in camat.get(following).text
    assert approve(camat, following) == "/tanda-tangan/"
    assert "Tidak ada naskah yang menunggu Anda" in camat.get("/tanda-tangan/").text


def test_next_paper_opens_after_a_return(desk: Desk, visit: Visit) -> None:
    waits_for_camat(desk, "Pertama")
    waits_for_camat(desk, "Kedua")
    camat = visit(desk.office.people["camat"])
    start = links(camat)
    text = camat.get(start[0]).text
    where = re.search(r'action="(/kerja/[^"]+/kembalikan/)"', text)
    assert where is not None

    answer = camat.post(
        where.group(1), {**fields_of(text), "ke": "1", "alasan": "Angka halaman dua belum sama."}
    )

    assert answer.headers["Location"] == start[1]


@pytest.mark.parametrize(
    ("brought_to", "key", "opened"),
    [
        (waits_for_paraf, "sekcam", 'class="buka kembalikan" open'),
        (waits_for_camat, "camat", "balik-ttd terbuka"),
    ],
)
def test_return_with_too_short_a_reason_says_so_at_its_field(
    brought_to: Callable[[Desk, str], Case], key: str, opened: str, desk: Desk, visit: Visit
) -> None:
    case = brought_to(desk, "Pertama")
    reader = visit(desk.office.people[key])
    where = re.search(r'action="(/kerja/[^"]+/kembalikan/)"', reader.get(f"/kerja/{case.uid}/").text)
    assert where is not None

    answer = reader.post(where.group(1), {"ke": "1", "alasan": "Keliru"})

    assert answer.status_code == 422
    assert opened in answer.text
    assert re.search(r'id="alasan-salah">Tulis alasannya[^<]+</p>\s*<textarea[^>]*>Keliru<', answer.text)
    assert 'href="#alasan">' in answer.text


def test_paper_opened_from_elsewhere_goes_back_to_its_run(desk: Desk, visit: Visit) -> None:
    case = waits_for_camat(desk, "Pertama")
    waits_for_camat(desk, "Kedua")

    assert approve(visit(desk.office.people["camat"]), f"/kerja/{case.uid}/") == f"/kerja/{case.uid}/"


def test_refused_passphrase_keeps_the_reader_at_the_paper_and_in_the_queue(desk: Desk, visit: Visit) -> None:
    SigningChoice.objects.create(unit=desk.office.unit, way="elektronik")
    give_key(desk.office.people["camat"], desk.who("camat"), desk.at)
    waits_for_camat(desk, "Pertama")
    waits_for_camat(desk, "Kedua")
    camat = visit(desk.office.people["camat"])
    start = links(camat)
    text = camat.get(start[0]).text
    where = re.search(r'action="(/kerja/[^"]+/kerjakan/)"', text)
    assert where is not None
    press = {**fields_of(text), "kerjakan": "teruskan"}

    refused = camat.post(where.group(1), press | {"passphrase": "bukan yang ini"})
    accepted = camat.post(where.group(1), press | {"passphrase": PASSPHRASE})

    assert refused.status_code == 422
    assert fields_of(refused.text)["antre"] == "1"
    assert accepted.headers["Location"] == start[1]


@pytest.mark.parametrize("number", [1, 3])
def test_queue_asks_as_much_for_one_paper_as_for_three(
    number: int, desk: Desk, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        waits_for_camat(desk, f"Pengukuran {place}")
    camat = visit(desk.office.people["camat"])
    camat.get("/tanda-tangan/")

    with django_assert_num_queries(16):
        camat.get("/tanda-tangan/")


def test_beranda_leads_to_the_queue(desk: Desk, visit: Visit) -> None:
    camat = visit(desk.office.people["camat"])
    assert "/tanda-tangan/" not in camat.get("/").text

    waits_for_camat(desk, "Pengukuran TW I")

    assert "satu per satu (1 naskah)" in camat.get("/").text


def test_stranger_sees_nothing_in_the_queue(desk: Desk, cast: Cast, visit: Visit, at: datetime) -> None:
    waits_for_camat(desk, "Pengukuran TW I")

    assert links(visit(cast.joko)) == []
    assert Case.objects.get().state == CaseState.RUNNING
