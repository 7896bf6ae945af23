"""Editing the table of a draft: one operation at a time, several people at once, and back again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from runtut.core.locks import write_transaction
from runtut.documents.rules import writer_of
from runtut.organisations.models import Authority
from runtut.procedures.actions.sheet_writing import write_sheet
from runtut.procedures.actions.trail import hold_version, leave_trail
from runtut.procedures.errors import EditConflict, NothingToUndo
from runtut.procedures.graph.editing import (
    Conflict,
    Patch,
    SetCell,
    Sheet,
    apply,
    invert,
    plan,
    read_patch,
    store_patch,
    touched,
)
from runtut.procedures.models import DraftEdit, ProcedureVersion
from runtut.procedures.queries import edits_since, last_to_redo, last_to_undo, patch_of, sheet_of
from runtut.procedures.rules import ensure_can_manage_procedures, ensure_draft

WORDS: Final = {
    "set": "mengubah sel",
    "mark": "mengubah pelaksana",
    "add": "menambah langkah",
    "remove": "menghapus langkah",
    "move": "memindahkan langkah",
    "split": "memecah langkah",
    "merge": "menggabung langkah",
    "add_column": "menambah kolom",
    "rename_column": "mengganti nama kolom",
    "remove_column": "menghapus kolom",
    "move_column": "memindahkan kolom",
}


@dataclass(frozen=True)
class Edited:
    """A draft after an edit. `meanwhile` is what others did since the revision that was seen."""

    version: ProcedureVersion
    sheet: Sheet
    meanwhile: tuple[DraftEdit, ...]


def edit_draft(
    *,
    version: ProcedureVersion,
    revision: int,
    asked: Sequence[Mapping[str, Any]],
    authority: Authority,
    at: datetime,
) -> Edited:
    """Do what is asked of a draft's table (graph.editing.plans), all of it or nothing, in one transaction.

    `revision` is the one that the person saw. What others did since is kept: a cell of theirs that was sent
    back as it was seen is left alone, and one that both wrote is refused. Raises NotManager, VersionNotDraft,
    EditConflict (its details: row, field), and what planning refuses.
    """
    with write_transaction():
        version = hold_version(version)
        ensure_can_manage_procedures(authority, version.procedure.unit)
        ensure_draft(version)
        since = edits_since(version, revision)
        theirs = [edit for edit in since if edit.by_id != authority.user_id]
        sheet = before = sheet_of(version)
        patch: Patch = ()
        for one in asked:
            try:
                step = plan(sheet, one)
            except Conflict as conflict:
                raise refused(sheet, conflict, since) from conflict
            step = unseen(step, since) if one.get("op") == "set" else step
            patch, sheet = (*patch, *step), apply(sheet, step)
        ensure_apart(before, patch, theirs)
        if patch:
            keep(version, before, sheet, patch, _words(asked), authority, at)
    return Edited(version, sheet, tuple(theirs))


def undo_edit(*, version: ProcedureVersion, authority: Authority, at: datetime) -> Edited:
    """Take back the person's own newest change. Raises NothingToUndo, EditConflict where somebody else has
    since written in the same place, NotManager and VersionNotDraft."""
    return _step_back(version, authority, at, again=False)


def redo_edit(*, version: ProcedureVersion, authority: Authority, at: datetime) -> Edited:
    """Do again what the person took back last. Raises as undo_edit does."""
    return _step_back(version, authority, at, again=True)


def _step_back(version: ProcedureVersion, authority: Authority, at: datetime, *, again: bool) -> Edited:
    with write_transaction():
        version = hold_version(version)
        ensure_can_manage_procedures(authority, version.procedure.unit)
        ensure_draft(version)
        user_id = writer_of(authority).user_id
        edit = (last_to_redo if again else last_to_undo)(version, user_id)
        if edit is None:
            raise NothingToUndo(act="diulangi" if again else "dibatalkan")
        stored = read_patch(edit.patch)
        patch = stored if again else invert(stored)
        before = sheet_of(version)
        try:
            sheet = apply(before, patch)
        except Conflict as conflict:
            raise refused(before, conflict, edits_since(version, edit.revision)) from conflict
        word = "mengulangi" if again else "membatalkan"
        keep(version, before, sheet, patch, f"{word}: {edit.what}"[:80], authority, at, is_undo=True)
        edit.undone_at = None if again else version.revision
        edit.save(update_fields=["undone_at"])
    return Edited(version, sheet, ())


def unseen(patch: Patch, since: Sequence[DraftEdit]) -> Patch:
    """Leave out a cell that somebody else changed and that was sent back as it was before: the form carried
    it, the person did not write it."""
    first: dict[tuple[str, str], Any] = {}
    for change in patch_of(since):
        if isinstance(change, SetCell):
            first.setdefault((change.row, change.field), change.before)
    return tuple(
        change
        for change in patch
        if not (
            isinstance(change, SetCell)
            and (change.row, change.field) in first
            and first[change.row, change.field] == change.after
        )
    )


def ensure_apart(sheet: Sheet, patch: Patch, theirs: Sequence[DraftEdit]) -> None:
    """Raise EditConflict when somebody else has changed a place since it was seen."""
    mine = touched(patch)
    for edit in reversed(theirs):
        both = mine & touched(read_patch(edit.patch))
        if both:
            row, field = sorted(both)[0]
            raise conflict_with(sheet, row, field, edit)


def refused(sheet: Sheet, conflict: Conflict, since: Sequence[DraftEdit]) -> EditConflict:
    """The refusal for a place that is not there, or not as it was."""
    same = [edit for edit in since if any(row == conflict.row for row, _ in touched(read_patch(edit.patch)))]
    known = same or list(since)
    return conflict_with(sheet, conflict.row, conflict.field, known[-1] if known else None)


def conflict_with(sheet: Sheet, row: str, field: str, edit: DraftEdit | None) -> EditConflict:
    number = sheet.numbers.get(row)
    where = f"langkah {number}" if number else "kolom pelaksana" if not row else "langkah itu"
    name = edit.by.full_name if edit else "Seseorang"
    return EditConflict(name=name, where=where, row=row, place=field)


def keep(
    version: ProcedureVersion,
    before: Sheet,
    after: Sheet,
    patch: Patch,
    what: str,
    authority: Authority,
    at: datetime,
    *,
    is_undo: bool = False,
) -> None:
    """Store the sheet and the edit that made it, and raise the revision."""
    write_sheet(version, before, after)
    version.revision += 1
    version.save(update_fields=["revision"])
    DraftEdit.objects.create(
        version=version,
        revision=version.revision,
        patch=store_patch(patch),
        what=what,
        by_id=writer_of(authority).user_id,
        at=at,
        is_undo=is_undo,
    )
    data = {"revision": version.revision, "what": what}
    leave_trail(version=version, action="table.edited", authority=authority, at=at, data=data)


def _words(asked: Sequence[Mapping[str, Any]]) -> str:
    acts = [WORDS[str(one["op"])] for one in asked]
    others = [act for act in acts if act != WORDS["set"]]
    return (others or acts)[-1]
