"""A draft as a sheet: every change can be taken back, and two who edit at once lose no row."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.procedures.graphs import graph_of_sheet

from runtut.procedures.errors import EditImpossible, EditUnknown, TimeUnreadable
from runtut.procedures.graph.editing import (
    OPERATIONS,
    Conflict,
    Heading,
    Row,
    Sheet,
    apply,
    invert,
    plan,
    read_patch,
    store_patch,
    time_of,
    typed_of,
)
from runtut.procedures.graph.editing.sheet import empty_cells


def row(number: int, **changes: object) -> Row:
    cells = {
        **empty_cells(),
        "activity": f"Menyusun bagian {number} dan memeriksanya",
        "performers": [["a", "main", "high"]],
        "requirements": [f"Hasil {number - 1}"],
        "outputs": [f"Hasil {number}"],
        "time": {"text": "1 jam", "value": 1, "unit": "jam", "minutes": 60},
        **changes,
    }
    return Row(f"r{number}", cells)


def sheet(size: int = 4, **changes: object) -> Sheet:
    kinds = ["start", *["process"] * (size - 2), "end"]
    rows = [row(number, kind=kind) for number, kind in enumerate(kinds, start=1)]
    rows[2] = row(3, **{"kind": "decision", "return_to": ["r2"], **changes})
    return Sheet((Heading("a", "Camat"), Heading("b", "Sekcam")), tuple(rows))


def done(before: Sheet, **asked: object) -> Sheet:
    return apply(before, plan(before, asked))


def keys(one: Sheet) -> list[str]:
    return [each.key for each in one.rows]


def test_cell_is_written_clean():
    after = done(sheet(), op="set", row="r2", field="outputs", value=" Draf \n\n  Surat   masuk ")
    assert after.row("r2").cells["outputs"] == ["Draf", "Surat masuk"]


def test_order_of_return_targets_stays_where_they_are_only_ticked_again():
    before = sheet(return_to=["r2", "r1"])
    assert plan(before, {"op": "set", "row": "r3", "field": "return_to", "value": ["r1", "r2"]}) == ()


def test_same_value_is_no_change():
    assert plan(sheet(), {"op": "set", "row": "r2", "field": "note", "value": " "}) == ()


@pytest.mark.parametrize(
    ("value", "unit", "minutes", "text"),
    [("3", "hari", 1350, "3 hari"), ("1,5", "jam", 90, "1,5 jam"), ("", "menit", 0, ""), ("0", "jam", 0, "")],
)
def test_time(value, unit, minutes, text):
    made = time_of(value, unit)
    assert (made["minutes"], made["text"], made["unit"]) == (minutes, text, unit)


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("tiga", "hari"),
        ("3-2", "hari"),
        ("2-", "hari"),
        ("1-2-3", "hari"),
        ("-1", "jam"),
        ("1", "tahun"),
        ("100000", "menit"),
        ("1,234", "jam"),
    ],
)
def test_time_that_is_none(value, unit):
    with pytest.raises(TimeUnreadable):
        time_of(value, unit)


@pytest.mark.parametrize("value", ["2-3", "2 - 3", "2–3", "2 s/d 3", "2 s.d. 3", "2 sampai 3", "2,0-3"])
def test_range_of_time_keeps_both_ends_and_counts_the_upper(value):
    made = time_of(value, "hari")
    assert made == {"text": "2-3 hari", "value": 3, "unit": "hari", "minutes": 1350, "low": 2, "high": 3}
    assert time_of(typed_of(made), "hari") == made


def test_range_between_the_same_ends_is_one_time():
    assert time_of("3-3", "hari") == time_of("3", "hari")


@pytest.mark.parametrize(
    ("time", "typed"),
    [
        ({"text": "Disesuaikan", "value": 0, "unit": "menit", "minutes": 0}, ""),
        ({"text": "1 (satu) hari", "value": 1, "unit": "hari", "minutes": 450}, "1"),
        ({"text": "2 s.d. 3 hari", "value": 3, "unit": "hari", "minutes": 1350, "low": 2, "high": 3}, "2-3"),
    ],
    ids=["free text", "a number in words", "a range"],
)
def test_time_left_as_it_was_shown_keeps_its_words(time, typed):
    before = sheet(time=time)
    asked = {"op": "set", "row": "r3", "field": "time", "value": {"value": typed, "unit": time["unit"]}}
    assert plan(before, asked) == ()


def test_time_of_another_unit_is_written_anew():
    before = sheet(time={"text": "1 (satu) hari", "value": 1, "unit": "hari", "minutes": 450})
    after = done(before, op="set", row="r3", field="time", value={"value": "1", "unit": "jam"})
    assert after.row("r3").cells["time"] == time_of("1", "jam")


def test_click_goes_through_every_way_of_taking_part():
    modes, now = [], sheet()
    for _ in range(4):
        now = done(now, op="mark", row="r2", column="b")
        modes.append((now.row("r2").mode_of("a"), now.row("r2").mode_of("b")))
    assert modes == [("joint", "main"), ("joint", "joint"), ("joint", "each"), ("joint", "")]


def test_new_row_needs_what_the_one_before_yields():
    after = done(sheet(), op="add", key="x", after="r2")
    assert keys(after) == ["r1", "r2", "x", "r3", "r4"]
    assert after.row("x").cells["requirements"] == ["Hasil 2"]


def test_symbols_at_both_ends_follow_the_order():
    after = done(sheet(), op="add", key="x", after="r4")
    assert [one.cells["kind"] for one in after.rows] == ["start", "process", "decision", "process", "end"]
    moved = done(sheet(), op="move", row="r4", to=1)
    assert [one.cells["kind"] for one in moved.rows] == ["start", "process", "process", "end"]


def test_arrows_follow_the_steps_they_mean():
    after = done(sheet(), op="add", key="x", after="")
    assert graph_of_sheet(after).step(4).return_to == (3,)


def test_removed_step_takes_the_arrows_to_it_with_it():
    assert done(sheet(), op="remove", row="r2").row("r3").cells["return_to"] == []


def test_split_halves_the_time_and_hands_the_outputs_on():
    before = sheet()
    after = done(before, op="split", row="r2", key="x")
    first, second = after.row("r2").cells, after.row("x").cells
    assert (first["activity"], second["activity"]) == ("Menyusun bagian 2", "Memeriksanya")
    assert first["time"]["minutes"] + second["time"]["minutes"] == 60
    assert first["outputs"] == second["requirements"]
    assert second["outputs"] == ["Hasil 2"]


def test_merge_adds_times_and_leads_arrows_to_the_one_step():
    after = done(sheet(), op="merge", row="r1")
    cells = after.row("r1").cells
    assert keys(after) == ["r1", "r3", "r4"]
    assert (cells["time"]["minutes"], cells["outputs"], cells["requirements"]) == (
        120,
        ["Hasil 2"],
        ["Hasil 0"],
    )
    assert after.row("r3").cells["return_to"] == ["r1"]


def test_columns_are_renamed_moved_and_removed_with_their_marks():
    after = done(sheet(), op="rename_column", column="a", name="Lurah")
    after = done(after, op="move_column", column="a", to=2)
    assert [one.name for one in after.columns] == ["Sekcam", "Lurah"]
    assert done(after, op="remove_column", column="a").row("r1").cells["performers"] == []


@pytest.mark.parametrize(
    "asked",
    [
        {"op": "melompat"},
        {"op": "set", "row": "r1", "field": "no", "value": "1"},
        {"op": "set", "row": "r1", "field": "kind", "value": "awan"},
        {"op": "set", "row": "r1", "field": "performers", "value": [["a", "boss", "high"]]},
        {"op": "move", "row": "r1", "to": "atas"},
        {"op": "add", "key": "r1", "after": ""},
        {"op": "mark", "row": "r1", "column": "a", "mode": "x"},
    ],
)
def test_what_is_not_known_is_refused(asked):
    with pytest.raises(EditUnknown):
        plan(sheet(), asked)


@pytest.mark.parametrize(
    "asked",
    [
        {"op": "set", "row": "r2", "field": "return_to", "value": ["r3"]},
        {"op": "set", "row": "r2", "field": "activity", "value": "x" * 301},
        {"op": "merge", "row": "r4"},
        {"op": "add_column", "key": "c", "name": "camat"},
        {"op": "rename_column", "column": "a", "name": " "},
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(asked):
    with pytest.raises(EditImpossible):
        plan(sheet(), asked)


def test_one_word_is_not_split():
    with pytest.raises(EditImpossible):
        done(sheet(activity="Menyusun"), op="split", row="r3", key="x")


def test_last_row_stays():
    with pytest.raises(EditImpossible):
        plan(Sheet((), (row(1),)), {"op": "remove", "row": "r1"})


def test_newer_cell_is_not_overwritten_by_an_undo():
    mine = plan(sheet(), {"op": "set", "row": "r2", "field": "note", "value": "Saya"})
    theirs = done(apply(sheet(), mine), op="set", row="r2", field="note", value="Dia")
    with pytest.raises(Conflict):
        apply(theirs, invert(mine))


def test_row_that_somebody_wrote_in_is_not_undone_away():
    mine = plan(sheet(), {"op": "add", "key": "x", "after": "r2"})
    theirs = done(apply(sheet(), mine), op="set", row="x", field="activity", value="Menulis")
    with pytest.raises(Conflict):
        apply(theirs, invert(mine))


# Any operation on any sheet that operations can make.
TEXTS = st.text("abc dan,", max_size=30)


@st.composite
def asks(draw: st.DrawFn, now: Sheet, fresh: str) -> dict[str, object]:
    some_row = st.sampled_from([one.key for one in now.rows])
    some_column = st.sampled_from([one.key for one in now.columns] or ["a"])
    asked: dict[str, object] = {
        "op": draw(st.sampled_from(sorted(OPERATIONS))),
        "row": draw(some_row),
        "column": draw(some_column),
        "key": fresh,
        "after": draw(st.one_of(st.just(""), some_row)),
        "to": draw(st.integers(-1, 8)),
        "name": draw(TEXTS),
    }
    field, value = draw(
        st.sampled_from(
            [
                ("activity", draw(TEXTS)),
                ("outputs", [draw(TEXTS)]),
                ("return_to", [draw(some_row)]),
                ("time", {"value": str(draw(st.integers(0, 9))), "unit": "hari"}),
                ("kind", "decision"),
            ]
        )
    )
    return {**asked, "field": field, "value": value}


def attempt(now: Sheet, asked: dict[str, object]):
    try:
        return plan(now, asked)
    except (EditImpossible, EditUnknown, Conflict):
        return ()


@given(st.data())
def test_operation_and_its_inverse_leave_the_sheet_as_it_was(data):
    now = sheet(5)
    for turn in range(6):
        patch = attempt(now, data.draw(asks(now, f"n{turn}")))
        before = copy.deepcopy(now)
        now = apply(now, patch)
        assert apply(now, invert(patch)) == before
        assert apply(before, read_patch(store_patch(patch))) == now


@given(st.data())
def test_after_any_operations_the_sheet_can_be_drawn(data):
    now = sheet(5)
    for turn in range(8):
        now = apply(now, attempt(now, data.draw(asks(now, f"n{turn}"))))
    graph = graph_of_sheet(now)
    assert [step.no for step in graph.steps] == list(range(1, len(now.rows) + 1))
    assert (graph.first.kind, graph.last.kind) in {("start", "end"), ("start", "start"), ("end", "end")} or (
        "decision" in {graph.first.kind, graph.last.kind}
    )


@given(st.data())
def test_two_who_edit_at_once_lose_no_row(data):
    """Both plan on what they see, then the second's patch meets the first's result: it is applied whole or
    refused whole, and every row that neither of them took out is still there."""
    seen = sheet(6)
    first = attempt(seen, data.draw(asks(seen, "x")))
    second = attempt(seen, data.draw(asks(seen, "y")))
    after_first = apply(seen, first)
    try:
        after_both = apply(after_first, second)
    except Conflict:
        after_both = after_first
        second = ()
    gone = {one.row for one in (*first, *second) if type(one).__name__ == "RemoveRow"}
    come = {one.row for one in (*first, *second) if type(one).__name__ == "InsertRow"}
    assert set(keys(after_both)) == ({*keys(seen)} - gone) | come
    assert len(keys(after_both)) == len(set(keys(after_both)))
