"""A meeting prepared in a small office, and runs of the library whose meetings are really held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.cases.factories import Desk, Row
from tests.cases.test_library_runs import Run
from tests.documents.factories import PDF

from runtut.cases import actions
from runtut.cases.actions import DecisionDraft, MeetingPlan, Tick
from runtut.cases.enums import AttendanceState, FollowUpState
from runtut.cases.models import Case, FollowUp, Meeting, Task
from runtut.cases.queries import (
    follow_up_by_uid,
    meeting_at_work,
    meeting_by_uid,
    proposed_people,
    step_of,
    task_by_uid,
)
from runtut.documents.actions import store_file
from runtut.documents.models import StoredFile
from runtut.documents.queries import open_turns
from runtut.organisations.models import Authority
from runtut.procedures.enums import Work

FRIDAY = date(2026, 3, 6)
MEETING = (
    Row(
        ("sekcam",),
        joint=("perencanaan", "kasi1", "kasi2"),
        work=Work.MEET,
        outputs=("Daftar hadir", "Notulen rapat"),
    ),
    Row(("perencanaan",), work=Work.PREPARE, outputs=("Berita acara tindak lanjut",)),
    Row(("sekcam",), work=Work.FOLLOW_UP, outputs=("Laporan pemantauan",)),
    Row(("camat",), work=Work.SIGN, outputs=("Persetujuan",)),
)
"""Steps 4 to 7 of S1 in short."""

TOPICS = {2: "follow_up_minutes", 3: "monitoring"}


def plan(desk: Desk, *keys: str, **given: Any) -> MeetingPlan:
    """A meeting at nine o'clock on the day, led by the Sekcam, written down by the Kasubbag."""
    values: dict[str, Any] = {
        "title": "Rapat evaluasi kinerja internal",
        "starts_at": desk.at,
        "place": "Ruang rapat kecamatan",
        "agenda": "Capaian TW I\nRencana perbaikan",
        "chair": desk.position("sekcam"),
        "secretary": desk.position("perencanaan"),
        "positions": [desk.position(key) for key in keys or ("perencanaan", "kasi1", "kasi2")],
    }
    return MeetingPlan(**(values | given))


@dataclass
class Room:
    """A run that stands at its meeting, and the meeting."""

    desk: Desk
    case: Case
    meeting: Meeting

    @classmethod
    def make(cls, rows: Sequence[Row] = MEETING, **given: Any) -> Room:
        desk = Desk.make(rows)
        for no, topic in list(TOPICS.items())[: len(rows) - 2]:
            desk.version.steps.filter(no=no).update(topic=topic)
        case = desk.start("sekcam")
        task = task_by_uid(desk.open_task(case, "sekcam").uid)
        planned = plan(desk, **given)
        meeting = actions.prepare_meeting(task=task, plan=planned, authority=desk.who("sekcam"), at=desk.at)
        return cls(desk, case, meeting_by_uid(meeting.uid))

    def line(self, key: str) -> Any:
        return self.meeting.invitees.get(position=self.desk.position(key))

    def tick(self, key: str, by: str = "", state: str = "hadir", note: str = "") -> int:
        return actions.record_attendance(
            meeting=self.meeting,
            ticks={self.line(key).uid: Tick(AttendanceState(state), note)},
            authority=self.desk.who(by or key),
            at=self.desk.at,
        )

    def write(self, *drafts: DecisionDraft, by: str = "perencanaan", text: str = "Dibahas.") -> Meeting:
        self.meeting = meeting_by_uid(self.meeting.uid)
        return actions.save_minutes(
            meeting=self.meeting,
            discussion=text,
            decisions=drafts,
            version=self.meeting.version,
            authority=self.desk.who(by),
            at=self.desk.at,
        )

    def decide(self, key: str = "kasi1", text: str = "Perbaiki data seksi", due: date = FRIDAY) -> Meeting:
        return self.write(DecisionDraft(text, self.desk.position(key), due))

    def file(self, by: str, name: str = "bukti.pdf") -> StoredFile:
        return store_file(
            unit=self.desk.office.unit, name=name, content=PDF, authority=self.desk.who(by), at=self.desk.at
        )

    def close(self) -> FollowUp:
        """Hold the meeting to its end, and return the one item it has left to do."""
        self.tick("kasi1")
        self.decide()
        self.desk.complete(self.case, "sekcam")
        return follow_up_by_uid(FollowUp.objects.get().uid)


class MeetingRun(Run):
    """A run of the library in which meetings are prepared, held and followed up in the system."""

    def answers(self, task: Task, authority: Authority) -> dict[str, Any]:
        step = step_of(task)
        if step.topic == "undangan":
            rest = {name: {"text": "Ada"} for name in step.outputs[1:]}
            return {"plan": self.plan(task), "instruction": "Laksanakan rapat", "outputs": rest}
        if step.work == Work.MEET:
            self.hold(task, authority)
            return {}
        if step.topic in {"notulen", "follow_up_minutes"}:
            return {}
        if step.topic == "monitoring":
            return {"reasons": self.work_off()}
        if step.work in {Work.DISTRIBUTE, Work.ARCHIVE}:
            self.sign_asked()
        return super().answers(task, authority)

    def sign_asked(self) -> None:
        """Whoever is asked to sign a paper does so, until nobody is."""
        while turns := list(open_turns()):
            for turn in turns:
                signer = self.holder(turn.position)
                actions.sign_in_turn(document_uid=turn.version.document.uid, authority=signer, at=self.at)

    def plan(self, task: Task) -> MeetingPlan:
        people = proposed_people(task)
        return MeetingPlan(
            title="Rapat pembahasan kinerja",
            starts_at=self.at + timedelta(minutes=1),
            place="Aula",
            agenda="Capaian\nTindak lanjut",
            chair=people.chair,
            secretary=people.secretary,
            positions=people.positions,
        )

    def hold(self, task: Task, authority: Authority) -> None:
        """Everybody comes; two things are decided."""
        meeting = meeting_at_work(task)
        if meeting is None:
            actions.prepare_meeting(task=task, plan=self.plan(task), authority=authority, at=self.at)
            self.at += timedelta(minutes=2)
        meeting = meeting_at_work(task)
        assert meeting is not None
        ticks = {row.uid: Tick(AttendanceState.PRESENT) for row in meeting.invitees.all()}
        actions.record_attendance(meeting=meeting, ticks=ticks, authority=authority, at=self.at)
        own = [row.position for row in meeting.invitees.select_related("position").order_by("sequence")]
        drafts = [DecisionDraft(f"Lengkapi bukti {own[n].short_title}", own[n], FRIDAY) for n in (-1, -2)]
        actions.save_minutes(
            meeting=meeting,
            discussion="Capaian dibacakan.\nPenyebab dijelaskan.",
            decisions=drafts,
            version=meeting.version,
            authority=authority,
            at=self.at,
        )

    def work_off(self) -> dict[str, str]:
        """The first item is done and verified, the second is explained."""
        done, left = FollowUp.objects.select_related("position", "verifier").order_by("sequence")
        doer, verifier = self.holder(done.position), self.holder(done.verifier)
        actions.submit_follow_up(item=done, report="Bukti sudah dilengkapi.", authority=doer, at=self.at)
        actions.approve_follow_up(item=done, note="Sesuai.", authority=verifier, at=self.at)
        assert FollowUp.objects.get(pk=done.pk).state == FollowUpState.APPROVED
        return {str(left.uid): "Menunggu data desa, selesai pekan depan."}
