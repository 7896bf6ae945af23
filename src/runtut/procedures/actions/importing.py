"""Documents given for import: taken in, read by the worker, and saved as drafts once a person has looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from runtut.core import jobs
from runtut.core.locks import write_transaction
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import office_of
from runtut.procedures.actions.trail import leave_trail, note
from runtut.procedures.actions.writing import write_version
from runtut.procedures.enums import ImportState
from runtut.procedures.errors import (
    AlreadyImported,
    AlreadyOwned,
    ImportNotFailed,
    ImportTitleMissing,
    NothingToImport,
    PositionOutsideOffice,
    TooManyFiles,
)
from runtut.procedures.importing import Unreadable, draft_document, read_apart
from runtut.procedures.models import ImportedFile, ImportedSop, Procedure, ProcedureVersion
from runtut.procedures.queries import IMPORT, approvers_for
from runtut.procedures.rules import ensure_can_manage_procedures

MOST: Final = 200


def give_documents(
    *, unit: OrganisationUnit, files: Sequence[tuple[str, bytes]], authority: Authority, at: datetime
) -> list[ImportedFile]:
    """Take in up to 200 documents; the worker reads each on its own, so that a bad one stops no other.

    Raises NotManager, NothingToImport and TooManyFiles (field `berkas`).
    """
    office = office_of(unit)
    ensure_can_manage_procedures(authority, office)
    if not files:
        raise NothingToImport(field="berkas")
    if len(files) > MOST:
        raise TooManyFiles(count=len(files), most=MOST, field="berkas")
    with write_transaction():
        made = [_given(office, name, content, authority, at) for name, content in files]
        data = {"files": [imported.name for imported in made]}
        note(unit=office, action="import.given", subject=None, authority=authority, at=at, data=data)
    return made


def _given(
    office: OrganisationUnit, name: str, content: bytes, authority: Authority, at: datetime
) -> ImportedFile:
    imported = ImportedFile.objects.create(
        region=office.region,
        unit=office,
        name=name[-200:],
        content=content,
        given_by_id=authority.user_id,
        given_at=at,
    )
    _ask(imported, at)
    return imported


def _ask(imported: ImportedFile, at: datetime) -> None:
    key = f"{IMPORT}:{imported.uid}:{imported.attempt}"
    jobs.enqueue(region=imported.region, topic=IMPORT, key=key, payload={"file": imported.uid}, at=at)


def read_document_given(*, uid: UUID, at: datetime) -> None:
    """Read a document that waits, in a process of its own; what cannot be read is marked with the reason."""
    imported = ImportedFile.objects.get(uid=uid)
    if imported.state != ImportState.WAITING or imported.content is None:
        return
    found, why = _read(imported)
    with write_transaction():
        held = ImportedFile.objects.select_for_update().get(pk=imported.pk)
        if held.state != ImportState.WAITING or held.attempt != imported.attempt:
            return
        held.found, held.why, held.read_at = found, why, at
        held.state = ImportState.FAILED if why else ImportState.READ
        held.save(update_fields=["found", "why", "read_at", "state"])


def _read(imported: ImportedFile) -> tuple[dict[str, Any], str]:
    try:
        found = read_apart(imported.name, bytes(imported.content or b""))
    except Unreadable as refusal:
        return {}, str(refusal)
    if not found["sops"]:
        return found, " ".join(["Tidak ditemukan SOP di berkas ini.", *found["notes"]])
    return found, ""


def retry_import(*, imported: ImportedFile, authority: Authority, at: datetime) -> ImportedFile:
    """Have a document that could not be read tried again. Raises NotManager and ImportNotFailed."""
    ensure_can_manage_procedures(authority, imported.unit)
    with write_transaction():
        held = ImportedFile.objects.select_for_update().get(pk=imported.pk)
        if held.state != ImportState.FAILED:
            raise ImportNotFailed(name=held.name)
        held.state, held.why, held.attempt = ImportState.WAITING, "", held.attempt + 1
        held.save(update_fields=["state", "why", "attempt"])
        _ask(held, at)
    return held


def save_import(
    *,
    imported: ImportedFile,
    index: int,
    confirmed: Mapping[str, Any],
    approver: Position | None,
    authority: Authority,
    at: datetime,
) -> ProcedureVersion:
    """Save one SOP of a document, as a person confirmed or mended it, as the draft of a new SOP.

    Nothing uncertain blocks; doubts are kept as notes. Raises NotManager, ImportTitleMissing and AlreadyOwned
    (field `title`), PositionOutsideOffice (field `approver`) for one that may not approve the office's SOPs,
    and AlreadyImported when somebody saved it first.
    """
    ensure_can_manage_procedures(authority, imported.unit)
    if approver and not approvers_for(imported.unit).filter(pk=approver.pk).exists():
        raise PositionOutsideOffice(position=approver.title, unit=imported.unit.short_name, field="approver")
    document = draft_document(confirmed)
    if not document["title"]:
        raise ImportTitleMissing(field="title")
    with write_transaction():
        held = ImportedFile.objects.select_for_update().select_related("unit").get(pk=imported.pk)
        if held.saved.filter(index=index).exists():
            raise AlreadyImported(title=document["title"])
        OrganisationUnit.objects.select_for_update().get(pk=held.unit_id)
        if Procedure.objects.filter(unit=held.unit, title__iexact=document["title"]).exists():
            raise AlreadyOwned(title=document["title"], field="title")
        procedure = Procedure.objects.create(
            region=held.region, unit=held.unit, title=document["title"], created_at=at
        )
        version = write_version(
            procedure=procedure, number=1, document=document, approver=approver, **_identity(document)
        )
        ImportedSop.objects.create(file=held, index=index, version=version)
        _close(held)
        leave_trail(
            version=version, action="version.imported", authority=authority, at=at, data={"file": held.name}
        )
    return version


def _identity(document: Mapping[str, Any]) -> dict[str, str]:
    dates = document["dates"]
    return {
        "sop_number": document["number"][:80],
        "created_date": dates["created"],
        "revised_date": dates["revised"],
        "effective_date": dates["effective"],
    }


def _close(held: ImportedFile) -> None:
    """Once every SOP of a document is saved its content is no longer needed."""
    if held.saved.count() == len(held.found.get("sops", [])):
        held.state, held.content = ImportState.SAVED, None
        held.save(update_fields=["state", "content"])
