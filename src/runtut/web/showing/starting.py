"""Registering a letter and starting the run that it asks for: both or neither."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from runtut.cases.actions import start_case, take_up_disposisi
from runtut.cases.enums import CaseState
from runtut.cases.models import Case
from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.documents.actions import register_letter, store_file
from runtut.documents.models import IncomingLetter, StoredFile
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.procedures.models import Procedure, ProcedureVersion
from runtut.web.frame.parsing import NIL, uid_of


def period_to_run(*, procedure: Procedure, on: date) -> Quarter:
    """The quarter that a run of the SOP is most likely about: the newest that has ended unless it has a run
    already, then the present one (one query)."""
    now = Quarter.of(on)
    ended = now.previous()
    runs = Case.objects.filter(procedure_version__procedure=procedure, year=ended.year, quarter=ended.number)
    return now if runs.exclude(state=CaseState.CANCELLED).exists() else ended


def stored_scan(
    *, unit: OrganisationUnit, upload: UploadedFile, authority: Authority, at: datetime
) -> StoredFile:
    """Keep the scan of a letter right away, so that an error elsewhere on the form does not lose it."""
    return store_file(unit=unit, name=upload.name or "", content=upload.read(), authority=authority, at=at)


def scan_given_before(*, unit: OrganisationUnit, uid: str, authority: Authority) -> StoredFile | None:
    """The scan that this person has given for this form before, by the uid that the form sent back."""
    given = StoredFile.objects.filter(unit=unit, uploaded_by=authority.user_id)
    return given.filter(uid=uid_of(uid) or NIL).first()


def start_from(
    *,
    version: ProcedureVersion,
    unit: OrganisationUnit,
    typed: dict[str, Any],
    new_letter: bool,
    file: StoredFile | None,
    key: UUID | None,
    authority: Authority,
    at: datetime,
) -> Case:
    """Start a run as the form says; a refused start leaves no letter and no agenda number behind, and a form
    sent twice registers its letter once."""
    year, number = typed["year"], typed.get("quarter")
    period = Quarter(year, number).label if number else str(year)
    with write_transaction():
        before = Case.objects.filter(start_key=key, started_by=authority.user_id).first() if key else None
        if before:
            return before
        letter = new_letter_of(unit, typed, file, authority, at) if new_letter else typed["letter"]
        case = start_case(
            procedure_version=version,
            title=f"{version.title} {period}",
            year=year,
            quarter=number,
            letter=letter,
            authority=authority,
            at=at,
            key=key,
        )
        return take_up_disposisi(case=case, authority=authority, at=at) if letter else case


def new_letter_of(
    unit: OrganisationUnit, typed: dict[str, Any], file: StoredFile | None, authority: Authority, at: datetime
) -> IncomingLetter:
    """Enter the letter of the form in the agenda."""
    return register_letter(
        unit=unit,
        sender=typed["sender"],
        number=typed["number"],
        date=typed["date"],
        subject=typed["subject"],
        urgency=typed["urgency"] or "biasa",
        received_at=at,
        file=file,
        authority=authority,
        at=at,
    )
