"""What is enclosed with a document that is being written."""

from __future__ import annotations

from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.documents.actions.file_texts import ask_for_text
from runtut.documents.actions.manuscripts import hold_manuscript
from runtut.documents.errors import TooManyAttachments
from runtut.documents.models import Manuscript, ManuscriptAttachment, StoredFile
from runtut.documents.rules import ensure_can_write, ensure_own_file
from runtut.organisations.models import Authority
from runtut.organisations.rules import ensure_text

ATTACHMENT_LIMIT = 20


def attach_file(
    *, manuscript: Manuscript, file: StoredFile, title: str, authority: Authority, at: datetime
) -> ManuscriptAttachment:
    """Add an attachment at the end; without a title it is called as the file.

    Raises ManuscriptIsClosed, TooManyAttachments, FileOfAnotherOffice, TextTooLong and the refusals of
    ensure_can_write.
    """
    ensure_can_write(authority, manuscript.unit)
    ensure_own_file(authority, file)
    named = ensure_text(title or file.name, what="Judul lampiran", limit=160, field="title")
    with write_transaction():
        held = hold_manuscript(manuscript)
        last = held.attachments.order_by("-sequence").first()
        if held.attachments.count() >= ATTACHMENT_LIMIT:
            raise TooManyAttachments(limit=ATTACHMENT_LIMIT, field="file")
        ask_for_text(file, at)
        return ManuscriptAttachment.objects.create(
            region=held.region,
            manuscript=held,
            file=file,
            title=named,
            sequence=last.sequence + 1 if last else 1,
        )


def detach_file(*, attachment: ManuscriptAttachment, authority: Authority, at: datetime) -> None:
    """Take an attachment off; the file itself stays in the store.

    Raises ManuscriptIsClosed and the refusals of ensure_can_write.
    """
    ensure_can_write(authority, attachment.manuscript.unit)
    with write_transaction():
        hold_manuscript(attachment.manuscript)
        attachment.delete()
