"""A note from its first words to its signature: written by one, typed by another, mended after a return."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests.cases.factories import AT, Desk, Row

from runtut.cases import actions
from runtut.cases.errors import AlreadyCompleted, GatesUnmet, NothingToWrite, NotYourTask, WritingIsClosed
from runtut.cases.models import Case, Task, TaskOutput
from runtut.cases.queries import (
    answering,
    case_by_uid,
    gates_of,
    manuscript_of,
    proposed_class,
    task_by_uid,
    version_at_work,
)
from runtut.cases.queries.note_words import note_words
from runtut.cases.queries.writing import words_of_run
from runtut.documents.actions import register_letter
from runtut.documents.enums import Urgency
from runtut.documents.formulas.classes import ACCOUNTABILITY, PLANNING
from runtut.documents.models import Document, DocumentVersion, Endorsement, IncomingLetter, Manuscript
from runtut.procedures.enums import Mode, Work
from runtut.procedures.models import Step

pytestmark = pytest.mark.django_db

NOTE = (
    Row(("sekcam",), work=Work.DISPOSISI, outputs=("Disposisi", "Konsep nota umum")),
    Row(("perencanaan",), work=Work.PREPARE, outputs=("Konsep nota permintaan bahan",)),
    Row(("staf",), work=Work.PREPARE, outputs=("Ketikan nota",), joint=("umum",)),
    Row(("perencanaan",), work=Work.REVIEW, outputs=("Nota berparaf",), return_to=(3,)),
    Row(("sekcam",), work=Work.SIGN, outputs=("Nota bertanda tangan",), return_to=(4, 3)),
    Row(("kasi1", "kasi2"), Mode.EACH, work=Work.GENERAL, outputs=("Bahan",)),
)
TOPICS = {1: "nota_dinas", 2: "nota_dinas", 3: "typing"}


@pytest.fixture
def desk(db: None) -> Desk:
    made = Desk.make(NOTE)
    for no, topic in TOPICS.items():
        Step.objects.filter(version=made.version, no=no).update(topic=topic)
    return made


@pytest.fixture
def case(desk: Desk) -> Case:
    return begun(desk)


def begun(desk: Desk) -> Case:
    """A run that begins from a letter."""
    letter = register_letter(
        unit=desk.office.unit,
        sender="Bupati Contoh",
        number="000.7/12/2026",
        date=date(2026, 2, 27),
        subject="Penyusunan RKT 2027",
        urgency="biasa",
        received_on=AT.date(),
        file=None,
        authority=desk.who("umum"),
        at=AT,
    )
    return desk.start("sekcam", letter=letter)


def write(desk: Desk, case: Case, key: str, output: int = 1, **changes: str) -> Manuscript:
    """Open the manuscript of whoever's turn it is and fill in what the template leaves open."""
    task = desk.open_task(case, key)
    manuscript = actions.start_writing(task=task, output=output, authority=desk.who(key), at=desk.later())
    text = manuscript.text
    for hint, words in {
        "[isi pokok yang disampaikan]": "RKT 2027 mulai disusun",
        "[isi tindakan yang diminta dan batas waktunya]": "Bahan dikirim paling lambat 6 Maret 2026",
        "[isi penerima naskah, satu per baris]": "Para Kepala Seksi",
        **changes,
    }.items():
        text = text.replace(hint, words)
    return save(desk, manuscript, key, text)


def save(desk: Desk, manuscript: Manuscript, key: str, text: str, **given: Any) -> Manuscript:
    return actions.save_writing(
        manuscript=manuscript,
        revision=given.get("revision", manuscript.revision),
        title=manuscript.title,
        heading="NOTA DINAS",
        text=text,
        authority=desk.who(key),
        at=desk.later(minutes=1),
    )


def to_typing(desk: Desk, case: Case) -> None:
    write(desk, case, "sekcam", 2)
    desk.complete(case, "sekcam", instruction="Siapkan bahan")
    write(desk, case, "perencanaan")
    desk.complete(case, "perencanaan")


def words_of(version: DocumentVersion) -> str:
    return str(version.content["blocks"])


def test_template_is_filled_from_the_run(desk: Desk, case: Case) -> None:
    task = desk.open_task(case, "sekcam")

    manuscript = actions.start_writing(task=task, output=2, authority=desk.who("sekcam"), at=desk.at)

    assert "surat Bupati Contoh nomor 000.7/12/2026 tanggal 27 Februari 2026" in manuscript.text
    assert "{{nomor_surat}}" in manuscript.text
    assert manuscript.title == "Nota umum"
    assert manuscript.signer == desk.position("sekcam")
    assert "1. " + desk.position("umum").title in manuscript.text
    assert "2. " + desk.position("kasi1").title in manuscript.text
    assert "Hal : Pengukuran TW I 2026" in manuscript.text


def test_note_asks_for_what_the_next_step_collects(desk: Desk) -> None:
    last = Step.objects.filter(version=desk.version).order_by("-no")[0]
    Step.objects.filter(pk=last.pk).update(work=Work.COLLECT, time_value=2, time_unit="hari")
    case = desk.start("sekcam")
    task = desk.open_task(case, "sekcam")

    text = actions.start_writing(task=task, output=2, authority=desk.who("sekcam"), at=desk.at).text

    assert f"1. Untuk {case.title} diperlukan bahan dari setiap penerima nota ini." in text
    assert "2. Mohon bahan disampaikan dalam 2 hari kerja sejak diminta" in text
    assert "[isi" not in text


def test_note_goes_on_with_what_the_note_before_it_said(desk: Desk, case: Case) -> None:
    write(desk, case, "sekcam", 2)
    desk.complete(case, "sekcam", instruction="Siapkan bahan")
    task = desk.open_task(case, "perencanaan")

    text = actions.start_writing(task=task, output=1, authority=desk.who("perencanaan"), at=desk.at).text

    assert "1. RKT 2027 mulai disusun\n2. Bahan dikirim paling lambat 6 Maret 2026" in text


def test_note_of_a_run_without_a_letter_names_the_run(desk: Desk) -> None:
    case = desk.start("sekcam")
    task = desk.open_task(case, "sekcam")

    text = actions.start_writing(task=task, output=2, authority=desk.who("sekcam"), at=desk.at).text

    assert f"Sehubungan dengan {case.title}, bersama ini disampaikan" in text


def test_general_and_technical_note_open_in_their_own_words(desk: Desk) -> None:
    for no, topic in {1: "nota_umum", 2: "nota_permintaan"}.items():
        Step.objects.filter(version=desk.version, no=no).update(topic=topic)
    case = begun(desk)
    general = write(desk, case, "sekcam", 2)
    desk.complete(case, "sekcam", instruction="Siapkan bahan")
    technical = write(desk, case, "perencanaan")

    assert (general.kind, technical.kind) == ("nota_dinas", "nota_dinas")
    opening = general.text.split("\n\n")[1]
    assert opening.startswith("Menindaklanjuti surat Bupati Contoh nomor 000.7/12/2026")
    assert desk.office.unit.name in opening
    went_on = technical.text.split("\n\n")[1]
    assert went_on.startswith("Melanjutkan nota umum dan surat Bupati Contoh nomor 000.7/12/2026")
    assert "{{nomor_surat}}" in technical.text
    desk.complete(case, "perencanaan")


def test_paper_of_a_run_names_the_letter_that_it_answers(desk: Desk, case: Case) -> None:
    said = "Disusun untuk memenuhi surat Bupati Contoh nomor 000.7/12/2026 tanggal 27 Februari 2026 hal "

    assert answering(case, "Pembuka.") == f"Pembuka.\n\n{said}Penyusunan RKT 2027."
    assert answering(desk.start("sekcam"), "Pembuka.") == "Pembuka."


def test_paper_that_answers_a_confidential_letter_does_not_tell_its_matter(desk: Desk, case: Case) -> None:
    IncomingLetter.objects.update(urgency=Urgency.RAHASIA)

    said = answering(case_by_uid(case.uid), "Pembuka.")

    assert said.endswith("surat Bupati Contoh nomor 000.7/12/2026 tanggal 27 Februari 2026.")
    words = words_of_run(case_by_uid(case.uid), AT.date())
    assert "surat_hal" not in words and words["surat_dari"] == "Bupati Contoh"


def test_note_names_the_note_before_it_as_a_sentence_does(desk: Desk, case: Case) -> None:
    write(desk, case, "sekcam", 2)
    desk.complete(case, "sekcam", instruction="Siapkan bahan")
    Document.objects.update(title="RKT 2027: permintaan bahan")

    words = note_words(task_by_uid(desk.open_task(case, "perencanaan").uid), is_companion=False)

    assert words["rujukan"].startswith("RKT 2027: permintaan bahan dan surat ")


@pytest.mark.parametrize(
    ("makes", "code"), [("rkt", PLANNING), ("ekt", ACCOUNTABILITY), ("", ACCOUNTABILITY)]
)
def test_note_is_classified_by_what_its_run_makes(desk: Desk, makes: str, code: str) -> None:
    last = Step.objects.filter(version=desk.version).order_by("-no")[0]
    Step.objects.filter(pk=last.pk).update(work=Work.PREPARE, topic=makes)
    case = begun(desk)

    assert proposed_class("nota_dinas", case_by_uid(case.uid)) == code
    assert proposed_class("rkt", case_by_uid(case.uid)) == PLANNING
    assert proposed_class("nota_dinas", None) == ACCOUNTABILITY


def test_opening_again_goes_on_with_the_same_manuscript(desk: Desk, case: Case) -> None:
    first = write(desk, case, "sekcam", 2)

    again = write(desk, case, "sekcam", 2)

    assert again.pk == first.pk
    assert again.text == first.text


def test_task_waits_until_nothing_is_left_to_fill_in(desk: Desk, case: Case) -> None:
    task = desk.open_task(case, "sekcam")
    data: Mapping[str, Any] = {"instruction": "Siapkan"}
    before = gates_of(task=task, data=data, at=desk.at)
    actions.start_writing(task=task, output=2, authority=desk.who("sekcam"), at=desk.at)

    opened = gates_of(task=task, data=data, at=desk.at)

    assert [(gate.code, gate.met) for gate in before] == [("instruction", True), ("manuscript", False)]
    assert "Tulis naskah" in before[1].hint
    assert "[isi pokok yang disampaikan]" in opened[1].hint
    with pytest.raises(GatesUnmet):
        desk.complete(case, "sekcam", instruction="Siapkan")


def test_disposisi_with_a_note_yields_both(desk: Desk, case: Case) -> None:
    write(desk, case, "sekcam", 2)

    desk.complete(case, "sekcam", instruction="Siapkan bahan")

    outputs = {one.name: one for one in TaskOutput.objects.filter(task__case=case)}
    assert outputs["Disposisi"].disposisi is not None
    note = outputs["Konsep nota umum"].document_version
    assert note is not None
    assert note.content["title"] == ["NOTA DINAS"]
    assert "RKT 2027 mulai disusun" in words_of(note)


def test_a_note_that_nobody_examines_is_issued_with_its_disposisi(desk: Desk, case: Case) -> None:
    to_typing(desk, case)
    states = dict(TaskOutput.objects.exclude(document=None).values_list("name", "document__state"))

    assert states["Konsep nota umum"] == "disetujui"
    assert states["Konsep nota permintaan bahan"] != "disetujui"
    note = Endorsement.objects.get(version__document__title="Nota umum")
    assert (note.kind, note.position) == ("persetujuan", desk.position("sekcam"))


def test_note_comes_from_whoever_signs_it(desk: Desk, case: Case) -> None:
    write(desk, case, "sekcam", 2)
    desk.complete(case, "sekcam", instruction="Siapkan bahan")

    note = write(desk, case, "perencanaan")

    assert f"Dari : {desk.position('sekcam').title}\n" in note.text


def test_typing_goes_on_with_the_document_at_work(desk: Desk, case: Case) -> None:
    to_typing(desk, case)

    manuscript = write(desk, case, "staf", **{"mulai disusun": "harus disusun"})
    desk.complete(case, "staf")

    version = version_at_work(desk.open_task(case, "perencanaan"))
    assert version is not None
    assert (version.number, version.document.title) == (2, "Nota permintaan bahan")
    assert "RKT 2027 harus disusun" in words_of(version)
    manuscript.refresh_from_db()
    assert manuscript.version == version


def test_typing_without_a_change_hands_on_the_version_there_is(desk: Desk, case: Case) -> None:
    to_typing(desk, case)
    task = desk.open_task(case, "staf")
    actions.start_writing(task=task, output=1, authority=desk.who("staf"), at=desk.at)

    desk.complete(case, "staf")

    assert DocumentVersion.objects.filter(document__title="Nota permintaan bahan").count() == 1


def test_return_opens_the_text_that_was_sent_back(desk: Desk, case: Case) -> None:
    to_typing(desk, case)
    write(desk, case, "staf", **{"mulai disusun": "harus disusun"})
    desk.complete(case, "staf")
    desk.send_back(case, "perencanaan", 3, "Batas waktu keliru")

    manuscript = write(desk, case, "staf", **{"6 Maret": "9 Maret"})
    desk.complete(case, "staf")
    desk.complete(case, "perencanaan", paraf=True)
    desk.complete(case, "sekcam", approve=True)

    version = DocumentVersion.objects.filter(document__title="Nota permintaan bahan").latest("number")
    assert "harus disusun" in words_of(version)
    assert "9 Maret 2026" in words_of(version)
    assert (version.number, manuscript.document) == (3, version.document)
    assert Endorsement.objects.filter(version=version, voided_at=None).count() == 2
    assert version.content["signatures"][0]["position"] == desk.position("sekcam").title.upper()


def test_whoever_takes_part_may_write_too(desk: Desk, case: Case) -> None:
    to_typing(desk, case)
    task = desk.open_task(case, "staf")
    manuscript = actions.start_writing(task=task, output=1, authority=desk.who("umum"), at=desk.at)

    saved = save(desk, manuscript, "umum", manuscript.text + "\n\nTambahan.")

    assert saved.saved_by == desk.office.people["umum"]


@pytest.mark.parametrize("key", ["kasi1", "sekcam"])
def test_nobody_else_writes(key: str, desk: Desk, case: Case) -> None:
    to_typing(desk, case)
    task = desk.open_task(case, "staf")
    given = {"authority": desk.who(key), "at": desk.at}

    with pytest.raises(NotYourTask):
        actions.start_writing(task=task, output=1, **given)
    assert manuscript_of(task, 1) is None
    manuscript = actions.start_writing(task=task, output=1, authority=desk.who("staf"), at=desk.at)
    with pytest.raises(NotYourTask):
        save(desk, manuscript, key, "lain")


@pytest.mark.parametrize("output", [0, 1, 3])
def test_an_output_that_is_no_document_cannot_be_written(output: int, desk: Desk, case: Case) -> None:
    task = desk.open_task(case, "sekcam")

    with pytest.raises(NothingToWrite):
        actions.start_writing(task=task, output=output, authority=desk.who("sekcam"), at=desk.at)


def test_a_manuscript_is_closed_with_its_task(desk: Desk, case: Case) -> None:
    manuscript = write(desk, case, "sekcam", 2)
    desk.complete(case, "sekcam", instruction="Siapkan bahan")

    with pytest.raises(WritingIsClosed):
        save(desk, manuscript, "sekcam", "terlambat")
    assert manuscript.copies.get().text == "terlambat"


def test_a_note_beside_the_document_does_not_take_its_place(db: None) -> None:
    desk = Desk.make(
        (
            Row(("staf",), work=Work.PREPARE, outputs=("Dokumen",)),
            Row(("sekcam",), work=Work.FOLLOW_UP, outputs=("Permintaan persetujuan",)),
            Row(("camat",), work=Work.SIGN, outputs=("Dokumen bertanda tangan",)),
        )
    )
    for no, topic in {1: "laporan", 2: "nota_dinas"}.items():
        Step.objects.filter(version=desk.version, no=no).update(topic=topic)
    case = desk.start("camat")
    opened: list[Manuscript] = []
    for key in ("staf", "sekcam"):
        task = desk.open_task(case, key)
        manuscript = actions.start_writing(task=task, output=1, authority=desk.who(key), at=desk.at)
        opened.append(manuscript)
        save(desk, manuscript, key, f"Tulisan {key}.")
        desk.complete(case, key)

    version = version_at_work(Task.objects.get(case=case, state=1))

    assert version is not None
    assert "Tulisan staf." in words_of(version)
    note = TaskOutput.objects.get(name="Permintaan persetujuan")
    assert note.document_version is not None
    assert "Tulisan sekcam." in words_of(note.document_version)
    assert [one.signer for one in opened] == [desk.position("camat"), desk.position("sekcam")]
    assert f"Yth. : {desk.position('camat').title}" in opened[1].text
    assert "1. Dokumen, versi 1, sudah selesai disusun" in opened[1].text
    assert "2. Mohon Dokumen diperiksa dan disetujui" in opened[1].text


def test_pressing_twice_makes_one_version(desk: Desk, case: Case) -> None:
    to_typing(desk, case)
    write(desk, case, "staf", **{"mulai disusun": "harus disusun"})
    press = uuid4()
    task = desk.open_task(case, "staf")

    desk.complete(case, "staf", press=press)
    actions.complete_task(
        task_uid=task.uid, case_version=1, data={}, key=press, authority=desk.who("staf"), at=desk.at
    )

    assert DocumentVersion.objects.filter(document__title="Nota permintaan bahan").count() == 2


def test_a_task_that_was_done_meanwhile_opens_no_manuscript(desk: Desk, case: Case) -> None:
    """Two people hold the position: one hands the step over while the other presses "Tulis naskah"."""
    task = desk.open_task(case, "sekcam")
    write(desk, case, "sekcam", output=2)
    desk.complete(case, "sekcam", instruction="Siapkan nota")

    with pytest.raises(AlreadyCompleted):
        actions.start_writing(task=task, output=2, authority=desk.who("sekcam"), at=desk.later())
