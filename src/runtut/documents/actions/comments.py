"""Remarks on passages of a document that is being examined."""

from __future__ import annotations

from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.documents.actions.endorsements import held_with_newest
from runtut.documents.actions.trail import leave_trail
from runtut.documents.errors import CommentMissing, PassageUnknown
from runtut.documents.formulas.passages import lines_of
from runtut.documents.models import DocumentComment, DocumentVersion
from runtut.documents.rules import ensure_can_write
from runtut.organisations.models import Authority
from runtut.organisations.rules import ensure_fits

TEXT_LIMIT = 2000
QUOTE_LIMIT = 120


def comment_on(
    *, version: DocumentVersion, block: int, text: str, authority: Authority, at: datetime
) -> DocumentComment:
    """Remark on a passage of the version in force: its blocks are counted from 1, 0 is the whole.

    A remark voids nothing; it stays with its version. Raises CommentMissing, TextTooLong, PassageUnknown,
    NotNewestVersion, DocumentIsLocked and the refusals of ensure_can_write.
    """
    writer = ensure_can_write(authority, version.document.unit)
    written = ensure_fits(text, what="Komentar", limit=TEXT_LIMIT, field="text")
    if not written:
        raise CommentMissing(field="text")
    blocks = version.content.get("blocks", [])
    if not 0 <= block <= len(blocks):
        raise PassageUnknown
    quote = " ".join(lines_of(blocks[block - 1]))[:QUOTE_LIMIT] if block else ""
    with write_transaction():
        document = held_with_newest(version)
        comment = DocumentComment.objects.create(
            region=version.region,
            version=version,
            block=block,
            quote=quote,
            text=written,
            position_id=writer.position_id,
            made_by_id=writer.user_id,
            capacity=authority.capacity,
            made_at=at,
        )
        leave_trail(
            unit=document.unit,
            action="document.commented",
            subject=document.uid,
            authority=authority,
            at=at,
            data={"version": version.number, "block": block, "text": written},
        )
    return comment
