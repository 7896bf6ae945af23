"""The library of SOPs as an office sees it: the list, and one SOP before it is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from runtut.cases.queries import left_by
from runtut.core.dates import loose_date
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import office_of
from runtut.procedures.models import Procedure
from runtut.procedures.queries import LISTS, library, library_graph
from runtut.web.showing.sop_page import DOUBT, MatrixPage, matrix_of, split_note
from runtut.web.showing.sop_steps import StepView, step_view_of


@dataclass(frozen=True)
class LibraryRow:
    key: str
    title: str
    source: str
    steps: int
    minutes: int
    yields: tuple[str, ...]
    adopted: UUID | None


@dataclass(frozen=True)
class LibrarySop:
    """An SOP of the library as its page shows it. `adopted` is the office's own copy, when it has one."""

    document: Mapping[str, Any]
    steps: tuple[StepView, ...]
    matrix: MatrixPage
    adopted: UUID | None

    @property
    def key(self) -> str:
        return str(self.document["library_key"])

    @property
    def title(self) -> str:
        return str(self.document["title"])

    @property
    def minutes(self) -> int:
        return minutes_of(self.document)

    @property
    def yields(self) -> tuple[str, ...]:
        return yields_of(self.document)

    @property
    def created(self) -> str:
        return loose_date(self.document["dates"]["created"])

    @property
    def lists(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The six lists of the form; nothing in them is a link yet."""
        return [(heading, [(line, "") for line in self.document[name]]) for heading, name in LISTS]

    @cached_property
    def doubts(self) -> list[str]:
        """What the source leaves open: marks on the steps, then doubts in words."""
        marks = [doubt for step in self.steps for doubt in step.doubts]
        return marks + [said for word, said in map(split_note, self.document["notes"]) if word == DOUBT]

    @property
    def repairs(self) -> list[str]:
        """What was mended against the source."""
        return [said for word, said in map(split_note, self.document["notes"]) if word != DOUBT]

    @property
    def marked(self) -> bool:
        return any(step.is_doubtful for step in self.steps)


def library_rows(unit: OrganisationUnit | None) -> list[LibraryRow]:
    """Every SOP of the library, and whether the office has it already. One query, two in a part of it."""
    own = copies_of(unit)
    return [
        LibraryRow(
            key=data["library_key"],
            title=data["title"],
            source=data["source"],
            steps=len(data["steps"]),
            minutes=minutes_of(data),
            yields=yields_of(data),
            adopted=own.get(data["library_key"]),
        )
        for data in library()
    ]


def library_sop(document: Mapping[str, Any], unit: OrganisationUnit | None) -> LibrarySop:
    """One SOP of the library, drawn, and the office's copy of it. As many queries as the list."""
    columns: Sequence[str] = document["performers"]
    steps = tuple(step_view_of(step, columns) for step in document["steps"])
    graph, drawing = library_graph(document["library_key"])
    adopted = copies_of(unit).get(document["library_key"])
    return LibrarySop(document, steps, matrix_of(steps, graph, drawing), adopted)


def copies_of(unit: OrganisationUnit | None) -> dict[str, UUID]:
    """The SOPs of the office around a unit that came from the library, by key."""
    if unit is None:
        return {}
    return dict(Procedure.objects.filter(unit=office_of(unit)).values_list("library_key", "uid"))


def minutes_of(document: Mapping[str, Any]) -> int:
    return sum(step["time"]["minutes"] for step in document["steps"])


def is_in_library(key: str) -> bool:
    """Tell whether the library offers an SOP under what a step calls; a step may call one by its title."""
    return any(entry["library_key"] == key for entry in library())


def yields_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """What is left when the SOP has run."""
    return left_by(library_graph(document["library_key"])[0])
