"""Documents that an office gave for import, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from runtut.organisations.models import OrganisationUnit
from runtut.procedures.enums import ImportState
from runtut.procedures.importing import Unreadable, picture_apart
from runtut.procedures.models import ImportedFile, ProcedureVersion

IMPORT: Final = "procedures.import"
"""The topic under which a document waits for the worker."""
SHOWN = 200
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
    """The newest documents of an office; `done` of `total` have been read."""

    rows: tuple[ImportRow, ...]
    done: int

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def is_waiting(self) -> bool:
        return self.done < self.total


def imports_of(unit: OrganisationUnit) -> ImportList:
    """The newest 200 documents given for import, newest first. Three queries."""
    files = (
        ImportedFile.objects.filter(unit=unit)
        .defer("content")
        .prefetch_related("saved__version__procedure")
        .order_by("-id")[:SHOWN]
    )
    rows = tuple(ImportRow(imported, tuple(_found(imported))) for imported in files)
    return ImportList(rows, sum(row.imported.state != ImportState.WAITING for row in rows))


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
