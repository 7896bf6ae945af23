"""What the page of a document shows: where it stands, its paper, and the road it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from runtut.cases.models import Case
from runtut.cases.queries import proposed_class, received_since, runs_of_document
from runtut.documents.enums import DocumentState, EndorsementKind, SigningWay
from runtut.documents.models import (
    ArchiveRecord,
    Delivery,
    Document,
    DocumentReturn,
    DocumentVersion,
    Endorsement,
    Signature,
    SignerTurn,
    VersionAttachment,
)
from runtut.documents.queries import (
    DocumentView,
    attachments_to,
    document_view,
    excused_turns,
    wants_number_after,
)
from runtut.organisations.queries import office_of

FINISHED: Final = (DocumentState.APPROVED, DocumentState.LOCKED)


@dataclass(frozen=True)
class VersionCard:
    """One version: what was said of it and what was signed, in force or not."""

    version: DocumentVersion
    parafs: tuple[Endorsement, ...]
    approvals: tuple[Endorsement, ...]
    voided: tuple[Endorsement, ...]
    returns: tuple[DocumentReturn, ...]
    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class DocumentPage:
    """A document for its page; `runs` are those that made or used it."""

    view: DocumentView
    cards: tuple[VersionCard, ...]
    runs: tuple[Case, ...]
    office: str
    excused: tuple[SignerTurn, ...]
    """Without whose signature it was archived, and why."""
    attachments: tuple[VersionAttachment, ...]
    """The files that go with its newest version."""
    received: tuple[Delivery, ...]
    """Of a proof of sending: who has received since it was made."""

    @property
    def document(self) -> Document:
        return self.view.document

    @property
    def newest(self) -> VersionCard:
        return self.cards[0]

    @property
    def older(self) -> tuple[VersionCard, ...]:
        return self.cards[1:]

    @property
    def electronic(self) -> tuple[Signature, ...]:
        return standing(self.newest.signatures, SigningWay.ELECTRONIC)

    @property
    def scans(self) -> tuple[Signature, ...]:
        return standing(self.newest.signatures, SigningWay.WET)

    @property
    def unsigned(self) -> tuple[Endorsement, ...]:
        """Approvals whose paper is to be signed by hand: those that no electronic signature goes with."""
        signed = {one.position_id for one in self.electronic}
        return tuple(one for one in self.newest.approvals if one.position_id not in signed)

    @property
    def wants_scan(self) -> bool:
        """Whether a print signed by hand may still come back."""
        return self.document.state in FINISHED and bool(self.unsigned)

    @property
    def wants_number(self) -> bool:
        """Whether the paper is signed by hand and still to be given its number: on paper that comes after."""
        return wants_number_after(document=self.document, is_signed=bool(self.electronic))

    @property
    def is_uploaded(self) -> bool:
        """Whether the paper is a file that came signed on paper."""
        return bool(self.view.newest.content.get("file"))

    @property
    def class_code(self) -> str:
        """The code of the classification that its number is proposed under."""
        return proposed_class(self.document.kind, next(iter(self.runs), None))

    @property
    def archive(self) -> ArchiveRecord | None:
        return getattr(self.view.newest, "archive_record", None)


def standing(signatures: Sequence[Signature], way: SigningWay) -> tuple[Signature, ...]:
    return tuple(one for one in signatures if one.way == way and one.voided_at is None)


def document_page(document: Document) -> DocumentPage:
    """Read a document for its page; the number of queries does not grow with its versions."""
    view = document_view(document=document)
    signatures = list(
        Signature.objects.filter(version__document=document)
        .select_related("version__document__unit", "file", "position", "certificate", "kept_by")
        .order_by("kept_at", "id")
    )
    return DocumentPage(
        view=view,
        cards=tuple(card(version, signatures) for version in view.versions),
        runs=tuple(runs_of_document(document).order_by("id")),
        office=office_of(view.document.unit).name,
        excused=tuple(excused_turns(version=view.newest)),
        attachments=tuple(attachments_to(view.newest)),
        received=tuple(received_since(document, view.newest.made_at)),
    )


def card(version: DocumentVersion, signatures: Sequence[Signature]) -> VersionCard:
    given = list(version.endorsements.all())
    in_force = [one for one in given if one.voided_at is None]
    return VersionCard(
        version=version,
        parafs=tuple(one for one in in_force if one.kind == EndorsementKind.PARAF),
        approvals=tuple(one for one in in_force if one.kind == EndorsementKind.APPROVAL),
        voided=tuple(one for one in given if one.voided_at is not None),
        returns=tuple(version.returns.all()),
        signatures=tuple(one for one in signatures if one.version_id == version.pk),
    )
