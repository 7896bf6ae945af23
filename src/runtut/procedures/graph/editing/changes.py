"""The smallest changes of a sheet. Each knows its inverse, and refuses to undo what it has not seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from runtut.procedures.graph.editing.sheet import FIELDS, Heading, Row, Sheet


class Conflict(Exception):
    """Somebody else has changed the same place: `row` and `field` name it, `theirs` is what stands there."""

    def __init__(self, row: str, field: str = "", theirs: Any = None) -> None:
        self.row, self.field, self.theirs = row, field, theirs
        super().__init__(f"{row}.{field}")


@dataclass(frozen=True)
class SetCell:
    """Put a value where `before` stands."""

    row: str
    field: str
    before: Any
    after: Any

    def apply(self, sheet: Sheet) -> Sheet:
        row = sheet.row(self.row)
        if row is None or row.cells[self.field] != self.before:
            raise Conflict(self.row, self.field, row.cells[self.field] if row else None)
        changed = row.with_cell(self.field, self.after)
        return replace(sheet, rows=tuple(changed if one.key == self.row else one for one in sheet.rows))

    def inverse(self) -> SetCell:
        return replace(self, before=self.after, after=self.before)

    def touches(self) -> set[tuple[str, str]]:
        return {(self.row, self.field)}


@dataclass(frozen=True)
class InsertRow:
    """Put a row after another; an empty `after` is the top, one that is gone the end."""

    row: str
    cells: Mapping[str, Any]
    after: str

    def apply(self, sheet: Sheet) -> Sheet:
        if sheet.row(self.row):
            raise Conflict(self.row)
        made = Row(self.row, self.cells)
        return replace(sheet, rows=placed(sheet.rows, made, self.after))

    def inverse(self) -> RemoveRow:
        return RemoveRow(self.row, self.cells, self.after)

    def touches(self) -> set[tuple[str, str]]:
        return whole(self.row)


@dataclass(frozen=True)
class RemoveRow:
    """Take a row out that still says what it said."""

    row: str
    cells: Mapping[str, Any]
    after: str

    def apply(self, sheet: Sheet) -> Sheet:
        row = sheet.row(self.row)
        if row is None:
            raise Conflict(self.row)
        for field in FIELDS:
            if row.cells[field] != self.cells[field]:
                raise Conflict(self.row, field, row.cells[field])
        return replace(sheet, rows=tuple(one for one in sheet.rows if one.key != self.row))

    def inverse(self) -> InsertRow:
        return InsertRow(self.row, self.cells, self.after)

    def touches(self) -> set[tuple[str, str]]:
        return whole(self.row)


@dataclass(frozen=True)
class MoveRow:
    """Take a row from after `before` to after `after`."""

    row: str
    before: str
    after: str

    def apply(self, sheet: Sheet) -> Sheet:
        row = sheet.row(self.row)
        if row is None:
            raise Conflict(self.row)
        rest = tuple(one for one in sheet.rows if one.key != self.row)
        return replace(sheet, rows=placed(rest, row, self.after))

    def inverse(self) -> MoveRow:
        return replace(self, before=self.after, after=self.before)

    def touches(self) -> set[tuple[str, str]]:
        return {(self.row, "no")}


@dataclass(frozen=True)
class SetColumns:
    """Put these columns where `before` stand."""

    before: tuple[Heading, ...]
    after: tuple[Heading, ...]

    def apply(self, sheet: Sheet) -> Sheet:
        if sheet.columns != self.before:
            raise Conflict("", "columns")
        return replace(sheet, columns=self.after)

    def inverse(self) -> SetColumns:
        return SetColumns(self.after, self.before)

    def touches(self) -> set[tuple[str, str]]:
        return {("", "columns")}


Change = SetCell | InsertRow | RemoveRow | MoveRow | SetColumns
Patch = tuple[Change, ...]
_KINDS: Mapping[str, type[Change]] = {
    kind.__name__: kind for kind in (SetCell, InsertRow, RemoveRow, MoveRow, SetColumns)
}


def placed(rows: Sequence[Row], row: Row, after: str) -> tuple[Row, ...]:
    """The rows with one more, after the one named; at the top for "", at the end when that one is gone."""
    keys = [one.key for one in rows]
    at = 0 if not after else keys.index(after) + 1 if after in keys else len(keys)
    return (*rows[:at], row, *rows[at:])


def whole(row: str) -> set[tuple[str, str]]:
    return {(row, field) for field in (*FIELDS, "no")}


def apply(sheet: Sheet, patch: Patch) -> Sheet:
    """Make every change, or none: raises Conflict where somebody else was first. No return target is left
    that points to a row which is gone or twice to the same."""
    for change in patch:
        sheet = change.apply(sheet)
    known = {row.key for row in sheet.rows}
    columns = {column.key for column in sheet.columns}
    for row in sheet.rows:
        if not known.issuperset(row.cells["return_to"]):
            raise Conflict(row.key, "return_to", row.cells["return_to"])
        if not columns.issuperset(key for key, _, _ in row.cells["performers"]):
            raise Conflict(row.key, "performers", row.cells["performers"])
    return sheet


def invert(patch: Patch) -> Patch:
    """The patch that takes this one back."""
    return tuple(change.inverse() for change in reversed(patch))


def touched(patch: Iterable[Change]) -> set[tuple[str, str]]:
    """The places that a patch changes, as (row, field)."""
    return {place for change in patch for place in change.touches()}


def store_patch(patch: Patch) -> list[dict[str, Any]]:
    """Plain JSON of a patch."""
    return [{"kind": type(change).__name__, **asdict(change)} for change in patch]


def read_patch(stored: Iterable[Mapping[str, Any]]) -> Patch:
    """The patch that `store_patch` wrote; KeyError for what it did not."""
    return tuple(_read(dict(one)) for one in stored)


def _read(one: dict[str, Any]) -> Change:
    kind = _KINDS[one.pop("kind")]
    if kind is SetColumns:
        one = {name: tuple(Heading(**column) for column in columns) for name, columns in one.items()}
    return kind(**one)
