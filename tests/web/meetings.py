"""A meeting of Sukamaju for the pages: about to be held, or held, with something left to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from tests.cases.factories import make_procedure
from tests.cases.meetings import MEETING, TOPICS
from tests.cast import AT, TODAY
from tests.documents.factories import make_file
from tests.web.stage import Stage

from runtut.accounts.models import User
from runtut.cases import actions
from runtut.cases.actions import DecisionDraft, MeetingPlan, Tick
from runtut.cases.enums import AttendanceState
from runtut.cases.models import Case, FollowUp, FollowUpEvidence, Meeting, Task
from runtut.cases.queries import follow_up_by_uid, meeting_by_uid, task_by_uid
from runtut.organisations.models import Authority, Position
from runtut.organisations.queries import authority_for, holders_of
from runtut.procedures.models import ProcedureVersion

FRIDAY = date(2026, 3, 6)


@dataclass
class Held:
    case: Case
    task: Task
    meeting: Meeting
    item: FollowUp
    evidence: FollowUpEvidence


def who(position: Position) -> Authority:
    """Whoever acts for a position on the cast's day."""
    holder = holders_of(position_ids=[position.pk], on=TODAY)[position.pk][0]
    found = authority_for(user=User.objects.get(pk=holder.user_id), position=position, on=TODAY)
    assert found is not None
    return found


def evaluation(stage: Stage) -> Case:
    """A run that begins with its meeting (the Sekcam's), as S1 from step 4 on."""
    office = stage.cast.office
    version = ProcedureVersion.objects.filter(procedure__library_key="evaluasi").first()
    if version is None:
        version = make_procedure(office, MEETING, title="Evaluasi Kinerja", library_key="evaluasi")
        for no, topic in TOPICS.items():
            version.steps.filter(no=no).update(topic=topic)
    return actions.start_case(
        procedure_version=version,
        title="Evaluasi Kinerja TW I 2026",
        year=2026,
        quarter=1,
        letter=None,
        authority=office.authority("perencanaan"),
        at=AT,
    )


def current(case: Case) -> Task:
    return task_by_uid(Task.objects.get(case=case, state=1).uid)


def plan_meeting(stage: Stage, case: Case, *keys: str) -> Meeting:
    """Budi (Sekcam) leads, Sari (Kasubbag Perencanaan) writes."""
    seats = stage.cast.office.positions
    planned = MeetingPlan(
        title="Rapat evaluasi kinerja internal",
        starts_at=AT,
        place="Ruang rapat",
        agenda="Capaian TW I",
        chair=seats["sekcam"],
        secretary=seats["perencanaan"],
        positions=[seats[key] for key in keys or ("perencanaan", "kasi1", "kasi2")],
    )
    task = current(case)
    made = actions.prepare_meeting(task=task, plan=planned, authority=who(task.position), at=AT)
    return meeting_by_uid(made.uid)


def write_down(stage: Stage, meeting: Meeting, number: int = 1) -> None:
    """Everybody came; so many things were decided, each for the first Kasi."""
    sari, seats = stage.cast.office.authority("perencanaan"), stage.cast.office.positions
    ticks = {row.uid: Tick(AttendanceState.PRESENT) for row in meeting.invitees.all()}
    actions.record_attendance(meeting=meeting, ticks=ticks, authority=sari, at=AT)
    actions.save_minutes(
        meeting=meeting,
        discussion="Capaian dibacakan.",
        decisions=[DecisionDraft(f"Lengkapi bukti {n + 1}", seats["kasi1"], FRIDAY) for n in range(number)],
        version=meeting.version,
        authority=sari,
        at=AT,
    )


def hold_meeting(stage: Stage, number: int = 1) -> Held:
    """The meeting of a run, closed; its first item has a piece of evidence."""
    found = Meeting.objects.first()
    case = found.case if found else evaluation(stage)
    if found is None:
        task = current(case)
        meeting = plan_meeting(stage, case)
        write_down(stage, meeting, number)
        complete_meeting(task)
        add_proof(stage)
    item = follow_up_by_uid(FollowUp.objects.order_by("id")[0].uid)
    evidence = FollowUpEvidence.objects.get()
    meeting = meeting_by_uid(Meeting.objects.get().uid)
    task = Task.objects.get(case=case, step_no=1)
    return Held(case, task_by_uid(task.uid), meeting, item, evidence)


def complete_meeting(task: Task) -> None:
    actions.complete_task(
        task_uid=task.uid, case_version=0, data={}, key=uuid4(), authority=who(task.position), at=AT
    )


def add_proof(stage: Stage) -> None:
    item = FollowUp.objects.order_by("id")[0]
    actions.add_follow_up_evidence(
        item=follow_up_by_uid(item.uid),
        file=make_file(stage.cast, key="kasi1"),
        authority=stage.cast.office.authority("kasi1"),
        at=AT,
    )
