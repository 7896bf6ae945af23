"""Who of the sections has handed in what a run asks for, and since when the others owe it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q

from runtut.cases.enums import NoticeAbout, TaskState
from runtut.cases.models import Case, Task, TaskOutput, TaskParticipant
from runtut.cases.registry import Ask
from runtut.documents.enums import DocumentKind
from runtut.documents.models import DocumentVersion
from runtut.organisations.enums import SECTION_HEADS
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import holders_of
from runtut.performance.enums import QUESTIONS, MaterialKind, SectionState
from runtut.performance.models import SectionFile, SectionReport
from runtut.procedures.models import Step

MATERIAL, ANALYSIS = "section_material", "section_analysis"
TOPICS = (MATERIAL, ANALYSIS)


@dataclass(frozen=True)
class Asking:
    """What a run asks of its sections: in which step, since when, until when, by whom. `is_open` tells
    whether the step waits now; before it there is no asking at all."""

    case: Case
    kind: MaterialKind
    task: Task
    since: datetime
    due_at: datetime
    is_open: bool

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        return QUESTIONS[self.kind]


@dataclass(frozen=True)
class SectionStatus:
    """One section in the completeness matrix."""

    position: Position
    holder: str
    report: SectionReport | None
    since: date

    @property
    def state(self) -> SectionState | None:
        """None while nothing was begun; a row that only holds reminders counts as nothing."""
        begun = self.report is not None and (self.report.answers or self.report.state != SectionState.DRAFT)
        return SectionState(self.report.state) if self.report is not None and begun else None

    @property
    def has_handed_in(self) -> bool:
        return self.state == SectionState.HANDED_IN

    @property
    def files(self) -> list[SectionFile]:
        return [] if self.report is None else list(self.report.files.all())

    @property
    def answered(self) -> list[tuple[str, str]]:
        """Each question with the section's answer, unanswered ones left out."""
        if self.report is None:
            return []
        given = self.report.answers
        return [(text, given[key]) for key, text in QUESTIONS[self.report.kind] if given.get(key)]


def asking_of(case: Case) -> Asking | None:
    """Return what a run asks of its sections now, or has asked last; None before (two queries)."""
    steps = Step.objects.filter(version=case.procedure_version_id)
    topics = dict(steps.exclude(topic="").values_list("no", "topic"))
    numbers = [no for no, topic in topics.items() if topic in TOPICS]
    task = (
        Task.objects.filter(case=case, step_no__in=numbers)
        .select_related("position", "case__unit", "case__procedure_version")
        .order_by("-id")
        .first()
    )
    if task is None:
        return None
    if topics[task.step_no] == ANALYSIS:
        kind = MaterialKind.ANALYSIS
    else:
        kind = MaterialKind.EKT if "ekt" in topics.values() else MaterialKind.RKT
    return Asking(case, kind, task, task.opened_at, task.due_at, task.state == TaskState.OPEN)


def note_asking(asking: Asking) -> DocumentVersion | None:
    """Return the nota dinas with which a run asks its sections, the last before the step that collects (one
    query)."""
    found = (
        TaskOutput.objects.filter(
            task__case=asking.case,
            task__step_no__lt=asking.task.step_no,
            document_version__document__kind=DocumentKind.NOTA_DINAS,
        )
        .select_related("document_version__document")
        .order_by("-id")
        .first()
    )
    return found.document_version if found else None


def section_ask(asking: Asking, position: Position) -> Ask:
    """Return what a run asks of a section, for those who are told of it."""
    title = f"{asking.kind.label}, {position.short_title}"
    path = f"/kerja/{asking.case.uid}/bagian/?jabatan={position.uid}"
    return Ask(position.pk, NoticeAbout.SECTION, title, path)


def asked_positions(asking: Asking) -> list[Position]:
    """Return who is asked: those who take part in the step, or else whoever leads a section of the office
    (two queries at most)."""
    part = TaskParticipant.objects.filter(task=asking.task).values_list("position", flat=True)
    positions = Position.objects.filter(is_active=True).select_related("unit")
    taking_part = list(positions.filter(pk__in=list(part)).order_by("sequence", "pk"))
    return taking_part or sections_of(asking.case.unit)


def sections_of(unit: OrganisationUnit) -> list[Position]:
    """Return the positions that lead a section of an office, in its order (one query)."""
    found = Position.objects.filter(
        unit__path__startswith=unit.path, role__in=SECTION_HEADS, is_active=True, is_head=True
    )
    return list(found.select_related("unit").order_by("unit__path", "sequence", "pk"))


def section_matrix(*, asking: Asking, on: date) -> list[SectionStatus]:
    """Return one entry per section asked: what it has handed in, who acts for it, since when it owes (a
    constant number of queries)."""
    positions = asked_positions(asking)
    reports = {report.position_id: report for report in reports_of(asking)}
    holders = holders_of(position_ids=[position.pk for position in positions], on=on)
    since = asking.case.unit.local_date(asking.since)
    return [
        SectionStatus(
            position,
            ", ".join(holder.label for holder in holders[position.pk]),
            reports.get(position.pk),
            since,
        )
        for position in positions
    ]


def reports_of(asking: Asking) -> list[SectionReport]:
    """Return what the sections have written so far, with files and proposals (three queries)."""
    standing = SectionFile.objects.filter(removed_at__isnull=True).select_related("file").order_by("id")
    found = SectionReport.objects.filter(case=asking.case, kind=asking.kind).select_related("position")
    return list(
        found.prefetch_related(Prefetch("files", queryset=standing), "proposals__indicator").order_by("id")
    )


@dataclass(frozen=True)
class OwedSection:
    """What a run waits for from one position as a section. `return_reason` is why what it handed in came
    back; empty when it did not."""

    task: Task
    position: Position
    return_reason: str = ""


def owed_by(*, position_ids: Collection[int], unit_paths: Collection[str]) -> list[OwedSection]:
    """Return what runs wait for from these positions as sections, oldest first. `unit_paths` are the paths of
    the positions' offices. Constant number of queries."""
    if not position_ids:
        return []
    under = Q()
    for path in unit_paths:
        under |= Q(unit__path=path)
    topics = Step.objects.filter(topic__in=TOPICS).values_list("version_id", "no")
    asked = {(version, no) for version, no in topics}
    open_tasks = Task.objects.filter(under, state=TaskState.OPEN).filter(
        case__procedure_version__in={version for version, _ in asked}
    )
    rows = open_tasks.values_list("id", "case__procedure_version_id", "step_no")
    found = [key for key, version, no in rows if (version, no) in asked]
    if not found:
        return []
    waiting = list(
        Task.objects.filter(pk__in=found)
        .select_related("case__unit", "case__procedure_version")
        .order_by("id")
    )
    begun = SectionReport.objects.filter(
        case__in=[task.case_id for task in waiting], position__in=position_ids
    ).values_list("case_id", "position_id", "state", "return_reason")
    given = {(case, position) for case, position, state, _ in begun if state == SectionState.HANDED_IN}
    back = {
        (case, position): reason for case, position, state, reason in begun if state == SectionState.RETURNED
    }
    parts: dict[int, set[int]] = {}
    for task_id, position_id in TaskParticipant.objects.filter(task__in=waiting).values_list(
        "task_id", "position_id"
    ):
        parts.setdefault(task_id, set()).add(position_id)
    own = Position.objects.filter(pk__in=position_ids).select_related("unit").order_by("pk")
    return [
        OwedSection(task, position, back.get((task.case_id, position.pk), ""))
        for task in waiting
        for position in own
        if _is_asked(task, position, parts) and (task.case_id, position.pk) not in given
    ]


def _is_asked(task: Task, position: Position, parts: dict[int, set[int]]) -> bool:
    if task.pk in parts:
        return position.pk in parts[task.pk]
    inside = position.unit.path.startswith(task.case.unit.path)
    return inside and position.is_head and position.role in SECTION_HEADS
