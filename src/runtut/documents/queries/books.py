"""The office's books of a year as tables: agenda masuk, agenda keluar, ekspedisi, daftar arsip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from runtut.core.dates import long_date
from runtut.core.numbers import format_decimal
from runtut.documents.models import ArchiveRecord, Delivery, IncomingLetter, OutgoingLetter
from runtut.documents.queries.documents import letterhead_content
from runtut.documents.queries.expedition import Sent, sent_with
from runtut.documents.queries.letters import SEALED, chains, letters_open_to
from runtut.documents.queries.retention import Retention, retention_of, retention_rules
from runtut.organisations.models import Authority, OrganisationUnit

TABLE_ROWS = 1000
Cell = str | int | date


@dataclass(frozen=True)
class Column:
    """A column: its head, its share of the width, and whether it holds numbers."""

    label: str
    width: int
    align: str = "left"


@dataclass(frozen=True)
class Book:
    """A book of one office and year; every row has one cell for each column."""

    name: str
    year: int
    unit: OrganisationUnit
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def title(self) -> str:
        return f"{self.name} tahun {self.year}"


def year_span(unit: OrganisationUnit, year: int) -> tuple[datetime, datetime]:
    """Return the first instant of a year in a unit's zone and the first after it, in UTC."""
    zone = ZoneInfo(unit.zone)
    first, after = (datetime(number, 1, 1, tzinfo=zone) for number in (year, year + 1))
    return first.astimezone(UTC), after.astimezone(UTC)


def local_day(at: datetime, unit: OrganisationUnit) -> date:
    return at.astimezone(ZoneInfo(unit.zone)).date()


def incoming_book(*, unit: OrganisationUnit, year: int, authorities: Sequence[Authority]) -> Book:
    """Return the buku agenda masuk in the order of entry; of a confidential letter that is not open to the
    reader the number and the days alone.

    A letter stands in the year that its number is of, the one in which it was entered. Four queries."""
    start, end = year_span(unit, year)
    rows = IncomingLetter.objects.filter(unit=unit, registered_at__gte=start, registered_at__lt=end)
    open_ids = set(letters_open_to(authorities=authorities).filter(unit=unit).values_list("pk", flat=True))
    letters = rows.select_related("unit").prefetch_related(chains()).order_by("id")
    columns = (
        Column("Agenda", 9),
        Column("Diterima", 11),
        Column("Dicatat, bila lain hari", 11),
        Column("Dari", 20),
        Column("Nomor dan tanggal surat", 20),
        Column("Hal", 24),
        Column("Sifat", 8),
        Column("Diteruskan kepada", 18),
    )
    return Book(
        "Buku agenda surat masuk",
        year,
        unit,
        columns,
        tuple(incoming_row(one, unit, one.pk in open_ids) for one in letters),
    )


def incoming_row(letter: IncomingLetter, unit: OrganisationUnit, is_open: bool) -> tuple[Cell, ...]:
    days = (letter.received_on, letter.entered_later or "")
    if not is_open:
        return (letter.register_number, *days, SEALED, SEALED, SEALED, "Rahasia", "")
    to = [who.position.short_title for link in letter.disposisi.all() for who in link.recipients.all()]
    return (
        letter.register_number,
        *days,
        letter.sender,
        f"{letter.number}\n{long_date(letter.date)}",
        letter.subject,
        str(letter.get_urgency_display()),
        ", ".join(dict.fromkeys(to)),
    )


def outgoing_book(*, unit: OrganisationUnit, year: int, authorities: Sequence[Authority]) -> Book:
    """Return the buku agenda keluar, voided numbers with their reason. Two queries."""
    related = ("entry", "registered_in", "version")
    rows = OutgoingLetter.objects.filter(unit=unit, date__year=year).select_related(*related)
    lines = list(rows.order_by("id"))
    sent = sent_with(lines)
    columns = (
        Column("Nomor", 22),
        Column("Tanggal", 12),
        Column("Kepada", 22),
        Column("Hal", 28),
        Column("Salinan", 8, "right"),
        Column("Keterangan", 20),
    )
    return Book(
        "Buku agenda surat keluar",
        year,
        unit,
        columns,
        tuple((one.number, one.date, *went(one, sent.get(one.pk)), remark_of(one)) for one in lines),
    )


def went(line: OutgoingLetter, sent: Sent | None) -> tuple[str, str, int]:
    """To whom, about what, in how many copies: as the buku ekspedisi has it, else as it was entered."""
    if sent is None:
        return line.recipient, line.subject, line.copies
    return sent.recipients, line.subject, sent.copies


def remark_of(line: OutgoingLetter) -> str:
    """Stamp, note, and the reason of a voided number."""
    voided = f"Dibatalkan: {line.entry.void_reason}" if line.entry.voided_at else ""
    return "; ".join(one for one in ("distempel" if line.is_stamped else "", line.note, voided) if one)


def expedition_book(*, unit: OrganisationUnit, year: int, authorities: Sequence[Authority]) -> Book:
    """Return the buku ekspedisi with the proof of each delivery. One query."""
    start, end = year_span(unit, year)
    rows = Delivery.objects.filter(unit=unit, sent_at__gte=start, sent_at__lt=end).order_by("id")
    columns = (
        Column("Nomor", 9),
        Column("Tanggal", 12),
        Column("Surat", 28),
        Column("Kepada", 22),
        Column("Cara", 10),
        Column("Salinan", 7, "right"),
        Column("Diterima oleh dan kapan", 24),
    )
    return Book(
        "Buku ekspedisi",
        year,
        unit,
        columns,
        tuple(
            (
                one.number,
                local_day(one.sent_at, unit),
                f"{one.paper}\n{one.paper_number}".strip(),
                one.addressee,
                str(one.get_means_display()),
                one.copies,
                receipt_of(one, unit),
            )
            for one in rows
        ),
    )


def receipt_of(one: Delivery, unit: OrganisationUnit) -> str:
    """Who took a paper, when, and by what proof; empty while nobody has."""
    if one.received_at is None:
        return "belum diterima"
    when = one.received_at.astimezone(ZoneInfo(unit.zone))
    return f"{one.received_by}\n{when:%d-%m-%Y %H.%M} ({one.get_receipt_display().lower()})"


def archive_book(*, unit: OrganisationUnit, year: int, authorities: Sequence[Authority]) -> Book:
    """Return the daftar arsip by classification, with what the retention table says. Two queries."""
    start, end = year_span(unit, year)
    rows = ArchiveRecord.objects.filter(unit=unit, archived_at__gte=start, archived_at__lt=end)
    rules = retention_rules(region=unit.region, on=local_day(end - timedelta(seconds=1), unit))
    related = ("unit", "archive_class", "version__document")
    columns = (
        Column("Klasifikasi", 24),
        Column("Nomor berkas", 16),
        Column("Uraian", 30),
        Column("Tanggal", 12),
        Column("Tempat simpan", 16),
        Column("Retensi", 20),
    )
    records = rows.select_related(*related).order_by("archive_class__code", "id")
    return Book("Daftar arsip", year, unit, columns, tuple(archive_row(one, rules) for one in records))


def archive_row(record: ArchiveRecord, rules: dict[str, Any]) -> tuple[Cell, ...]:
    return (
        str(record.archive_class),
        record.number,
        record.version.document.title,
        local_day(record.archived_at, record.unit),
        record.location,
        retention_words(retention_of(record, rules)),
    )


def retention_words(line: Retention) -> str:
    """What a retention says, in one line."""
    if line.inactive_on is None or line.decided_on is None or line.rule is None:
        return "belum ditetapkan"
    return (
        f"aktif sampai {line.inactive_on:%d-%m-%Y}, inaktif sampai {line.decided_on:%d-%m-%Y}, "
        f"{line.rule.get_outcome_display().lower()}"
    )


BOOKS: dict[str, Callable[..., Book]] = {
    "masuk": incoming_book,
    "keluar": outgoing_book,
    "ekspedisi": expedition_book,
    "arsip": archive_book,
}


def book_content(*, book: Book) -> dict[str, Any]:
    """Return a book as the content of docs/formats/document.md, F4 on its side. One query."""
    columns = [{"label": one.label, "width": one.width, "align": one.align} for one in book.columns]
    rows = [
        [printed(cell, column) for cell, column in zip(row, book.columns, strict=True)] for row in book.rows
    ]
    parts = [rows[at : at + TABLE_ROWS] for at in range(0, len(rows), TABLE_ROWS)]
    return {
        "kind": "buku",
        "page": "f4",
        "landscape": True,
        "letterhead": letterhead_content(unit=book.unit),
        "title": [book.title.upper()],
        "blocks": [{"type": "table", "columns": columns, "rows": part} for part in parts]
        or [{"type": "paragraph", "text": "Belum ada isinya.", "align": "center"}],
    }


def printed(cell: Cell, column: Column) -> str:
    """A cell as it stands on paper; a quantity, unlike a number that names something, with its thousands."""
    if isinstance(cell, int) and column.align == "right":
        return format_decimal(Decimal(cell))
    return f"{cell:%d-%m-%Y}" if isinstance(cell, date) else str(cell)
