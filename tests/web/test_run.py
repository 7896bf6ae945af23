"""The page of a run: whose form it shows, what it refuses, and that nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import AT
from tests.web.conftest import Visit
from tests.web.meetings import hold_meeting, who
from tests.web.stage import Stage, pass_on, put_in_force, start_run

from runtut.cases.actions import complete_task
from runtut.cases.models import Case, CaseEvent, Task, TaskDraft
from runtut.documents.models import Document, IncomingLetter, SignerTurn, StoredFile

pytestmark = pytest.mark.django_db


def work_address(case: Case) -> str:
    return f"/kerja/{case.uid}/{case.tasks.get(state=1).uid}/kerjakan/"


def sent(case: Case, **typed: str) -> dict[str, str]:
    return {"isi": "1", "kunci": str(uuid4()), "versi": str(case.version), "kerjakan": "teruskan", **typed}


def test_form_is_shown_to_whoever_acts_for_the_position(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)

    page = visit(stage.cast.budi).get(f"/kerja/{case.uid}/").content.decode()

    assert "Beri perintah ke " in page
    assert 'name="instruction"' in page


def test_strip_says_you_only_to_whose_turn_it_is(stage: Stage, at: datetime, visit: Visit) -> None:
    where = f"/kerja/{start_run(stage, at).uid}/"

    assert "Anda di sini" in visit(stage.cast.budi).get(where).text
    for_sari = visit(stage.cast.sari).get(where).text
    assert ("Anda di sini" in for_sari, ">Di sini<" in for_sari) == (False, True)


def test_cancelled_run_says_who_cancelled_it_and_why(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    budi = visit(stage.cast.budi)
    budi.post(f"/kerja/{case.uid}/kendali/batal/", {"alasan": "Suratnya ditarik kembali"})

    page = budi.get(f"/kerja/{case.uid}/").text

    assert "Semua langkah sudah dilalui" not in page
    assert re.search(r"Dibatalkan oleh [^<]*Budi[^<]*Alasannya: Suratnya ditarik kembali\.", page)


def test_own_task_is_not_offered_to_be_extended(stage: Stage, at: datetime, visit: Visit) -> None:
    where = f"/kerja/{start_run(stage, at).uid}/"

    own, other = visit(stage.cast.budi).get(where).text, visit(stage.cast.sari).get(where).text

    assert ("Perpanjang tenggat" in own, "Perpanjang tenggat" in other) == (False, True)


def test_receiver_reads_the_instruction_and_giver_what_comes_next(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    case = start_run(stage, at)
    pass_on(case, stage, at)
    case.refresh_from_db()
    budi = visit(stage.cast.budi)
    form = sent(case, instruction="Siapkan bahan", note="Sebelum Jumat.")

    told = budi.post(work_address(case), form, follow=True).text
    page = visit(stage.cast.sari).get(f"/kerja/{case.uid}/").text

    assert "Langkah 2 selesai. Berikutnya langkah 3:" in told
    assert "paling lambat" in told
    received = page[page.index("Disposisi dari") :]
    assert received.index("Siapkan bahan") < received.index("Sebelum Jumat.")


def test_colleague_sees_the_run_without_a_form(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)

    page = visit(stage.cast.sari).get(f"/kerja/{case.uid}/").content.decode()

    assert "Tidak ada tugas Anda pada kerja ini sekarang" in page
    assert "Beri perintah ke" not in page


def test_unmet_gate_is_named_and_what_was_typed_stays(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)

    answer = visit(stage.cast.budi).post(work_address(case), sent(case, note="Sebelum Jumat."))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Ada satu hal yang perlu diperbaiki" in page
    assert "Sebelum Jumat." in page
    assert TaskDraft.objects.get().data["note"] == "Sebelum Jumat."
    assert CaseEvent.objects.count() == 1


def test_pressing_twice_with_one_form_acts_once(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    where, form = work_address(case), sent(case, instruction="Untuk ditindaklanjuti")
    budi = visit(stage.cast.budi)

    answers = [budi.post(where, form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert CaseEvent.objects.filter(kind="completed").count() == 1


@pytest.mark.parametrize("pressed", ["teruskan", "simpan"])
def test_step_that_is_closed_says_who_closed_it(
    pressed: str, stage: Stage, at: datetime, visit: Visit
) -> None:
    case = start_run(stage, at)
    where = work_address(case)
    pass_on(case, stage, at)

    form = sent(case, instruction="Untuk diketahui", note="Sebelum Jumat.", kerjakan=pressed)
    answer = visit(stage.cast.budi).post(where, form)

    assert answer.status_code == 409
    assert "sudah diselesaikan" in answer.text
    assert ("Sebelum Jumat." in answer.text, f'href="/kerja/{case.uid}/">Lihat' in answer.text) == (
        True,
        True,
    )
    assert ('name="kerjakan"' in answer.text, "Anda di sini" in answer.text) == (False, False)


def test_step_that_was_closed_while_typing_is_not_told_as_saved(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    case = start_run(stage, at)
    where = work_address(case)
    pass_on(case, stage, at)

    answer = visit(stage.cast.budi).post(where, sent(case, note="Sebelum Jumat.", otomatis="1"))

    assert answer.status_code == 409
    assert not TaskDraft.objects.exists()


def test_step_of_another_position_is_refused(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)

    answer = visit(stage.cast.sari).post(work_address(case), sent(case, instruction="Untuk ditindaklanjuti"))

    assert answer.status_code == 403
    assert CaseEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("kosong.pdf", b"", "kosong"),
        ("bukan.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "bukan"),
        ("program.exe", b"MZ" + b"\0" * 200, "tidak"),
    ],
)
def test_bad_letter_file_is_refused_and_leaves_nothing(
    name: str, content: bytes, sentence: str, stage: Stage, visit: Visit
) -> None:
    form = letter_form() | {"file": SimpleUploadedFile(name, content)}

    answer = visit(stage.cast.sari).post(f"/kerja/mulai/?sop={stage.version.procedure.uid}", form)

    assert answer.status_code == 422
    assert sentence in answer.content.decode().lower()
    assert (Case.objects.count(), IncomingLetter.objects.count()) == (0, 0)


def letter_form(**other: str) -> dict[str, object]:
    return {
        "kunci": str(uuid4()),
        "year": "2026",
        "quarter": "1",
        "sender": "Bupati Contoh",
        "number": "050/2217",
        "date": "2026-01-02",
        "received_on": "2026-02-27",
        "subject": "Permintaan pengukuran kinerja",
        "urgency": "biasa",
    } | other


def test_start_registers_the_letter_and_opens_the_first_step(stage: Stage, visit: Visit) -> None:
    answer = visit(stage.cast.sari).post(f"/kerja/mulai/?sop={stage.version.procedure.uid}", letter_form())

    case = Case.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/kerja/{case.uid}/")
    assert case.letter is not None
    assert (case.letter.number, case.letter.received_on) == ("050/2217", date(2026, 2, 27))
    assert case.tasks.get().step_no == 1


@pytest.mark.parametrize(("key", "proposed"), [("s4", 2025), ("s5", 2027), ("s6", 2025)])
def test_run_of_a_year_asks_for_no_quarter(
    key: str, proposed: int, stage: Stage, at: datetime, visit: Visit
) -> None:
    version = put_in_force(stage.cast, key, at)
    sari, where = visit(stage.cast.sari), f"/kerja/mulai/?sop={version.procedure.uid}"

    page = sari.get(where).text
    form = letter_form(year=str(proposed))
    del form["quarter"]
    sari.post(where, form)

    assert 'name="quarter"' not in page
    assert f'value="{proposed}" selected' in page
    case = Case.objects.get()
    assert (case.year, case.quarter, case.title) == (proposed, None, f"{version.title} {proposed}")


def test_letter_of_the_future_is_refused_at_its_field(stage: Stage, visit: Visit) -> None:
    form = letter_form(date="2099-01-02")

    answer = visit(stage.cast.sari).post(f"/kerja/mulai/?sop={stage.version.procedure.uid}", form)

    assert answer.status_code == 422
    assert 'id="id_date_error"' in answer.content.decode()
    assert (Case.objects.count(), StoredFile.objects.filter(name="").count()) == (0, 0)


def test_new_letter_names_everything_it_lacks_and_keeps_its_scan(stage: Stage, visit: Visit) -> None:
    where = f"/kerja/mulai/?sop={stage.version.procedure.uid}"
    sari = visit(stage.cast.sari)
    scan = SimpleUploadedFile("surat.txt", b"Pindaian surat (contoh).")

    answer = sari.post(where, letter_form(number="", subject="") | {"file": scan})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("Nomor surat belum diisi." in page, "Hal belum diisi." in page) == (True, True)
    assert "Sudah terlampir" in page
    kept = StoredFile.objects.get(name="surat.txt")
    sari.post(where, letter_form() | {"file_simpan": str(kept.uid)})
    assert IncomingLetter.objects.get().file == kept


def test_empty_scan_is_refused_once_and_by_name(stage: Stage, visit: Visit) -> None:
    empty = SimpleUploadedFile("kosong.pdf", b"")

    answer = visit(stage.cast.sari).post(
        f"/kerja/mulai/?sop={stage.version.procedure.uid}", letter_form() | {"file": empty}
    )

    assert answer.status_code == 422
    summary = answer.text.split('class="galat"')[1].split("</ul>")[0]
    assert re.findall(r">([^<]*kosong[^<]*)<", summary) == [
        "Berkas kosong.pdf kosong. Pilih berkas yang berisi."
    ]
    assert not Case.objects.exists()


def test_scan_of_another_person_is_not_taken_over(stage: Stage, visit: Visit) -> None:
    where = f"/kerja/mulai/?sop={stage.version.procedure.uid}"
    scan = SimpleUploadedFile("surat.txt", b"Pindaian surat (contoh).")
    visit(stage.cast.sari).post(where, letter_form(number="") | {"file": scan})

    visit(stage.cast.budi).post(
        where, letter_form() | {"file_simpan": str(StoredFile.objects.get(name="surat.txt").uid)}
    )

    assert IncomingLetter.objects.get().file is None


def test_start_pressed_twice_registers_the_letter_once(stage: Stage, visit: Visit) -> None:
    where, form = f"/kerja/mulai/?sop={stage.version.procedure.uid}", letter_form()
    sari = visit(stage.cast.sari)

    answers = [sari.post(where, form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert (Case.objects.count(), IncomingLetter.objects.count()) == (1, 1)


def test_new_letter_is_not_called_optional(stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.sari).get(f"/kerja/mulai/?sop={stage.version.procedure.uid}").content.decode()

    labels = re.findall(
        r'<label class="form-label" for="id_(\w+)">[^<]*<span class="bantuan">boleh kosong', page
    )
    assert labels == ["file"]


def test_saving_while_typing_keeps_a_draft_and_completes_nothing(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    case = start_run(stage, at)

    answer = visit(stage.cast.budi).post(
        work_address(case), sent(case, note="Sebelum Jumat.", kerjakan="simpan", otomatis="1")
    )

    told = answer.json()
    assert "Isi disposisi" in told.pop("syarat")
    assert told == {"pukul": "09.05", "galat": {}, "versi": {}}
    assert TaskDraft.objects.get().data["note"] == "Sebelum Jumat."
    assert Case.objects.get().version == case.version


def test_return_needs_a_reason(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    where = f"/kerja/{case.uid}/{case.tasks.get().uid}/kembalikan/"

    answer = visit(stage.cast.budi).post(where, {"ke": "1", "alasan": "", "kunci": str(uuid4())})

    assert answer.status_code == 422
    assert Case.objects.get().version == 1


def test_steering_that_is_refused_keeps_its_form_open_and_filled(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    case = start_run(stage, at)
    task = case.tasks.get(state=1)
    typed = {"tugas": str(task.uid), "jam": "9000", "alasan": "Menunggu hasil survei."}

    answer = visit(stage.cast.sari).post(f"/kerja/{case.uid}/kendali/perpanjang/", typed)

    page = answer.text
    assert answer.status_code == 422
    assert '<details name="tindakan" open><summary>Perpanjang' in page
    assert re.search(r'id="p-jam-salah">[^<]+</p>\s*<input[^>]* value="9000"', page)
    assert re.search(r'id="p-alasan" name="alasan" value="Menunggu hasil survei."', page)
    assert page.count("Menunggu hasil survei.") == 1


def test_steering_pauses_and_resumes(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    budi = visit(stage.cast.budi)

    budi.post(f"/kerja/{case.uid}/kendali/jeda/", {"alasan": "Menunggu hasil survei susulan."})
    paused = Case.objects.get().paused_at
    budi.post(f"/kerja/{case.uid}/kendali/lanjut/")

    assert paused is not None
    assert Case.objects.get().paused_at is None


@pytest.mark.parametrize("acts", [0, 1])
def test_page_asks_the_same_number_of_queries(acts: int, stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    for _ in range(acts):
        pass_on(case, stage, at)
    budi = visit(stage.cast.budi)
    budi.get(f"/kerja/{case.uid}/")

    with CaptureQueriesContext(connection) as asked:
        budi.get(f"/kerja/{case.uid}/")

    assert len(asked) <= 34


def test_gates_follow_what_is_typed(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    form = sent(case, kerjakan="simpan", otomatis="1")
    budi = visit(stage.cast.budi)

    before = budi.post(work_address(case), form).json()["syarat"]
    after = budi.post(work_address(case), form | {"instruction": "Untuk ditindaklanjuti"}).json()["syarat"]

    assert ("0 dari 1 terpenuhi" in before, "1 dari 1 terpenuhi" in after) == (True, True)
    assert 'href="#instruction"' not in after


def test_finished_run_tells_what_it_yielded_how_long_it_took_and_who_did_it(
    stage: Stage, visit: Visit
) -> None:
    held = hold_meeting(stage)
    for key in ("perencanaan", "sekcam", "camat"):
        task = Task.objects.get(case=held.case, state=1)
        complete_task(
            task_uid=task.uid,
            case_version=0,
            data={"approve": True, "reasons": {str(held.item.uid): "Menunggu data desa."}},
            key=uuid4(),
            authority=who(stage.cast.office.positions[key]),
            at=AT,
        )
    sari = visit(stage.cast.sari)

    page = sari.get(f"/kerja/{held.case.uid}/").text

    report = Document.objects.get(kind="laporan")
    assert f'href="/dokumen/{report.uid}/">{report.title}</a>' in page
    assert "disetujui; pindaian bertanda tangan belum diunggah" in page
    assert "standar<small>selesai" in page
    assert "1 tindak lanjut rapat" in page
    assert "Ditunggu" not in sari.get(f"/kerja/{start_run(stage, AT).uid}/").text


def test_finished_run_asks_the_same_number_of_queries_for_one_signature_as_for_two(
    stage: Stage, visit: Visit
) -> None:
    held = hold_meeting(stage)
    Case.objects.filter(pk=held.case.pk).update(state=2, closed_at=AT)
    sari = visit(stage.cast.sari)
    where = f"/kerja/{held.case.uid}/"
    sari.get(where)
    with CaptureQueriesContext(connection) as many:
        sari.get(where)
    turns = list(SignerTurn.objects.filter(given_at=None))
    assert len(turns) == 2
    turns[0].delete()
    with CaptureQueriesContext(connection) as one:
        sari.get(where)

    assert len(many) == len(one)
