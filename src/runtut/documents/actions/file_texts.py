"""Reading the words inside letters and attachments that came as files, for the search."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from runtut.core import jobs, search
from runtut.core.locks import write_transaction
from runtut.documents.models import Document, FileText, IncomingLetter, StoredFile, VersionAttachment
from runtut.documents.queries import read_file
from runtut.documents.queries.searching import DOCUMENTS, LETTERS
from runtut.documents.rendering.file_text import words_in_file
from runtut.documents.rendering.thumbnails import PICTURED

READING = "documents.text"


def ask_for_text(file: StoredFile, at: datetime) -> None:
    """Leave the reading of a PDF or picture to the worker, once for every content and try."""
    if file.content_type in PICTURED and not FileText.objects.filter(source=file.sha256).exists():
        jobs.enqueue(
            region=file.region,
            topic=READING,
            key=f"{READING}:{file.sha256}",
            payload={"file": file.uid},
            at=at,
        )


def read_text(*, file: StoredFile) -> FileText:
    """Read the words inside a file and have whatever it belongs to found by them. Safe to repeat: what was
    read whole is not read again."""
    known = FileText.objects.filter(source=file.sha256).first()
    if known is not None and known.is_whole:
        return known
    words = words_in_file(read_file(file=file), file.content_type)
    with write_transaction():
        made, _ = FileText.objects.update_or_create(
            source=file.sha256, defaults={"text": words.text, "is_whole": words.is_whole}
        )
        search.mark(LETTERS, letters_with(file))
        search.mark(DOCUMENTS, documents_with(file))
    return made


def letters_with(file: StoredFile) -> list[UUID]:
    return list(IncomingLetter.objects.filter(file__sha256=file.sha256).values_list("uid", flat=True))


def documents_with(file: StoredFile) -> list[UUID]:
    rows = Document.objects.filter(versions__attachments__file__sha256=file.sha256)
    return list(rows.values_list("uid", flat=True).distinct())


def read_missing_texts() -> int:
    """Read every letter and attachment that was never read, or not whole: Tesseract may have come since.
    Returns how many were tried."""
    whole = FileText.objects.filter(is_whole=True).values("source")
    of_letters = Q(pk__in=IncomingLetter.objects.exclude(file=None).values("file"))
    of_versions = Q(pk__in=VersionAttachment.objects.values("file"))
    files = StoredFile.objects.filter(of_letters | of_versions, content_type__in=PICTURED)
    missing = {file.sha256: file for file in files.exclude(sha256__in=whole).order_by("id")}
    for file in missing.values():
        read_text(file=file)
    return len(missing)
