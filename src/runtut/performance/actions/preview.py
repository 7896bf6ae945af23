"""What a filled-in workbook would change. Nothing is written here: what is confirmed goes through
enter_realisation, row by row, under the same rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from runtut.core.errors import DomainError
from runtut.core.numbers import format_decimal
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.performance.actions.entry import read_beside, read_cause, read_value
from runtut.performance.actions.rows import ensure_period_is_open, ensure_row_is_open
from runtut.performance.errors import (
    IndicatorTwice,
    IndicatorUnknown,
    KeyMissing,
    NotDueThisQuarter,
    NotTheOwner,
)
from runtut.performance.queries import GridRow, grid
from runtut.performance.rendering import SheetLine, SheetRow, render_figure_sheet, sheet_in

AuthorityFor = Callable[[GridRow], Authority | None]
COLUMNS: Final = {
    "key": sheet_in.KEY,
    "cause": sheet_in.CAUSE,
    "source": sheet_in.SOURCE,
    "note": sheet_in.NOTE,
}
"""The column that a refusal speaks of, by its field; any other is of the figure."""


@dataclass(frozen=True)
class RowChange:
    """One figure as it is and as the workbook has it, ready to be sent as the page would send it."""

    row: GridRow
    line: int
    value: Decimal | None
    value_text: str
    cause: str
    source: str
    note: str

    @property
    def is_new_value(self) -> bool:
        return self.value != self.row.value

    @property
    def is_new_cause(self) -> bool:
        return self.cause != self.row.cause

    @property
    def new_words(self) -> tuple[tuple[str, str], ...]:
        """The source and the note that would be kept beside the figure, by name, as far as they change."""
        given = (("Sumber data", self.source, self.row.source), ("Catatan", self.note, self.row.note))
        return tuple((name, words) for name, words, stored in given if words != stored)

    @property
    def jump(self) -> str:
        """By how much the figure would jump, in a sentence; empty where it would not."""
        return self.row.jump_to(self.value) if self.is_new_value else ""


@dataclass(frozen=True)
class RowProblem:
    """What is wrong, and where: "Baris 14, kolom F (Realisasi TW III): …"."""

    line: int
    column: int
    head: str
    sentence: str

    @property
    def text(self) -> str:
        letter = sheet_in.LETTERS[self.column]
        return f"Baris {self.line}, kolom {letter} ({self.head}): {self.sentence}"


@dataclass(frozen=True)
class Preview:
    """What confirming would do. `blank` rows and those that say what is stored already change nothing."""

    read: int
    changes: tuple[RowChange, ...]
    problems: tuple[RowProblem, ...]
    same: int
    blank: int


def make_template(
    *, unit: OrganisationUnit, quarter: Quarter, authority_for: AuthorityFor, at: datetime
) -> bytes:
    """Return the workbook of a quarter: cells open where the reader may enter a figure."""
    rows = [_sheet_row(row, authority_for(row) is not None) for row in grid(unit=unit, quarter=quarter)]
    return render_figure_sheet(
        title=f"Realisasi {quarter.label} {unit.short_name}",
        mark=mark_for(unit, quarter),
        period=quarter.label,
        rows=rows,
        at=at,
    )


def mark_for(unit: OrganisationUnit, quarter: Quarter) -> str:
    return sheet_in.mark_of(unit=str(unit.uid), year=quarter.year, quarter=quarter.number)


def _sheet_row(row: GridRow, may_enter: bool) -> SheetRow:
    decimals = row.indicator.decimals
    return SheetRow(
        key=str(row.indicator.uid),
        name=f"{row.number} {row.indicator.name}",
        measure=row.indicator.measure,
        year_target=row.year_target_text,
        target=row.target_text,
        value=row.value,
        cause=row.cause,
        source=row.source,
        note=row.note,
        decimals=decimals,
        is_open=may_enter and row.is_due and not row.is_handed_over,
    )


def preview_realisations(
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    name: str,
    content: bytes,
    authority_for: AuthorityFor,
    at: datetime,
) -> Preview:
    """Read a filled-in template of an office and quarter and say what it would change; nothing is saved.

    A blank cell changes nothing. Raises RealisationIsLocked and what read_figure_sheet refuses.
    """
    ensure_period_is_open(unit=unit, quarter=quarter, at=at)
    lines = sheet_in.read_figure_sheet(
        name=name, content=content, mark=mark_for(unit, quarter), period=quarter.label
    )
    rows = {str(row.indicator.uid): row for row in grid(unit=unit, quarter=quarter)}
    reader = _Reader(unit, quarter, rows, authority_for, at)
    return reader.read(lines)


class _Reader:
    """Goes through the rows once, keeping what was seen."""

    def __init__(
        self,
        unit: OrganisationUnit,
        quarter: Quarter,
        rows: dict[str, GridRow],
        authority_for: AuthorityFor,
        at: datetime,
    ) -> None:
        self.unit, self.quarter, self.rows, self.at = unit, quarter, rows, at
        self.authority_for = authority_for
        self.heads = sheet_in.heads(quarter.label)
        self.seen: dict[str, int] = {}
        self.changes: list[RowChange] = []
        self.problems: list[RowProblem] = []
        self.same = self.blank = 0

    def read(self, lines: Sequence[SheetLine]) -> Preview:
        for line in lines:
            try:
                self._take(line)
            except DomainError as refusal:
                self._note(line, refusal)
        return Preview(len(lines), tuple(self.changes), tuple(self.problems), self.same, self.blank)

    def _take(self, line: SheetLine) -> None:
        row = self._row_of(line)
        if line.is_blank:
            self.blank += 1
            return
        value = row.value if not line.value_text else self._value(line, row)
        beside = self._beside(line, row)
        if (value, *beside) == (row.value, row.cause, row.source, row.note):
            self.same += 1
            return
        self._ensure_open(row)
        text = "" if value is None else format_decimal(value)
        self.changes.append(RowChange(row, line.number, value, text, *beside))

    def _row_of(self, line: SheetLine) -> GridRow:
        if not line.key:
            raise KeyMissing(field="key")
        row = self.rows.get(line.key.lower())
        if row is None:
            raise IndicatorUnknown(unit=self.unit.short_name, field="key")
        first = self.seen.setdefault(line.key.lower(), line.number)
        if first != line.number:
            raise IndicatorTwice(first=first, field="key")
        return row

    def _beside(self, line: SheetLine, row: GridRow) -> tuple[str, str, str]:
        """Cause, source and note: what was written, and what is kept where nothing was."""
        read = read_beside(source=line.source, note=line.note)
        return read_cause(line.cause) or row.cause, read["source"] or row.source, read["note"] or row.note

    def _value(self, line: SheetLine, row: GridRow) -> Decimal | None:
        return read_value(indicator=row.indicator, text=line.value_text)

    def _ensure_open(self, row: GridRow) -> None:
        indicator = row.indicator
        if not row.is_due:
            raise NotDueThisQuarter(indicator=indicator.short_name)
        if self.authority_for(row) is None:
            raise NotTheOwner(indicator=indicator.short_name, owner=indicator.owner.short_title)
        if row.realisation is not None:
            ensure_row_is_open(row=row.realisation, indicator=indicator, quarter=self.quarter, at=self.at)

    def _note(self, line: SheetLine, refusal: DomainError) -> None:
        column = COLUMNS.get(refusal.field or "", sheet_in.VALUE)
        self.problems.append(RowProblem(line.number, column, self.heads[column], refusal.sentence))
