from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from runtut.documents.errors import FileIsGone
from runtut.documents.models import StoredFile


@dataclass(frozen=True)
class FileFinding:
    """A stored file that is not what was stored: `problem` is "missing" or "altered"."""

    sha256: str
    name: str
    problem: str


def path_of(sha256: str) -> Path:
    """Return where a content lies: two levels of folders, so that none grows past what a disk lists well."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


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
