"""The daftar SOP of an office as a table: for the page, the workbook and the print."""

from __future__ import annotations

from typing import Any

from runtut.core.dates import loose_date
from runtut.documents.queries.books import Book, Column, book_content
from runtut.organisations.models import OrganisationUnit, Position
from runtut.procedures.models import Procedure
from runtut.procedures.queries.versions import ProcedureRow, effective_words, rows_of

COLUMNS = (
    Column("No", 5, "center"),
    Column("Nomor SOP", 27),
    Column("Nama SOP", 30),
    Column("Versi", 7, "center"),
    Column("Pembuatan", 15),
    Column("Revisi", 15),
    Column("Efektif", 15),
    Column("Disahkan oleh", 18),
    Column("Langkah", 9, "right"),
    Column("Waktu standar (menit)", 12, "right"),
    Column("Keadaan", 14),
)


OFFICE = Column("Kantor", 20)


def register_of(unit: OrganisationUnit, *, year: int) -> Book:
    """Return every SOP of a unit and of all below it with its number, dates and state, office by office, by
    title; where several have some, each line names its own. Four queries."""
    below = Procedure.objects.filter(unit__path__gte=unit.path, unit__path__lt=f"{unit.path}a")
    rows = rows_of(list(below.select_related("unit").order_by("unit__path", "title", "id")))
    approvers = Position.objects.in_bulk({row.version.approver_position_id for row in rows} - {None})
    lines = [
        register_row(number, row, approvers.get(row.version.approver_position_id))
        for number, row in enumerate(rows, start=1)
    ]
    if all(row.procedure.unit_id == unit.pk for row in rows):
        return Book("Daftar SOP", year, unit, COLUMNS, tuple(lines))
    named = [
        (*line[:1], row.procedure.unit.short_name, *line[1:]) for line, row in zip(lines, rows, strict=True)
    ]
    return Book("Daftar SOP", year, unit, (*COLUMNS[:1], OFFICE, *COLUMNS[1:]), tuple(named))


def register_row(number: int, row: ProcedureRow, approver: Position | None) -> tuple[str | int, ...]:
    version = row.version
    return (
        number,
        version.sop_number or "belum bernomor",
        version.title,
        version.number,
        loose_date(version.created_date),
        loose_date(version.revised_date),
        effective_words(version),
        approver.title if approver else "",
        row.steps,
        row.minutes,
        version.get_state_display(),
    )


def register_content(book: Book) -> dict[str, Any]:
    """Return the daftar as the content of docs/formats/document.md. Two queries."""
    return {
        **book_content(book=book),
        "title": ["DAFTAR STANDAR OPERASIONAL PROSEDUR", book.unit.name.upper()],
    }
