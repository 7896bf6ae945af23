"""Who is asked to sign a paper, and whose turn it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from runtut.documents.enums import NUMBERED, DocumentState, SigningWay, bears_number
from runtut.documents.models import Document, DocumentVersion, SignerTurn
from runtut.documents.queries.signing import electronic_paper, signing_way

STILL_OPEN = (DocumentState.WAITING, DocumentState.APPROVED)


def unsigned() -> QuerySet[SignerTurn]:
    """Return everybody who has been asked to sign a paper that is not closed and has not done so, in the
    papers' own order."""
    rows = SignerTurn.objects.filter(
        given_at__isnull=True, excused_at__isnull=True, version__document__state__in=STILL_OPEN
    )
    return rows.select_related("version__document__unit", "position").order_by("version", "sequence")


def open_turns() -> QuerySet[SignerTurn]:
    """Return the turns that have come: nobody named before is still to sign, and the paper is not closed."""
    earlier = SignerTurn.objects.filter(
        version=OuterRef("version"),
        given_at__isnull=True,
        excused_at__isnull=True,
        sequence__lt=OuterRef("sequence"),
    )
    return unsigned().filter(~Exists(earlier)).order_by("asked_at", "id")


def excused_turns(*, version: DocumentVersion) -> list[SignerTurn]:
    """Return those without whose signature a version was archived, each with the reason (one query)."""
    rows = SignerTurn.objects.filter(version=version, excused_at__isnull=False)
    return list(rows.select_related("position").order_by("sequence"))


def missing_signers(*, version: DocumentVersion) -> list[SignerTurn]:
    """Return who is named under a version and has not signed it, archived without them or not (one query)."""
    rows = SignerTurn.objects.filter(version=version, given_at__isnull=True).select_related("position")
    return list(rows.order_by("sequence"))


@dataclass(frozen=True)
class TurnTerms:
    """How a paper that asks for a signature is to be signed: `is_electronic` may be, `is_signed` must be,
    because somebody has signed it so; `wants_number`: it is still to be numbered before an electronic one."""

    is_electronic: bool
    is_signed: bool
    wants_number: bool
    kind: str
    on: date


def terms_of(*, turn: SignerTurn, on: date) -> TurnTerms:
    """Return how a turn is to be taken (two queries)."""
    document = turn.version.document
    is_signed = electronic_paper(version=turn.version) is not None
    is_electronic = is_signed or signing_way(unit=document.unit) == SigningWay.ELECTRONIC
    unnumbered = is_electronic and wants_number(document=document, is_signed=is_signed)
    return TurnTerms(is_electronic, is_signed, unnumbered, document.kind, on)


def wants_number(*, document: Document, is_signed: bool) -> bool:
    """Tell whether a paper is to be numbered before it is signed electronically; `is_signed`: it bears such a
    signature, so that nothing is written on it any more."""
    return not is_signed and not document.number and bears_number(document.kind)


def wants_number_after(*, document: Document, is_signed: bool) -> bool:
    """Tell whether a paper is approved, bears no electronic signature (`is_signed`), waits for none, and is
    still to be given its number: on paper that comes after the signature (one query at most)."""
    fits = document.state == DocumentState.APPROVED and document.kind in NUMBERED
    wanted = fits and not document.number and not is_signed
    return wanted and not unsigned().filter(version__document=document).exists()


def turns_of(*, position_ids: Collection[int]) -> list[SignerTurn]:
    """Return what some positions are asked to sign now, oldest first (one query)."""
    return list(open_turns().filter(position__in=position_ids))


def turn_on(*, document: Document) -> SignerTurn | None:
    """Return whose turn it is to sign a document, None when nobody is asked (one query)."""
    return open_turns().filter(version__document=document).first()
