"""Registering a letter and starting the run that it asks for: both or neither."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from runtut.cases.actions import start_case, take_up_disposisi
from runtut.cases.models import Case
from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.documents.actions import register_letter, store_file
from runtut.documents.models import IncomingLetter
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.procedures.models import ProcedureVersion


def start_from(
    *,
    version: ProcedureVersion,
    unit: OrganisationUnit,
    typed: dict[str, Any],
    new_letter: bool,
    key: UUID | None,
    authority: Authority,
    at: datetime,
) -> Case:
    """Start a run as the form says; a refused start leaves no letter and no agenda number behind."""
    quarter = Quarter(typed["year"], typed["quarter"])
    with write_transaction():
        letter = new_letter_of(unit, typed, authority, at) if new_letter else typed["letter"]
        case = start_case(
            procedure_version=version,
            title=f"{version.title} {quarter.label}",
            year=quarter.year,
            quarter=quarter.number,
            letter=letter,
            authority=authority,
            at=at,
            key=key,
        )
        return take_up_disposisi(case=case, authority=authority, at=at) if letter else case


def new_letter_of(
    unit: OrganisationUnit, typed: dict[str, Any], authority: Authority, at: datetime
) -> IncomingLetter:
    """Enter the letter of the form in the agenda."""
    upload = typed.get("file")
    stored = (
        store_file(unit=unit, name=upload.name, content=upload.read(), authority=authority, at=at)
        if upload
        else None
    )
    return register_letter(
        unit=unit,
        sender=typed["sender"],
        number=typed["number"],
        date=typed["date"],
        subject=typed["subject"],
        urgency=typed["urgency"] or "biasa",
        received_at=at,
        file=stored,
        authority=authority,
        at=at,
    )
