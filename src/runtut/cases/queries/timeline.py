"""The history of a run, as its page tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from runtut.accounts.models import User
from runtut.cases.enums import EventKind
from runtut.cases.models import Case, CaseEvent, TaskOutput
from runtut.cases.queries.renumbering import Renumbering
from runtut.core.worktime import humanise
from runtut.documents.models import StoredFile
from runtut.organisations.enums import Capacity
from runtut.organisations.models import Position

SENTENCES = {
    EventKind.STARTED: "Pelaksanaan dimulai",
    EventKind.COMPLETED: "Langkah {step} diselesaikan",
    EventKind.RETURNED: "Langkah {step} dikembalikan ke langkah {to}",
    EventKind.PAUSED: "Pelaksanaan dijeda",
    EventKind.RESUMED: "Pelaksanaan dilanjutkan",
    EventKind.EXTENDED: "Tenggat diperpanjang",
    EventKind.REASSIGNED: "Langkah dialihkan kepada {position}",
    EventKind.CLAIMED: "Langkah diambil",
    EventKind.RELEASED: "Langkah dilepas",
    EventKind.CANCELLED: "Pelaksanaan dibatalkan",
    EventKind.CHILD_FINISHED: "Langkah {step} selesai bersama SOP yang dipanggilnya",
    EventKind.RESCHEDULED: "Tenggat dihitung ulang karena kalender kerja berubah",
    EventKind.MEETING_MOVED: "Rapat dipindahkan ke {when}",
    EventKind.MEETING_SET: "Tenggat mengikuti rapat, {when}",
    EventKind.CHILD_STARTED: "SOP yang dipanggil langkah {step} dimulai lagi",
    EventKind.MOVED: "Pelaksanaan dipindahkan ke versi {version} SOP ini",
}
LASTING = frozenset({EventKind.EXTENDED, EventKind.RESUMED})


@dataclass(frozen=True)
class EventLine:
    """One act: what, by whom in which position, when, and the reason where one was due. `to_no` is the step
    that a return led back to."""

    sequence: int
    kind: EventKind
    sentence: str
    who: str
    user_id: int | None
    at: datetime
    reason: str
    step_no: int | None
    to_no: int | None
    finished: bool
    taken_over: str = ""
    """From what a step was taken over that nobody did in this run, such as the run that called it."""
    files: tuple[StoredFile, ...] = ()
    """Files that the act has yielded, beside documents."""


def timeline(*, case: Case, outputs: Iterable[TaskOutput] = ()) -> list[EventLine]:
    """Return the history of a run, the newest act first. Steps bear the numbers that they have in the version
    that the run follows now. `outputs` are the run's: their files are told with the act. Three queries."""
    events = list(CaseEvent.objects.filter(case_id=case.pk).order_by("-sequence"))
    numbers = Renumbering.of(event for event in events if event.kind == EventKind.MOVED)
    told = [(event, numbers.told(event)) for event in events]
    names = dict(
        User.objects.filter(pk__in={event.user_id for event in events}).values_list("pk", "full_name")
    )
    titles = dict(Position.objects.filter(pk__in=set(positions_in(told))).values_list("pk", "short_title"))
    files, shares = files_of(outputs), shares_in(told)
    return [
        replace(
            event_line(event, data, names, titles, shares.get(event.sequence)), files=files_at(event, files)
        )
        for event, data in told
    ]


def files_of(outputs: Iterable[TaskOutput]) -> dict[int, tuple[StoredFile, ...]]:
    """Return the files that each task has yielded beside documents, by its key."""
    found: dict[int, tuple[StoredFile, ...]] = {}
    for one in sorted(outputs, key=lambda output: output.pk):
        if one.file is not None and one.document_version_id is None:
            found[one.task_id] = (*found.get(one.task_id, ()), one.file)
    return found


def files_at(event: CaseEvent, files: Mapping[int, tuple[StoredFile, ...]]) -> tuple[StoredFile, ...]:
    return files.get(event.task_id or 0, ()) if event.kind == EventKind.COMPLETED else ()


def shares_in(told: Sequence[tuple[CaseEvent, Mapping[str, Any]]]) -> dict[int, tuple[int, int]]:
    """Return, for each act by which one of several has done his part of a step, the how-manieth he was and
    how many there are. A step that one of several does for all has no parts."""
    groups: dict[str, list[str]] = {}
    done: dict[str, int] = {}
    shares = {}
    for event, data in sorted(told, key=lambda one: one[0].sequence):
        uid = str(data.get("uid", ""))
        if event.kind == EventKind.COMPLETED and not data.get("withdrawn") and len(groups.get(uid, ())) > 1:
            first = groups[uid][0]
            done[first] = done.get(first, 0) + 1
            shares[event.sequence] = (done[first], len(groups[uid]))
        together = [str(task["uid"]) for task in data.get("opened") or ()]
        groups |= dict.fromkeys(together, together)
    return shares


def positions_in(told: Iterable[tuple[CaseEvent, Mapping[str, Any]]]) -> Iterable[int]:
    for event, data in told:
        if event.position_id:
            yield event.position_id
        if event.kind == EventKind.REASSIGNED:
            yield data["to"]


def event_line(
    event: CaseEvent,
    data: Mapping[str, Any],
    names: Mapping[int, str],
    titles: Mapping[int, str],
    share: tuple[int, int] | None = None,
) -> EventLine:
    kind = EventKind(event.kind)
    sentence = SENTENCES[kind].format(
        step=data.get("step"),
        to=data.get("to"),
        position=titles.get(data.get("to", 0), ""),
        version=data.get("version"),
        when=data.get("when"),
    )
    if data.get("taken_over"):
        sentence = f"Langkah {data.get('step')} diambil alih dari {data['taken_over']}"
    if share is not None:
        part = f"Langkah {data['step']}: bagian {titles.get(event.position_id or 0, '')} selesai"
        sentence = f"{part} ({share[0]} dari {share[1]})"
    if kind in LASTING:
        sentence = f"{sentence} ({humanise(data['minutes'])} kerja)"
    return EventLine(
        sequence=event.sequence,
        kind=kind,
        sentence=sentence,
        who=actor(event, names, titles),
        user_id=event.user_id,
        at=event.at,
        reason=data.get("reason", ""),
        step_no=data.get("step"),
        to_no=data.get("to") if kind == EventKind.RETURNED else None,
        finished=bool(data.get("finished")),
        taken_over=data.get("taken_over", ""),
    )


def actor(event: CaseEvent, names: Mapping[int, str], titles: Mapping[int, str]) -> str:
    """Return position first, then name: "Camat · (Plt.) Budi Hartono"."""
    capacity = Capacity(event.capacity) if event.capacity else Capacity.DEFINITIVE
    name = f"{capacity.mark} {names.get(event.user_id or 0, 'Sistem')}".strip()
    title = titles.get(event.position_id or 0, "")
    return f"{title} · {name}" if title else name
