"""Documents and their versions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from runtut.core.chain import canonical
from runtut.core.locks import write_transaction
from runtut.documents.actions.trail import leave_trail, order_rendering
from runtut.documents.enums import DocumentKind, DocumentState
from runtut.documents.errors import UnknownDocumentKind
from runtut.documents.models import Document, DocumentVersion, Endorsement, Signature, SignerTurn
from runtut.documents.queries import letterhead_content, newest_version
from runtut.documents.rendering import check_content
from runtut.documents.rules import ensure_can_write, ensure_open
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.rules import ensure_text

TITLE_LENGTH = 240


def create_document(
    *,
    unit: OrganisationUnit,
    kind: DocumentKind | str,
    title: str,
    content: Mapping[str, Any],
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Open a document with its first version, as a draft.

    The content is of docs/formats/document.md; what it leaves out of letterhead and title is filled from the
    office and `title`. Raises UnknownDocumentKind, NameMissing, TextTooLong, ContentRefused and the refusals
    of ensure_can_write.
    """
    ensure_can_write(authority, unit)
    if kind not in DocumentKind.values:
        raise UnknownDocumentKind(kind=kind, field="kind")
    title = ensure_text(title, what="Judul dokumen", limit=TITLE_LENGTH, field="title")
    checked = complete_content(content, unit=unit, kind=kind, title=title)
    with write_transaction():
        document = Document.objects.create(
            region=unit.region, unit=unit, kind=DocumentKind(kind), title=title, created_at=at
        )
        return add_version(document, 1, checked, "document.created", authority, at)


def put_document(
    *,
    document: Document | None,
    unit: OrganisationUnit,
    kind: DocumentKind | str,
    title: str,
    content: Mapping[str, Any],
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Give a composed paper its next version; where there is none yet, make it, its composed title cut to
    what fits. Raises what new_version and create_document refuse."""
    if document is not None:
        return new_version(document=document, content=content, authority=authority, at=at)
    return create_document(
        unit=unit, kind=kind, title=title[:TITLE_LENGTH], content=content, authority=authority, at=at
    )


def complete_content(
    content: Mapping[str, Any], *, unit: OrganisationUnit, kind: str, title: str
) -> dict[str, Any]:
    """Check a content and fill in letterhead, kind and title where it has none."""
    given = dict(content)
    given["kind"] = str(kind)
    if not given.get("letterhead"):
        given["letterhead"] = letterhead_content(unit=unit)
    if not given.get("title"):
        given["title"] = [title.upper()]
    return check_content(given)


def add_version(
    document: Document,
    number: int,
    content: dict[str, Any],
    action: str,
    authority: Authority,
    at: datetime,
    data: Mapping[str, object] | None = None,
) -> DocumentVersion:
    writer = ensure_can_write(authority, document.unit)
    version = DocumentVersion.objects.create(
        region=document.region,
        document=document,
        number=number,
        content=content,
        sha256=content_hash(content),
        made_by_id=writer.user_id,
        made_in_id=writer.position_id,
        made_at=at,
    )
    entry = leave_trail(
        unit=document.unit,
        action=action,
        subject=document.uid,
        authority=authority,
        at=at,
        data={"title": document.title, "version": number, "sha256": version.sha256, **(data or {})},
    )
    order_rendering(version=version, because=entry, at=at)
    return version


def content_hash(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def hold_document(document: Document) -> Document:
    """Read a document again under its row's lock: acts on one document come one after the other."""
    return Document.objects.select_for_update(of=("self",)).select_related("unit").get(pk=document.pk)


def new_version(
    *, document: Document, content: Mapping[str, Any], authority: Authority, at: datetime
) -> DocumentVersion:
    """Put a new text in force; paraf and approvals of the one before are voided and stay visible as such.

    An unchanged text makes no version: the one in force is handed in again as a draft. Raises
    DocumentIsLocked, ContentRefused and the refusals of ensure_can_write.
    """
    ensure_can_write(authority, document.unit)
    checked = complete_content(content, unit=document.unit, kind=document.kind, title=document.title)
    with write_transaction():
        held = hold_document(document)
        ensure_open(held)
        newest = newest_version(document=held)
        if newest.sha256 == content_hash(checked):
            return hand_in_again(held, newest, authority, at)
        number = newest.number + 1
        voided = void_endorsements(held, f"Isi diubah menjadi versi {number} oleh {authority.label}.", at)
        set_state(held, DocumentState.DRAFT)
        data = {"voided": voided}
        return add_version(held, number, checked, "document.version_made", authority, at, data)


def hand_in_again(
    document: Document, version: DocumentVersion, authority: Authority, at: datetime
) -> DocumentVersion:
    """Make a returned document a draft again, its text as it was."""
    if document.state == DocumentState.RETURNED:
        set_state(document, DocumentState.DRAFT)
        leave_trail(
            unit=document.unit,
            action="document.handed_in_unchanged",
            subject=document.uid,
            authority=authority,
            at=at,
            data={"version": version.number},
        )
    return version


def void_endorsements(document: Document, reason: str, at: datetime) -> int:
    """Void every paraf, approval and signature in force on a document, whichever version, and ask nobody to
    sign it any more; return how many paraf and approvals."""
    SignerTurn.objects.filter(version__document=document).delete()
    signed = Signature.objects.filter(version__document=document, voided_at__isnull=True)
    signed.update(voided_at=at, void_reason=reason[:240])
    standing = Endorsement.objects.filter(version__document=document, voided_at__isnull=True)
    return standing.update(voided_at=at, void_reason=reason[:240])


def rename_document(*, document: Document, title: str, authority: Authority, at: datetime) -> None:
    """Call a composed paper by what it has become, its title cut to what fits. Raises the refusals of
    ensure_can_write."""
    ensure_can_write(authority, document.unit)
    named = title[:TITLE_LENGTH]
    if document.title == named:
        return
    data = {"before": document.title, "title": named}
    document.title = named
    document.save(update_fields=["title"])
    leave_trail(
        unit=document.unit,
        action="document.renamed",
        subject=document.uid,
        authority=authority,
        at=at,
        data=data,
    )


def set_state(document: Document, state: DocumentState) -> None:
    document.state = state
    document.save(update_fields=["state"])


def submit_document(*, document: Document, authority: Authority, at: datetime) -> Document:
    """Hand a draft in for paraf and approval: Draf or Dikembalikan becomes Menunggu.

    Nothing happens when it waits or is approved already. Raises DocumentIsLocked and the refusals of
    ensure_can_write.
    """
    ensure_can_write(authority, document.unit)
    with write_transaction():
        held = hold_document(document)
        ensure_open(held)
        if held.state in (DocumentState.DRAFT, DocumentState.RETURNED):
            set_state(held, DocumentState.WAITING)
            leave_trail(
                unit=held.unit,
                action="document.submitted",
                subject=held.uid,
                authority=authority,
                at=at,
                data={"title": held.title},
            )
    return held
