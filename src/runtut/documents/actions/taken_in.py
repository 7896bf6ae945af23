"""A paper that was made on print: the uploaded file is the document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.documents.actions.documents import put_document, set_state
from runtut.documents.actions.trail import leave_trail
from runtut.documents.enums import DocumentKind, DocumentState
from runtut.documents.errors import ScanNotReadable
from runtut.documents.formulas.sniffing import SCANS
from runtut.documents.models import Document, DocumentVersion, StoredFile
from runtut.documents.rules import ensure_own_file
from runtut.organisations.models import Authority, OrganisationUnit


def take_in_paper(
    *,
    document: Document | None,
    unit: OrganisationUnit,
    kind: DocumentKind | str,
    title: str,
    said: str,
    facts: Sequence[tuple[str, str]],
    file: StoredFile,
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Make a document of a file that was signed on paper, or the next version of one: the file is its paper
    and nothing is composed beside it. Its text (`said`, and `facts` in two columns) holds the file's hash, so
    that the version, and the record of the archive, vouch for the very file. Nobody is asked to approve it.

    Raises ScanNotReadable (field file) for what is no scan or picture, FileOfAnotherOffice, and what
    put_document refuses.
    """
    ensure_own_file(authority, file)
    if file.content_type not in SCANS:
        raise ScanNotReadable(name=file.name, field="file")
    rows = [list(one) for one in (*facts, ("Berkas", file.name), ("SHA-256", file.sha256))]
    blocks = [{"type": "paragraph", "text": said}, {"type": "facts", "rows": rows}]
    with write_transaction():
        version = put_document(
            document=document,
            unit=unit,
            kind=kind,
            title=title,
            content={"blocks": blocks, "file": file.sha256},
            authority=authority,
            at=at,
        )
        version.pdf = file
        version.save(update_fields=["pdf"])
        set_state(version.document, DocumentState.APPROVED)
        leave_trail(
            unit=unit,
            action="document.taken_in",
            subject=version.document.uid,
            authority=authority,
            at=at,
            data={"title": version.document.title, "version": version.number, "file": file.sha256},
        )
    return version
