"""What the work of a step asks for and does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.cases.factories import AT, Desk, Row

from runtut.cases import registry
from runtut.cases.enums import TaskState
from runtut.cases.errors import DateBeforeStart, DateNotYet, GatesUnmet
from runtut.cases.models import Case, CaseEvent, Task, TaskOutput
from runtut.cases.queries import gates_of, task_by_uid, version_at_work
from runtut.core import jobs
from runtut.core.models import OutboxMessage
from runtut.documents.actions import create_document, load_archive_classes, new_version, register_letter
from runtut.documents.enums import DocumentKind, DocumentState, EndorsementKind
from runtut.documents.errors import NotNewestVersion
from runtut.documents.models import (
    ArchiveClass,
    Disposisi,
    Document,
    DocumentVersion,
    Endorsement,
    RegisterEntry,
)
from runtut.procedures.enums import Work

pytestmark = pytest.mark.django_db

MADE = (
    Row(("pengelola",), work=Work.PREPARE, outputs=("Konsep",)),
    Row(("sekcam",), work=Work.REVIEW, outputs=("Konsep berparaf",), return_to=(1,)),
    Row(("camat",), work=Work.SIGN, outputs=("Dokumen",), return_to=(2, 1)),
    Row(("umum",), work=Work.ARCHIVE, outputs=("Arsip",)),
)


def make_document(desk: Desk, chair: str = "pengelola", text: str = "Capaian naik.") -> DocumentVersion:
    return create_document(
        unit=desk.office.unit,
        kind=DocumentKind.LAPORAN,
        title="Laporan capaian",
        content=content(text),
        authority=desk.who(chair),
        at=desk.at,
    )


def content(text: str) -> dict[str, Any]:
    return {"blocks": [{"type": "paragraph", "text": text}]}


def unmet(desk: Desk, case: Case, chair: str, **data: Any) -> list[str]:
    task = task_by_uid(desk.open_task(case, chair).uid)
    return [gate.label for gate in gates_of(task=task, data=data, at=desk.at) if not gate.met]


def prepared() -> tuple[Desk, Case, DocumentVersion]:
    """A run whose document has been made and waits for its first paraf."""
    desk = Desk.make(MADE)
    case, version = desk.start("camat"), make_document(desk)
    desk.complete(case, "pengelola", outputs={"Konsep": {"document_version": version}})
    return desk, case, version


def test_generic_work_wants_a_file_or_a_sentence_for_every_output() -> None:
    desk = Desk.make([Row(("staf",), outputs=("Bahan", "Tanda terima"))])
    case = desk.start("camat")
    task = desk.open_task(case, "staf")

    with pytest.raises(GatesUnmet) as refusal:
        desk.complete(case, "staf", outputs={"Bahan": {"text": "Terlampir"}, "Tanda terima": {"text": "  "}})

    assert refusal.value.sentence == "Belum dapat diselesaikan. Lengkapi dahulu: Tanda terima."
    assert [gate.anchor for gate in refusal.value.gates] == ["hasil-2"]
    assert Task.objects.get(pk=task.pk).state == TaskState.OPEN
    assert CaseEvent.objects.filter(case_id=case.pk).count() == 1


def test_outputs_are_kept_under_their_names() -> None:
    desk = Desk.make([Row(("staf",), outputs=("Bahan", "Tanda terima"))])

    desk.complete(
        desk.start("camat"), "staf", outputs={"Bahan": {"text": "Ada"}, "Tanda terima": {"text": "Diterima"}}
    )

    assert list(TaskOutput.objects.order_by("id").values_list("name", "text")) == [
        ("Bahan", "Ada"),
        ("Tanda terima", "Diterima"),
    ]


def test_a_refusal_in_the_work_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    class Halfway(registry.WorkHandler):
        def complete(self, task: Task, data: Any, authority: Any, at: Any) -> list[registry.OutputSpec]:
            make_document(desk, "staf")
            raise NotNewestVersion(number=1, newest=2)

    monkeypatch.setitem(registry._handlers, ("general", ""), Halfway())
    desk = Desk.make([Row(("staf",))])
    case = desk.start("camat")

    with pytest.raises(NotNewestVersion):
        desk.complete(case, "staf")

    assert not Document.objects.exists()
    assert desk.open_task(case, "staf").state == TaskState.OPEN
    assert OutboxMessage.objects.filter(topic="cases.act").count() == 1


def test_the_handler_of_a_topic_stands_before_that_of_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    special = registry.WorkHandler()
    monkeypatch.setitem(registry._handlers, ("collect", "khusus"), special)

    assert registry.handler_for("collect", "khusus") is special
    assert registry.handler_for("collect", "lain") is registry.handler_for("collect")
    with pytest.raises(registry.AlreadyRegistered):
        registry.register("collect", special, topic="khusus")


def lettered(desk: Desk) -> Case:
    letter = register_letter(
        unit=desk.office.unit,
        sender="Bupati Contoh",
        number="050/12/2026",
        date=date(2026, 2, 27),
        subject="Pengukuran kinerja",
        urgency="biasa",
        received_on=AT.date(),
        file=None,
        authority=desk.who("umum"),
        at=AT,
    )
    return desk.start(letter=letter)


CHAIN = (
    Row(("camat",), work=Work.DISPOSISI, outputs=("Disposisi Camat",)),
    Row(("sekcam",), work=Work.DISPOSISI, outputs=("Disposisi Sekcam", "Konsep nota")),
    Row(("perencanaan",), joint=("kasi1",)),
)


def test_disposisi_goes_to_the_next_step_and_to_whoever_was_added() -> None:
    desk = Desk.make(CHAIN)
    case = lettered(desk)

    desk.complete(case, "camat", instruction="Tindak lanjuti", positions=[desk.position("umum")])

    given = Disposisi.objects.get()
    assert given.instruction == "Tindak lanjuti"
    assert {row.position for row in given.recipients.all()} == {
        desk.position("sekcam"),
        desk.position("umum"),
    }
    assert TaskOutput.objects.get().disposisi == given


def test_disposisi_continues_the_chain_and_marks_the_one_before_as_acted_on() -> None:
    desk = Desk.make(CHAIN)
    case = lettered(desk)
    desk.complete(case, "camat", instruction="Tindak lanjuti")

    desk.complete(
        case, "sekcam", instruction="Siapkan bahan", outputs={"Konsep nota": {"text": "Nota ke seksi"}}
    )

    first, second = Disposisi.objects.order_by("id")
    assert second.previous == first
    assert first.recipients.get().acted_at == desk.at
    assert {row.position for row in second.recipients.all()} == {
        desk.position("perencanaan"),
        desk.position("kasi1"),
    }
    assert desk.open_task(case, "perencanaan").step_no == 3


def test_whoever_does_the_step_has_acted_on_the_disposisi() -> None:
    desk = Desk.make(CHAIN)
    case = lettered(desk)
    desk.complete(case, "camat", instruction="Tindak lanjuti")
    desk.complete(
        case, "sekcam", instruction="Siapkan bahan", outputs={"Konsep nota": {"text": "Nota ke seksi"}}
    )
    done_at = desk.later(minutes=10)
    desk.complete(case, "perencanaan")
    jobs.drain(at=desk.later(minutes=1))

    second = Disposisi.objects.latest("id")
    acted = dict(second.recipients.values_list("position", "acted_at"))
    assert acted == {desk.position("perencanaan").pk: done_at, desk.position("kasi1").pk: None}


def test_disposisi_wants_its_instruction_and_its_other_outputs() -> None:
    desk = Desk.make(CHAIN)
    case = lettered(desk)

    assert unmet(desk, case, "camat") == ["Isi disposisi"]
    desk.complete(case, "camat", instruction="Tindak lanjuti")
    assert unmet(desk, case, "sekcam", instruction="Siapkan") == ["Konsep nota"]


def test_disposisi_without_a_letter_is_kept_as_an_instruction() -> None:
    desk = Desk.make(CHAIN)

    desk.complete(desk.start(), "camat", instruction="Laksanakan evaluasi", note="Sebelum Jumat")

    assert TaskOutput.objects.get().text == "Laksanakan evaluasi\nSebelum Jumat"
    assert not Disposisi.objects.exists()


def test_review_puts_a_paraf_on_the_newest_version() -> None:
    desk, case, version = prepared()
    assert unmet(desk, case, "sekcam") == ["Paraf"]
    assert unmet(desk, case, "sekcam", paraf=True, checks={"Angka": True, "Sumber": False}) == ["Sumber"]

    desk.complete(case, "sekcam", paraf=True)

    paraf = Endorsement.objects.get()
    assert (paraf.version, paraf.kind, paraf.position) == (
        version,
        EndorsementKind.PARAF,
        desk.position("sekcam"),
    )
    assert TaskOutput.objects.latest("id").document_version == version


def test_return_voids_the_paraf_and_a_new_version_is_examined_again() -> None:
    desk, case, version = prepared()
    desk.complete(case, "sekcam", paraf=True)
    desk.send_back(case, "camat", 1, "Angka TW I belum masuk")
    assert Endorsement.objects.get().voided_at == desk.at
    newer = new_version(
        document=version.document, content=content("Diperbaiki."), authority=desk.who("pengelola"), at=desk.at
    )

    desk.complete(case, "pengelola", outputs={"Konsep": {"document_version": newer}})
    desk.complete(case, "sekcam", paraf=True)

    standing = Endorsement.objects.get(voided_at=None)
    assert standing.version == newer


def test_a_return_that_leaves_the_text_alone_leaves_the_parafs_standing() -> None:
    desk, case, _ = prepared()
    desk.complete(case, "sekcam", paraf=True)

    desk.send_back(case, "camat", 2, "Mohon periksa lagi angkanya")
    desk.complete(case, "sekcam", paraf=True)

    assert Endorsement.objects.get().voided_at is None
    assert desk.open_task(case, "camat").round == 2


def test_sign_wants_every_paraf_on_the_version_in_force() -> None:
    desk, case, version = prepared()
    desk.complete(case, "sekcam", paraf=True)
    new_version(
        document=version.document, content=content("Diam-diam."), authority=desk.who("pengelola"), at=desk.at
    )

    assert unmet(desk, case, "camat", approve=True) == ["Paraf Sekretaris Kecamatan pada versi terbaru"]
    desk.send_back(case, "camat", 2, "Naskah berubah sesudah diparaf")
    desk.complete(case, "sekcam", paraf=True)
    assert unmet(desk, case, "camat", approve=True) == []


def test_sign_approves_and_archive_files_what_was_approved() -> None:
    desk, case, version = prepared()
    load_archive_classes()
    desk.complete(case, "sekcam", paraf=True)
    assert unmet(desk, case, "camat") == ["Persetujuan"]
    desk.complete(case, "camat", approve=True)
    assert Document.objects.get().state == DocumentState.APPROVED
    assert unmet(desk, case, "umum") == ["Klasifikasi arsip"]

    desk.complete(case, "umum", archive_class=archive_class(), location="Rak 2")

    output = TaskOutput.objects.latest("id")
    assert output.archive_record is not None
    assert (output.archive_record.version, output.archive_record.location) == (version, "Rak 2")
    assert Document.objects.get().state == DocumentState.LOCKED


def archive_class() -> ArchiveClass:
    return ArchiveClass.objects.filter(is_legacy=False).order_by("code")[0]


def test_a_letter_signed_earlier_in_the_run_is_no_longer_at_work() -> None:
    desk = Desk.make(
        [
            Row(("staf",), work=Work.PREPARE, outputs=("Nota",)),
            Row(("sekcam",), work=Work.SIGN, outputs=("Nota bertanda tangan",)),
            Row(("staf",), work=Work.COLLECT, outputs=("Bahan",)),
            Row(("perencanaan",), work=Work.REVIEW, outputs=("Diperiksa",)),
        ]
    )
    case = desk.start()
    desk.complete(case, "staf", outputs={"Nota": {"document_version": make_document(desk, "staf")}})
    desk.complete(case, "sekcam", approve=True)
    desk.complete(case, "staf", outputs={"Bahan": {"text": "Tiga map"}})

    assert version_at_work(desk.open_task(case, "perencanaan")) is None
    desk.complete(case, "perencanaan", paraf=True)

    assert TaskOutput.objects.latest("id").text == "Diperiksa dan diparaf."
    assert Endorsement.objects.count() == 1


def test_register_takes_the_next_number_and_gives_it_back_when_the_act_fails() -> None:
    load_archive_classes()
    desk = Desk.make([Row(("staf",), work=Work.REGISTER, outputs=("Nomor surat", "Bukti kirim"))])
    desk.office.unit.code = "KEC.SKM"
    desk.office.unit.save()
    case = desk.start("camat")
    assert unmet(desk, case, "staf") == ["Klasifikasi arsip", "Bukti kirim"]

    desk.complete(
        case, "staf", archive_class=archive_class(), outputs={"Bukti kirim": {"text": "Diantar kurir"}}
    )

    entry = RegisterEntry.objects.get()
    assert entry.subject == case.title
    assert TaskOutput.objects.get(name="Nomor surat").text == entry.text


@pytest.mark.parametrize(
    ("day", "refusal"), [(date(2026, 2, 27), DateBeforeStart), (date(2026, 3, 3), DateNotYet)]
)
def test_meeting_on_an_impossible_day_is_refused_at_its_field(day: date, refusal: type[Exception]) -> None:
    desk = Desk.make([Row(("sekcam",), work=Work.MEET, outputs=("Notulen",))])
    case = desk.start("camat")

    with pytest.raises(refusal) as caught:
        desk.complete(case, "sekcam", held_on=day, outputs={"Notulen": {"text": "Sepakat"}})

    assert caught.value.field == "held_on"
    assert not TaskOutput.objects.exists()


def test_meeting_keeps_its_day() -> None:
    desk = Desk.make([Row(("sekcam",), work=Work.MEET, outputs=("Notulen",))])
    case = desk.start("camat")
    assert unmet(desk, case, "sekcam") == ["Tanggal rapat", "Notulen"]

    desk.complete(case, "sekcam", held_on=AT.date(), outputs={"Notulen": {"text": "Sepakat"}})

    (kept,) = TaskOutput.objects.all()
    assert (kept.name, kept.text) == ("Notulen", "Rapat dilaksanakan Senin, 2 Maret 2026. Sepakat")


def test_day_of_a_meeting_of_which_the_sop_names_no_paper_is_kept() -> None:
    desk = Desk.make([Row(("sekcam",), work=Work.MEET), Row(("camat",))])
    case = desk.start("sekcam")

    desk.complete(case, "sekcam", held_on=AT.date())

    kept = TaskOutput.objects.get(task__case=case)
    assert (kept.name, kept.text) == ("Tanggal rapat", "Rapat dilaksanakan Senin, 2 Maret 2026.")
