"""Writing in tests of whole runs: whatever a step asks to be written is written, with every hint replaced."""

from __future__ import annotations

from datetime import datetime

from runtut.cases.actions import save_writing, start_writing
from runtut.cases.models import Task
from runtut.cases.queries import step_of
from runtut.cases.registry import DocumentWork, handler_for
from runtut.documents.formulas.placeholders import hints_in
from runtut.documents.models import Manuscript
from runtut.organisations.models import Authority


def write_what_is_asked(task: Task, authority: Authority, at: datetime) -> Manuscript | None:
    """Write the document of a task, if its step asks for one."""
    step = step_of(task)
    handler = handler_for(step.work, step.topic)
    if not isinstance(handler, DocumentWork) or handler.output > len(step.outputs):
        return None
    manuscript = start_writing(task=task, output=handler.output, authority=authority, at=at)
    text = manuscript.text or "Isi naskah."
    for hint in hints_in(text):
        text = text.replace(hint, "sudah diisi")
    return save_writing(
        manuscript=manuscript,
        revision=manuscript.revision,
        title=manuscript.title,
        heading="\n".join(manuscript.frame.get("title", [])),
        text=text,
        authority=authority,
        at=at,
    )
