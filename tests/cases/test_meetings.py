"""Preparing a meeting, noting who came, writing down what was decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.cases.factories import Desk, Row
from tests.cases.meetings import FRIDAY, MEETING, Room, plan
from tests.organisations.factories import make_appointment, make_mandate, make_user

from runtut.accounts.models import User
from runtut.cases import actions
from runtut.cases.actions import DecisionDraft, Guest, Tick
from runtut.cases.actions.minutes import close_attendance
from runtut.cases.contrib.meetings import plan_gates
from runtut.cases.enums import AttendanceState
from runtut.cases.errors import (
    DateBeforeStart,
    DateNotYet,
    DecisionAtWork,
    DueBeforeToday,
    DueOnFreeDay,
    EndBeforeBegin,
    GatesUnmet,
    MayNotRunMeeting,
    MeetingIsClosed,
    MeetingMoved,
    MeetingOffHours,
    MinutesAreSettled,
    NobodyInvited,
    NotInvited,
    NotYourTask,
    ReasonMissing,
    RepresentativeMissing,
    SecretInvitation,
)
from runtut.cases.models import Decision, FollowUp, Invitee, Meeting, Notice, TaskOutput
from runtut.cases.queries import (
    gates_of,
    meeting_at_work,
    meeting_by_uid,
    meeting_page,
    notices_of,
    task_by_uid,
    timeline,
    verify_events,
)
from runtut.cases.rendering.meetings import (
    AttendeeFacts,
    MeetingFacts,
    attendance_in_words,
    attendance_parts,
)
from runtut.core.audit import verify_streams
from runtut.documents.enums import DocumentState, Urgency
from runtut.documents.models import Document
from runtut.organisations.enums import HolidayKind, MandateKind
from runtut.organisations.models import Appointment, Holiday
from runtut.organisations.queries.calendars import calendar_row_of
from runtut.procedures.enums import Work

pytestmark = pytest.mark.django_db


def prepare(desk: Desk, by: str = "sekcam", **given: Any) -> Meeting:
    case = desk.start("sekcam")
    task = task_by_uid(desk.open_task(case, "sekcam").uid)
    return actions.prepare_meeting(task=task, plan=plan(desk, **given), authority=desk.who(by), at=desk.at)


def test_a_meeting_is_prepared_by_whoever_takes_part_in_its_step() -> None:
    meeting = prepare(Desk.make(MEETING), by="kasi1")

    assert list(meeting.invitees.order_by("sequence").values_list("position__role", flat=True)) == [
        "kasubbag_perencanaan",
        "kasi",
        "kasi",
    ]
    assert verify_streams() == []


def test_a_meeting_is_not_prepared_by_whoever_has_no_part_in_it() -> None:
    with pytest.raises(NotYourTask):
        prepare(Desk.make(MEETING), by="staf")

    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"positions": []}, NobodyInvited, "positions"),
        ({"starts_at": Desk.at - timedelta(days=3)}, DateBeforeStart, "held_on"),
        ({"ends_at": Desk.at - timedelta(hours=1)}, EndBeforeBegin, "end"),
        ({"urgency": Urgency.RAHASIA}, SecretInvitation, "urgency"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(
    given: dict[str, Any], refusal: type[Any], field: str
) -> None:
    with pytest.raises(refusal) as raised:
        prepare(Desk.make(MEETING), **given)

    assert raised.value.field == field
    assert not Meeting.objects.exists()


def test_preparing_again_changes_the_plan_and_keeps_who_was_ticked() -> None:
    room = Room.make()
    room.tick("kasi1")
    task = task_by_uid(room.desk.open_task(room.case, "sekcam").uid)
    fewer = plan(room.desk, "perencanaan", place="Aula", guests=[Guest("Budi", "BPS")])

    again = actions.prepare_meeting(task=task, plan=fewer, authority=room.desk.who("sekcam"), at=room.desk.at)

    assert again.pk == room.meeting.pk
    assert (again.place, again.version) == ("Aula", room.meeting.version + 1)
    called = [str(row) for row in Invitee.objects.order_by("sequence")]
    assert called == [
        room.desk.position("perencanaan").short_title,
        room.desk.position("kasi1").short_title,
        "Budi",
    ]


def test_everybody_ticks_their_own_line_and_nobody_elses() -> None:
    room = Room.make()

    assert room.tick("kasi1") == 1
    with pytest.raises(MayNotRunMeeting):
        room.tick("kasi2", by="kasi1")

    line = room.line("kasi1")
    assert (line.state, line.full_name) == (AttendanceState.PRESENT, "Dedi Kurnia")
    assert line.ticked_by == room.desk.office.people["kasi1"]
    assert room.line("kasi2").state == ""


def test_the_secretary_ticks_for_all_and_the_same_tick_twice_is_one() -> None:
    room = Room.make()

    assert room.tick("kasi2", by="perencanaan") == 1
    assert room.tick("kasi2", by="sekcam") == 0

    assert room.line("kasi2").ticked_by == room.desk.office.people["perencanaan"]


def test_a_representative_is_named() -> None:
    room = Room.make()

    with pytest.raises(RepresentativeMissing):
        room.tick("kasi1", state="diwakili")
    room.tick("kasi1", state="diwakili", note="Staf Pemerintahan")

    assert room.line("kasi1").full_name == "Staf Pemerintahan"
    assert meeting_page(meeting=room.meeting, at=room.desk.at).present == 1


def test_a_representative_takes_nobodys_office_in_the_papers() -> None:
    came = AttendeeFacts("Kasi Pemerintahan", "Andi Saputra", "Diwakili", "Andi Saputra")
    facts = MeetingFacts("Rapat", "", "", "", "", (), "", "", "", "", attendees=(came,))

    (listed,) = attendance_parts(facts)["tabel_kehadiran"][0]["rows"]

    assert listed == ["1", "Andi Saputra", "mewakili Kasi Pemerintahan", "Diwakili"]
    assert attendance_in_words(facts) == "Hadir 1 orang: Andi Saputra (mewakili Kasi Pemerintahan)."


def test_nobody_is_ticked_before_the_day_or_who_is_not_called() -> None:
    room = Room.make(starts_at=Desk.at + timedelta(days=1))
    other = Room.make()

    with pytest.raises(DateNotYet):
        room.tick("kasi1")
    with pytest.raises(NotInvited):
        actions.record_attendance(
            meeting=other.meeting,
            ticks={room.line("kasi1").uid: Tick(AttendanceState.PRESENT)},
            authority=other.desk.who("sekcam"),
            at=other.desk.at,
        )


def test_a_closed_list_changes_no_more() -> None:
    room = Room.make()
    room.close()

    with pytest.raises(MeetingIsClosed):
        room.tick("kasi2")
    assert room.line("kasi2").state == ""


def test_minutes_written_on_an_old_page_are_refused() -> None:
    room = Room.make()
    before = room.meeting.version
    room.write(text="Yang pertama.")

    with pytest.raises(MeetingMoved):
        actions.save_minutes(
            meeting=room.meeting,
            discussion="Yang kedua.",
            decisions=[],
            version=before,
            authority=room.desk.who("sekcam"),
            at=room.desk.at,
        )

    assert Meeting.objects.get().discussion == "Yang pertama."


def test_a_due_day_is_a_working_day_to_come() -> None:
    room = Room.make()

    with pytest.raises(DueOnFreeDay) as refusal:
        room.decide(due=date(2026, 3, 7))
    with pytest.raises(DueBeforeToday):
        room.decide(due=date(2026, 2, 27))

    assert refusal.value.field == "due-1"
    assert "Senin, 9 Maret 2026" in refusal.value.sentence
    assert not Decision.objects.exists()


def test_a_decision_is_changed_and_dropped_until_somebody_works_on_it() -> None:
    room = Room.make()
    room.decide()
    first = Decision.objects.get()
    draft = DecisionDraft("Perbaiki data", room.desk.position("kasi2"), FRIDAY, first.uid)

    room.write(draft)
    assert Decision.objects.get().position == room.desk.position("kasi2")
    room.write()

    assert not Decision.objects.exists()


def test_the_step_names_what_the_meeting_still_lacks() -> None:
    room = Room.make()
    room.write(DecisionDraft("Perbaiki data"), text="")
    task = task_by_uid(room.desk.open_task(room.case, "sekcam").uid)

    gates = gates_of(task=task, data={}, at=room.desk.at)

    assert {gate.label: gate.met for gate in gates} == {
        "Tanggal rapat": True,
        "Daftar hadir": False,
        "Pembahasan rapat": False,
        "Penanggung jawab dan batas waktu keputusan 1": False,
    }
    with pytest.raises(GatesUnmet):
        room.desk.complete(room.case, "sekcam")


def test_holding_the_meeting_makes_list_minutes_and_items() -> None:
    room = Room.make()

    item = room.close()

    made = {row.name: row.document for row in TaskOutput.objects.filter(document__isnull=False)}
    assert set(made) == {"Daftar hadir", "Notulen rapat"}
    states = {name: document.state for name, document in made.items() if document}
    # The Sekcam leads and hands over; the list waits for the Kasubbag, who has written it.
    assert states == {"Daftar hadir": DocumentState.WAITING, "Notulen rapat": DocumentState.APPROVED}
    assert (item.position, item.verifier) == (room.desk.position("kasi1"), room.desk.position("sekcam"))
    assert item.due_on == FRIDAY
    assert room.desk.open_task(room.case, "perencanaan").step_no == 2
    assert verify_streams() == []


def test_what_falls_to_the_chair_is_verified_by_the_secretary() -> None:
    room = Room.make()
    room.tick("kasi1")
    room.decide("sekcam")

    room.desk.complete(room.case, "sekcam")

    assert FollowUp.objects.get().verifier == room.desk.position("perencanaan")


def test_minutes_that_are_approved_change_no_more() -> None:
    room = Room.make()
    room.close()

    with pytest.raises(MinutesAreSettled):
        room.write(text="Lain.")


def test_decisions_that_are_worked_on_stay_when_minutes_come_back() -> None:
    steps = (
        Row(("sekcam",), work=Work.MEET, outputs=("Daftar hadir", "Catatan rapat")),
        Row(("perencanaan",), work=Work.PREPARE, outputs=("Konsep notulen",)),
        Row(("sekcam",), work=Work.SIGN, outputs=("Notulen",), return_to=(2,)),
    )
    desk = Desk.make(steps)
    desk.version.steps.filter(no=2).update(topic="notulen")
    case = desk.start("sekcam")
    task = task_by_uid(desk.open_task(case, "sekcam").uid)
    actions.prepare_meeting(task=task, plan=plan(desk), authority=desk.who("sekcam"), at=desk.at)
    room = Room(desk, case, meeting_by_uid(Meeting.objects.get().uid))
    room.tick("kasi1")
    room.decide()
    desk.complete(case, "sekcam")
    assert not FollowUp.objects.exists()
    desk.complete(case, "perencanaan")
    actions.report_progress(
        item=FollowUp.objects.get(), report="Sedang dikumpulkan.", authority=desk.who("kasi1"), at=desk.at
    )
    desk.send_back(case, "sekcam", 2)

    with pytest.raises(DecisionAtWork):
        room.write()
    room.write(
        DecisionDraft("Perbaiki data seksi", desk.position("kasi1"), FRIDAY, Decision.objects.get().uid),
        DecisionDraft("Tambah piket", desk.position("kasi2"), FRIDAY),
        text="Dibahas lagi.",
    )
    desk.complete(case, "perencanaan")

    assert FollowUp.objects.count() == 2
    document = meeting_by_uid(room.meeting.uid).minutes
    assert document is not None
    assert document.versions.count() == 2


def test_a_meeting_without_a_plan_is_handed_in_on_paper() -> None:
    desk = Desk.make(MEETING)
    case = desk.start("sekcam")
    task = task_by_uid(desk.open_task(case, "sekcam").uid)
    paper = {"Daftar hadir": {"text": "Terlampir"}, "Notulen rapat": {"text": "Di buku rapat"}}

    assert meeting_at_work(task) is None
    desk.complete(case, "sekcam", held_on=date(2026, 3, 2), outputs=paper)

    assert not FollowUp.objects.exists()
    assert desk.open_task(case, "perencanaan").step_no == 2


def share(room: Room, key: str, *names: str) -> list[User]:
    """Give a position more holders."""
    people = [make_user(full_name=name) for name in names]
    for person in people:
        make_appointment(person, room.desk.position(key))
    return people


def test_everybody_who_holds_a_shared_position_has_a_line_of_their_own() -> None:
    room = Room.make()
    galih, _ = share(room, "kasi1", "Galih Saputra", "Indah Permata")
    task = task_by_uid(room.desk.open_task(room.case, "sekcam").uid)
    actions.prepare_meeting(
        task=task, plan=plan(room.desk), authority=room.desk.who("sekcam"), at=room.desk.at
    )

    lines = list(
        room.meeting.invitees.filter(position=room.desk.position("kasi1")).order_by("sequence", "id")
    )
    states = (AttendanceState.PRESENT, AttendanceState.ABSENT, AttendanceState.PRESENT)
    actions.record_attendance(
        meeting=room.meeting,
        ticks={row.uid: Tick(state) for row, state in zip(lines, states, strict=True)},
        authority=room.desk.who("perencanaan"),
        at=room.desk.at,
    )

    view = meeting_page(meeting=room.meeting, at=room.desk.at)
    assert [(one.name, one.invitee.state) for one in view.attendees if one.invitee.state] == [
        ("Dedi Kurnia", "hadir"),
        ("Galih Saputra", "absen"),
        ("Indah Permata", "hadir"),
    ]
    assert (view.present, len(view.attendees)) == (2, 5)
    with pytest.raises(MayNotRunMeeting):
        actions.record_attendance(
            meeting=room.meeting,
            ticks={lines[0].uid: Tick(AttendanceState.ABSENT)},
            authority=replace(room.desk.who("kasi1"), user_id=galih.pk),
            at=room.desk.at,
        )
    paper = close_attendance(meeting=room.meeting, authority=room.desk.who("perencanaan"), at=room.desk.at)
    assert all(name in str(paper.content) for name in ("Dedi Kurnia", "Galih Saputra", "Indah Permata"))


def test_a_holder_appointed_after_the_invitation_is_on_the_list_once_it_is_ticked() -> None:
    room = Room.make()
    share(room, "kasi1", "Galih Saputra")

    room.tick("kasi1", by="perencanaan")

    lines = room.meeting.invitees.filter(position=room.desk.position("kasi1")).order_by("sequence", "id")
    assert [(row.full_name, row.state) for row in lines] == [("Dedi Kurnia", "hadir"), ("", "")]


def test_whoever_holds_a_shared_position_no_more_leaves_the_list_unless_ticked() -> None:
    room = Room.make()
    galih, indah = share(room, "kasi1", "Galih Saputra", "Indah Permata")
    task, seat = task_by_uid(room.desk.open_task(room.case, "sekcam").uid), room.desk.position("kasi1")
    again = {"task": task, "plan": plan(room.desk), "authority": room.desk.who("sekcam"), "at": room.desk.at}
    actions.prepare_meeting(**again)
    line = room.meeting.invitees.get(position=seat, person=galih)
    actions.record_attendance(
        meeting=room.meeting,
        ticks={line.uid: Tick(AttendanceState.PRESENT)},
        authority=room.desk.who("perencanaan"),
        at=room.desk.at,
    )
    Appointment.objects.filter(user__in=[galih, indah]).delete()

    actions.prepare_meeting(**again)

    lines = room.meeting.invitees.filter(position=seat)
    dedi = room.desk.office.people["kasi1"]
    assert set(lines.values_list("person", flat=True)) == {dedi.pk, galih.pk}


def move(room: Room, by: str = "perencanaan", **given: Any) -> Meeting:
    values = {"starts_at": room.desk.at, "ends_at": None, "place": "Aula", "reason": "Diadakan lebih awal"}
    return actions.move_meeting(
        meeting=room.meeting, authority=room.desk.who(by), at=room.desk.at, **(values | given)
    )


NYEPI = datetime(2026, 3, 19, 2, tzinfo=UTC)
SUNDAY = datetime(2026, 3, 8, 2, tzinfo=UTC)
EVENING = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (NYEPI, "Kamis, 19 Maret 2026 hari libur: Hari Suci Nyepi"),
        (SUNDAY, "Minggu, 8 Maret 2026 bukan hari kerja"),
        (EVENING, "Kamis, 5 Maret 2026 pukul 19.00 di luar jam kerja"),
    ],
)
def test_meeting_outside_working_time_is_meant_or_refused_by_its_day(when: datetime, told: str) -> None:
    room = Room.make()
    Holiday.objects.get_or_create(
        calendar=calendar_row_of(room.desk.office.unit),
        date=date(2026, 3, 19),
        defaults={"name": "Hari Suci Nyepi", "kind": HolidayKind.NATIONAL},
    )

    with pytest.raises(MeetingOffHours) as caught:
        move(room, starts_at=when)
    kept = move(room, starts_at=when, off_hours=True)

    assert caught.value.field == "held_on"
    assert caught.value.sentence.startswith(told)
    assert kept.starts_at == when


def test_gates_of_an_invitation_ask_whether_a_free_day_is_meant() -> None:
    room = Room.make()
    task = task_by_uid(room.desk.open_task(room.case, "sekcam").uid)
    planned = plan(room.desk, starts_at=SUNDAY)

    asked = [gate for gate in plan_gates(task, planned) if not gate.met]
    meant = plan_gates(task, replace(planned, off_hours=True))

    assert [(gate.code, gate.label) for gate in asked] == [
        ("off_hours", "Minggu, 8 Maret 2026 bukan hari kerja")
    ]
    assert all(gate.met for gate in meant)
    assert not [gate for gate in plan_gates(task, plan(room.desk)) if gate.code == "off_hours"]


def test_a_meeting_is_moved_with_its_invitation_its_notices_and_its_deadline() -> None:
    room = Room.make(starts_at=Desk.at + timedelta(days=2))
    actions.issue_meeting_invitation(meeting=room.meeting, authority=room.desk.who("sekcam"), at=room.desk.at)
    kasi = room.desk.office.people["kasi1"]

    later = move(room, starts_at=Desk.at + timedelta(days=3))
    task = room.desk.open_task(room.case, "sekcam")
    assert (later.schedule, task.due_at > Desk.at + timedelta(days=3)) == (2, True)
    now = move(room)

    assert room.tick("kasi1") == 1
    assert now.invitation is not None
    assert now.invitation.versions.count() == 3
    assert "Aula" in str(now.invitation.versions.latest("number").content)
    assert list(Notice.objects.filter(user=kasi, closed_at=None).values_list("round", flat=True)) == [3]
    newest = notices_of(user_id=kasi.pk, at=room.desk.at)[0]
    assert newest.title == "Dipindahkan: Rapat evaluasi kinerja internal"
    told = timeline(case=room.case)
    assert [(one.kind, one.reason) for one in told][:1] == [("meeting_moved", "Diadakan lebih awal")]
    assert room.desk.open_task(room.case, "sekcam").due_at < task.due_at
    assert verify_streams() == []
    assert verify_events() == []


@pytest.mark.parametrize(
    ("by", "given", "refusal"),
    [
        ("kasi1", {}, MayNotRunMeeting),
        ("sekcam", {"reason": " "}, ReasonMissing),
        ("sekcam", {"starts_at": Desk.at - timedelta(days=3)}, DateBeforeStart),
        ("sekcam", {"ends_at": Desk.at - timedelta(hours=1)}, EndBeforeBegin),
    ],
)
def test_a_meeting_is_not_moved(by: str, given: dict[str, Any], refusal: type[Any]) -> None:
    room = Room.make(starts_at=Desk.at + timedelta(days=1))

    with pytest.raises(refusal):
        move(room, by=by, **given)

    assert Meeting.objects.get().schedule == 1


def test_what_was_given_by_hand_stays_when_a_meeting_is_moved() -> None:
    room = Room.make(starts_at=Desk.at + timedelta(days=2))
    move(room, starts_at=Desk.at + timedelta(days=3))
    before = room.desk.open_task(room.case, "sekcam")
    actions.extend_task(
        task_uid=before.uid,
        minutes=120,
        reason="Notulen disusun sehari kemudian",
        authority=room.desk.who("camat"),
        at=room.desk.at,
    )

    move(room, starts_at=Desk.at + timedelta(days=4))
    after = room.desk.open_task(room.case, "sekcam")
    move(room, starts_at=Desk.at + timedelta(days=3))
    back = room.desk.open_task(room.case, "sekcam")

    assert back.extended_minutes == before.extended_minutes + 120
    assert after.due_at > back.due_at > before.due_at


def test_somebody_called_in_two_positions_stands_in_the_list_once() -> None:
    room = Room.make()
    desk = room.desk
    kasi = desk.office.people["kasi1"]
    make_mandate(kasi, desk.position("kasi2"), MandateKind.PLH, Desk.at.date(), Desk.at.date() + timedelta(5))

    before = meeting_page(meeting=meeting_by_uid(room.meeting.uid), at=desk.at)
    room.tick("kasi1")
    after = meeting_page(meeting=meeting_by_uid(room.meeting.uid), at=desk.at)

    titles = [desk.position(key).short_title for key in ("perencanaan", "kasi1", "kasi2")]
    assert room.meeting.invitees.count() == 3
    assert [one.who for one in before.attendees] == [titles[0], f"{titles[1]}, {titles[2]}"]
    assert (after.present, len(after.attendees)) == (1, 2)
    room.decide()
    desk.complete(room.case, "sekcam")
    listed = Document.objects.get(kind="daftar_hadir").versions.get()
    assert "Hadir atau diwakili 1 dari 2 yang diundang." in str(listed.content)
