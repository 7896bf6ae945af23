"""A draft's table edited in the database: alone, by two at once, and back again."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import AT, Cast, make_cast
from tests.procedures.factories import acting_camat, make_draft, make_effective_version
from tests.procedures.graphs import graph_of_sheet
from tests.procedures.test_editing import asks

from runtut.core.models import AuditEntry
from runtut.core.uids import uuid7
from runtut.procedures.actions import (
    accept_suggested_bindings,
    comment_on_version,
    edit_draft,
    redo_edit,
    undo_edit,
)
from runtut.procedures.errors import (
    EditConflict,
    EditImpossible,
    EditUnknown,
    NothingToUndo,
    NotManager,
    VersionNotDraft,
)
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import bound_positions, document_of, graph_of, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def draft(cast: Cast) -> ProcedureVersion:
    return make_draft(cast)


def edit(cast: Cast, version: ProcedureVersion, *, who=None, revision=None, **asked):
    stored = ProcedureVersion.objects.get(pk=version.pk)
    seen = stored.revision if revision is None else revision
    authority = who or cast.authority(cast.sari)
    return edit_draft(version=version, revision=seen, asked=[asked], authority=authority, at=AT)


def key(version: ProcedureVersion, no: int) -> str:
    return sheet_of(version).rows[no - 1].key


def fresh() -> str:
    return str(uuid7())


def activities(version: ProcedureVersion) -> list[str]:
    return list(version.steps.order_by("no").values_list("activity", flat=True))


def test_cell_is_stored_and_told(cast, draft):
    edited = edit(
        cast, draft, op="set", row=key(draft, 3), field="time", value={"value": "2,5", "unit": "jam"}
    )
    step = draft.steps.get(no=3)
    assert (step.time_text, step.minutes, edited.version.revision) == ("2,5 jam", 150, 1)
    assert AuditEntry.objects.filter(action="procedures.table.edited").count() == 1


def test_row_put_between_moves_the_others_with_their_arrows_and_remarks(cast, draft):
    made = comment_on_version(version=draft, text="Cek", step_no=6, authority=acting_camat(cast), at=AT)
    before = {step.activity: step.return_to for step in draft.steps.all()}
    edit(cast, draft, op="add", key=fresh(), after=key(draft, 2))
    made.refresh_from_db()
    assert list(draft.steps.order_by("no").values_list("no", flat=True)) == list(range(1, 11))
    assert made.step_no == 7
    moved = {step.activity: step.return_to for step in draft.steps.exclude(activity="")}
    assert moved == {said: [no + 1 if no > 2 else no for no in back] for said, back in before.items()}
    assert any(moved.values())


def test_stored_rows_are_the_sheet(cast, draft):
    edited = edit(cast, draft, op="merge", row=key(draft, 1))
    stored = graph_of(draft)
    assert [(one.no, one.activity, one.return_to, one.minutes) for one in stored.steps] == [
        (one.no, one.activity, one.return_to, one.minutes) for one in graph_of_sheet(edited.sheet).steps
    ]


def test_column_keeps_its_positions_when_it_is_renamed_and_moved(cast, draft):
    accept_suggested_bindings(version=draft, authority=cast.authority(cast.sari), at=AT)
    camat = sheet_of(draft).columns[0].key
    edit(cast, draft, op="rename_column", column=camat, name="Pak Camat")
    edit(cast, draft, op="move_column", column=camat, to=3)
    edit(cast, draft, op="add_column", key=fresh(), name="Camat")
    names = list(draft.performers.order_by("sequence").values_list("name", flat=True))
    assert names == ["Sekcam", "Kasubbag Perencanaan", "Pak Camat", "Kasi", "Pengelola", "Camat"]
    moved = draft.performers.get(name="Pak Camat")
    assert [one.title for one in bound_positions(draft)[moved.pk]] == ["Camat"]


def test_undo_takes_back_only_what_the_person_did(cast, draft):
    before = document_of(draft)
    edit(cast, draft, op="remove", row=key(draft, 4))
    edit(cast, draft, who=acting_camat(cast), op="set", row=key(draft, 1), field="note", value="Segera")
    undo_edit(version=draft, authority=cast.authority(cast.sari), at=AT)
    assert activities(draft) == [step["activity"] for step in before["steps"]]
    assert draft.steps.get(no=1).note == "Segera"
    with pytest.raises(NothingToUndo):
        undo_edit(version=draft, authority=cast.authority(cast.sari), at=AT)


def test_redo_does_again_what_was_taken_back_last(cast, draft):
    sari = cast.authority(cast.sari)
    edit(cast, draft, op="set", row=key(draft, 2), field="note", value="Satu")
    edit(cast, draft, op="set", row=key(draft, 2), field="note", value="Dua")
    notes = []
    for act in (undo_edit, undo_edit, redo_edit, redo_edit, undo_edit):
        act(version=draft, authority=sari, at=AT)
        notes.append(draft.steps.get(no=2).note)
    assert notes == ["Satu", "", "Satu", "Dua", "Satu"]
    edit(cast, draft, op="set", row=key(draft, 2), field="note", value="Tiga")
    with pytest.raises(NothingToUndo):
        redo_edit(version=draft, authority=sari, at=AT)


def test_two_who_write_in_different_cells_both_keep_theirs(cast, draft):
    row = key(draft, 3)
    edit(cast, draft, op="set", row=row, field="note", value="Dari Sari")
    edited = edit(
        cast, draft, who=acting_camat(cast), revision=0, op="set", row=row, field="outputs", value="Bahan"
    )
    step = draft.steps.get(no=3)
    assert (step.note, step.outputs) == ("Dari Sari", ["Bahan"])
    assert [one.by for one in edited.meanwhile] == [cast.sari]


def test_two_who_write_in_the_same_cell_are_told(cast, draft):
    row = key(draft, 3)
    edit(cast, draft, op="set", row=row, field="note", value="Dari Sari")
    with pytest.raises(EditConflict) as refused:
        edit(cast, draft, who=acting_camat(cast), revision=0, op="set", row=row, field="note", value="Budi")
    assert refused.value.details["row"] == row
    assert cast.sari.full_name in refused.value.sentence
    assert draft.steps.get(no=3).note == "Dari Sari"


def test_cell_that_a_form_merely_sent_back_is_not_taken_for_a_change(cast, draft):
    row, seen = key(draft, 3), draft.steps.get(no=3).activity
    edit(cast, draft, op="set", row=row, field="activity", value="Menganalisis surat")
    edit_draft(
        version=draft,
        revision=0,
        asked=[
            {"op": "set", "row": row, "field": "activity", "value": seen},
            {"op": "set", "row": row, "field": "note", "value": "Baru"},
        ],
        authority=acting_camat(cast),
        at=AT,
    )
    step = draft.steps.get(no=3)
    assert (step.activity, step.note) == ("Menganalisis surat", "Baru")


def test_row_that_somebody_took_out_is_told(cast, draft):
    row = key(draft, 4)
    edit(cast, draft, op="remove", row=row)
    with pytest.raises(EditConflict, match="langkah itu"):
        edit(cast, draft, who=acting_camat(cast), revision=0, op="set", row=row, field="note", value="Budi")


def test_undo_does_not_write_over_somebody_else(cast, draft):
    row = key(draft, 3)
    edit(cast, draft, op="set", row=row, field="note", value="Dari Sari")
    edit(cast, draft, who=acting_camat(cast), op="set", row=row, field="note", value="Dari Budi")
    with pytest.raises(EditConflict):
        undo_edit(version=draft, authority=cast.authority(cast.sari), at=AT)
    assert draft.steps.get(no=3).note == "Dari Budi"


def test_refused_operation_changes_nothing(cast, draft):
    before = document_of(draft)
    with pytest.raises(EditImpossible):
        edit_draft(
            version=draft,
            revision=0,
            asked=[
                {"op": "remove", "row": key(draft, 2)},
                {"op": "set", "row": key(draft, 3), "field": "activity", "value": "x" * 301},
            ],
            authority=cast.authority(cast.sari),
            at=AT,
        )
    assert document_of(draft) == before


def test_stranger_edits_nothing(cast, draft):
    with pytest.raises(NotManager):
        edit(cast, draft, who=cast.authority(cast.joko), op="remove", row=key(draft, 2))


def test_text_in_force_never_changes(cast):
    version = make_effective_version(cast)
    with pytest.raises(VersionNotDraft):
        edit(cast, version, op="remove", row=key(version, 2))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_edits_and_their_undos_leave_the_text_as_it_was(cast, draft, data):
    # Hypothesis may leave an example in the middle of its edits; the next one begins where this one began.
    beginning = transaction.savepoint()
    try:
        ensure_undos_lead_back(cast, draft, data)
    finally:
        transaction.savepoint_rollback(beginning)
        draft.refresh_from_db()


def ensure_undos_lead_back(cast, draft, data):
    before = document_of(draft)
    sari, count = cast.authority(cast.sari), 0
    for _ in range(4):
        revision = ProcedureVersion.objects.get(pk=draft.pk).revision
        with suppress(EditImpossible, EditUnknown, EditConflict):
            edit(cast, draft, **data.draw(asks(sheet_of(draft), fresh())))
        stored = ProcedureVersion.objects.get(pk=draft.pk)
        count += stored.revision - revision
        assert [one.no for one in graph_of(draft).steps] == list(range(1, draft.steps.count() + 1))
    for _ in range(count):
        undo_edit(version=draft, authority=sari, at=AT)
    assert document_of(draft) == before
