"""Documents that an office gave for import, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Min

from runtut.organisations.models import OrganisationUnit
from runtut.procedures.enums import ImportState
from runtut.procedures.importing import Unreadable, picture_apart
from runtut.procedures.models import ImportedFile, ProcedureVersion

IMPORT: Final = "procedures.import"
"""The topic under which a document waits for the worker."""
MOST_SHEETS = 40


@dataclass(frozen=True)
class FoundSop:
    """One SOP of a document: its place in it, what it is called, how much of it is uncertain or found no
    place, and the draft it was saved as."""

    index: int
    title: str
    steps: int
    doubts: int
    unread: int
    version: ProcedureVersion | None


@dataclass(frozen=True)
class ImportRow:
    imported: ImportedFile
    found: tuple[FoundSop, ...]


@dataclass(frozen=True)
class ImportList:
    """Some documents of an office, and how far it is: of the `total` that were given since the oldest of
    those that wait, `done` have been read. Both are 0 where none waits."""

    rows: tuple[ImportRow, ...]
    done: int = 0
    total: int = 0

    @property
    def is_waiting(self) -> bool:
        return self.done < self.total


def imports_of(unit: OrganisationUnit, *, start: int = 0, most: int) -> ImportList:
    """The documents given for import, newest first: `most` of them from `start`. At most six queries."""
    given = ImportedFile.objects.filter(unit=unit)
    files = (
        given.defer("content")
        .prefetch_related("saved__version__procedure")
        .order_by("-id")[start : start + most]
    )
    rows = tuple(ImportRow(imported, tuple(_found(imported))) for imported in files)
    waiting = given.filter(state=ImportState.WAITING).aggregate(count=Count("id"), oldest=Min("given_at"))
    if not waiting["count"]:
        return ImportList(rows)
    total = given.filter(given_at__gte=waiting["oldest"]).count()
    return ImportList(rows, total - waiting["count"], total)


def sheets_of(imported: ImportedFile) -> int:
    """Return how many pages of a document are shown as pictures: 40 at most, none once it is gone."""
    kept = imported.state != ImportState.SAVED
    return min(imported.found.get("sheets", 0), MOST_SHEETS) if kept else 0


def sheet_picture(*, imported: ImportedFile, number: int) -> bytes | None:
    """Return a page of a document as a WebP picture, None where it has none (one query, one process)."""
    if not 1 <= number <= sheets_of(imported):
        return None
    try:
        return picture_apart(number, bytes(imported.content or b""))
    except Unreadable:
        return None


def _found(imported: ImportedFile) -> Sequence[FoundSop]:
    saved = {entry.index: entry.version for entry in imported.saved.all()}
    sops: list[dict[str, Any]] = imported.found.get("sops", [])
    return [
        FoundSop(
            index,
            sop["title"] or "tanpa nama",
            len(sop["steps"]),
            len(sop["doubts"]),
            len(sop["unread"]),
            saved.get(index),
        )
        for index, sop in enumerate(sops)
    ]
