"""The library of SOPs as an office sees it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from runtut.organisations.models import OrganisationUnit
from runtut.procedures.models import Procedure
from runtut.procedures.queries import library


@dataclass(frozen=True)
class LibraryRow:
    key: str
    title: str
    source: str
    steps: int
    minutes: int
    notes: tuple[str, ...]
    adopted: UUID | None


def library_rows(unit: OrganisationUnit | None) -> list[LibraryRow]:
    """Every SOP of the library, and whether the office has it already. One query."""
    own = dict(Procedure.objects.filter(unit=unit).values_list("library_key", "uid"))
    return [
        LibraryRow(
            key=data["library_key"],
            title=data["title"],
            source=data["source"],
            steps=len(data["steps"]),
            minutes=sum(step["time"]["minutes"] for step in data["steps"]),
            notes=tuple(data["notes"]),
            adopted=own.get(data["library_key"]),
        )
        for data in library()
    ]
