"""Numbering a document and putting it into the archive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from runtut.core.locks import write_transaction
from runtut.documents.actions.documents import hold_document, set_state
from runtut.documents.actions.registers import reserve_number
from runtut.documents.actions.trail import leave_trail, order_rendering
from runtut.documents.actions.turns import close_unsigned
from runtut.documents.enums import DocumentState, RegisterKind
from runtut.documents.errors import AlreadyArchived, AlreadyNumbered, NotApproved
from runtut.documents.models import (
    ArchiveClass,
    ArchiveEnclosure,
    ArchiveRecord,
    Document,
    DocumentVersion,
    StoredFile,
)
from runtut.documents.queries import confirmed_rule, local_moment, newest_version
from runtut.documents.rules import ensure_can_write, ensure_newest, ensure_open, writer_of
from runtut.organisations.models import Authority
from runtut.organisations.rules import ensure_fits

FINISHED = (DocumentState.APPROVED, DocumentState.LOCKED)


def give_number(
    *,
    document: Document,
    archive_class: ArchiveClass,
    authority: Authority,
    at: datetime,
) -> Document:
    """Give a document its number and date from the office's outgoing register. One series whenever it is
    given, so that no two papers bear the same number; whoever calls this enters it in the agenda keluar.

    Raises AlreadyNumbered, DocumentIsLocked, the refusals of reserve_number and of ensure_can_write.
    """
    ensure_can_write(authority, document.unit)
    with write_transaction():
        held = hold_document(document)
        ensure_open(held)
        if held.number:
            raise AlreadyNumbered(number=held.number)
        entry = reserve_number(
            unit=held.unit,
            kind=RegisterKind.OUTGOING,
            archive_class=archive_class,
            subject=held.title,
            authority=authority,
            at=at,
        )
        held.number, held.number_date = entry.text, at.astimezone(ZoneInfo(held.unit.zone)).date()
        held.save(update_fields=["number", "number_date"])
        trail = leave_trail(
            unit=held.unit,
            action="document.numbered",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"title": held.title, "number": held.number},
        )
        order_rendering(version=newest_version(document=held), because=trail, at=at)
    return held


def archive_version(
    *,
    version: DocumentVersion,
    archive_class: ArchiveClass,
    location: str,
    authority: Authority,
    at: datetime,
    enclosures: Sequence[tuple[str, StoredFile]] = (),
    unsigned_reason: str = "",
    beside: ArchiveRecord | None = None,
) -> ArchiveRecord:
    """Put the approved version in force into the archive with a number and a classification
    (Permendagri 83/2022); the document is locked from then on and the record never changes. `enclosures` are
    kept with it, each under its title; `beside` is the record whose file it joins, under the same number. Who
    is asked to sign it and has not done so is waited for, unless `unsigned_reason` says why not; that stays
    with the paper.

    Raises NotApproved, NotNewestVersion, AlreadyArchived (number and when), SignaturesAwaited (field
    unsigned_reason), ArchiveClassNotInForce, TextTooLong and the refusals of ensure_can_write.
    """
    ensure_can_write(authority, version.document.unit)
    location = ensure_fits(location, what="Tempat simpan", limit=160, field="location")
    with write_transaction():
        document = hold_document(version.document)
        ensure_archivable(document, version)
        without = close_unsigned(version, unsigned_reason, at)
        number = beside.number if beside else file_number(document, archive_class, authority, at)
        record = record_of(document, version, archive_class, number, location, authority, at)
        enclose(record, enclosures)
        set_state(document, DocumentState.LOCKED)
        trail = leave_trail(
            unit=document.unit,
            action="document.archived",
            subject=document.uid,
            authority=authority,
            at=at,
            data={
                **put_away(record),
                "enclosures": [file.sha256 for _, file in enclosures],
                **({"unsigned": without, "unsigned_reason": unsigned_reason.strip()} if without else {}),
            },
        )
        order_rendering(version=version, because=trail, at=at)
    return record


def file_number(document: Document, archive_class: ArchiveClass, authority: Authority, at: datetime) -> str:
    """Take the next number of the archive's register for a new file."""
    entry = reserve_number(
        unit=document.unit,
        kind=RegisterKind.ARCHIVE,
        archive_class=archive_class,
        subject=document.title,
        authority=authority,
        at=at,
    )
    return entry.text


def record_of(
    document: Document,
    version: DocumentVersion,
    archive_class: ArchiveClass,
    number: str,
    location: str,
    authority: Authority,
    at: datetime,
) -> ArchiveRecord:
    """Write the record of a version, with its retention of the day."""
    writer, on = writer_of(authority), document.unit.local_date(at)
    return ArchiveRecord.objects.create(
        region=document.region,
        unit=document.unit,
        version=version,
        archive_class=archive_class,
        number=number,
        sha256=version.sha256,
        location=location,
        retention=confirmed_rule(code=archive_class.code, region=document.region, on=on),
        archived_by_id=writer.user_id,
        archived_in_id=writer.position_id,
        archived_at=at,
    )


def put_away(record: ArchiveRecord) -> dict[str, Any]:
    """Return what the audit trail keeps of an archived version."""
    return {
        "title": record.version.document.title,
        "version": record.version.number,
        "sha256": record.sha256,
        "number": record.number,
        "class": record.archive_class.code,
        "location": record.location,
    }


def enclose(record: ArchiveRecord, enclosures: Sequence[tuple[str, StoredFile]]) -> None:
    """Keep files with what was archived, each under its title."""
    ArchiveEnclosure.objects.bulk_create(
        ArchiveEnclosure(region=record.region, record=record, file=file, title=title[:160])
        for title, file in enclosures
    )


def ensure_archivable(document: Document, version: DocumentVersion) -> None:
    """Raise unless the version is the approved one in force and not archived yet."""
    record = ArchiveRecord.objects.filter(version__document=document).first()
    if record:
        when = local_moment(record.archived_at, document.unit)
        raise AlreadyArchived(number=record.number, when=when)
    if document.state not in FINISHED:
        raise NotApproved(state=document.get_state_display())
    ensure_newest(version, newest_version(document=document))


def load_archive_classes() -> int:
    """Write the shipped classification into the database; classes that are there stay as they are. Returns
    how many were added."""
    source = resources.files("runtut.documents") / "data" / "archive_classes.json"
    data = json.loads(source.read_text(encoding="utf-8"))
    citations = data["sources"]
    rows = [
        ArchiveClass(
            code=row["code"],
            name=row["name"],
            citation=citations[row["source"]]["citation"],
            is_legacy=citations[row["source"]]["legacy"],
            valid_from=date.fromisoformat(citations[row["source"]]["valid_from"]),
        )
        for row in data["classes"]
    ]
    with write_transaction():
        known = set(ArchiveClass.objects.values_list("code", "valid_from"))
        missing = [row for row in rows if (row.code, row.valid_from) not in known]
        ArchiveClass.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)
