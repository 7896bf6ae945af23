"""Taking files in: content first, then the row that names it."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from datetime import datetime
from pathlib import Path

from runtut.core import jobs
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
    sha256 = write_content(content)
    with write_transaction():
        file = file_row(unit, named(shown, found), sha256, found, len(content), authority, at)
        leave_trail(
            unit=unit,
            action="file.stored",
            subject=file.uid,
            authority=authority,
            at=at,
            data={"name": file.name, "size": file.size, "type": file.content_type, "sha256": sha256},
        )
        ask_for_thumbnail(file, at)
    return file


def keep_made_file(
    *, unit: OrganisationUnit, name: str, kind: FileType, content: bytes, at: datetime
) -> StoredFile:
    """Keep a file that Runtut made itself, in the caller's transaction; nobody uploaded it."""
    return StoredFile.objects.create(
        region=unit.region,
        unit=unit,
        sha256=write_content(content),
        size=len(content),
        content_type=kind.content_type,
        name=named(clean_file_name(name), kind),
        uploaded_at=at,
    )


def file_row(
    unit: OrganisationUnit,
    name: str,
    sha256: str,
    found: FileType,
    size: int,
    authority: Authority,
    at: datetime,
) -> StoredFile:
    """Write the row that names a stored content."""
    return StoredFile.objects.create(
        region=unit.region,
        unit=unit,
        sha256=sha256,
        size=size,
        content_type=found.content_type,
        name=name,
        uploaded_by_id=authority.user_id,
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
    sha256 = write_content(small.content)
    with write_transaction():
        return Thumbnail.objects.get_or_create(
            source=file.sha256,
            defaults={"sha256": sha256, "width": small.width, "height": small.height},
        )[0]


def named(name: str, found: FileType) -> str:
    """Give a name without extension the one of its type."""
    return name if extension_of(name) else clean_file_name(f"{name}{found.extensions[0]}")


def write_content(content: bytes) -> str:
    """Write a content to its place and return its hash; durable when this returns.

    A complete copy appears under the name at once or not at all. One that lies there already is kept, unless
    it is not what its name says.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    place = path_of(sha256)
    if place.is_file() and place.read_bytes() == content:
        return sha256
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".new-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(draft).replace(place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    sync_folder(place.parent)
    return sha256


def sync_folder(folder: Path) -> None:
    """Make the new name in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
