"""The daftar SOP of an office as a table: for the page, the workbook and the print."""

from __future__ import annotations

from typing import Any

from runtut.core.dates import loose_date
from runtut.documents.queries.books import Book, Column, book_content
from runtut.organisations.models import OrganisationUnit, Position
from runtut.procedures.queries.versions import ProcedureRow, effective_words, procedures_of

COLUMNS = (
    Column("No", 5, "center"),
    Column("Nomor SOP", 22),
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


def register_of(unit: OrganisationUnit, *, year: int) -> Book:
    """Return every SOP of an office with its number, dates and state, by title. Four queries."""
    rows = procedures_of(unit)
    approvers = Position.objects.in_bulk({row.version.approver_position_id for row in rows} - {None})
    lines = [
        register_row(number, row, approvers.get(row.version.approver_position_id))
        for number, row in enumerate(rows, start=1)
    ]
    return Book("Daftar SOP", year, unit, COLUMNS, tuple(lines))


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
