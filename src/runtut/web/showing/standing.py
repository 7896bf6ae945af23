"""The oversight table in words: one cell is one SOP of one office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from runtut.organisations.models import OrganisationUnit
from runtut.performance.formulas import percent
from runtut.performance.queries import UnitSum
from runtut.reports.queries import MatrixCell, OfficeMatrix
from runtut.web.frame.addresses import run_address
from runtut.web.showing.run_list import BADGE_OF


@dataclass(frozen=True)
class StandingCell:
    """`badge` is a key of `web.status.BADGES`, empty where nothing runs; `words` then says why."""

    sop: str
    badge: str
    words: str
    url: str
    late: bool
    has_procedure: bool


@dataclass(frozen=True)
class StandingRow:
    unit: OrganisationUnit
    cells: tuple[StandingCell, ...]
    late: int
    achieved: str


def standing_rows(matrix: OfficeMatrix, sums: Sequence[UnitSum]) -> list[StandingRow]:
    """Return the table, cell by cell in the order of its columns; `sums` are how its units have performed."""
    achieved = {one.unit.pk: achievement(one) for one in sums}
    return [
        StandingRow(
            row.unit,
            tuple(
                standing_cell(column.title, cell)
                for column, cell in zip(matrix.columns, row.cells, strict=True)
            ),
            row.late,
            achieved[row.unit.pk],
        )
        for row in matrix.rows
    ]


def achievement(found: UnitSum) -> str:
    """ "97,44 % dari 8 indikator"; empty while no figure counts."""
    return "" if found.mean is None else f"{percent(found.mean)} % dari {found.count} indikator"


def standing_cell(sop: str, cell: MatrixCell) -> StandingCell:
    if cell.state is None:
        words = "belum dimulai" if cell.has_procedure else "belum punya SOP ini"
        return StandingCell(sop, "", words, "", late=False, has_procedure=cell.has_procedure)
    url = run_address(cell.case_uid) if cell.case_uid else ""
    return StandingCell(sop, BADGE_OF[cell.state], where(cell), url, cell.late, has_procedure=True)


def where(cell: MatrixCell) -> str:
    """ "langkah 4 dari 9, Sekcam"; of a finished run, how often it was sent back."""
    returned = f"{cell.rounds} kali dikembalikan" if cell.rounds else ""
    if cell.step_no is None:
        return returned
    here = f"langkah {cell.step_no} dari {cell.steps}, {cell.holder}"
    return f"{here}; {returned}" if returned else here
