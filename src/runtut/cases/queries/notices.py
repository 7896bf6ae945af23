"""What people were told, and what a letter about it says."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet

from runtut.accounts.models import NoticeChoice, User
from runtut.cases.enums import EventKind, NoticeAbout, NoticeKind, TaskState
from runtut.cases.models import Case, CaseEvent, Notice, Task
from runtut.cases.queries.sheet import step_of
from runtut.cases.rules import PROPOSED, local_moment
from runtut.organisations.models import OrganisationUnit
from runtut.procedures.enums import IN_MAKING, CheckupState, VersionState

PAGE = 50
HEADINGS: Final[Mapping[tuple[NoticeAbout, NoticeKind], str]] = {
    (NoticeAbout.TASK, NoticeKind.ASSIGNED): "Tugas baru",
    (NoticeAbout.TASK, NoticeKind.RETURNED): "Dikembalikan",
    (NoticeAbout.SECTION, NoticeKind.ASSIGNED): "Bahan diminta",
    (NoticeAbout.SECTION, NoticeKind.RETURNED): "Bahan dikembalikan",
    (NoticeAbout.SECTION, NoticeKind.REMINDED): "Bahan ditunggu",
    (NoticeAbout.FIGURES, NoticeKind.ASSIGNED): "Realisasi diminta",
    (NoticeAbout.FIGURES, NoticeKind.RETURNED): "Realisasi dikembalikan",
    (NoticeAbout.EXAMINATION, NoticeKind.ASSIGNED): "Realisasi diperbaiki, menunggu Anda periksa",
    (NoticeAbout.INSTRUMENT, NoticeKind.ASSIGNED): "Instrumen menunggu jawaban",
    (NoticeAbout.INSTRUMENT, NoticeKind.REMINDED): "Jawaban ditunggu",
    (NoticeAbout.FOLLOW_UP, NoticeKind.ASSIGNED): "Tindak lanjut baru",
    (NoticeAbout.FOLLOW_UP, NoticeKind.RETURNED): "Tindak lanjut dikembalikan",
    (NoticeAbout.VERIFICATION, NoticeKind.ASSIGNED): "Tindak lanjut menunggu verifikasi",
    (NoticeAbout.MEETING, NoticeKind.ASSIGNED): "Undangan menunggu persetujuan Anda",
    (NoticeAbout.MEETING, NoticeKind.INVITED): "Undangan rapat",
    (NoticeAbout.MEETING, NoticeKind.SOON): "Rapat segera dimulai",
    (NoticeAbout.SIGNATURE, NoticeKind.ASSIGNED): "Naskah menunggu tanda tangan Anda",
    (NoticeAbout.CHECKUP, NoticeKind.ASSIGNED): "Penilaian SOP ditugaskan kepada Anda",
    (NoticeAbout.VERSION, NoticeKind.ASSIGNED): "SOP menunggu pengesahan Anda",
    (NoticeAbout.VERSION, NoticeKind.RETURNED): "SOP dikembalikan kepada Anda",
    (NoticeAbout.REVIEW, NoticeKind.ASSIGNED): "SOP menunggu tanggapan Anda",
    (NoticeAbout.COMMENT, NoticeKind.ASSIGNED): "Tanggapan baru pada SOP Anda",
    (NoticeAbout.LETTER, NoticeKind.ASSIGNED): "Surat masuk menunggu disposisi Anda",
    (NoticeAbout.DISPOSISI, NoticeKind.ASSIGNED): "Disposisi untuk Anda",
}
"""How news is headed; what is not named here bears the label of its kind."""


@dataclass(frozen=True)
class NoticeLine:
    """A notice in the list. `due_at` is when it is due, or when a meeting begins, None for what has no day of
    its own; `is_done` tells that it needs nothing any more; `source` names the run, or the SOP, that it comes
    from, if any; `path` leads to where it is done; `note` is what was said with it."""

    about: NoticeAbout
    kind: NoticeKind
    heading: str
    title: str
    path: str
    source: str
    unit: str
    given_at: datetime
    due_at: datetime | None
    is_read: bool
    is_done: bool
    note: str = ""

    @property
    def is_meeting(self) -> bool:
        return self.about == NoticeAbout.MEETING

    @property
    def waits_unread(self) -> bool:
        """Whether it counts as unread: what needs nothing any more is no longer counted."""
        return not self.is_read and not self.is_done


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str


def tasks_brought_by(*, case: Case, event: CaseEvent) -> QuerySet[Task]:
    """Return the tasks that an act has opened or handed to somebody else, those still open."""
    brought = Q(opened_at=event.at)
    if event.kind == EventKind.REASSIGNED:
        brought = Q(pk=event.task_id)
    if event.kind == EventKind.MOVED:
        brought = Q(uid__in=json.loads(event.data)["handed"])
    open_tasks = Task.objects.filter(brought, case=case, state=TaskState.OPEN)
    return open_tasks.select_related("unit", "position", "case__procedure_version", "case__unit")


def wanted_notices(*, user_id: int) -> dict[NoticeKind, tuple[bool, bool]]:
    """Return what a person wants to be told, by kind as (in the application, by mail) (one query)."""
    rows = NoticeChoice.objects.filter(user=user_id).values_list("kind", "in_app", "by_mail")
    chosen = {kind: (in_app, by_mail) for kind, in_app, by_mail in rows}
    return {kind: chosen.get(kind, PROPOSED[kind]) for kind in NoticeKind}


def notices() -> QuerySet[Notice]:
    """Return notices with everything that lists and letters say of them."""
    return Notice.objects.select_related(
        "task__case__procedure_version",
        "task__unit",
        "task__position",
        "follow_up__case",
        "follow_up__unit",
        "meeting__case",
        "meeting__unit",
        "checkup__procedure__unit",
        "checkup__version",
        "version__procedure__unit",
        "letter__unit",
        "unit",
        "position",
    )


def notices_of(*, user_id: int, at: datetime, limit: int = PAGE) -> list[NoticeLine]:
    """Return a person's newest notices (two queries)."""
    rows = notices().filter(user=user_id, is_shown=True).order_by("-given_at", "-id")
    return [notice_line(notice, at) for notice in rows[:limit]]


def notice_line(notice: Notice, at: datetime) -> NoticeLine:
    about, kind = NoticeAbout(notice.about), NoticeKind(notice.kind)
    return NoticeLine(
        about=about,
        kind=kind,
        heading=heading_of(notice),
        title=notice.title or (step_of(notice.task).activity if notice.task else ""),
        path=notice.path or f"/kerja/{case_of(notice).uid}/",
        source=source_of(notice),
        unit=unit_of(notice).short_name,
        given_at=notice.given_at,
        due_at=due_of(notice),
        is_read=notice.read_at is not None,
        is_done=is_done(notice, at),
        note=notice.note,
    )


def source_of(notice: Notice) -> str:
    """Return the name of the run, or of the SOP, that a notice comes from, or of a letter its sifat and
    number; empty for one of an office."""
    if notice.unit is not None:
        return ""
    if notice.letter is not None:
        return f"{notice.letter.get_urgency_display()}, agenda {notice.letter.register_number}"
    if notice.checkup is not None:
        return f"SOP {notice.checkup.version.title}"
    if notice.version is not None:
        return f"SOP versi {notice.version.number}"
    return case_of(notice).title


def heading_of(notice: Notice) -> str:
    """Return how news is headed; a meeting that was called off is told as that."""
    about, kind = NoticeAbout(notice.about), NoticeKind(notice.kind)
    if notice.meeting is not None and notice.meeting.cancelled_at is not None:
        return "Rapat dibatalkan"
    return HEADINGS.get((about, kind), kind.label)


def case_of(notice: Notice) -> Case:
    """Return the run that a notice comes from."""
    ground = notice.task or notice.follow_up or notice.meeting
    assert ground is not None, "a notice stands on one"
    return ground.case


def unit_of(notice: Notice) -> OrganisationUnit:
    if notice.unit is not None:
        return notice.unit
    if notice.letter is not None:
        return notice.letter.unit
    if notice.checkup is not None:
        return notice.checkup.procedure.unit
    if notice.version is not None:
        return notice.version.procedure.unit
    ground = notice.task or notice.follow_up or notice.meeting
    assert ground is not None, "a notice stands on one"
    return ground.unit


def due_of(notice: Notice) -> datetime | None:
    """Return when what was told of is due as things stand now, or when the meeting begins; None for what has
    no day of its own: a paper to be signed, an SOP in the making, a letter, figures outside a run."""
    if notice.about == NoticeAbout.SIGNATURE or notice.version or notice.unit or notice.letter:
        return None
    if notice.meeting is not None:
        return notice.meeting.starts_at
    ground = notice.task or notice.follow_up or notice.checkup
    assert ground is not None, "a notice stands on one"
    return ground.due_at


def is_done(notice: Notice, at: datetime) -> bool:
    """Tell whether nothing is left to do about what was told."""
    if notice.closed_at or notice.about == NoticeAbout.SIGNATURE or notice.unit or notice.letter:
        return notice.closed_at is not None
    if notice.task is not None:
        return notice.task.state != TaskState.OPEN
    if notice.checkup is not None:
        return notice.checkup.state == CheckupState.DONE
    if notice.version is not None:
        return notice.version.state not in states_of(notice)
    return notice.meeting is not None and notice.meeting.starts_at <= at


MAKING: Final = {
    NoticeKind.ASSIGNED: VersionState.IN_REVIEW,
    NoticeKind.RETURNED: VersionState.DRAFT,
}
"""In which state a version waits for whoever was told of it."""


def states_of(notice: Notice) -> Collection[str]:
    """Return in which states of its version a notice still asks for something."""
    if notice.about == NoticeAbout.COMMENT:
        return IN_MAKING
    return (MAKING[NoticeKind(notice.kind)],)


def count_unread(*, user_id: int, at: datetime) -> int:
    """Count a person's unread notices of what still waits (one query)."""
    waits = Q(task__isnull=True) | Q(task__state=TaskState.OPEN)
    waits &= Q(checkup__isnull=True) | Q(checkup__state=CheckupState.WAITING)
    in_making = reduce(or_, (Q(kind=kind, version__state=state) for kind, state in MAKING.items()))
    in_making |= Q(about=NoticeAbout.COMMENT, version__state__in=IN_MAKING)
    waits &= Q(version__isnull=True) | in_making
    lies_ahead = Q(meeting__isnull=True) | Q(meeting__starts_at__gt=at)
    unread = Notice.objects.filter(user=user_id, read_at=None, is_shown=True, closed_at=None)
    return unread.filter(Q(about=NoticeAbout.SIGNATURE) | waits & lies_ahead).count()


def notice_letter(*, identity: Mapping[str, Any], at: datetime) -> Letter | None:
    """Return the mail of a notice; None once nothing is left to do, or nobody can be reached.

    `identity` is what the outbox kept: on what the notice stands, about what, whose, of which kind and round.
    """
    notice = notices().filter(**identity).first()
    if notice is None or is_done(notice, at):
        return None
    user = User.objects.filter(pk=notice.user_id, is_active=True).exclude(email="").first()
    return None if user is None else letter_to(user, notice, at)


def letter_to(user: User, notice: Notice, at: datetime) -> Letter:
    """Write the mail of a notice."""
    line, unit = notice_line(notice, at), unit_of(notice)
    step = f"langkah {notice.task.step_no}, " if notice.task and not notice.title else ""
    position = notice.position or (notice.task.position if notice.task else None)
    origin = "Surat" if notice.letter else "SOP" if notice.checkup or notice.version else "Kerja"
    said = "Isi disposisi" if line.about == NoticeAbout.DISPOSISI else "Alasan"
    when = "Waktu" if line.is_meeting else "Tenggat"
    lines = [
        f"Yth. {user.full_name},",
        "",
        f"{line.heading}: {step}{line.title}.",
        f"{origin}: {line.source.removeprefix('SOP ')}, {unit.name}." if line.source else f"{unit.name}.",
        *([f"Sebagai: {position.title}."] if position else []),
        *([f"{when}: {local_moment(line.due_at, unit)}."] if line.due_at else []),
        *([f"{said}: {line.note}"] if line.note else []),
        *([f"Tempat: {notice.meeting.place}."] if notice.meeting else []),
        "",
        f"Buka: {settings.PUBLIC_ADDRESS.rstrip('/')}{line.path}",
        "",
        "Surel ini dikirim oleh Runtut. Pilihan pemberitahuan ada di halaman Saya.",
    ]
    return Letter(user.email, f"{line.heading}: {line.title}", "\n".join(lines))
