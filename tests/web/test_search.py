"""The one search box."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.cast import TODAY, Cast
from tests.documents.factories import make_file, make_letter, make_version
from tests.organisations.factories import make_appointment, make_user
from tests.web.conftest import Visit
from tests.web.stage import Stage, start_run

from runtut.accounts.models import User
from runtut.cases.models import Case
from runtut.cases.rules import can_see_case
from runtut.core import search
from runtut.core.models import SearchDue, SearchEntry
from runtut.documents.actions import number_document
from runtut.documents.models import ArchiveClass, Document, IncomingLetter
from runtut.documents.rules import can_read_document, can_read_letter
from runtut.organisations.actions import end_appointment, load_demo, rename_position
from runtut.organisations.models import Appointment
from runtut.organisations.queries import authorities_of
from runtut.organisations.rules import can_see_unit
from runtut.performance.models import Indicator
from runtut.procedures.models import Procedure
from runtut.web.showing.finding import open_to

pytestmark = pytest.mark.django_db

RULES = {
    "surat": (IncomingLetter, can_read_letter),
    "dokumen": (Document, can_read_document),
    "kerja": (Case, can_see_case),
    "sop": (Procedure, lambda authority, row: can_see_unit(authority, row.unit)),
    "indikator": (Indicator, lambda authority, row: can_see_unit(authority, row.unit)),
    "orang": (
        Appointment,
        lambda authority, row: (
            can_see_unit(authority, row.position.unit)
            and row.valid_from <= TODAY
            and (row.valid_until is None or row.valid_until > TODAY)
        ),
    ),
}


@pytest.fixture
def full(stage: Stage, at: datetime) -> Stage:
    """The stage with something of every kind, an open letter and a confidential one, all indexed."""
    make_letter(stage.cast)
    make_letter(
        stage.cast,
        number="000.8.6.3/115",
        urgency="rahasia",
        subject="Permintaan rahasia",
        file=make_file(stage.cast, key="umum"),
    )
    start_run(stage, at)
    index(at)
    return stage


def index(at: datetime) -> None:
    """Let the worker write what is marked."""
    while search.sweep(at, 100):
        pass


def asked(client: Client, words: str, **more: str) -> str:
    return client.get("/cari/", {"q": words, **more}).text.replace("<mark>", "").replace("</mark>", "")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("pengukuran", "Pengukuran Data Kinerja"),
        ("mengukur data", "Pengukuran Data Kinerja"),
        ("s2/KEC", "Pengukuran Data Kinerja"),
        ("sari ut", "Sari Utami"),
        ("permintaan data", "Permintaan data kinerja triwulan IV"),
        ("000.8.6.3/114", "Permintaan data kinerja triwulan IV"),
        ("6.3/114", "Permintaan data kinerja triwulan IV"),
        ("ukur TW I ke-1", "Pengukuran TW I 2026 ke-1"),
        ("pengukuran triwulan III", "Pengukuran Kinerja Triwulan III 2026"),
    ],
)
def test_search_finds_every_kind(words: str, shown: str, full: Stage, visit: Visit) -> None:
    assert shown in asked(visit(full.cast.sari), words)


def test_search_marks_the_words_that_answer(full: Stage, visit: Visit) -> None:
    text = visit(full.cast.sari).get("/cari/", {"q": "minta data"}).text

    assert "<mark>Permintaan</mark> <mark>data</mark> kinerja" in text


def test_search_finds_people_by_nip_and_shows_them_as_they_are_now(
    full: Stage, visit: Visit, at: datetime
) -> None:
    cast = full.cast
    person = make_user("nip", "Yusuf Mansur", nip="198001012005011001")
    post = make_appointment(person, cast.office.positions["staf"])
    index(at)
    sari = visit(cast.sari)
    for words in ("198001012005011001", "19800101 200501 1 001", "1980010120"):
        assert "Yusuf Mansur" in asked(sari, words)

    admin = cast.authority(cast.admin)
    rename_position(
        position=post.position,
        title="Pengadministrasi",
        short_title="Pengadministrasi",
        authority=admin,
        at=at,
    )
    index(at)
    assert "Yusuf Mansur" in asked(sari, "pengadministrasi")

    end_appointment(appointment=post, valid_until=TODAY, authority=admin, at=at)
    assert "Yusuf Mansur" not in asked(sari, "yusuf mansur")


def test_search_finds_a_document_by_its_number_once_it_has_one(
    full: Stage, visit: Visit, at: datetime
) -> None:
    full.cast.office.unit.code = "KEC.SKM"
    full.cast.office.unit.save(update_fields=["code"])
    document = number_document(
        document=Document.objects.select_related("unit").get(),
        archive_class=ArchiveClass.objects.get(code="000.8.6.3", is_legacy=False),
        authority=full.cast.office.authority("perencanaan"),
        at=at,
    )
    index(at)

    assert document.number
    assert "Pengukuran Kinerja Triwulan III 2026" in asked(visit(full.cast.sari), document.number)


def test_search_gives_everybody_just_what_the_rules_open(full: Stage, at: datetime) -> None:
    cast = full.cast
    everybody = [
        *cast.office.people.values(),
        *cast.other_office.people.values(),
        cast.wati,
        cast.joko,
        cast.admin,
    ]
    sizes = set()
    for person in everybody:
        mine = authorities_of(user=person, on=TODAY)
        given = {(row.kind, row.uid) for row in SearchEntry.objects.filter(open_to(mine, TODAY))}
        allowed = {
            (kind, row.uid)
            for kind, (model, rule) in RULES.items()
            for row in model._default_manager.all()
            if any(rule(one, row) for one in mine)
        }
        assert given == allowed
        sizes.add(len(given))
    assert len(sizes) > 2, "some see more than others"


def test_search_shows_a_stranger_nothing_of_another_office(full: Stage, visit: Visit) -> None:
    joko = visit(full.cast.joko)

    for words in ("pengukuran", "sari utami", "permintaan data", "permintaan rahasia"):
        for more in ({}, {"jenis": "surat"}, {"jenis": "orang"}, {"jenis": "kerja"}):
            assert "Tidak ada yang cocok" in asked(joko, words, **more)


def test_search_keeps_confidential_letters_and_their_number_to_those_they_were_given_to(
    full: Stage, visit: Visit
) -> None:
    keeper = full.cast.office.people["umum"]

    assert "Permintaan rahasia" not in asked(visit(full.cast.sari), "permintaan")
    assert '<span class="jumlah">1</span>' in asked(visit(full.cast.sari), "permintaan", jenis="")
    assert "Permintaan rahasia" in asked(visit(keeper), "permintaan")


def test_search_finds_a_run_of_another_office_for_whoever_has_a_part_in_it(
    full: Stage, visit: Visit, at: datetime
) -> None:
    case = Case.objects.get()
    assert case.title not in asked(visit(full.cast.joko), "pengukuran tw")

    seat = full.cast.other_office.positions["perencanaan"]
    case.tasks.update(position=seat)

    assert case.title in asked(visit(full.cast.joko), "pengukuran tw")


def test_search_of_one_kind_has_pages(cast: Cast, visit: Visit, at: datetime) -> None:
    for number in range(27):
        make_letter(cast, number=f"005/{number}", subject=f"Undangan rapat ke-{number}")
    index(at)
    sari = visit(cast.sari)

    everything = asked(sari, "undang")
    assert "Semua 27 hasil" in everything and everything.count("Undangan rapat") == 5
    assert asked(sari, "undang", jenis="surat").count("Undangan rapat") == 25
    assert asked(sari, "undang", jenis="surat", mulai="25").count("Undangan rapat") == 2


def test_search_of_a_year_leaves_other_years_out(full: Stage, visit: Visit) -> None:
    sari = visit(full.cast.sari)

    assert "Permintaan data" in asked(sari, "permintaan", tahun="2026")
    assert "Tidak ada yang cocok" in asked(sari, "permintaan", tahun="2025")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("kind", "queries"), [("", 7), ("surat", 6)])
def test_search_asks_as_much_for_one_answer_as_for_three(
    number: int,
    kind: str,
    queries: int,
    stage: Stage,
    visit: Visit,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for place in range(number):
        make_letter(stage.cast, number=f"005/{place}")
        make_version(stage.cast)
    index(at)
    sari = visit(stage.cast.sari)

    with django_assert_num_queries(queries):
        sari.get("/cari/", {"q": "kinerja", "jenis": kind})


def test_index_as_acts_have_fed_it_is_the_index_written_anew(full: Stage, at: datetime) -> None:
    load_demo(at=at)
    index(at)
    fed = set(rows())

    search.rebuild()

    assert fed == set(rows())
    assert {kind for kind, *_ in fed} >= {"kerja", "surat", "dokumen", "sop", "orang"}


def rows() -> Iterator[tuple[object, ...]]:
    fields = (
        "kind",
        "uid",
        "unit_path",
        "title",
        "detail",
        "head_terms",
        "body_terms",
        "day",
        "is_restricted",
    )
    yield from SearchEntry.objects.values_list(*fields)


def test_login_marks_nobody(cast: Cast, visit: Visit) -> None:
    SearchDue.objects.all().delete()
    visit(cast.sari)

    assert not SearchDue.objects.exists()


def test_search_asks_for_three_letters(cast: Cast, visit: Visit) -> None:
    assert "Tulis paling sedikit tiga huruf." in asked(visit(cast.sari), "ab")


def test_search_for_stop_words_asks_for_another(cast: Cast, visit: Visit) -> None:
    assert "Kata itu terlalu umum." in asked(visit(cast.sari), "yang untuk")


@pytest.mark.parametrize(
    "words", ['"kinerja', "kinerja*", "a' OR 1=1 --", "head_terms:x", "\x00kinerja", "((("]
)
def test_search_takes_every_sign_as_text(words: str, full: Stage, visit: Visit) -> None:
    assert visit(full.cast.sari).get("/cari/", {"q": words}).status_code == 200


def test_search_shows_back_what_was_typed_as_text(cast: Cast, visit: Visit) -> None:
    text = visit(cast.sari).get("/cari/", {"q": '"><script>x'}).text

    assert "<script>x" not in text
    assert "&quot;&gt;&lt;script&gt;x" in text


def test_administrator_opens_the_person_found(full: Stage, visit: Visit) -> None:
    person: User = full.cast.sari
    uid: UUID = person.uid

    assert f"/pengaturan/orang/{uid}/" in asked(visit(full.cast.admin), "sari utami")
    assert f"/pengaturan/orang/{uid}/" not in asked(visit(full.cast.wati), "sari utami")
