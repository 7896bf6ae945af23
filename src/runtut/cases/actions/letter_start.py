"""Registering a letter and starting the run that it asks for: both or neither."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from runtut.cases.actions.disposisi import take_up_disposisi
from runtut.cases.actions.start import start_case, started_with
from runtut.cases.models import Case
from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.documents.actions import register_letter
from runtut.documents.enums import Urgency
from runtut.documents.models import IncomingLetter, StoredFile
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.procedures.models import ProcedureVersion


@dataclass(frozen=True)
class NewLetter:
    """A letter that is not in the agenda yet, entered as the run starts."""

    sender: str
    number: str
    date: datetime.date
    received_on: datetime.date
    subject: str
    urgency: Urgency | str = Urgency.BIASA
    file: StoredFile | None = None


def start_with_letter(
    *,
    procedure_version: ProcedureVersion,
    year: int,
    quarter: int | None,
    letter: IncomingLetter | NewLetter | None,
    authority: Authority,
    at: datetime.datetime,
    key: UUID | None = None,
) -> Case:
    """Start a run under the SOP's title and its period, from a letter of the agenda, one to be entered in it
    now, or none; a disposisi that the letter has already had is the run's first.

    A refused start leaves no letter and no agenda number behind, and the same `key` registers a letter
    once.
    Raises what register_letter, start_case and take_up_disposisi refuse.
    """
    unit = procedure_version.procedure.unit
    period = Quarter(year, quarter).label if quarter else str(year)
    with write_transaction():
        if before := started_with(key, authority):
            return before
        registered = entered(letter, unit, authority, at) if isinstance(letter, NewLetter) else letter
        case = start_case(
            procedure_version=procedure_version,
            title=f"{procedure_version.title} {period}",
            year=year,
            quarter=quarter,
            letter=registered,
            authority=authority,
            at=at,
            key=key,
        )
        return take_up_disposisi(case=case, authority=authority, at=at) if registered else case


def entered(
    letter: NewLetter, unit: OrganisationUnit, authority: Authority, at: datetime.datetime
) -> IncomingLetter:
    """Enter the letter in the agenda of the office."""
    return register_letter(
        unit=unit,
        sender=letter.sender,
        number=letter.number,
        date=letter.date,
        subject=letter.subject,
        urgency=letter.urgency,
        received_on=letter.received_on,
        file=letter.file,
        authority=authority,
        at=at,
    )
