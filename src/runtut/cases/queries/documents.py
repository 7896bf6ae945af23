"""The papers of a run."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from runtut.cases.engine import openings
from runtut.cases.enums import TaskState
from runtut.cases.models import Case, Meeting, Task, TaskOutput
from runtut.cases.queries.sheet import bindings_of_step, step_of
from runtut.cases.registry import DocumentWork, handler_for
from runtut.documents.enums import DocumentKind, EndorsementKind, SigningWay
from runtut.documents.formulas.classes import CLASSES, class_code
from runtut.documents.models import Disposisi, Document, DocumentVersion, Endorsement, StoredFile
from runtut.documents.queries import standing_signatures
from runtut.organisations.models import Position
from runtut.procedures.enums import Work
from runtut.procedures.graph import Graph, StepNode
from runtut.procedures.queries import graph_of

MAKING = frozenset({Work.PREPARE, Work.COLLECT})
"""The kinds of work that bring forth what later steps examine."""

EXAMINING = frozenset({Work.REVIEW, Work.SIGN})
"""The kinds of work that judge it."""

FOLLOWING = frozenset({Work.FOLLOW_UP})
"""The kind of work that goes on from it with a paper of its own."""

BESIDE = frozenset({Work.REGISTER, Work.DISTRIBUTE})
"""The kinds of work whose papers (surat pengantar) go beside what later steps send and archive."""


ACCOMPANYING = (DocumentKind.LEMBAR_DISPOSISI, DocumentKind.LAINNYA)
"""Kinds of paper that accompany the work and are never what it was done for."""


def main_paper(documents: QuerySet[Document]) -> Document | None:
    """Return the paper that a run was done for: the newest that does more than accompany it (one query)."""
    return documents.exclude(kind__in=ACCOMPANYING).select_related("unit").order_by("-id").first()


def documents_of(case: Case) -> QuerySet[TaskOutput]:
    """Return everything a run has yielded, newest first, with what each output points at."""
    return (
        TaskOutput.objects.filter(task__case=case)
        .select_related(
            "task__position",
            "document",
            "document_version__document",
            "disposisi__from_position",
            "disposisi__given_by",
            "archive_record",
            "file",
        )
        .order_by("-id")
    )


def runs_of_document(document: Document) -> QuerySet[Case]:
    """Return the runs that made or used a document, or met by it."""
    called_by = Q(invitation=document) | Q(attendance=document) | Q(minutes=document)
    outputs = TaskOutput.objects.filter(document=document).values("task__case")
    meetings = Meeting.objects.filter(called_by).values("case")
    return Case.objects.filter(Q(pk__in=outputs) | Q(pk__in=meetings)).select_related("unit")


def proposed_class(kind: str, case: Case | None) -> str:
    """Return the code of the classification that a paper is proposed under, one of a run by what its SOP
    makes: a note that asks for the material of a plan belongs to planning."""
    graph = graph_of(case.procedure_version) if case and kind not in CLASSES else None
    return class_code(kind, beside=[step.topic for step in graph.steps] if graph else ())


def run_document(*, case: Case, kind: DocumentKind, step_no: int | None = None) -> Document | None:
    """Return the newest document of a kind that a run, or one step of it, has yielded so far, None before its
    first (one query)."""
    outputs = TaskOutput.objects.filter(task__case=case, document__kind=kind)
    if step_no is not None:
        outputs = outputs.filter(task__step_no=step_no)
    output = outputs.select_related("document__unit").order_by("-id").first()
    return output.document if output else None


def version_at_work(task: Task) -> DocumentVersion | None:
    """Return the newest version of the document that a task is about, None where the papers are files only.

    That is the document of the newest output since the making steps just before the task: a letter approved
    earlier in the run is no longer at work. Two queries.
    """
    graph = graph_of(task.case.procedure_version)
    outputs = TaskOutput.objects.filter(task__case=task.case_id, document__isnull=False)
    beside = [step.no for step in graph.steps if step.work in BESIDE]
    outputs = outputs.exclude(task__step_no__in=beside).exclude(document__kind=DocumentKind.LEMBAR_DISPOSISI)
    output = outputs.filter(task__step_no__gte=making_since(graph, task.step_no)).order_by("-id").first()
    if output is None:
        return None
    return (
        DocumentVersion.objects.filter(document=output.document_id)
        .select_related("document__unit")
        .order_by("-number")
        .first()
    )


def making_since(graph: Graph, step_no: int) -> int:
    """Return the first step of the unbroken row of making steps that lies nearest before a step; the SOP's
    first step where there is none."""
    first = graph.first.no
    found = False
    for step in reversed([step for step in graph.steps if step.no < step_no]):
        if step.work in MAKING:
            first, found = step.no, True
        elif found:
            break
    return first


def proofs_of(task: Task) -> list[tuple[str, StoredFile]]:
    """Return the files that the recording steps of a run have yielded, oldest first: they are archived with
    its document (one query)."""
    graph = graph_of(task.case.procedure_version)
    recording = [step.no for step in graph.steps if step.work == Work.RECORD]
    rows = TaskOutput.objects.filter(
        task__case=task.case_id,
        task__step_no__in=recording,
        file__isnull=False,
        document_version__isnull=True,
    )
    return [(one.name, one.file) for one in rows.select_related("file").order_by("id") if one.file]


def signer_of(task: Task) -> Position:
    """Return who signs what a task makes: whoever the run has given the next signing step, or the task's own
    position where another paper is begun, or a meeting held, before anybody signs (two queries at most)."""
    for step in later_steps(task):
        if step.work == Work.SIGN:
            bound = bindings_of_step(task.case_id, step)
            keys = [key for performer in step.actors for key in bound.get(performer, ())]
            return Position.objects.select_related("unit").filter(pk__in=keys[:1]).first() or task.position
        if step.work == Work.MEET or begins_a_paper(step):
            break
    return task.position


def stands_alone(task: Task) -> bool:
    """Tell whether what a task makes is finished with it: another paper is begun before anybody examines
    this one."""
    judged = (step for step in later_steps(task) if step.work in MAKING | EXAMINING)
    step = next(judged, None)
    return step is not None and begins_a_paper(step)


def later_steps(task: Task) -> list[StepNode]:
    graph = graph_of(task.case.procedure_version)
    return sorted((step for step in graph.steps if step.no > task.step_no), key=lambda step: step.no)


def begins_a_paper(step: StepNode) -> bool:
    """Tell whether a step makes a paper of its own. A typing step goes on with the one before."""
    handler = handler_for(step.work, step.topic)
    goes_on = isinstance(handler, DocumentWork) and not handler.document_kind
    return step.work in MAKING and not goes_on


def left_by(graph: Graph) -> tuple[str, ...]:
    """Return the names of what is left when an SOP has run, in the order of its steps: every paper and proof
    but orders, material that was gathered for a paper, and drafts that a later step types or examines."""
    kept = (name for step in graph.steps for name in _left_by(step, graph))
    return tuple(dict.fromkeys(kept))


def _left_by(step: StepNode, graph: Graph) -> tuple[str, ...]:
    judged = (one for one in graph.steps if one.no > step.no and one.work in MAKING | EXAMINING | FOLLOWING)
    following = next(judged, None)
    is_finished = following is None or following.work in FOLLOWING or begins_a_paper(following)
    if step.work in {Work.COLLECT, Work.REVIEW} or (step.work == Work.PREPARE and not is_finished):
        return () if following else step.outputs
    if step.work != Work.DISPOSISI:
        return step.outputs
    handler = handler_for(step.work, step.topic)
    if isinstance(handler, DocumentWork):
        return tuple(map(titled, step.outputs[handler.output - 1 :])) if is_finished else ()
    return step.outputs if step.topic in DocumentKind.values else ()


def titled(output: str) -> str:
    """Return what a document is called: the output's name without "Konsep" and "Ketikan"."""
    name = output.removeprefix("Konsep ").removeprefix("Ketikan ")
    return name[:1].upper() + name[1:]


def is_made_again(task: Task, target_no: int) -> bool:
    """Tell whether a return to an earlier step leads through a step that makes the document anew. Otherwise
    the text stays, and with it what others have endorsed."""
    graph = graph_of(task.case.procedure_version)
    return any(step.work in MAKING for step in graph.steps if target_no <= step.no < task.step_no)


def disposisi_received(task: Task) -> Disposisi | None:
    """Return the newest link of the run's chain of instructions that was given to the task's position."""
    return (
        Disposisi.objects.filter(task_outputs__task__case=task.case_id, recipients__position=task.position_id)
        .order_by("-id")
        .first()
    )


def disposisi_given(task: Task) -> Disposisi | None:
    """Return the newest disposisi on the run's letter that does already what the task asks for: given from
    its position to everybody who acts next. None where the step wants more than a disposisi."""
    step = step_of(task)
    if step.work != Work.DISPOSISI or len(step.outputs) > 1 or task.case.letter_id is None:
        return None
    wanted = set(next_positions(task)) - {task.position_id}
    given = Disposisi.objects.filter(letter=task.case.letter_id, from_position=task.position_id)
    for link in given.prefetch_related("recipients").order_by("-id"):
        if wanted and wanted <= {one.position_id for one in link.recipients.all()}:
            return link
    return None


def has_endorsed(version: DocumentVersion, kind: EndorsementKind, position_id: int) -> bool:
    """Tell whether a position's paraf or approval stands on a version."""
    return Endorsement.objects.filter(
        version=version, kind=kind, position=position_id, voided_at=None
    ).exists()


def has_signed(version: DocumentVersion, position_id: int) -> bool:
    """Tell whether a position's electronic signature stands on a version."""
    rows = standing_signatures(version=version)
    return rows.filter(position=position_id, way=SigningWay.ELECTRONIC).exists()


def missing_parafs(task: Task, version: DocumentVersion) -> list[str]:
    """Return the positions that have examined the document at work before the task's step and whose paraf
    does not stand on the version, because it changed since (two queries)."""
    graph = graph_of(task.case.procedure_version)
    since = range(making_since(graph, task.step_no), task.step_no)
    reviews = [step.no for step in graph.steps if step.work == Work.REVIEW and step.no in since]
    reviewed = (
        Task.objects.filter(case=task.case, step_no__in=reviews, state=TaskState.DONE)
        .select_related("position")
        .order_by("id")
    )
    reviewers = {done.step_no: done.position for done in reviewed}
    standing = set(
        Endorsement.objects.filter(version=version, kind=EndorsementKind.PARAF, voided_at=None).values_list(
            "position_id", flat=True
        )
    )
    return [position.short_title for position in reviewers.values() if position.pk not in standing]


def next_positions(task: Task) -> tuple[int, ...]:
    """Return the positions whose tasks the completion of this one opens, then those that take part in them
    (one query)."""
    graph = graph_of(task.case.procedure_version)
    following = graph.next_no(task.step_no)
    if following is None:
        return ()
    step = graph.step(following)
    opened = openings(step, bindings_of_step(task.case_id, step), 1)
    acting = [change.attempt.position_id for change in opened]
    return tuple(dict.fromkeys(acting + [other for change in opened for other in change.participants]))
