"""The page that starts a run: which quarter it proposes, and that a letter is not left out unnoticed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cast import TODAY
from tests.documents.factories import make_letter
from tests.performance.factories import make_indicator, make_objective, make_realisation
from tests.procedures.factories import acting_camat
from tests.web.conftest import Visit
from tests.web.stage import Stage, put_in_force, start_run

from runtut.cases.actions import complete_task, return_task, start_with_letter
from runtut.cases.enums import CaseState
from runtut.cases.models import Case
from runtut.cases.queries import period_to_run
from runtut.core.periods import Quarter
from runtut.documents.actions import give_disposisi
from runtut.documents.models import IncomingLetter
from runtut.organisations.models import Position
from runtut.performance.actions import lock_period
from runtut.performance.enums import RealisationState
from runtut.procedures.enums import VersionState
from runtut.procedures.models import ProcedureVersion, Step
from runtut.procedures.queries import graph_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def where(stage: Stage) -> str:
    return f"/kerja/mulai/?sop={stage.version.procedure.uid}"


def set_period(case: Case, quarter: Quarter, state: CaseState) -> None:
    Case.objects.filter(pk=case.pk).update(year=quarter.year, quarter=quarter.number, state=state)


def test_quarter_that_ended_without_a_run_is_proposed(stage: Stage, visit: Visit, where: str) -> None:
    ended = Quarter.of(TODAY).previous()

    page = visit(stage.cast.sari).get(where).text

    assert f'<option value="{ended.year}" selected>' in page
    assert f'<option value="{ended.number}" selected>' in page


@pytest.mark.parametrize(
    ("state", "is_proposed"),
    [(CaseState.RUNNING, False), (CaseState.DONE, False), (CaseState.CANCELLED, True)],
)
def test_quarter_with_a_run_is_not_proposed_again(
    state: CaseState, is_proposed: bool, stage: Stage, at: datetime
) -> None:
    now = Quarter.of(TODAY)
    set_period(start_run(stage, at), now.previous(), state)

    found = period_to_run(procedure=stage.version.procedure, on=TODAY)

    assert found == (now.previous() if is_proposed else now)


def test_a_run_of_the_sop_that_is_under_way_is_told_beforehand(
    stage: Stage, at: datetime, visit: Visit, where: str
) -> None:
    sari = visit(stage.cast.sari)
    assert "Sedang berjalan." not in sari.get(where).text
    case = start_run(stage, at)

    assert f'<b>Sedang berjalan.</b> <a href="/kerja/{case.uid}/">{case.title}</a>' in sari.get(where).text

    Case.objects.filter(pk=case.pk).update(state=CaseState.DONE)
    assert "Sedang berjalan." not in sari.get(where).text


@pytest.mark.parametrize(("key", "needs"), [("s1", False), ("s2", True), ("s5", True)])
def test_sop_that_begins_with_a_letter_is_known(key: str, needs: bool, stage: Stage, at: datetime) -> None:
    version = stage.version if key == "s2" else put_in_force(stage.cast, key, at)

    assert graph_of(version).needs_letter == needs


def test_start_without_a_letter_is_refused_at_its_field(stage: Stage, visit: Visit, where: str) -> None:
    answer = visit(stage.cast.sari).post(where, {"year": "2026", "quarter": "1"})

    assert answer.status_code == 422
    assert 'id="id_letter_error"' in answer.text
    assert "centang Mulai tanpa surat" in answer.text
    assert not Case.objects.exists()


def test_start_without_a_letter_goes_on_when_said_so(stage: Stage, visit: Visit, where: str) -> None:
    visit(stage.cast.sari).post(where, {"year": "2026", "quarter": "1", "without": "on"})

    assert Case.objects.get().letter is None


def test_performer_whose_position_is_out_of_use_is_named_with_the_way_to_mend_it(
    stage: Stage, visit: Visit, where: str
) -> None:
    Position.objects.filter(pk=stage.cast.office.positions["pengelola"].pk).update(is_active=False)

    answer = visit(stage.cast.sari).post(where, {"year": "2026", "quarter": "1", "without": "on"})

    assert answer.status_code == 422
    assert "Belum ada jabatan untuk pelaksana" in answer.text
    assert f'tetapkan di <a href="/sop/{stage.version.procedure.uid}/">halaman SOP</a>' in answer.text
    assert not Case.objects.exists()


def test_who_may_not_start_is_told_before_filling_in(stage: Stage, visit: Visit, where: str) -> None:
    page = visit(stage.cast.wati).get(where).text

    assert "Belum dapat dimulai." in page
    assert "Mintalah salah satunya memulai." in page
    assert "Siapa mengerjakan apa, dan kapan" in page
    assert ("Mulai kerja ini" in page, 'name="letter"' in page) == (False, False)


def test_called_sop_that_is_not_in_force_is_led_to_beforehand(
    stage: Stage, visit: Visit, at: datetime
) -> None:
    called = put_in_force(stage.cast, "s-rapat", at)
    version = put_in_force(stage.cast, "s7", at)
    ProcedureVersion.objects.filter(pk=called.pk).update(state=VersionState.WITHDRAWN)

    page = visit(stage.cast.sari).get(f"/kerja/mulai/?sop={version.procedure.uid}").text

    assert "Langkah 5 menjalankan SOP lain yang belum berlaku" in page
    assert '<a href="/sop/pustaka/s-rapat/">Lihat SOP itu di pustaka</a>' in page
    assert "Mulai kerja ini" not in page


def test_locked_quarter_is_told_beside_the_period_and_another_can_be_chosen(
    stage: Stage, visit: Visit, where: str, at: datetime
) -> None:
    ended = Quarter.of(TODAY).previous()
    office = stage.cast.office
    indicator = make_indicator(make_objective(office.unit), office.positions["kasi1"])
    make_realisation(indicator, ended, "86", state=RealisationState.APPROVED)
    lock_period(
        unit=office.unit,
        quarter=ended,
        rule="Kalender Kinerja",
        authority=office.authority("pengelola"),
        at=at,
    )

    page = visit(stage.cast.sari).get(where).text

    assert f"{ended.label} Kec. Sukamaju terkunci sejak" in page
    assert "Pilih triwulan lain" in page
    assert "Mulai kerja ini" in page


def test_everything_wrong_with_a_new_letter_is_told_at_once(stage: Stage, visit: Visit, where: str) -> None:
    form = {"year": "2026", "quarter": "9", "sender": "Bupati", "date": "2099-01-02"}

    page = visit(stage.cast.sari).post(where, form).text

    for name in ("quarter", "number", "date", "received_on", "subject"):
        assert f'id="id_{name}_error"' in page


def test_called_sop_that_is_named_by_its_title_leads_to_the_list_of_sops(
    stage: Stage, visit: Visit, where: str
) -> None:
    Step.objects.filter(version=stage.version, no=3).update(calls="Rapat Koordinasi")

    page = visit(stage.cast.sari).get(where).text

    assert "Belum dapat dimulai." in page
    assert '<a href="/sop/">Buka daftar SOP</a>' in page


def test_fields_of_a_new_letter_stand_open_while_the_agenda_is_empty(
    stage: Stage, visit: Visit, where: str
) -> None:
    page = visit(stage.cast.sari).get(where).text

    assert "Surat baru</h3>" in page
    assert "Catat surat baru</summary>" not in page


def test_sops_to_start_say_what_they_yield_and_when_they_last_ran(
    stage: Stage, visit: Visit, at: datetime
) -> None:
    sari = visit(stage.cast.sari)
    assert "Belum pernah dijalankan di sini." in sari.get("/kerja/mulai/").text
    run = start_run(stage, at)

    page = sari.get("/kerja/mulai/").text

    assert "9 langkah, waktu standar" in page
    assert "Bermula dari: Menelaah surat Bupati dan mendisposisikan penyiapan data kinerja." in page
    assert "Hasilnya: Dokumen pengukuran kinerja." in page
    assert f'Terakhir, berjalan: <a href="/kerja/{run.uid}/">{run.title}</a>' in page


def test_letters_are_offered_newest_first_with_the_run_they_led_to(
    stage: Stage, visit: Visit, where: str, at: datetime
) -> None:
    old = make_letter(stage.cast, number="1", subject="Yang lama", at=at - timedelta(days=3))
    make_letter(stage.cast, number="2", subject="Yang baru", at=at)
    run = start_run(stage, at)
    Case.objects.filter(pk=run.pk).update(letter=old)

    page = visit(stage.cast.sari).get(where).text

    assert page.index("Yang baru") < page.index("Yang lama")
    assert f"Yang lama (sudah menjadi {run.title})" in page


def test_letter_names_the_run_that_began_from_it_not_one_that_its_step_called(
    stage: Stage, visit: Visit, where: str, at: datetime
) -> None:
    letter = make_letter(stage.cast, number="1", subject="Permintaan", at=at)
    run, called = start_run(stage, at), start_run(stage, at, 2)
    Case.objects.filter(pk=run.pk).update(letter=letter)
    Case.objects.filter(pk=called.pk).update(letter=letter, title="Rapatnya", parent_task=run.tasks.get())

    assert f"Permintaan (sudah menjadi {run.title})" in visit(stage.cast.sari).get(where).text


def test_page_says_what_a_disposisi_given_before_has_done(
    stage: Stage, visit: Visit, where: str, at: datetime
) -> None:
    office, letter = stage.cast.office, make_letter(stage.cast, at=at)
    budi = visit(stage.cast.budi)
    page = budi.get(f"{where}&surat={letter.uid}").text
    assert "Begitu dimulai, langkah 1 muncul di Beranda Camat" in page
    give_disposisi(
        letter=letter,
        previous=None,
        to_positions=[office.positions["sekcam"]],
        instruction="Siapkan bahan",
        note="",
        authority=acting_camat(stage.cast),
        at=at,
    )

    page = budi.get(f"{where}&surat={letter.uid}").text

    assert (
        "langkah 1 langsung selesai dengan disposisi itu, dan langkah 2 muncul di Beranda Sekretaris" in page
    )
    assert "selesai dengan disposisi pada suratnya" in page

    case = start_with_letter(
        procedure_version=stage.version,
        year=2026,
        quarter=1,
        letter=letter,
        authority=office.authority("perencanaan"),
        at=at,
    )
    page = budi.get(f"/surat/{letter.uid}/").text
    assert case.title in page
    assert "Langkah 1: disposisi Camat" in page


def test_a_step_that_was_taken_over_and_then_done_again_is_said_to_be_done(
    stage: Stage, visit: Visit, at: datetime
) -> None:
    office, letter = stage.cast.office, make_letter(stage.cast, at=at)
    Step.objects.filter(version=stage.version, no=2).update(return_to=[1])
    sekcam = office.positions["sekcam"]
    camat = acting_camat(stage.cast)
    give_disposisi(
        letter=letter,
        previous=None,
        to_positions=[sekcam],
        instruction="Siapkan bahan",
        note="",
        authority=camat,
        at=at,
    )
    case = start_with_letter(
        procedure_version=stage.version,
        year=2026,
        quarter=1,
        letter=letter,
        authority=office.authority("perencanaan"),
        at=at,
    )
    budi, address = visit(stage.cast.budi), f"/kerja/{case.uid}/"
    before = budi.get(address).text

    task = case.tasks.get(step_no=2)
    return_task(
        task_uid=task.uid,
        case_version=case.version,
        target_no=1,
        reason="Perintahnya belum jelas.",
        key=None,
        authority=office.authority("sekcam"),
        at=at + timedelta(hours=1),
    )
    again = case.tasks.get(step_no=1, round=2)
    complete_task(
        task_uid=again.uid,
        case_version=case.version,
        data={"instruction": "Siapkan data triwulan I"},
        key=None,
        authority=camat,
        at=at + timedelta(hours=2),
    )

    assert "diambil alih oleh" in before
    assert "diambil alih oleh" not in budi.get(address).text


def test_what_a_confidential_letter_says_stays_with_those_it_was_given_to(
    stage: Stage, visit: Visit, at: datetime
) -> None:
    office, letter = stage.cast.office, make_letter(stage.cast, subject="Dugaan penyimpangan", at=at)
    case = start_with_letter(
        procedure_version=stage.version,
        year=2026,
        quarter=1,
        letter=letter,
        authority=office.authority("perencanaan"),
        at=at,
    )
    address = f"/kerja/{case.uid}/"
    open_page = visit(stage.cast.budi).get(address).text
    IncomingLetter.objects.update(urgency="rahasia")

    head, other = (visit(one).get(address).text for one in (stage.cast.budi, office.people["kasi1"]))

    assert "Dugaan penyimpangan" in open_page and "Dugaan penyimpangan" in head
    assert "Dugaan penyimpangan" not in other
    assert letter.number not in other
    assert f"Surat rahasia, agenda {letter.register_number}" in other
