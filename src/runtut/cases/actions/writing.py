"""Writing the document of a step: whoever may do the task may write it, one after the other."""

from __future__ import annotations

from datetime import datetime

from runtut.cases.actions.press import already_completed
from runtut.cases.enums import TaskState
from runtut.cases.errors import NothingToWrite, WritingIsClosed
from runtut.cases.models import Task, TaskManuscript
from runtut.cases.queries.documents import signer_of, titled, version_at_work
from runtut.cases.queries.sheet import step_of, tasks_with_case
from runtut.cases.queries.writing import (
    earlier_version,
    manuscript_of,
    task_of_manuscript,
    words_of,
)
from runtut.cases.registry import DocumentWork, handler_for, keeper_of
from runtut.cases.rules import ensure_may_write, local_day
from runtut.core.locks import write_transaction
from runtut.documents import actions as papers
from runtut.documents.enums import DocumentKind
from runtut.documents.formulas.markup import read_blocks, write_blocks
from runtut.documents.models import (
    DocumentVersion,
    Manuscript,
    ManuscriptAttachment,
    ManuscriptCopy,
    StoredFile,
)
from runtut.organisations.models import Authority


def start_writing(*, task: Task, output: int, authority: Authority, at: datetime) -> Manuscript:
    """Return the manuscript of a task's output (numbered from 1), opened now if there is none yet.

    It goes on with what is there: the document at work for a typing step, the document of an earlier round
    after a return; otherwise it begins from the office's template. Raises NothingToWrite for an output that
    is no document, NotYourTask, AlreadyCompleted, and the refusals of documents.actions.open_manuscript.
    """
    ensure_may_write(task, authority, local_day(at, task.case.unit))
    handler = writing_handler(task, output)
    with write_transaction():
        # Two who press at once: the second waits for this row, and finds the first one's manuscript.
        held = tasks_with_case().select_for_update(of=("self",)).get(pk=task.pk)
        if held.state != TaskState.OPEN:
            raise already_completed(held)
        found = manuscript_of(task, output)
        if found is not None:
            return found
        version = version_to_continue(task, output, handler.document_kind)
        if version is not None:
            manuscript = papers.continue_document(version=version, authority=authority, at=at)
        else:
            manuscript = papers.open_manuscript(
                unit=task.case.unit,
                kind=handler.document_kind or DocumentKind.LAINNYA,
                template=handler.template_kind,
                title=titled(step_of(task).outputs[output - 1]),
                values=words_of(task, output, at, is_companion=handler.is_companion),
                signer=task.position if handler.is_companion else signer_of(task),
                authority=authority,
                at=at,
            )
        TaskManuscript.objects.create(task=task, output=output, manuscript=manuscript)
    return manuscript


def writing_handler(task: Task, output: int) -> DocumentWork:
    """Return what writes an output; raise NothingToWrite for one that is no document."""
    step = step_of(task)
    handler = handler_for(step.work, step.topic)
    if not isinstance(handler, DocumentWork) or output != handler.output or output > len(step.outputs):
        raise NothingToWrite
    return handler


def version_to_continue(task: Task, output: int, kind: str) -> DocumentVersion | None:
    return earlier_version(task, output) or (version_at_work(task) if not kind else None)


def task_to_write(manuscript: Manuscript, authority: Authority, at: datetime) -> Task:
    """Return the open task that a manuscript belongs to; raise WritingIsClosed once it is done, NotYourTask
    for whoever may not write it."""
    task = task_of_manuscript(manuscript)
    if task is None:
        raise NothingToWrite
    ensure_may_write(task, authority, local_day(at, task.case.unit))
    if task.state != TaskState.OPEN:
        raise WritingIsClosed
    return task


def save_writing(
    *,
    manuscript: Manuscript,
    revision: int,
    title: str,
    heading: str,
    text: str,
    authority: Authority,
    at: datetime,
    signs_as: str | None = None,
) -> Manuscript:
    """Keep what was typed; see documents.actions.save_manuscript for what it refuses.

    Once the task is done the text is kept as a copy, and WritingIsClosed says so.
    """
    try:
        task_to_write(manuscript, authority, at)
    except WritingIsClosed:
        papers.keep_aside(
            manuscript=manuscript, revision=revision, title=title, text=text, authority=authority, at=at
        )
        raise
    return papers.save_manuscript(
        manuscript=manuscript,
        revision=revision,
        title=title,
        heading=heading,
        text=text,
        authority=authority,
        at=at,
        signs_as=signs_as,
    )


def renew_figures(*, manuscript: Manuscript, authority: Authority, at: datetime) -> Manuscript:
    """Put the figures that are kept back into a document that is written on; all other words stay.

    Raises what save_writing does.
    """
    task = task_to_write(manuscript, authority, at)
    keeper = keeper_of(manuscript.kind)
    blocks = keeper.renewed(task.case, read_blocks(manuscript.text), local_day(at, manuscript.unit))
    return papers.save_manuscript(
        manuscript=manuscript,
        revision=manuscript.revision,
        title=manuscript.title,
        heading="\n".join(manuscript.frame.get("title", [])),
        text=write_blocks(blocks),
        authority=authority,
        at=at,
    )


def choose_copy(
    *, manuscript: Manuscript, copy: ManuscriptCopy, authority: Authority, at: datetime
) -> Manuscript:
    """Put a kept copy in force, by choice of whoever may write."""
    task_to_write(manuscript, authority, at)
    return papers.replace_text(manuscript=manuscript, copy=copy, authority=authority, at=at)


def attach(
    *, manuscript: Manuscript, file: StoredFile, title: str, authority: Authority, at: datetime
) -> ManuscriptAttachment:
    """Add an attachment."""
    task_to_write(manuscript, authority, at)
    return papers.attach_file(manuscript=manuscript, file=file, title=title, authority=authority, at=at)


def detach(*, attachment: ManuscriptAttachment, authority: Authority, at: datetime) -> None:
    """Take an attachment off."""
    task_to_write(attachment.manuscript, authority, at)
    papers.detach_file(attachment=attachment, authority=authority, at=at)
