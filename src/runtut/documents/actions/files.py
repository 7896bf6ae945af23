"""Taking files in: content first, then the row that names it."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from typing import NamedTuple

from runtut.core import jobs
from runtut.core.durable import write_whole
from runtut.core.locks import write_transaction
from runtut.documents.actions.trail import leave_trail
from runtut.documents.formulas.names import clean_file_name, extension_of
from runtut.documents.formulas.sniffing import FileType, identify_file
from runtut.documents.models import StoredFile, Thumbnail
from runtut.documents.queries import path_of, read_file
from runtut.documents.rendering.thumbnails import PICTURED, NoPicture, small_picture
from runtut.documents.rules import ensure_can_write
from runtut.organisations.models import Authority, OrganisationUnit

logger = logging.getLogger(__name__)
THUMBNAIL = "documents.thumbnail"


class Written(NamedTuple):
    """A content that lies in the store."""

    sha256: str
    size: int


def store_file(
    *, unit: OrganisationUnit, name: str, content: bytes, authority: Authority, at: datetime
) -> StoredFile:
    """Keep an uploaded file under the hash of its content; the same content lies there once.

    The content is on disk before the row commits: a crash in between leaves a content that nothing names,
    never a name without content. Raises EmptyFile, FileTooLarge, FileTypeNotAllowed, FileIsDamaged,
    FileHasMacros, FileNotWhatItSays, and the refusals of ensure_can_write.
    """
    ensure_can_write(authority, unit)
    shown = clean_file_name(name)
    found = identify_file(name=shown, content=content)
    written = write_content(content)
    with write_transaction():
        file = file_row(
            unit=unit,
            name=named(shown, found),
            kind=found,
            content=written,
            at=at,
            uploaded_by=authority.user_id,
        )
        leave_trail(
            unit=unit,
            action="file.stored",
            subject=file.uid,
            authority=authority,
            at=at,
            data={"name": file.name, "size": file.size, "type": file.content_type, "sha256": file.sha256},
        )
        ask_for_thumbnail(file, at)
    return file


def keep_made_file(
    *, unit: OrganisationUnit, name: str, kind: FileType, content: bytes, at: datetime
) -> StoredFile:
    """Keep a file that Runtut made itself, in the caller's transaction; nobody uploaded it."""
    shown = named(clean_file_name(name), kind)
    return file_row(unit=unit, name=shown, kind=kind, content=write_content(content), at=at)


def file_row(
    *,
    unit: OrganisationUnit,
    name: str,
    kind: FileType,
    content: Written,
    at: datetime,
    uploaded_by: int | None = None,
) -> StoredFile:
    """Write the row that names a content; without a person, Runtut made it itself."""
    return StoredFile.objects.create(
        region=unit.region,
        unit=unit,
        sha256=content.sha256,
        size=content.size,
        content_type=kind.content_type,
        name=name,
        uploaded_by_id=uploaded_by,
        uploaded_at=at,
    )


def ask_for_thumbnail(file: StoredFile, at: datetime) -> None:
    """Leave the small picture of a content to the worker, once for every content."""
    if file.content_type in PICTURED:
        jobs.enqueue(
            region=file.region,
            topic=THUMBNAIL,
            key=f"{THUMBNAIL}:{file.sha256}",
            payload={"file": file.uid},
            at=at,
        )


def make_thumbnail(*, file: StoredFile) -> Thumbnail | None:
    """Make the small picture of a file's content; None where there is nothing to show. Safe to repeat."""
    made = Thumbnail.objects.filter(source=file.sha256).first()
    if made is not None:
        return made
    try:
        small = small_picture(read_file(file=file), file.content_type)
    except NoPicture as reason:
        logger.info("No small picture of %s: %s", file.uid, reason)
        return None
    sha256 = write_content(small.content).sha256
    with write_transaction():
        return Thumbnail.objects.get_or_create(
            source=file.sha256,
            defaults={"sha256": sha256, "width": small.width, "height": small.height},
        )[0]


def named(name: str, found: FileType) -> str:
    """Give a name without extension the one of its type."""
    return name if extension_of(name) else clean_file_name(f"{name}{found.extensions[0]}")


def paper_name(name: str, kind: FileType) -> str:
    """Return the name of a file of a document."""
    return clean_file_name(f"{name}{kind.extensions[0]}")


def write_content(content: bytes) -> Written:
    """Write a content to its place, named by its hash; durable when this returns.

    A complete copy appears under the name at once or not at all. One that lies there already is kept, unless
    it is not what its name says.
    """
    written = Written(hashlib.sha256(content).hexdigest(), len(content))
    place = path_of(written.sha256)
    if place.is_file() and place.read_bytes() == content:
        return written
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(place, content)
    return written
