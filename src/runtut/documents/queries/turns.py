"""Who is asked to sign a paper, and whose turn it is."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from runtut.documents.enums import DocumentState
from runtut.documents.models import Document, SignerTurn

STILL_OPEN = (DocumentState.WAITING, DocumentState.APPROVED)


def open_turns() -> QuerySet[SignerTurn]:
    """Return the turns that have come: nobody named before is still to sign, and the paper is not closed."""
    earlier = SignerTurn.objects.filter(
        version=OuterRef("version"), given_at__isnull=True, sequence__lt=OuterRef("sequence")
    )
    rows = SignerTurn.objects.filter(
        ~Exists(earlier), given_at__isnull=True, version__document__state__in=STILL_OPEN
    )
    return rows.select_related("version__document__unit", "position").order_by("asked_at", "id")


def turns_of(*, position_ids: Collection[int]) -> list[SignerTurn]:
    """Return what some positions are asked to sign now, oldest first (one query)."""
    return list(open_turns().filter(position__in=position_ids))


def turn_on(*, document: Document) -> SignerTurn | None:
    """Return whose turn it is to sign a document, None when nobody is asked (one query)."""
    return open_turns().filter(version__document=document).first()
