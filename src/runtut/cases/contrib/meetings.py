"""Steps about a meeting: called (topic "undangan"), held (kind meet), written down (topic "notulen").

Each works on the run's own Meeting where there is one, and takes papers made elsewhere where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from runtut.cases.actions.attendance import hand_in_list
from runtut.cases.actions.follow_ups import issue_follow_ups
from runtut.cases.actions.meetings import MeetingPlan, prepare_meeting
from runtut.cases.actions.minutes import close_attendance, issue_invitation, issue_minutes
from runtut.cases.contrib.disposisi import GiveDisposisi
from runtut.cases.contrib.generic import GenericWork, answer_to, given_outputs, output_gates, said
from runtut.cases.errors import DateNotYet
from runtut.cases.models import Meeting, Task
from runtut.cases.queries.calendars import off_hours
from runtut.cases.queries.meeting_papers import meeting_facts
from runtut.cases.queries.meetings import decisions_of, latest_meeting, meeting_at_work
from runtut.cases.queries.sheet import step_of
from runtut.cases.registry import Gate, OutputSpec
from runtut.cases.rendering import minutes_in_words
from runtut.cases.rules import ensure_not_before_start, local_day
from runtut.core.dates import full_day_date, long_date
from runtut.documents.formulas.sniffing import SCANS
from runtut.documents.models import DocumentVersion, StoredFile
from runtut.organisations.models import Authority


def plan_of(data: Mapping[str, Any]) -> MeetingPlan:
    found = data.get("plan")
    return found if isinstance(found, MeetingPlan) else MeetingPlan()


def plan_gates(task: Task, plan: MeetingPlan) -> list[Gate]:
    """What an invitation must say; a time outside working time must be meant."""
    asked = (
        (
            "title",
            "Acara rapat",
            bool(plan.title.strip()),
            "Tulis acaranya, misalnya Rapat evaluasi kinerja TW I.",
        ),
        ("held_on", "Hari dan jam rapat", plan.starts_at is not None, "Isi tanggal dan jam mulai."),
        ("place", "Tempat rapat", bool(plan.place.strip()), "Tulis ruang, alamat, atau tautan rapat daring."),
        ("agenda", "Agenda rapat", bool(plan.agenda.strip()), "Tulis satu pokok bahasan setiap baris."),
        ("chair", "Pimpinan rapat", plan.chair is not None, "Pilih siapa yang memimpin."),
        ("secretary", "Sekretaris rapat", plan.secretary is not None, "Pilih siapa yang mencatat."),
        ("positions", "Peserta", bool(plan.positions or plan.guests), "Pilih siapa yang diundang."),
    )
    gates = [Gate(code, label, met, "" if met else hint, code) for code, label, met, hint in asked]
    why = off_hours(task.case.unit, plan.starts_at) if plan.starts_at else ""
    hint = "Pilih waktu lain, atau centang bila rapat memang diadakan saat itu."
    return [*gates, Gate("off_hours", why, plan.off_hours, hint, "off_hours")] if why else gates


def paper(name: str, version: DocumentVersion) -> OutputSpec:
    return OutputSpec(name, document=version.document, document_version=version)


def invited(task: Task, name: str, data: Mapping[str, Any], authority: Authority, at: datetime) -> OutputSpec:
    """Prepare the meeting and make its Undangan."""
    meeting = prepare_meeting(task=task, plan=plan_of(data), authority=authority, at=at)
    return paper(name, issue_invitation(meeting=meeting, authority=authority, at=at))


class PrepareInvitation(GenericWork):
    """`data`: "plan" (MeetingPlan), and "outputs" for the outputs after the first. An Undangan made elsewhere
    may be handed in under the first output instead: then there is no meeting to run here."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """What the invitation must say, and every output after the first."""
        outputs = step_of(task).outputs
        own = output_gates(outputs[:1], data)
        if own and own[0].met:
            return [*own, *output_gates(outputs[1:], data)]
        return [*plan_gates(task, plan_of(data)), *output_gates(outputs[1:], data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Prepare the meeting and make its Undangan."""
        outputs = step_of(task).outputs
        if is_answered(outputs[:1], data):
            return given_outputs(outputs, data)
        return [invited(task, outputs[0], data, authority, at), *given_outputs(outputs[1:], data)]


def is_answered(names: Sequence[str], data: Mapping[str, Any]) -> bool:
    """Tell whether the outputs of these names are handed in by hand."""
    return bool(names) and all(gate.met for gate in output_gates(names, data))


class OrderMeeting(GiveDisposisi):
    """An order to meet, with the invitation: S4 step 1. `data` as for a disposisi and for an invitation; the
    step's first output is the Undangan, the order itself is kept as "Perintah rapat"."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """The instruction, and what the invitation must say; or a paper made elsewhere."""
        outputs = step_of(task).outputs
        instruction = super().gates(task, data, at)[0]
        if is_answered(outputs[:1], data):
            return [instruction, *output_gates(outputs, data)]
        return [instruction, *plan_gates(task, plan_of(data)), *output_gates(outputs[1:], data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Give the order, prepare the meeting and make its Undangan."""
        outputs = step_of(task).outputs
        order = self.first(task, "Perintah rapat", data, authority, at)
        if is_answered(outputs[:1], data):
            return [order, *given_outputs(outputs, data)]
        return [order, invited(task, outputs[0], data, authority, at), *given_outputs(outputs[1:], data)]


class HoldMeeting(GenericWork):
    """`data`: "held_on" (date; that of the run's meeting when left out), "outputs" for what the meeting does
    not make itself, or for papers made elsewhere.

    The Daftar hadir is made of the attendance ticked, or is the signed list that was uploaded; a Notulen of
    what was written down, with its decisions as follow-up items. A run without a meeting, and an output
    answered by hand, go as in generic work.
    """

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """The day; the attendance; what was said; who does each decision by when; every other output."""
        meeting = meeting_at_work(task)
        names = step_of(task).outputs
        day = Gate(
            code="held_on",
            label="Tanggal rapat",
            met=held_day(meeting, data) is not None,
            hint="Isi hari rapat dilaksanakan.",
            anchor="held_on",
        )
        made = {name: made_gates(name, meeting, data) for name in names if is_made(name, meeting, data)}
        by_hand = [name for name in names if name not in made]
        return [day, *(gate for gates in made.values() for gate in gates), *output_gates(by_hand, data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Close the list, make the papers, give out the follow-up; raise DateBeforeStart or DateNotYet."""
        meeting = meeting_at_work(task)
        day = held_day(meeting, data)
        assert day is not None, "gates"
        ensure_not_before_start(task.case, day, what="Tanggal rapat", field="held_on")
        if day > local_day(at, task.case.unit):
            raise DateNotYet(field="held_on", what="Rapat", date=long_date(day))
        names, outputs = step_of(task).outputs, []
        if meeting is not None:
            attach_answered_list(meeting, names, data, authority, at)
        for name in names:
            if meeting is not None and is_made(name, meeting, data):
                outputs.append(made(name, task, meeting, authority, at))
            else:
                outputs += given_outputs([name], data)
        return outputs if meeting is not None else dated(outputs, day)


def dated(outputs: Sequence[OutputSpec], day: date) -> list[OutputSpec]:
    """Say with the first paper of a meeting that was kept by hand when it was held, by itself where the SOP
    names none: nothing else knows."""
    first, *others = outputs or [OutputSpec("Tanggal rapat")]
    said_of_it = f"Rapat dilaksanakan {full_day_date(day)}. {first.text}".strip()
    return [replace(first, text=said_of_it), *others]


def held_day(meeting: Meeting | None, data: Mapping[str, Any]) -> date | None:
    day = data.get("held_on")
    if isinstance(day, date):
        return day
    return local_day(meeting.starts_at, meeting.unit) if meeting is not None else None


def is_list(name: str) -> bool:
    return "hadir" in name.lower()


def is_minutes(name: str) -> bool:
    """Tell whether an output is the Notulen itself; "Catatan rapat" is not yet."""
    return "notul" in name.lower()


def is_notes(name: str) -> bool:
    return "catatan" in name.lower()


def is_made(name: str, meeting: Meeting | None, data: Mapping[str, Any]) -> bool:
    """Tell whether the meeting yields an output by itself: one about attendance or minutes that nobody has
    answered by hand."""
    answer = answer_to(name, data)
    if meeting is not None and answered_list([name], data) is not None:
        return True
    if meeting is None or answer.get("file") or answer.get("document_version") or said(answer):
        return False
    return is_list(name) or is_minutes(name) or is_notes(name)


def answered_list(names: Sequence[str], data: Mapping[str, Any]) -> StoredFile | None:
    """Return the scan of a signed list that was handed in at the step instead of at the meeting."""
    files = (answer_to(name, data).get("file") for name in names if is_list(name))
    return next((file for file in files if file and file.content_type in SCANS), None)


def attach_answered_list(
    meeting: Meeting, names: Sequence[str], data: Mapping[str, Any], authority: Authority, at: datetime
) -> None:
    """Take a list that was handed in at the step as the meeting's."""
    file = answered_list(names, data)
    if file is not None:
        hand_in_list(meeting=meeting, file=file, authority=authority, at=at)


def made_gates(name: str, meeting: Meeting | None, data: Mapping[str, Any]) -> list[Gate]:
    """What a paper of the meeting needs before it can be made."""
    assert meeting is not None
    if is_list(name):
        came = (
            answered_list([name], data) is not None
            or meeting.attendance_file_id is not None
            or meeting.invitees.exclude(state="").exists()
        )
        hint = "Centang yang hadir di halaman rapat, atau unggah daftar hadir yang ditandatangani."
        return [Gate("attendance", name, came, hint, "rapat")]
    return minutes_gates(meeting)


def minutes_gates(meeting: Meeting) -> list[Gate]:
    """What was said, and for every decision who does it by when."""
    hint = "Tulis pokok pembahasan di halaman rapat."
    gates = [Gate("discussion", "Pembahasan rapat", bool(meeting.discussion.strip()), hint, "rapat")]
    for number, one in enumerate(decisions_of(meeting), start=1):
        met = one.position is not None and one.due_on is not None
        label = f"Penanggung jawab dan batas waktu keputusan {number}"
        gates.append(Gate(f"decision:{number}", label, met, f"“{one.text[:80]}”", "rapat"))
    return gates


def made(name: str, task: Task, meeting: Meeting, authority: Authority, at: datetime) -> OutputSpec:
    """Make one of the meeting's papers."""
    if is_list(name):
        version = close_attendance(meeting=meeting, authority=authority, at=at)
        return paper(name, version)
    if is_notes(name):
        return OutputSpec(name, text=minutes_in_words(meeting_facts(meeting, at)))
    version = issue_minutes(meeting=meeting, authority=authority, at=at)
    issue_follow_ups(meeting=meeting, case=task.case, authority=authority, at=at)
    return paper(name, version)


class WriteMinutes(GenericWork):
    """The Notulen of a meeting held at an earlier step. `data`: "outputs" for what is made elsewhere."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """What was said, and who does each decision by when; every output after the first."""
        meeting, names = latest_meeting(task), step_of(task).outputs
        if meeting is None or is_answered(names[:1], data):
            return super().gates(task, data, at)
        return [*minutes_gates(meeting), *output_gates(names[1:], data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Make the Notulen or its next version, and give out the follow-up; a later step approves it."""
        meeting, names = latest_meeting(task), step_of(task).outputs
        if meeting is None or is_answered(names[:1], data):
            return super().complete(task, data, authority, at)
        version = issue_minutes(meeting=meeting, authority=authority, at=at, settled=False)
        issue_follow_ups(meeting=meeting, case=task.case, authority=authority, at=at)
        return [paper(names[0], version), *given_outputs(names[1:], data)]
