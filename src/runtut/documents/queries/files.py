from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import UUID

from django.conf import settings

from runtut.documents.errors import FileIsGone
from runtut.documents.models import StoredFile, Thumbnail
from runtut.organisations.models import Authority, OrganisationUnit

HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class FileFinding:
    """A stored file that is not what was stored: `problem` is "missing" or "altered"."""

    sha256: str
    name: str
    problem: str


def path_of(sha256: str) -> Path:
    """Return where a content lies: two levels of folders, so that none grows past what a disk lists well."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def file_given_by(*, unit: OrganisationUnit, uid: UUID, authority: Authority) -> StoredFile | None:
    """Return a file that this very person has given the unit before."""
    return StoredFile.objects.filter(unit=unit, uploaded_by=authority.user_id, uid=uid).first()


def open_file(*, file: StoredFile) -> BinaryIO:
    """Open a stored file for reading. Ask rules.ensure_can_read first. Raises FileIsGone."""
    try:
        return path_of(file.sha256).open("rb")
    except FileNotFoundError:
        raise FileIsGone(name=file.name) from None


def read_file(*, file: StoredFile) -> bytes:
    """Return a stored file's content. Ask rules.ensure_can_read first. Raises FileIsGone."""
    with open_file(file=file) as stream:
        return stream.read()


def open_thumbnail(*, file: StoredFile) -> BinaryIO | None:
    """Open the small picture of a file for reading; None where there is none (yet). Ask
    rules.ensure_can_read first. One query."""
    made = Thumbnail.objects.filter(source=file.sha256).first()
    place = path_of(made.sha256) if made else None
    return place.open("rb") if place and place.is_file() else None


def pictures_of(content: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the pictures that a document's content names, by hash; one that is gone is left out: a letter
    without its picture is still a letter."""
    sha256 = str(content.get("letterhead", {}).get("logo", ""))
    if not HASH.fullmatch(sha256) or not path_of(sha256).is_file():
        return {}
    return {sha256: path_of(sha256).read_bytes()}


def verify_files() -> Iterator[FileFinding]:
    """Compare every stored content with its hash and report what is missing or altered.

    One query, read in batches; each content once, whoever refers to it.
    """
    rows = StoredFile.objects.order_by("sha256", "id").values_list("sha256", "name")
    previous = ""
    for sha256, name in rows.iterator(chunk_size=500):
        if sha256 == previous:
            continue
        previous = sha256
        problem = problem_of(path_of(sha256), sha256)
        if problem:
            yield FileFinding(sha256, name, problem)


def problem_of(path: Path, sha256: str) -> str:
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return "missing"
    return "" if found == sha256 else "altered"
