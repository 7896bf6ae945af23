"""What a person asks of a sheet, planned as changes of the sheet as it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from runtut.procedures.enums import Confidence, Mode, StepKind
from runtut.procedures.errors import EditImpossible, EditUnknown
from runtut.procedures.graph.editing.asking import Asked, asked_column, asked_number, asked_row
from runtut.procedures.graph.editing.changes import (
    Change,
    InsertRow,
    MoveRow,
    Patch,
    RemoveRow,
    SetCell,
    SetColumns,
    apply,
)
from runtut.procedures.graph.editing.columns import add_column, move_column, remove_column, rename_column
from runtut.procedures.graph.editing.joining import halves, joined, shared
from runtut.procedures.graph.editing.sheet import FIELDS, MODES, Row, Sheet, empty_cells
from runtut.procedures.graph.editing.values import cell_value, short_label

ENDS: Final = frozenset({StepKind.START, StepKind.END})
MOST_ROWS: Final = 200


def plan(sheet: Sheet, asked: Asked) -> Patch:
    """Return the changes that do what was asked ("op" and its arguments); pure, nothing is applied yet.

    The symbols at both ends follow the order of the rows. Raises EditUnknown for an operation, a row, a
    column or a value that does not exist, and EditImpossible with the reason.
    """
    operation = OPERATIONS.get(str(asked.get("op", "")))
    if operation is None:
        raise EditUnknown
    changes = tuple(operation(sheet, asked))
    return (*changes, *_settled(sheet, changes)) if changes else ()


def _settled(sheet: Sheet, changes: Patch) -> list[Change]:
    """The first row is the start, the last the end, and none between."""
    if all(isinstance(change, SetCell | SetColumns) for change in changes):
        return []
    found: list[Change] = []
    after = apply(sheet, changes)
    last = len(after.rows) - 1
    for index, row in enumerate(after.rows):
        kind = row.cells["kind"]
        between = StepKind.PROCESS.value if kind in ENDS else kind
        wanted = StepKind.START.value if index == 0 else StepKind.END.value if index == last else between
        if kind != wanted:
            found.append(SetCell(row.key, "kind", kind, wanted))
    return found


def set_cell(sheet: Sheet, asked: Asked) -> list[Change]:
    """row, field, value: write one cell."""
    row, field = asked_row(sheet, asked), str(asked.get("field", ""))
    if field not in FIELDS:
        raise EditUnknown
    value = cell_value(sheet, row, field, asked.get("value"))
    before = row.cells[field]
    if value == before:
        return []
    named = _label(row, value) if field == "activity" else []
    return [SetCell(row.key, field, before, value), *named]


def _label(row: Row, activity: str) -> list[Change]:
    """The short name follows the activity until somebody gives the step one of its own."""
    old, new = row.cells["label"], short_label(activity)
    own = old and old != short_label(row.cells["activity"])
    return [] if own or new == old else [SetCell(row.key, "label", old, new)]


def set_mark(sheet: Sheet, asked: Asked) -> list[Change]:
    """row, column, mode (or none to go on to the next): how a column takes part in a step."""
    row, column = asked_row(sheet, asked), asked_column(sheet, asked)
    old = row.mode_of(column.key)
    new = str(asked.get("mode", MODES[(MODES.index(old) + 1) % len(MODES)]))
    if new not in MODES:
        raise EditUnknown
    order = [one.key for one in sheet.columns]
    marks = [
        [key, _beside(mode, new), confidence]
        for key, mode, confidence in row.cells["performers"]
        if key != column.key
    ]
    if new:
        marks.append([column.key, new, Confidence.HIGH.value])
    marks.sort(key=lambda mark: order.index(mark[0]))
    return set_cell(sheet, {"row": row.key, "field": "performers", "value": marks})


def _beside(mode: str, new: str) -> str:
    """Nobody else completes a step beside a new main performer, or beside those who each complete theirs."""
    acting = {Mode.MAIN.value, Mode.EACH.value}
    together = new == mode == Mode.EACH
    return mode if new not in acting or mode not in acting or together else Mode.JOINT.value


def add_row(sheet: Sheet, asked: Asked) -> list[Change]:
    """key, after (a row, "" for the top): a new step; it needs what the one before yields."""
    _ensure_room(sheet)
    key, after = _fresh(sheet, asked), str(asked.get("after", ""))
    before = sheet.row(after)
    if after and before is None:
        raise EditUnknown
    cells = empty_cells()
    if before:
        cells["requirements"] = list(before.cells["outputs"])
    return [InsertRow(key, cells, after)]


def remove_row(sheet: Sheet, asked: Asked) -> list[Change]:
    """row: take a step out, and every arrow that returns to it."""
    row = asked_row(sheet, asked)
    if len(sheet.rows) == 1:
        raise EditImpossible(why="SOP mempunyai paling sedikit satu langkah.")
    return [*_without_target(sheet, row.key), RemoveRow(row.key, row.cells, _before(sheet, row.key))]


def move_row(sheet: Sheet, asked: Asked) -> list[Change]:
    """row, to (number from 1): put a step elsewhere; arrows follow the steps they mean."""
    row = asked_row(sheet, asked)
    here, there = sheet.numbers[row.key], asked_number(asked.get("to"))
    there = max(1, min(there, len(sheet.rows)))
    if here == there:
        return []
    rest = [one.key for one in sheet.rows if one.key != row.key]
    return [MoveRow(row.key, _before(sheet, row.key), rest[there - 2] if there > 1 else "")]


def split_row(sheet: Sheet, asked: Asked) -> list[Change]:
    """row, key, at (characters into the activity; absent: half of its words): make two steps of one.

    The new step keeps performers, outputs, note and arrows; the time is halved between the two.
    """
    _ensure_room(sheet)
    row, key = asked_row(sheet, asked), _fresh(sheet, asked)
    first, second = halves(row.cells["activity"], asked.get("at"))
    early, late = shared(row.cells["time"])
    told = {
        **row.cells,
        "activity": second,
        "label": short_label(second),
        "time": late,
        "kind": StepKind.PROCESS.value,
    }
    if row.cells["kind"] == StepKind.DECISION:
        told["kind"] = StepKind.DECISION.value
    passed = [f"Hasil: {first}"[:120]]
    told["requirements"] = passed
    kept = {"activity": first, "time": early, "outputs": passed, "return_to": [], "note": ""}
    if row.cells["kind"] == StepKind.DECISION:
        kept["kind"] = StepKind.PROCESS.value
    return [
        *(
            SetCell(row.key, name, row.cells[name], new)
            for name, new in kept.items()
            if row.cells[name] != new
        ),
        InsertRow(key, told, row.key),
    ]


def merge_rows(sheet: Sheet, asked: Asked) -> list[Change]:
    """row: make one step of it and the next. Times add up, performers and papers are joined; what the first
    yielded only for the second is gone, and arrows to the second lead to the first."""
    row = asked_row(sheet, asked)
    index = sheet.index(row.key)
    if index is None or index + 1 >= len(sheet.rows):
        raise EditImpossible(why="Langkah terakhir tidak mempunyai langkah sesudahnya untuk digabung.")
    following = sheet.rows[index + 1]
    cells = joined(row, following)
    changes: list[Change] = [
        SetCell(row.key, name, row.cells[name], new) for name, new in cells.items() if row.cells[name] != new
    ]
    for one in sheet.rows:
        if one.key not in {row.key, following.key} and following.key in one.cells["return_to"]:
            targets = [row.key if key == following.key else key for key in one.cells["return_to"]]
            changes.append(
                SetCell(one.key, "return_to", one.cells["return_to"], list(dict.fromkeys(targets)))
            )
    return [*changes, RemoveRow(following.key, following.cells, row.key)]


OPERATIONS: Final[dict[str, Callable[[Sheet, Asked], list[Change]]]] = {
    "set": set_cell,
    "mark": set_mark,
    "add": add_row,
    "remove": remove_row,
    "move": move_row,
    "split": split_row,
    "merge": merge_rows,
    "add_column": add_column,
    "rename_column": rename_column,
    "remove_column": remove_column,
    "move_column": move_column,
}


def _fresh(sheet: Sheet, asked: Asked) -> str:
    key = str(asked.get("key", ""))
    if not key or sheet.row(key):
        raise EditUnknown
    return key


def _ensure_room(sheet: Sheet) -> None:
    if len(sheet.rows) >= MOST_ROWS:
        raise EditImpossible(why=f"Satu SOP memuat paling banyak {MOST_ROWS} langkah.")


def _before(sheet: Sheet, key: str) -> str:
    index = sheet.index(key)
    return sheet.rows[index - 1].key if index else ""


def _without_target(sheet: Sheet, key: str) -> list[Change]:
    return [
        SetCell(
            one.key,
            "return_to",
            one.cells["return_to"],
            [target for target in one.cells["return_to"] if target != key],
        )
        for one in sheet.rows
        if one.key != key and key in one.cells["return_to"]
    ]
