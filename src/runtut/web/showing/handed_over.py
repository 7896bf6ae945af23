"""What a person reads after handing a task over: what became of it, where the run is, and by when."""

from __future__ import annotations

from typing import Final

from runtut.cases.models import Task
from runtut.cases.queries import RunView, version_at_work
from runtut.documents.enums import SigningWay
from runtut.documents.queries import standing_signatures
from runtut.procedures.enums import Work
from runtut.procedures.graph import StepNode
from runtut.web.frame.deadlines import exact_time
from runtut.web.showing.guidance import listed
from runtut.web.showing.runs import who_of

DONE: Final = {Work.SIGN: " dan disetujui", Work.REVIEW: " dan diparaf", Work.ARCHIVE: " dan diarsipkan"}

BY_HAND: Final = " Tinggal tanda tangan basah: cetak PDF-nya, tanda tangani, lalu unggah pindaiannya."


def handed_over(view: RunView, task: Task, step: StepNode) -> str:
    """ "Langkah 7 selesai dan disetujui. Berikutnya langkah 8: Pengelola Data, paling lambat …" """
    beside = [one for one in view.current if one.uid != task.uid]
    current = next((one for one in view.steps if any(a.is_open for a in one.attempts)), None)
    if current is not None and current.step.no == step.no:
        waited = listed(one.seat.position.short_title for one in beside)
        return f"Langkah {step.no}, bagian Anda selesai; masih ditunggu: {waited}."
    told = became(task, step)
    by_hand = BY_HAND if told == DONE[Work.SIGN] and version_at_work(task) is not None else ""
    if current is None:
        return f"Langkah {step.no} selesai{told}. Seluruh kerja ini selesai.{by_hand}"
    due = min(one.due_at for one in view.current)
    following = f"Berikutnya langkah {current.step.no}: {who_of(current)}, paling lambat {exact_time(due)}."
    return f"Langkah {step.no} selesai{told}. {following}{by_hand}"


def became(task: Task, step: StepNode) -> str:
    """What the step has done to its document: " dan ditandatangani"."""
    if step.work == Work.SIGN and has_signature(task):
        return " dan ditandatangani"
    return DONE.get(Work(step.work), "")


def has_signature(task: Task) -> bool:
    """Tell whether the position's electronic signature stands on the document at work (three queries)."""
    version = version_at_work(task)
    if version is None:
        return False
    rows = standing_signatures(version=version)
    return rows.filter(position=task.position_id, way=SigningWay.ELECTRONIC).exists()
