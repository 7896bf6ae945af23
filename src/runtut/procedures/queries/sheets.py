"""A stored draft as the sheet that people edit."""

from __future__ import annotations

from collections.abc import Iterable

from runtut.procedures.graph.editing import Heading, Patch, Row, Sheet, read_patch
from runtut.procedures.models import DraftEdit, ProcedureVersion, Step
from runtut.procedures.queries.documents import time_of


def sheet_of(version: ProcedureVersion) -> Sheet:
    """Return the rows and columns of a version under their own keys. Three queries."""
    performers = list(version.performers.order_by("sequence", "id"))
    columns = {one.pk: str(one.uid) for one in performers}
    steps = list(version.steps.order_by("no").prefetch_related("step_performers"))
    rows = {step.no: str(step.uid) for step in steps}
    return Sheet(
        columns=tuple(Heading(str(one.uid), one.name, one.role) for one in performers),
        rows=tuple(_row(step, columns, rows) for step in steps),
    )


def _row(step: Step, columns: dict[int, str], rows: dict[int, str]) -> Row:
    marks = sorted(step.step_performers.all(), key=lambda one: one.pk)
    cells = {
        "activity": step.activity,
        "label": step.label,
        "kind": step.kind,
        "work": step.work,
        "topic": step.topic,
        "performers": [[columns[one.performer_id], one.mode, one.confidence] for one in marks],
        "requirements": step.requirements,
        "outputs": step.outputs,
        "time": time_of(step),
        "note": step.note,
        "return_to": [rows[no] for no in step.return_to if no in rows],
        "return_confidence": step.return_confidence,
        "calls": step.calls,
    }
    return Row(str(step.uid), cells)


def edits_since(version: ProcedureVersion, revision: int) -> list[DraftEdit]:
    """Return what was done to a draft after a revision, the oldest first. One query."""
    return list(version.edits.filter(revision__gt=revision).select_related("by").order_by("revision"))


def patch_of(edits: Iterable[DraftEdit]) -> Patch:
    """One patch of several edits in their order."""
    return tuple(change for edit in edits for change in read_patch(edit.patch))


def last_to_undo(version: ProcedureVersion, user_id: int) -> DraftEdit | None:
    """Return a person's newest change that still stands. One query."""
    own = version.edits.filter(by=user_id, is_undo=False, undone_at=None)
    return own.order_by("-revision").first()


def last_to_redo(version: ProcedureVersion, user_id: int) -> DraftEdit | None:
    """Return what a person took back last, unless they have changed something since. Two queries."""
    undone = version.edits.filter(by=user_id, undone_at__isnull=False).order_by("-undone_at").first()
    if undone is None:
        return None
    newer = version.edits.filter(by=user_id, is_undo=False, revision__gt=undone.undone_at)
    return None if newer.exists() else undone
