"""S1, S4 and S7 with their meetings held in the system: every paper is a document, every decision an item."""

from __future__ import annotations

import pytest
from tests.cases.meetings import MeetingRun
from tests.cases.test_library_runs import AT

from runtut.cases import registry
from runtut.cases.enums import CaseState, FollowUpState
from runtut.cases.models import Case, FollowUp, Meeting, TaskOutput
from runtut.cases.queries import file_of_run, signatures_awaited, timeline, verify_events
from runtut.core.audit import verify_streams
from runtut.documents.actions import load_archive_classes
from runtut.documents.enums import DocumentState
from runtut.documents.models import Document
from runtut.organisations.actions import load_demo

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


MINE = ("runtut.cases.contrib.meetings", "runtut.cases.contrib.follow_ups")


@pytest.fixture(autouse=True)
def meetings_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the topics only those of meetings and follow-up: the others have tests of their own."""
    own = {
        key: handler
        for key, handler in registry._handlers.items()
        if not key[1] or type(handler).__module__ in MINE
    }
    monkeypatch.setattr(registry, "_handlers", own)
    monkeypatch.setattr(registry, "_start_checks", [])


@pytest.fixture
def demo(db: None) -> None:
    load_demo(at=AT)
    load_archive_classes()


def outputs_of(case: Case) -> dict[str, TaskOutput]:
    rows = TaskOutput.objects.filter(task__case=case).select_related("document", "document_version")
    return {row.name: row for row in rows.order_by("id")}


def text_of(output: TaskOutput) -> str:
    assert output.document_version is not None
    return str(output.document_version.content)


def test_s1_yields_list_minutes_agreement_and_report(demo: None) -> None:
    run = MeetingRun("s1")

    run.to_the_end()

    made = outputs_of(run.case)
    kinds = {name: row.document.kind for name, row in made.items() if row.document}
    assert kinds["Daftar hadir"] == "daftar_hadir"
    assert kinds["Notulen rapat"] == "notulen"
    assert kinds["Berita acara tindak lanjut"] == "berita_acara"
    assert kinds["Laporan pemantauan"] == kinds["Persetujuan laporan"] == "laporan"
    report = text_of(made["Laporan pemantauan"])
    assert "Dari 2 butir, 1 sudah selesai" in report
    assert "Menunggu data desa" in report
    assert "Bukti sudah dilengkapi." in report
    states = Document.objects.exclude(kind="bahan").values_list("kind", "state")
    assert {kind: state for kind, state in states if kind != "lainnya"} == {
        "daftar_hadir": DocumentState.WAITING,
        "notulen": DocumentState.APPROVED,
        "berita_acara": DocumentState.WAITING,
        "laporan": DocumentState.APPROVED,
    }
    assert set(FollowUp.objects.values_list("state", flat=True)) == {
        FollowUpState.APPROVED,
        FollowUpState.OPEN,
    }
    run.sign_asked()
    waiting = Document.objects.filter(kind__in=["daftar_hadir", "notulen", "berita_acara", "laporan"])
    assert set(waiting.values_list("state", flat=True)) == {DocumentState.APPROVED}
    assert signatures_awaited(run.case) == []
    assert verify_events() == verify_streams() == []


def test_s4_begins_with_the_invitation_that_its_order_makes(demo: None) -> None:
    run = MeetingRun("s4")

    run.to_the_end()

    made = outputs_of(run.case)
    assert made["Perintah rapat"].disposisi is not None
    assert made["Undangan rapat"].document is not None
    assert made["Undangan rapat"].document.state == DocumentState.APPROVED
    assert "Capaian" in text_of(made["Undangan rapat"])
    assert made["Notulen rapat"].document.kind == "notulen"
    assert Meeting.objects.get().closed_at is not None


def test_s7_holds_its_meeting_as_a_run_of_its_own_and_takes_its_papers_over(demo: None) -> None:
    run = MeetingRun("s7")

    run.to_the_end()

    child = Case.objects.get(parent_task__case=run.case)
    assert child.state == CaseState.DONE
    parent, called = outputs_of(run.case), outputs_of(child)
    assert parent["Daftar hadir"].document_version == called["Daftar hadir"].document_version
    assert parent["Notulen rapat"].document == called["Konsep notulen"].document
    assert parent["Notulen rapat"].document.state == DocumentState.LOCKED
    assert parent["Undangan rapat"].document == called["Undangan rapat"].document
    assert "Capaian dibacakan." in called["Catatan rapat"].text
    assert Meeting.objects.count() == 1
    assert "Rapat pembahasan kinerja" in called["Arahan rapat"].text
    assert child.tasks.get(step_no=1).note.startswith("Agenda, waktu, dan peserta sudah")
    first = next(one for one in timeline(case=child) if one.step_no == 1)
    assert first.sentence == f"Langkah 1 diambil alih dari kerja “{run.case.title}”"
    assert first.reason.startswith("Agenda, waktu, dan peserta sudah")
    assert f"Diambil alih dari kerja “{run.case.title}” oleh" in called["Arahan rapat"].text
    own, of_meeting = file_of_run(run.case), file_of_run(child)
    assert own is not None and of_meeting is not None and own.number != of_meeting.number
    assert own.version.document not in {one.document for one in called.values()}
    assert FollowUp.objects.filter(case=child).count() == 2
    assert verify_events() == verify_streams() == []
