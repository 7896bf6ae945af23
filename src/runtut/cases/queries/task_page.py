"""What the form of a task shows before its button is pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from runtut.cases.enums import TaskState
from runtut.cases.models import Task, TaskDraft
from runtut.cases.queries.children import running_child
from runtut.cases.queries.documents import EXAMINING, MAKING, version_at_work
from runtut.cases.queries.sending import cover_of, cover_turns
from runtut.cases.queries.sheet import step_of
from runtut.cases.registry import Ask, Gate, handler_for
from runtut.documents.enums import BY_APPROVAL, DocumentState
from runtut.documents.models import DocumentVersion
from runtut.documents.queries import standing_signatures, turn_on
from runtut.organisations.models import Authority
from runtut.procedures.enums import Work
from runtut.procedures.graph import StepNode
from runtut.procedures.queries import graph_of

AFTER_SIGNING = frozenset({Work.REGISTER, Work.DISTRIBUTE, Work.RECORD, Work.ARCHIVE})
"""The kinds of work that take a paper as signed."""

OVERTAKEN = "overtaken"
"""In a draft: the labels of texts that speak of figures which have changed since they were written."""


@dataclass(frozen=True)
class Caution:
    """Something a person should know before acting; it does not stop the act."""

    code: str
    sentence: str


def gates_of(*, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
    """Return every condition of completing a task with this data, met ones too: those of its work, and the
    end of the run that the step has called."""
    step = step_of(task)
    gates = handler_for(step.work, step.topic).gates(task, data, at)
    child = running_child(task.pk) if step.calls else None
    if child is None:
        return gates
    return [Gate("child", f"Selesainya “{child.title}”", met=False, anchor="turunan"), *gates]


def preview_of(*, task: Task, data: Mapping[str, Any], at: datetime) -> dict[str, Any] | None:
    """Return the document that completing a task with this data would compose, None where there is none."""
    step = step_of(task)
    return handler_for(step.work, step.topic).preview(task, data, at)


def return_targets(task: Task) -> list[StepNode]:
    """Return the steps that a task may send the run back to, the suggested one first."""
    graph = graph_of(task.case.procedure_version)
    return [graph.step(no) for no in graph.step(task.step_no).return_to]


def warnings_for(*, task: Task, authority: Authority) -> list[Caution]:
    """Return what a person should know before acting on a task.

    Shown, never blocking: a small office has few hands, and paper is signed elsewhere. Two queries on a step
    that examines, seven on one that sends or keeps.
    """
    return [*_own_work(task, authority), *_overtaken(task), *_unsigned(task)]


def _overtaken(task: Task) -> list[Caution]:
    """Warn whoever examines a paper of which a paragraph was kept though its figures have changed since."""
    graph = graph_of(task.case.procedure_version)
    made = [step.no for step in graph.steps if step.no < task.step_no and step.work in MAKING]
    if graph.step(task.step_no).work not in EXAMINING or not made:
        return []
    drafts = TaskDraft.objects.filter(
        task__case=task.case_id, task__step_no=made[-1], task__state=TaskState.DONE
    )
    newest = drafts.order_by("-task__round", "-saved_at").values_list("data", flat=True).first()
    if not newest or not newest.get(OVERTAKEN):
        return []
    sentence = (
        f"{' dan '.join(newest[OVERTAKEN])} ditulis sebelum perubahan angka yang terakhir. Bacalah apakah "
        "kalimatnya masih sesuai dengan angkanya."
    )
    return [Caution("overtaken", sentence)]


def _unsigned(task: Task) -> list[Caution]:
    """Warn whoever sends or keeps a paper that was approved, but bears no signature yet. Working material,
    such as the form of S7, bears the approval alone."""
    work = step_of(task).work
    if work not in AFTER_SIGNING:
        return []
    cover = cover_of(task) if work == Work.DISTRIBUTE and not cover_turns(task) else None
    return [*_unsigned_paper(version_at_work(task)), *_unsigned_paper(cover)]


def _unsigned_paper(version: DocumentVersion | None) -> list[Caution]:
    if version is None or version.document.state != DocumentState.APPROVED:
        return []
    if version.document.kind in BY_APPROVAL:
        return []
    if standing_signatures(version=version).exists():
        return []
    turn = turn_on(document=version.document)
    if turn is not None:
        rest = f"Menunggu {turn.position.short_title}, yang menemukannya di Beranda."
    else:
        rest = (
            "Cetak PDF-nya, mintakan tanda tangan basah, lalu unggah pindaiannya di halaman dokumen "
            "(Tentang dokumen ini)."
        )
    sentence = f"{version.document.title} sudah disetujui, tetapi belum ditandatangani. {rest}"
    return [Caution("unsigned", sentence)]


def _own_work(task: Task, authority: Authority) -> list[Caution]:
    """Warn whoever is about to check what they have made themselves: the same person, in whatever position,
    did the last making step before this one."""
    graph = graph_of(task.case.procedure_version)
    step = graph.step(task.step_no)
    made = [other.no for other in graph.steps if other.no < step.no and other.work in MAKING]
    if step.work not in EXAMINING or not made or authority.user_id is None:
        return []
    last = (
        Task.objects.filter(case=task.case, step_no=made[-1], state=TaskState.DONE)
        .order_by("-round", "branch")
        .values_list("round", "completed_by")
    )
    newest = [user_id for round_no, user_id in last if round_no == last[0][0]]
    if authority.user_id not in newest:
        return []
    sentence = (
        f"Anda sendiri yang mengerjakan langkah {made[-1]} ({graph.step(made[-1]).label}). Bila mungkin, "
        "mintalah orang lain memeriksanya."
    )
    return [Caution("maker_is_checker", sentence)]


def asks_of(*, task: Task, at: datetime) -> Sequence[Ask]:
    """Return what an open task waits for from other positions (as its handler reads it)."""
    step = step_of(task)
    return handler_for(step.work, step.topic).asks(task, at)


def words_before(*, task: Task) -> dict[str, Any]:
    """Return what was typed into the form of a step the last time the same position did it in this run, by
    the names of the fields; empty in the first round (no query then, else one)."""
    if task.round == 1:
        return {}
    drafts = TaskDraft.objects.filter(
        task__case=task.case_id,
        task__step_no=task.step_no,
        task__position=task.position_id,
        task__round__lt=task.round,
    )
    found = drafts.order_by("-task__round", "-saved_at").values_list("data", flat=True).first()
    return {name: value for name, value in (found or {}).items() if name != "files"}


def draft_of(*, task: Task, user_id: int) -> TaskDraft | None:
    """Return what a person has typed for a task and not handed over yet (two queries)."""
    return TaskDraft.objects.filter(task=task, user=user_id).prefetch_related("files").first()
