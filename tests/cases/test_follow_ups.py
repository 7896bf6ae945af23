"""What a meeting has left to do: reported, proven, verified, returned, and told in the papers."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as WordFile
from pypdf import PdfReader
from tests.cases.factories import AT, Desk
from tests.cases.meetings import FRIDAY, MEETING, Room
from tests.documents.factories import make_template

from runtut.cases import actions
from runtut.cases.actions import DecisionDraft, NewItem
from runtut.cases.enums import FollowUpState
from runtut.cases.errors import (
    FollowUpMoved,
    GatesUnmet,
    MayNotVerify,
    NotYourFollowUp,
    ReasonMissing,
    ReportMissing,
)
from runtut.cases.models import Case, FollowUp, TaskOutput
from runtut.cases.queries import (
    FollowUpFilter,
    follow_up_by_uid,
    follow_up_inbox,
    follow_up_page,
    follow_ups_of,
    item_facts,
)
from runtut.cases.rendering import compose_agreement
from runtut.core.audit import verify_streams
from runtut.core.models import AuditEntry
from runtut.documents.models import DocumentTemplate
from runtut.documents.rendering import render_docx, render_pdf

pytestmark = pytest.mark.django_db

REPORT = "Data desa sudah dilengkapi."


class Item:
    """One item that falls to the first Kasi, verified by the Sekcam."""

    def __init__(self) -> None:
        self.room = Room.make()
        self.item = self.room.close()
        self.desk = self.room.desk

    def given(self, by: str) -> dict[str, Any]:
        return {"item": self.item, "authority": self.desk.who(by), "at": self.desk.at}

    def submit(self, by: str = "kasi1", report: str = REPORT) -> FollowUp:
        return actions.submit_follow_up(report=report, **self.given(by))

    def approve(self, by: str = "sekcam") -> FollowUp:
        return actions.approve_follow_up(note="Sesuai bukti.", **self.given(by))

    def give_back(self, by: str = "sekcam", reason: str = "Bukti desa ketiga belum ada.") -> FollowUp:
        return actions.return_follow_up(reason=reason, **self.given(by))

    def inbox(self, key: str) -> list[str]:
        return [one.text for one in follow_up_inbox(position_ids=[self.desk.position(key).pk])]


def acts() -> list[str]:
    rows = AuditEntry.objects.filter(action__startswith="cases.follow_up.").order_by("id")
    return [row.action.rpartition(".")[2] for row in rows]


def test_an_item_waits_for_its_position_then_for_its_verifier() -> None:
    item = Item()

    assert (item.inbox("kasi1"), item.inbox("sekcam")) == (["Perbaiki data seksi"], [])
    item.submit()
    assert (item.inbox("kasi1"), item.inbox("sekcam")) == ([], ["Perbaiki data seksi"])
    done = item.approve()
    assert (item.inbox("kasi1"), item.inbox("sekcam")) == ([], [])

    assert done.state == FollowUpState.APPROVED
    assert done.verified_by == item.desk.office.people["sekcam"]
    assert acts() == ["given", "submitted", "approved"]
    assert verify_streams() == []


def test_a_returned_item_is_back_with_the_reason() -> None:
    item = Item()
    item.submit()

    back = item.give_back()

    assert (back.state, back.returns) == (FollowUpState.RETURNED, 1)
    assert back.return_reason == "Bukti desa ketiga belum ada."
    assert item.inbox("kasi1") == ["Perbaiki data seksi"]
    assert item.submit().state == FollowUpState.SUBMITTED


def test_a_return_needs_its_reason() -> None:
    item = Item()
    item.submit()

    with pytest.raises(ReasonMissing):
        item.give_back(reason="kurang")

    assert follow_up_by_uid(item.item.uid).state == FollowUpState.SUBMITTED


def test_only_the_position_named_reports_and_only_another_one_verifies() -> None:
    item = Item()

    with pytest.raises(NotYourFollowUp):
        item.submit(by="kasi2")
    item.submit()
    with pytest.raises(MayNotVerify):
        item.approve(by="kasi1")
    with pytest.raises(MayNotVerify):
        item.approve(by="kasi2")

    assert item.approve(by="camat").state == FollowUpState.APPROVED


def test_a_second_act_on_the_same_item_is_refused() -> None:
    item = Item()
    item.submit()

    with pytest.raises(FollowUpMoved) as refusal:
        item.submit()
    item.approve()
    with pytest.raises(FollowUpMoved):
        item.give_back()

    assert "menunggu verifikasi" in refusal.value.sentence


def test_a_report_says_something_or_brings_a_file() -> None:
    item = Item()

    with pytest.raises(ReportMissing):
        item.submit(report="ok")
    actions.add_follow_up_evidence(file=item.room.file("kasi1"), **item.given("kasi1"))

    assert item.submit(report="").state == FollowUpState.SUBMITTED


def test_evidence_is_taken_off_only_before_the_report() -> None:
    item = Item()
    row = actions.add_follow_up_evidence(file=item.room.file("kasi1"), **item.given("kasi1"))
    given = {"authority": item.desk.who("kasi1"), "at": item.desk.at}
    item.submit()

    with pytest.raises(FollowUpMoved):
        actions.remove_follow_up_evidence(evidence=row, **given)
    item.give_back()
    actions.remove_follow_up_evidence(evidence=row, **given)

    assert follow_up_by_uid(item.item.uid).evidence.count() == 0


def test_lateness_is_counted_to_the_report() -> None:
    item = Item()
    after = datetime(2026, 3, 9, 3, 0, tzinfo=UTC)

    assert item_facts([item.item], item.desk.at)[0].timing == "batas waktu belum tiba"
    late = item_facts([item.item], after)[0]
    assert (late.is_late, late.timing) == (True, "terlambat 2 jam 30 menit")
    item.submit()
    submitted = follow_up_by_uid(item.item.uid)
    assert item_facts([submitted], after)[0].timing == "tepat waktu"
    assert not item_facts([submitted], after)[0].is_late


def test_the_list_is_narrowed_by_owner_state_and_lateness() -> None:
    item = Item()
    units = [item.desk.office.unit.pk]
    kasi = [item.desk.position("kasi1").pk]
    later = item.desk.at + timedelta(days=30)

    def found(at: datetime = item.desk.at, **given: Any) -> int:
        return len(follow_up_page(filters=FollowUpFilter(units=units, **given), at=at).items)

    assert (found(), found(positions=kasi), found(positions=[])) == (1, 1, 0)
    assert (found(late=True), found(at=later, late=True)) == (0, 1)
    assert (found(state="disetujui"), found(state="menunggu"), found(state="")) == (0, 1, 1)
    item.submit()
    assert (found(state="menunggu"), found(state="dikembalikan")) == (1, 0)
    item.approve()
    assert (found(), found(state="disetujui"), found(at=later, late=True)) == (0, 1, 0)


def test_a_long_list_turns_its_pages_by_the_last_line() -> None:
    room = Room.make()
    room.tick("kasi1")
    room.write(*(DecisionDraft(f"Butir {n}", room.desk.position("kasi1"), FRIDAY) for n in range(1, 6)))
    room.desk.complete(room.case, "sekcam")
    filters = FollowUpFilter(units=[room.desk.office.unit.pk])

    first = follow_up_page(filters=filters, at=room.desk.at, limit=3)
    second = follow_up_page(filters=filters, at=room.desk.at, after=first.after, limit=3)

    assert [one.text for one in (*first.items, *second.items)] == [f"Butir {n}" for n in range(1, 6)]
    assert second.after is None


def test_the_list_asks_as_often_for_three_items_as_for_one() -> None:
    counts = []
    for number in (1, 3):
        room = Room.make()
        room.tick("kasi1")
        room.write(*(DecisionDraft(f"B{n}", room.desk.position("kasi1"), FRIDAY) for n in range(number)))
        room.desk.complete(room.case, "sekcam")
        with CaptureQueriesContext(connection) as queries:
            rows = follow_ups_of(room.case)
            item_facts(rows, room.desk.at)
            follow_up_page(filters=FollowUpFilter(units=[room.desk.office.unit.pk]), at=room.desk.at)
        assert len(rows) == number
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 6


def test_the_agreement_names_every_item_and_those_of_minutes_on_paper() -> None:
    item = Item()
    more = NewItem("Susun jadwal piket", item.desk.position("kasi2"), FRIDAY)

    item.desk.complete(item.room.case, "perencanaan", items=[more], intro="Disepakati hari ini.")

    made = TaskOutput.objects.get(name="Berita acara tindak lanjut").document_version
    assert made is not None
    text = str(made.content)
    assert "Perbaiki data seksi" in text
    assert "Susun jadwal piket" in text
    assert "Disepakati hari ini." in text
    added = FollowUp.objects.get(text="Susun jadwal piket")
    assert added.verifier == item.desk.position("sekcam")


def test_agreement_and_report_are_worded_by_the_office_and_old_ones_stay() -> None:
    item = Item()
    unit = item.desk.office.unit
    make_template(
        unit, "berita_acara_tindak", "KESEPAKATAN", "Kami, {{nama_kantor}}, sepakat.\n\n{{isi}}\n\nSekian."
    )
    make_template(
        unit,
        "laporan_pemantauan",
        "PANTAUAN\n{{rapat}}",
        "Sejak {{pantau_mulai}}.\n{{isi}}\n{{simpulan}} Tamat.",
    )
    item.desk.complete(item.room.case, "perencanaan")
    item.submit()
    item.approve()
    DocumentTemplate.objects.all().delete()
    make_template(unit, "laporan_pemantauan", "LAPORAN", "Awal.\n{{isi}}\nAkhir.")
    item.desk.complete(item.room.case, "sekcam")

    agreed, report = (
        TaskOutput.objects.get(name=name).document_version.content  # type: ignore[union-attr]  # composed
        for name in ("Berita acara tindak lanjut", "Laporan pemantauan")
    )
    assert agreed["title"] == ["KESEPAKATAN"]
    assert agreed["blocks"][0]["text"] == f"Kami, {unit.name}, sepakat."
    assert agreed["blocks"][-1]["text"] == "Sekian."
    assert report["title"] == ["LAPORAN"]
    assert [block.get("text") for block in (report["blocks"][0], report["blocks"][-1])] == ["Awal.", "Akhir."]


def test_watching_asks_for_a_verdict_on_what_was_reported_and_a_reason_for_what_was_not() -> None:
    item = Item()
    item.desk.complete(item.room.case, "perencanaan")

    with pytest.raises(GatesUnmet) as unexplained:
        item.desk.complete(item.room.case, "sekcam")
    item.submit()
    with pytest.raises(GatesUnmet) as unverified:
        item.desk.complete(item.room.case, "sekcam", reasons={str(item.item.uid): "Belum."})
    item.approve()
    item.desk.complete(item.room.case, "sekcam")

    assert [gate.label for gate in unexplained.value.gates if not gate.met] == ["Penjelasan butir 1"]
    assert [gate.label for gate in unverified.value.gates if not gate.met] == ["Verifikasi butir 1"]
    report = TaskOutput.objects.get(name="Laporan pemantauan").document_version
    assert report is not None
    assert "Satu-satunya butir sudah selesai dan diperiksa." in str(report.content)
    assert REPORT in str(report.content)


def test_an_item_outlives_its_run() -> None:
    item = Item()
    item.desk.complete(item.room.case, "perencanaan")
    item.desk.complete(item.room.case, "sekcam", reasons={str(item.item.uid): "Menunggu desa."})
    item.desk.complete(item.room.case, "camat", approve=True)
    assert Case.objects.get().closed_at is not None

    item.submit()

    assert item.approve().state == FollowUpState.APPROVED


def test_a_run_without_items_reports_on_paper() -> None:
    desk = Desk.make(MEETING)
    desk.version.steps.filter(no=3).update(topic="monitoring")
    case = desk.start("sekcam")
    paper = {name: {"text": "Ada"} for name in ("Daftar hadir", "Notulen rapat")}
    desk.complete(case, "sekcam", held_on=date(2026, 3, 2), outputs=paper)
    desk.complete(case, "perencanaan", outputs={"Berita acara tindak lanjut": {"text": "Ada"}})

    desk.complete(case, "sekcam", outputs={"Laporan pemantauan": {"text": "Nihil"}})

    assert desk.open_task(case, "camat").step_no == 4


def test_opening_of_a_paper_around_data_is_formatted_on_page_and_in_word() -> None:
    content = compose_agreement(
        title=["BERITA ACARA"],
        intro="Disepakati **dua** hal:\n\n- satu\n- dua",
        closing="1. pertama\n2. kedua",
        items=[],
        made_on="2026-03-02",
        place="Sukamaju",
        signatures=[],
    )

    word = WordFile(io.BytesIO(render_docx(content)))
    pdf = PdfReader(io.BytesIO(render_pdf(content, at=AT)))

    styles = [(one.style.name, one.text) for one in word.paragraphs if one.text]
    assert ("List Bullet", "satu") in styles
    assert ("List Number", "kedua") in styles
    assert [run.text for one in word.paragraphs for run in one.runs if run.bold and run.text == "dua"] == [
        "dua"
    ]
    printed = pdf.pages[0].extract_text()
    assert "**" not in printed
    assert "• satu" in printed or "•satu" in printed.replace("\n", "")
