"""Beranda: the right rows for the right person, in the same number of queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import TODAY, Cast
from tests.documents.factories import make_delivery, make_letter
from tests.organisations.factories import make_appointment, make_oversight, make_position, make_user
from tests.performance.factories import make_indicator, make_objective, make_realisation, make_targets
from tests.procedures.factories import acting_camat
from tests.web.conftest import Visit
from tests.web.meetings import complete_meeting, current, evaluation, plan_meeting, write_down
from tests.web.stage import Stage, pass_on, put_in_force, start_run

from runtut.accounts.models import User
from runtut.cases.enums import NoticeAbout
from runtut.cases.models import Case, Notice
from runtut.cases.queries import Arrival
from runtut.core import clock, jobs
from runtut.core.periods import Quarter
from runtut.documents.actions import give_disposisi
from runtut.documents.models import IncomingLetter
from runtut.organisations.enums import OversightKind, Role
from runtut.performance.models import Target
from runtut.procedures.enums import CheckupKind
from runtut.web.frame.deadlines import Deadline
from runtut.web.showing.beranda_words import headline, sentence
from runtut.web.showing.work_rows import Desk, WorkRow, in_short, returned

QUERIES = 37
QUERIES_WITH_COMING_STEPS = 35
QUERIES_OF_AN_OVERSEER = 17
QUERIES_OF_LETTERS = 33


def test_first_step_waits_for_whoever_acts_for_its_position(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)

    text = visit(stage.cast.budi).get("/").text

    assert "Satu hal menunggu keputusan Anda hari ini." in text
    assert "Pengukuran TW I 2026 ke-1" in text
    assert f'href="/kerja/{case.uid}/"' in text
    assert "Buka dan disposisi" in text
    assert "langkah 1 dari 9" in text
    assert "pukul 09.10" in text


@pytest.mark.parametrize("who", ["joko", "admin"])
def test_step_does_not_wait_for_anybody_else(who: str, stage: Stage, at: datetime, visit: Visit) -> None:
    start_run(stage, at)

    text = visit(getattr(stage.cast, who)).get("/").text

    assert "Tidak ada yang menunggu Anda." in text
    assert "Pengukuran TW I 2026" not in text


def test_only_the_first_late_row_is_primary(
    stage: Stage, at: datetime, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        start_run(stage, at, number)
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=3))

    text = visit(stage.cast.budi).get("/").text

    assert "Dua hal menunggu keputusan Anda hari ini, semuanya sudah terlambat." in text
    assert text.count("btn-primary") == 1
    assert text.count('class="baris"') == 2


def test_run_that_the_reader_has_worked_on_waits_for_others(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    for _ in (1, 2):
        pass_on(case, stage, at)

    for_budi, for_sari = visit(stage.cast.budi).get("/").text, visit(stage.cast.sari).get("/").text

    assert "Menunggu orang lain" in for_budi
    assert "langkah 3 dari 9" in for_budi
    assert "<h1>Pengukuran TW IV 2025 belum dimulai.</h1>" in for_budi
    assert "Isi data" in for_sari
    assert "Menunggu orang lain" not in for_sari


@pytest.mark.parametrize("runs", [1, 3])
def test_page_asks_the_same_number_of_queries(runs: int, stage: Stage, at: datetime, visit: Visit) -> None:
    for number in range(1, runs + 1):
        start_run(stage, at, number)
    budi = visit(stage.cast.budi)
    budi.get("/")

    with CaptureQueriesContext(connection) as queries:
        text = budi.get("/").text

    assert text.count('class="baris"') == runs
    assert len(queries) == QUERIES


@pytest.mark.parametrize("runs", [1, 3])
def test_coming_steps_add_no_query_per_run(runs: int, stage: Stage, at: datetime, visit: Visit) -> None:
    for number in range(1, runs + 1):
        start_run(stage, at, number)
    sari = visit(stage.cast.sari)
    sari.get("/")

    with CaptureQueriesContext(connection) as queries:
        text = sari.get("/").text

    assert text.count("sekarang di langkah 1") == runs
    assert len(queries) == QUERIES_WITH_COMING_STEPS


def test_newcomer_is_shown_a_first_step(cast: Cast, visit: Visit) -> None:
    text = visit(cast.sari).get("/").text

    assert Case.objects.count() == 0
    assert "Lima langkah pertama" in text
    assert 'href="/saya/"' in text
    assert "Beri akses pembina" not in text


def test_administrator_is_shown_steps_of_their_own(cast: Cast, visit: Visit) -> None:
    text = visit(cast.admin).get("/").text

    assert "Periksa susunan unit dan jabatan" in text
    assert "Mulai kerja dari SOP" not in text


def test_first_steps_of_an_official_who_oversees_others_begin_with_their_offices(
    cast: Cast, visit: Visit
) -> None:
    budi = visit(cast.budi)
    before = budi.get("/").text
    make_oversight(cast.budi, cast.kabupaten, OversightKind.READER)

    after = budi.get("/").text

    told = "Lihat keadaan SOP semua kantor"
    assert (told in before, told in after) == (False, True)


def test_who_oversees_other_offices_sees_their_most_overdue_steps(
    stage: Stage, at: datetime, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = start_run(stage, at)
    wati = visit(stage.cast.wati)
    early = wati.get("/").text

    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=2))
    late = wati.get("/").text

    assert "1 langkah berjalan</span>" in early
    assert "1 langkah berjalan, 1 terlambat</span>" in late
    assert f'href="/kerja/{case.uid}/"' in late
    assert "Kec. Sukamaju</td>" in late
    assert "langkah berjalan" not in visit(stage.cast.sari).get("/").text


def test_who_governs_sees_the_steps_of_all_offices(stage: Stage, at: datetime, visit: Visit) -> None:
    start_run(stage, at)
    bupati = make_user()
    make_appointment(bupati, make_position(stage.cast.kabupaten, Role.BUPATI, is_head=True))

    text = visit(bupati).get("/").text

    assert "1 langkah berjalan" in text
    assert "Lihat keadaan SOP semua kantor" in text
    assert "Buka satu SOP Kab" not in text


def test_who_administers_the_system_oversees_no_work(stage: Stage, at: datetime, visit: Visit) -> None:
    start_run(stage, at)

    assert "langkah berjalan" not in visit(stage.cast.admin).get("/").text


@pytest.mark.parametrize("runs", [1, 3])
def test_overseen_steps_add_no_query_per_run(runs: int, stage: Stage, at: datetime, visit: Visit) -> None:
    for number in range(1, runs + 1):
        start_run(stage, at, number)
    wati = visit(stage.cast.wati)
    wati.get("/")

    with CaptureQueriesContext(connection) as queries:
        text = wati.get("/").text

    assert text.count("Kec. Sukamaju</td>") == runs
    assert len(queries) == QUERIES_OF_AN_OVERSEER


def test_first_steps_stay_closed_in_this_browser(cast: Cast, visit: Visit) -> None:
    sari = visit(cast.sari)

    answer = sari.post("/panduan/tutup/")

    assert answer.headers["Location"] == "/"
    assert "Lima langkah pertama" not in sari.get("/").text
    assert "Lima langkah pertama" in visit(cast.budi).get("/").text


def test_step_that_will_come_is_announced_with_its_day(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)

    text = visit(stage.cast.sari).get("/").text

    assert "Kewajiban mendatang" in text
    assert f'<a href="/kerja/{case.uid}/">Pengukuran TW I 2026 ke-1</a>' in text
    assert "langkah 3, minta data; sekarang di langkah 1" in text
    assert '<time datetime="2026-03-02">' in text
    assert "<h1>Pengukuran TW IV 2025 belum dimulai.</h1>" in text
    assert "Berikutnya hari ini" not in text


def test_meeting_is_announced_to_whom_it_calls_until_it_is_over(stage: Stage, visit: Visit) -> None:
    meeting = plan_meeting(stage, evaluation(stage))
    told = f'<a href="/rapat/{meeting.uid}/">{meeting.title}</a>'

    page = visit(stage.cast.office.people["kasi1"]).get("/").text

    assert told in page
    assert f"di {meeting.place}" in page
    assert f"Berikutnya hari ini: {told}" in page
    assert told not in visit(stage.cast.office.people["staf"]).get("/").text
    write_down(stage, meeting)
    complete_meeting(current(meeting.case))
    assert told not in visit(stage.cast.office.people["kasi1"]).get("/").text


def test_what_comes_next_is_named_above_only_while_nothing_waits(stage: Stage, visit: Visit) -> None:
    meeting = plan_meeting(stage, evaluation(stage))
    office = stage.cast.office
    make_delivery(stage.cast, to_unit=office.units["kasi1"], addressee="", means="sistem")

    text = visit(office.people["kasi1"]).get("/").text

    assert "Satu hal menunggu Anda" in text
    assert "Berikutnya hari ini" not in text
    assert f'<a href="/rapat/{meeting.uid}/">' in text


def test_quarter_that_nobody_measured_is_named_to_who_steers(stage: Stage, visit: Visit) -> None:
    for_sari = visit(stage.cast.sari).get("/").text
    for_kasi = visit(stage.cast.office.people["kasi1"]).get("/").text

    assert "Pengukuran TW IV 2025 belum dimulai" in for_sari
    assert f'href="/kerja/mulai/?sop={stage.version.procedure.uid}"' in for_sari
    assert "Mulai pengukuran TW I 2026" in for_sari
    assert "Pengukuran TW IV 2025" not in for_kasi


def test_measurement_under_way_is_not_asked_for_again(stage: Stage, at: datetime, visit: Visit) -> None:
    start_run(stage, at)

    text = visit(stage.cast.sari).get("/").text

    assert "Mulai pengukuran TW I 2026" not in text


def test_mandate_that_ends_within_a_month_is_told_to_its_holder_and_the_administrator(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    mandate = stage.cast.mandate
    mandate.valid_until = TODAY + timedelta(days=10)
    mandate.save()

    assert "Mandat Anda sebagai Plt. Camat berakhir" in visit(stage.cast.budi).get("/").text
    for_admin = visit(stage.cast.admin).get("/").text
    assert "Mandat Plt. Camat berakhir" in for_admin
    assert f"{stage.cast.budi.full_name}, Kec. Sukamaju; berlaku sampai" in for_admin
    assert "Mandat" not in visit(stage.cast.sari).get("/").text


def test_sop_to_judge_is_announced_to_its_assessor_a_month_ahead_and_urged_when_late(
    stage: Stage, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monitoring = stage.version.checkups.get(kind=CheckupKind.MONITORING)
    title, link = f"{monitoring.title}", f'href="/sop/pemantauan/{monitoring.uid}/"'

    def beranda(user: User, days: int) -> str:
        moment = monitoring.due_at + timedelta(days=days, hours=-3)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return visit(user).get("/").text

    assert title not in beranda(stage.cast.budi, -32)
    assert link in beranda(stage.cast.budi, -20)
    assert "penilainya Anda sebagai" in beranda(stage.cast.budi, 0)
    assert title not in beranda(stage.cast.sari, 0)
    late = beranda(stage.cast.budi, 1)
    assert f"{title} belum dinilai" in late
    assert link in late


@pytest.mark.parametrize("count", [1, 3])
def test_sops_to_judge_on_one_day_are_one_duty(
    count: int, stage: Stage, at: datetime, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("s1", "s3")[: count - 1]:
        put_in_force(stage.cast, key, at)
    due = stage.version.checkups.get(kind=CheckupKind.MONITORING).due_at
    monkeypatch.setattr(clock, "now", lambda: due - timedelta(days=5))
    client = visit(stage.cast.budi)
    client.get("/")

    with CaptureQueriesContext(connection) as found:
        text = client.get("/").text

    assert ("Pemantauan enam bulanan tiga SOP" in text) == (count == 3)
    assert text.count("penilainya Anda") == 1
    assert sum('FROM "procedures_checkup"' in query["sql"] for query in found) == 1


def test_step_sent_back_says_by_whom_and_why(stage: Stage, at: datetime, visit: Visit) -> None:
    arrival = Arrival("Sekcam", "Rina Wahyuni", "(Plt.)", True, True, "Angkanya " + "belum cocok " * 30)

    text = returned(arrival)

    assert text.startswith("Dikembalikan Sekcam · (Plt.) Rina Wahyuni (contoh): “Angkanya belum cocok")
    assert text.endswith(" …”")
    assert len(text) < 250


def test_row_names_who_passed_it_on(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    for _ in (1, 2):
        pass_on(case, stage, at)

    text = visit(stage.cast.sari).get("/").text

    assert f"dari Sekretaris Kecamatan · {stage.cast.budi.full_name}" in text


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        (["Camat"], "Camat"),
        (["Kasi Pelayanan", "Kasi PMD"], "Kasi Pelayanan, Kasi PMD"),
        (["Kasi Pelayanan", "Kasi PMD", "Kasi Trantib"], "3 Kasi"),
        (["Camat", "Sekcam", "Staf"], "Camat, Sekcam, Staf"),
        (["Camat", "Sekcam", "Staf", "Lurah Mekarsari"], "Camat, Sekcam, dan 2 lainnya"),
    ],
)
def test_positions_are_named_in_short(positions: list[str], expected: str) -> None:
    assert in_short(positions) == expected


def test_sentence_speaks_of_decisions_only_when_all_are(row: WorkRow) -> None:
    data = replace(row, is_decision=False)

    assert sentence(Desk((), (row, data), ())) == "Dua hal menunggu Anda hari ini."


@pytest.fixture
def row(at: datetime) -> WorkRow:
    return WorkRow("Kerja", "/", (), Deadline("", "hari ini", "", at), "Buka", is_decision=True)


def test_headline_names_the_overdue_duty_before_what_waits(row: WorkRow) -> None:
    late = "Pengukuran TW III 2026 belum dimulai"

    assert headline(Desk((), (), ()), overdue=late) == f"{late}."
    assert headline(Desk((), (), (row,)), overdue=late).startswith(f"{late}. Satu hal menunggu Anda")
    assert headline(Desk((), (), (row,))) == sentence(Desk((), (), (row,)))


def test_sentence_does_not_forget_what_waits_beside_the_steps(row: WorkRow) -> None:
    assert sentence(Desk((), (), ()), besides=1) == "Satu hal menunggu Anda di samping langkah SOP."
    assert sentence(Desk((), (row,), ()), besides=2) == (
        "Satu hal menunggu keputusan Anda hari ini. Dua hal lain di samping langkah SOP."
    )


@pytest.mark.parametrize(
    ("late", "today", "later", "expected"),
    [
        (0, 0, 0, "Tidak ada yang menunggu Anda."),
        (1, 3, 5, "Empat hal menunggu keputusan Anda hari ini, satu sudah terlambat."),
        (1, 0, 0, "Satu hal menunggu keputusan Anda hari ini, sudah terlambat."),
        (0, 12, 0, "12 hal menunggu keputusan Anda hari ini."),
        (0, 0, 2, "Dua hal menunggu Anda, tidak ada yang jatuh tempo hari ini."),
    ],
)
def test_sentence_counts_in_words(late: int, today: int, later: int, expected: str, row: WorkRow) -> None:
    assert sentence(Desk((row,) * late, (row,) * today, (row,) * later)) == expected


def test_quarter_without_figures_says_so_and_shows_the_last_that_has_them(stage: Stage, visit: Visit) -> None:
    office = stage.cast.office
    indicator = make_indicator(make_objective(office.unit), office.positions["kasi1"])
    make_targets(indicator, "87", "84", "85", "86.5", "87")
    before = visit(stage.cast.sari).get("/").text
    make_realisation(indicator, Quarter(2025, 4), "80")
    Target.objects.create(region=indicator.region, indicator=indicator, year=2025, quarter=4, value=80)

    text = visit(stage.cast.sari).get("/").text

    assert "Kinerja TW I sejauh ini" in before and "Belum ada angka untuk TW I 2026." in before
    assert "Kinerja TW IV 2025" in text and "Belum ada angka untuk TW I 2026." in text
    assert "Triwulan terakhir yang berisi: TW IV 2025, 1 dari 1 indikator." in text
    assert "100,00" in text


@pytest.mark.parametrize("count", [1, 3])
def test_letters_wait_for_the_head_and_then_for_who_was_given_them(
    count: int, stage: Stage, at: datetime, visit: Visit
) -> None:
    office = stage.cast.office
    for number in range(count):
        make_letter(stage.cast, number=f"005/{number}", urgency="segera", at=at)
    budi, sari = visit(stage.cast.budi), visit(stage.cast.sari)
    budi.get("/")

    with CaptureQueriesContext(connection) as queries:
        text = budi.get("/").text

    assert text.count('class="baris"') == count
    assert "Surat menunggu disposisi Anda" in text
    assert text.count(">Segera</span>") == count
    assert "dari Sekretaris Daerah Kabupaten Contoh" in text
    assert len(queries) == QUERIES_OF_LETTERS
    assert "Disposisi untuk Anda" not in sari.get("/").text

    for letter in IncomingLetter.objects.all():
        give_disposisi(
            letter=letter,
            previous=None,
            to_positions=[office.positions["perencanaan"]],
            instruction="Hadiri atau wakili",
            note="",
            authority=acting_camat(stage.cast),
            at=at,
        )
    assert "Surat menunggu disposisi Anda" not in budi.get("/").text
    with CaptureQueriesContext(connection) as queries:
        text = sari.get("/").text

    assert text.count("Hadiri atau wakili") == text.count(">Segera</span>") == count
    assert "belum dibaca" in text
    assert len(queries) == QUERIES_OF_LETTERS


def test_nothing_of_a_letter_waits_once_a_run_was_begun_from_it(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    start_run(stage, at)
    letter = make_letter(stage.cast, at=at)
    Case.objects.update(letter=letter)

    text = visit(stage.cast.budi).get("/").text

    assert text.count('class="baris"') == 1
    assert "Surat menunggu disposisi Anda" not in text
    while jobs.drain(at=at):
        pass
    assert not Notice.objects.filter(about=NoticeAbout.LETTER).exists()
