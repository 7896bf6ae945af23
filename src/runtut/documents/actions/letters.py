"""Incoming letters and the disposisi on them."""

from __future__ import annotations

from datetime import date, datetime

from runtut.core.dates import long_date
from runtut.core.locks import write_transaction
from runtut.documents.actions.file_texts import ask_for_text
from runtut.documents.actions.registers import reserve_number
from runtut.documents.actions.trail import leave_trail
from runtut.documents.enums import RegisterKind, Urgency
from runtut.documents.errors import (
    DateInFuture,
    DateTooOld,
    LetterAlreadyRegistered,
    ReceivedBeforeLetter,
)
from runtut.documents.events import letter_registered
from runtut.documents.models import IncomingLetter, StoredFile
from runtut.documents.rules import ensure_can_write, ensure_own_file
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import office_of
from runtut.organisations.rules import ensure_text

EARLIEST_YEAR = 2000


def register_letter(
    *,
    unit: OrganisationUnit,
    sender: str,
    number: str,
    date: date,
    subject: str,
    urgency: Urgency | str,
    received_on: date,
    file: StoredFile | None,
    authority: Authority,
    at: datetime,
) -> IncomingLetter:
    """Enter a letter in the buku agenda masuk of the office around a unit, with its agenda number at once.

    `received_on` is the day on which it arrived; a letter that lay over a weekend is entered later, and its
    number follows the order of entry.

    Raises, each with its form field, NameMissing or TextTooLong (sender, number, subject), DateInFuture and
    DateTooOld (date, received_on), ReceivedBeforeLetter, LetterAlreadyRegistered, FileOfAnotherOffice, and
    the refusals of ensure_can_write.
    """
    writer = ensure_can_write(authority, unit)
    office = office_of(unit)
    sender = ensure_text(sender, what="Pengirim surat", limit=160, field="sender")
    number = ensure_text(number, what="Nomor surat", limit=80, field="number")
    subject = ensure_text(subject, what="Hal surat", limit=240, field="subject")
    ensure_dates_fit(date, received_on, office.local_date(at))
    if file is not None:
        ensure_own_file(authority, file)
    with write_transaction():
        entry = reserve_number(
            unit=office,
            kind=RegisterKind.INCOMING,
            archive_class=None,
            subject=subject,
            authority=authority,
            at=at,
        )
        ensure_new(office, sender, number, date)
        letter = IncomingLetter.objects.create(
            region=office.region,
            unit=office,
            register_number=entry.text,
            sender=sender,
            number=number,
            date=date,
            subject=subject,
            urgency=Urgency(urgency),
            received_on=received_on,
            registered_at=at,
            file=file,
            registered_by_id=writer.user_id,
        )
        leave_letter_trail(letter, authority, at)
        letter_registered.send(sender=IncomingLetter, letter=letter, at=at)
        if file is not None:
            ask_for_text(file, at)
    return letter


def leave_letter_trail(letter: IncomingLetter, authority: Authority, at: datetime) -> None:
    leave_trail(
        unit=letter.unit,
        action="letter.registered",
        subject=letter.uid,
        authority=authority,
        at=at,
        data={
            "register_number": letter.register_number,
            "sender": letter.sender,
            "number": letter.number,
            "date": letter.date,
            "received_on": letter.received_on,
            "file": letter.file.sha256 if letter.file else None,
        },
    )


def ensure_dates_fit(written: date, received: date, today: date) -> None:
    """Raise unless 2000 <= date of the letter <= day of arrival <= today."""
    if written > today:
        raise DateInFuture(what="Tanggal surat", date=long_date(written), field="date")
    if written.year < EARLIEST_YEAR:
        raise DateTooOld(what="Tanggal surat", date=long_date(written), earliest=EARLIEST_YEAR, field="date")
    if received > today:
        raise DateInFuture(what="Tanggal diterima", date=long_date(received), field="received_on")
    if received < written:
        raise ReceivedBeforeLetter(date=long_date(written), received=long_date(received), field="received_on")


def registered(office: OrganisationUnit, sender: str, number: str, written: date) -> IncomingLetter | None:
    """Return the letter of an office's agenda with this sender, number and date, None where there is none."""
    rows = IncomingLetter.objects.filter(
        unit=office, number__iexact=number, sender__iexact=sender, date=written
    )
    return rows.first()


def ensure_new(office: OrganisationUnit, sender: str, number: str, written: date) -> None:
    """Raise LetterAlreadyRegistered for the same letter entered twice; asked under the register's lock."""
    twin = registered(office, sender, number, written)
    if twin:
        raise LetterAlreadyRegistered(
            number=number, sender=sender, register_number=twin.register_number, field="number"
        )
