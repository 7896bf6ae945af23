"""A cell as it was typed, cleaned and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from runtut.procedures.enums import Confidence, StepKind, Work
from runtut.procedures.errors import EditImpossible, EditUnknown
from runtut.procedures.graph.editing.asking import LIMITS
from runtut.procedures.graph.editing.changes import Conflict
from runtut.procedures.graph.editing.sheet import MODES, Row, Sheet
from runtut.procedures.graph.editing.times import time_of, typed_of


def cell_value(sheet: Sheet, row: Row, field: str, value: Any) -> Any:
    """A cell's value as it is kept, cleaned and checked."""
    if field in {"requirements", "outputs"}:
        return _lines(value)
    if field == "time":
        return _time(row.cells["time"], value)
    if field == "return_to":
        return _targets(sheet, row, value)
    if field == "performers":
        return _marks(sheet, value)
    choices: dict[str, Sequence[str]] = {
        "kind": StepKind.values,
        "work": Work.values,
        "return_confidence": Confidence.values,
    }
    text = " ".join(str(value or "").split())
    if field in choices and text not in choices[field]:
        raise EditUnknown
    limit = LIMITS.get(field, 30)
    if len(text) > limit:
        raise EditImpossible(why=f"Tulisan itu lebih panjang daripada {limit} huruf; persingkat dahulu.")
    return text


def _lines(value: Any) -> list[str]:
    lines = value.splitlines() if isinstance(value, str) else value
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise EditUnknown
    return [" ".join(line.split()) for line in lines if line.strip()]


def _time(before: Mapping[str, Any], value: Any) -> Mapping[str, Any]:
    """A time as it was typed; one that was left as it was shown keeps its words ("1 (satu) hari")."""
    if not isinstance(value, Mapping):
        raise EditUnknown
    number, unit = str(value.get("value", "")), str(value.get("unit", ""))
    left = number.strip() == typed_of(before) and unit == before["unit"]
    return before if left else time_of(number, unit)


def _targets(sheet: Sheet, row: Row, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise EditUnknown
    known = sheet.numbers
    targets = list(dict.fromkeys(str(key) for key in value))
    if any(key not in known for key in targets):
        raise Conflict(row.key, "return_to")
    if any(known[key] >= known[row.key] for key in targets):
        raise EditImpossible(why="Panah kembali menuju langkah yang lebih awal.")
    stood = [key for key in row.cells["return_to"] if key in targets]
    return [*stood, *(key for key in targets if key not in stood)]


def _marks(sheet: Sheet, value: Any) -> list[list[str]]:
    columns = {one.key for one in sheet.columns}
    marks = [[str(part) for part in mark] for mark in value] if isinstance(value, list) else None
    if marks is None or any(len(mark) != 3 or mark[1] not in MODES[1:] for mark in marks):
        raise EditUnknown
    if any(key not in columns for key, _, _ in marks):
        raise Conflict("", "columns")
    return marks


def short_label(activity: str) -> str:
    """The first words of an activity, as many as fit a label."""
    label = ""
    for word in activity.split():
        if len(f"{label} {word}".strip()) > 40:
            break
        label = f"{label} {word}".strip()
    return label or activity[:40]
