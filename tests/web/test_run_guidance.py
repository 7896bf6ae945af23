"""What the page of a run tells beyond the form: returns, who else, what next, and what still lacks."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.test_library_runs import AT
from tests.cast import Cast
from tests.evaluation.runs import EvaluationRun
from tests.organisations.factories import make_appointment, make_user
from tests.web.conftest import Visit
from tests.web.scenario import words_in
from tests.web.stage import Stage, pass_on, start_run
from tests.web.walk import Walk, load_all

from runtut.accounts.models import User
from runtut.cases.models import Task
from runtut.core import clock
from runtut.documents.actions import load_archive_classes
from runtut.documents.models import Document
from runtut.organisations.actions import load_demo
from runtut.organisations.enums import Role
from runtut.organisations.models import Position
from runtut.performance.enums import RealisationState
from runtut.performance.models import Realisation

pytestmark = pytest.mark.django_db

REASON = "Penyebab belum menyebut langkah perbaikannya."


def text_of(visit: Visit, user: User, where: str) -> str:
    return visit(user).get(where).content.decode()


def walk_to(walk: Walk, work: str) -> User:
    return next(user for at_work, user in walk.stops() if at_work == work)


@pytest.fixture
def walk(db: None, at: datetime) -> Walk:
    load_all(at)
    return Walk(at)


def test_maker_reads_who_returned_which_version_and_why(walk: Walk, visit: Visit) -> None:
    walk_to(walk, "review")
    walk.send_back(5, REASON)

    page = text_of(visit, walk.user(walk.tasks[0].position), walk.address)

    assert "mengembalikan versi 1" in page
    assert REASON in page
    assert "dibandingkan versi" not in page


def test_examiner_sees_what_changed_since_the_return(walk: Walk, visit: Visit) -> None:
    sekcam = walk_to(walk, "review")
    walk.send_back(5, REASON)
    walk.pass_step()

    page = text_of(visit, sekcam, walk.address)

    assert "Anda mengembalikan versi 1" in page
    assert "Versi 2, dibandingkan versi 1:" in page
    assert "Layanan melambat; ditata ulang pada putaran 2." in page
    assert "D. Analisis" in page or "paragraf 1" in page


def test_who_returned_to_an_examiner_sees_what_was_mended_when_it_comes_back(
    walk: Walk, visit: Visit
) -> None:
    camat = walk_to(walk, "sign")
    walk.send_back(6, REASON)
    walk.at += timedelta(minutes=5)
    walk.send_back(5, "Meneruskan pengembalian Camat.")
    for _ in ("prepare", "review"):
        walk.at += timedelta(minutes=5)
        walk.pass_step()

    page = text_of(visit, camat, walk.address)

    assert "Anda mengembalikan versi 1" in page
    assert "Versi 2, dibandingkan versi 1:" in page
    assert "ditata ulang pada putaran 2." in page


def test_return_is_no_matter_of_a_later_step(walk: Walk, visit: Visit) -> None:
    walk_to(walk, "review")
    walk.send_back(5, REASON)
    walk.pass_step()
    camat = walk_to(walk, "sign")

    page = text_of(visit, camat, walk.address)

    assert "mengembalikan versi" not in page
    assert "Kembalikan ke Sekcam" in page
    assert "Kembalikan ke Pengelola Data" in page


def test_who_signs_where_the_sop_names_no_way_back_is_told_the_way_out(
    db: None, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_demo(at=AT)
    load_archive_classes()
    run = EvaluationRun()
    told = "SOP ini tidak menyebut ke mana langkah ini mengembalikan."
    where = f"/kerja/{run.case.uid}/"
    monkeypatch.setattr(clock, "now", lambda: run.at)

    examining = run.until(6)
    examiner = text_of(visit, User.objects.get(pk=run.holder(examining.position).user_id), where)
    signing = run.until(7)
    signer = text_of(visit, User.objects.get(pk=run.holder(signing.position).user_id), where)

    assert "Kembalikan untuk diperbaiki" in examiner
    assert told not in examiner
    assert told in signer
    assert f'href="/sop/{run.case.procedure_version.procedure.uid}/"' in signer


def test_examiner_who_gets_a_paper_back_sends_it_on_to_its_maker_in_one_press(
    walk: Walk, visit: Visit
) -> None:
    walk_to(walk, "sign")
    walk.send_back(6, REASON)
    sekcam, task = walk.user(walk.tasks[0].position), walk.tasks[0]

    page = text_of(visit, sekcam, walk.address)
    form = page.partition('class="teruskan-balik"')[2].partition("</form>")[0]
    carried = re.search(r'name="alasan" value="([^"]+)"', form)
    assert carried is not None
    sent = {
        "alasan": carried[1],
        "ke": "5",
        "versi": "0",
        "kunci": re.findall(r'name="kunci" value="([^"]+)"', form)[0],
    }
    answer = visit(sekcam).post(f"{walk.address}{task.uid}/kembalikan/", sent)

    assert "Langkah ini hanya memeriksa." in page
    assert "Teruskan pengembalian ke Pengelola Data" in form
    assert answer.status_code == 302
    assert walk.work == "prepare measurement"
    told = text_of(visit, walk.user(walk.tasks[0].position), walk.address)
    assert "Meneruskan pengembalian " in told
    assert REASON in told
    assert "teruskan-balik" not in told


def test_return_that_is_sent_on_past_the_figures_asks_which_of_them(walk: Walk, visit: Visit) -> None:
    walk_to(walk, "sign")
    walk.send_back(6, REASON)
    sekcam, task = walk.user(walk.tasks[0].position), walk.tasks[0]

    page = text_of(visit, sekcam, walk.address)
    quick = page.partition('class="teruskan-balik"')[2].partition("</div>")[0]
    form = page.partition('<form class="alasan"')[2].partition("</form>")[0]
    carried = re.search(r'name="alasan"[^>]*>([^<]+)</textarea>', form)
    assert carried is not None
    meant = re.findall(r'name="angka" id="[^"]+" value="([^"]+)"', form)[0]
    sent = {"alasan": carried[1], "ke": "4", "ikut": "dipilih", "angka": meant}
    keys = {"versi": "0", "kunci": re.findall(r'name="kunci" value="([^"]+)"', form)[0]}
    answer = visit(sekcam).post(f"{walk.address}{task.uid}/kembalikan/", sent | keys)

    assert re.findall(r'name="ke" value="(\d)"', quick) == ["5"]
    assert 'href="#kembalikan"' in quick
    assert 'class="buka kembalikan" open' in page
    assert REASON in carried[1]
    assert answer.status_code == 302
    assert walk.work == "collect realisation"
    back = Realisation.objects.filter(state=RealisationState.RETURNED)
    assert [str(one.indicator.uid) for one in back] == [meant]


def test_paper_that_was_mended_is_examined_and_not_sent_on(walk: Walk, visit: Visit) -> None:
    walk_to(walk, "review")
    walk.send_back(5, REASON)
    walk.pass_step()

    page = text_of(visit, walk.user(walk.tasks[0].position), walk.address)

    assert "Anda mengembalikan versi 1" in page
    assert "teruskan-balik" not in page


def test_decision_shows_three_facts_and_the_document(walk: Walk, visit: Visit) -> None:
    camat = walk_to(walk, "sign")

    page = text_of(visit, camat, walk.address)

    assert "di bawah target" in page
    assert "KECAMATAN SUKAMAJU" in page
    assert "menunggu persetujuan" in page
    assert 'name="unit"' not in page
    assert "Riwayat" in text_of(visit, camat, f"{walk.address}?lengkap=1")


def test_sheet_says_what_comes_next_and_whom_to_ask(walk: Walk, visit: Visit) -> None:
    walk.pass_step()
    sekcam = walk.user(walk.tasks[0].position)

    page = text_of(visit, sekcam, walk.address)

    assert "Langkah 3, Minta data, oleh Kasubbag Perencanaan" in page
    assert "Bila ragu, tanya</dt><dd>Camat" in page


def test_whom_to_ask_is_who_gave_the_work_where_several_handed_it_over(walk: Walk, visit: Visit) -> None:
    maker = walk_to(walk, "prepare measurement")
    asked = (
        text_of(visit, maker, walk.address).partition("Bila ragu, tanya</dt><dd>")[2].partition("</dd>")[0]
    )

    kasi = {one.position.short_title for one in Task.objects.filter(case=walk.case, step_no=4)}
    assert len(kasi) > 1
    assert asked.startswith("Kasubbag Perencanaan · ")


@pytest.fixture
def yearly(db: None, at: datetime) -> Walk:
    load_all(at)
    return Walk(at, quarter=4)


def planning(walk: Walk) -> Position:
    """The chair that owns an indicator and is asked by no step."""
    return Position.objects.get(unit__path__startswith=walk.unit.path, role=Role.KASUBBAG_PERENCANAAN)


def test_owner_whom_no_step_asks_is_told_where_to_hand_over(yearly: Walk, visit: Visit) -> None:
    maker = walk_to(yearly, "prepare measurement")
    planner = yearly.user(planning(yearly))

    for reader, words in ((maker, "Lihat di Kinerja"), (planner, "Isi dan ajukan di Kinerja")):
        page = text_of(visit, reader, yearly.address)
        assert "Realisasi TW IV 2026 yang belum diajukan" in page
        assert "Nilai AKIP" in page
        assert words in page


def test_who_compiles_the_figures_is_led_to_the_own_one_that_is_owed(
    db: None, at: datetime, visit: Visit
) -> None:
    load_all(at)
    walk = Walk(at, "Pengumpulan Data Kinerja", quarter=4)
    maker = walk_to(walk, "prepare data_compilation")

    page = text_of(visit, maker, walk.address)

    assert maker == walk.user(planning(walk))
    assert "Realisasi TW IV 2026 yang belum diajukan" in page
    assert "Isi dan ajukan di Kinerja" in page
    assert page.count('id="realisasi"') == 1
    assert f'href="/kinerja/periksa/?unit={walk.unit.uid}&amp;tahun=2026&amp;tw=4">Periksa realisasi' in page


def test_owner_hands_over_on_the_page_of_the_quarter(yearly: Walk, visit: Visit) -> None:
    walk_to(yearly, "prepare measurement")
    position = planning(yearly)
    row = Realisation.objects.filter(indicator__owner=position, year=2026)
    browser, where = visit(yearly.user(position)), "/kinerja/?tahun=2026&tw=4"
    key = str(position.indicators.get().uid)

    refused = browser.post(where, {f"nilai-{key}": "72,5", "ajukan": str(position.uid)})
    typed = {f"nilai-{key}": "72,5", f"versi-{key}": str(row.get(quarter=4).version)}
    proof = SimpleUploadedFile("lhe.txt", b"Laporan hasil evaluasi (contoh).")
    handed = browser.post(where, {**typed, f"bukti-{key}": proof, "ajukan": str(position.uid)})

    assert refused.status_code == 422
    assert f'href="#bukti-{key}"' in refused.content.decode()
    assert handed.status_code == 302
    assert row.get(quarter=4).state == RealisationState.SUBMITTED
    yearly.pass_step()
    assert yearly.work == "review"


def test_page_of_the_quarter_leads_back_to_the_readers_task(yearly: Walk, visit: Visit) -> None:
    maker = walk_to(yearly, "prepare measurement")
    back = f'<a href="{yearly.address}">Pengukuran Data Kinerja TW IV 2026</a>, langkah 5, Susun konsep'

    assert back in text_of(visit, maker, "/kinerja/?tahun=2026&tw=4")
    assert back not in text_of(visit, yearly.user(planning(yearly)), "/kinerja/?tahun=2026&tw=4")


def test_colleague_cannot_hand_over_for_an_owner_in_office(yearly: Walk, visit: Visit) -> None:
    maker = walk_to(yearly, "prepare measurement")
    position = planning(yearly)

    page = visit(maker).post("/kinerja/?tahun=2026&tw=4", {"ajukan": str(position.uid)})

    assert page.status_code == 302
    assert not Realisation.objects.filter(indicator__owner=position, year=2026, quarter=4).exists()


def colleague_of(cast: Cast, chair: str) -> User:
    """A second person in a chair."""
    other = make_user("rekan", "Rekan Sejabatan")
    make_appointment(other, cast.office.positions[chair])
    return other


def test_task_is_taken_and_given_back(stage: Stage, at: datetime, visit: Visit) -> None:
    other = colleague_of(stage.cast, "perencanaan")
    case = start_run(stage, at)
    for _ in range(2):
        pass_on(case, stage, at)
    task = Task.objects.get(case=case, state=1)
    where = f"/kerja/{case.uid}/"
    sari = visit(stage.cast.sari)

    assert "Ambil tugas ini" in sari.get(where).content.decode()
    sari.post(f"{where}{task.uid}/ambil/")
    assert "Lepas tugas ini" in sari.get(where).content.decode()
    page = text_of(visit, other, where)
    assert "Tugas ini sedang dikerjakan Sari" in page
    assert 'id="isian"' not in page
    sari.post(f"{where}{task.uid}/lepas/")
    assert "Ambil tugas ini" in text_of(visit, other, where)


def test_page_asks_as_many_queries_for_one_change_as_for_many(walk: Walk, visit: Visit) -> None:
    sekcam = walk_to(walk, "review")
    browser = visit(sekcam)
    browser.get(walk.address)
    with CaptureQueriesContext(connection) as before:
        browser.get(walk.address)
    walk.send_back(5, REASON)
    walk.pass_step()

    with CaptureQueriesContext(connection) as after:
        browser.get(walk.address)

    assert len(after) <= len(before) + 2


def test_second_press_after_an_unmet_gate_is_no_quarrel_with_the_first(walk: Walk, visit: Visit) -> None:
    kasi = walk_to(walk, "collect realisation")
    task = walk.tasks[0]
    keys = [str(uid) for uid in task.position.indicators.values_list("uid", flat=True)]
    browser, where = visit(kasi), f"{walk.address}{task.uid}/kerjakan/"
    typed = {f"nilai-{key}": "12" for key in keys} | {f"sebab-{key}": "Ditata ulang." for key in keys}

    first = browser.post(where, {"isi": "1", "kerjakan": "teruskan", **typed}).content.decode()
    versions = dict(re.findall(r'name="(versi-[^"]+)" value="(\d+)"', first))
    proofs = {f"bukti-{key}": SimpleUploadedFile("rekap.txt", b"Rekap (contoh).") for key in keys}
    second = browser.post(where, {"isi": "1", "kerjakan": "teruskan", **typed, **versions, **proofs})

    assert "Bukti" in first
    assert versions
    assert second.status_code == 302
    assert Task.objects.get(pk=task.pk).completed_at is not None


def test_owner_of_nothing_due_answers_the_step_itself(walk: Walk, visit: Visit) -> None:
    walk_to(walk, "collect realisation")
    task = walk.tasks[0]
    other = next(one for one in walk.tasks if one.position_id != task.position_id)
    task.position.indicators.update(owner=other.position)

    page = text_of(visit, walk.user(task.position), walk.address)

    assert 'id="hasil-1"' in page
    assert 'id="berkas-1"' in page


def test_maker_sees_the_document_before_passing_it_on(walk: Walk, visit: Visit) -> None:
    maker = walk_to(walk, "prepare measurement")
    row = Realisation.objects.filter(indicator__unit=walk.unit, year=2026, quarter=3).order_by("id")[0]
    row.evidence.all().delete()
    browser, task = visit(maker), walk.tasks[0]
    where = f"{walk.address}{task.uid}/"

    page = browser.get(walk.address).content.decode()
    typed = {"isi": "1", "otomatis": "1", "closing": "Piket ditata ulang mulai Senin."}
    answer = browser.post(f"{where}kerjakan/", typed).json()
    paper = browser.get(f"{where}pratinjau.pdf")

    assert "Dokumen seperti akan diteruskan" in page
    assert page.count("Disusun untuk memenuhi surat Bupati Contoh nomor 050/") == 2
    assert "KECAMATAN SUKAMAJU" in page
    lacking = page.partition('id="kurang"')[2].partition("</div>")[0]
    assert re.search(rf"{re.escape(row.indicator.name)}: bukti<", lacking)
    assert "Piket ditata ulang mulai Senin." in answer["calon"]
    assert paper.headers["Content-Type"] == "application/pdf"
    assert "Piket ditata ulang mulai Senin." in words_in(paper.content)
    assert not Document.objects.filter(kind="pengukuran").exists()


def test_preview_is_for_who_does_the_step(walk: Walk, visit: Visit) -> None:
    walk_to(walk, "prepare measurement")
    where = f"{walk.address}{walk.tasks[0].uid}/pratinjau.pdf"
    sekcam = User.objects.get(username="sekcam.sukamaju")

    assert visit(sekcam).get(where).status_code == 404


def test_work_that_composes_nothing_has_no_preview(walk: Walk, visit: Visit) -> None:
    task = walk.tasks[0]
    camat = walk.user(task.position)

    page = visit(camat).get(walk.address).content.decode()

    assert "Dokumen seperti akan diteruskan" not in page
    assert visit(camat).get(f"{walk.address}{task.uid}/pratinjau.pdf").status_code == 404
