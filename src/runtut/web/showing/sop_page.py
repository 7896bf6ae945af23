"""What the page of one SOP shows, read once and ready for the template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from runtut.core.dates import long_date, loose_date
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import Letterhead, letterhead_of
from runtut.procedures.enums import IN_MAKING, UNFINISHED, VersionState
from runtut.procedures.graph import Column, Graph
from runtut.procedures.models import Procedure, ProcedureVersion
from runtut.procedures.queries import (
    Identity,
    bound_positions,
    drawing_of,
    identity_of,
    suggest_bindings,
)
from runtut.procedures.rendering import MatrixDrawing
from runtut.procedures.rules import CLOSED, was_in_force
from runtut.web.frame.status import VERSION_BADGES
from runtut.web.showing.sop_steps import StepView, step_view

DOUBT: Final = "Keraguan"
NUMBER_WIDTH: Final = 36
REPAIR: Final = "Perbaikan"
STANDINGS: Final[dict[str, str]] = {
    VersionState.DRAFT: "masih draf: pasangkan pelaksananya, lalu kirim untuk ditelaah.",
    VersionState.IN_REVIEW: "sedang ditelaah dan menunggu pengesahan.",
    VersionState.SUPERSEDED: "sudah diganti versi yang lebih baru.",
    VersionState.WITHDRAWN: "sudah dicabut.",
}


@dataclass(frozen=True)
class MatrixRow:
    step: StepView
    height: int
    spoken: str


@dataclass(frozen=True)
class MatrixPage:
    """The flowchart matrix: the drawing lies over the performer columns of a table of fixed row heights."""

    drawing: MatrixDrawing
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]

    number_width: int = NUMBER_WIDTH

    @property
    def least_width(self) -> int:
        """Narrower than this, activities would need more lines than the drawing has room for, and rows and
        symbols would part."""
        widths = (*self.drawing.column_widths, *self.drawing.cell_widths.values())
        return self.number_width + sum(widths)

    @property
    def svg(self) -> SafeString:
        return mark_safe(self.drawing.svg)  # noqa: S308  # written by our renderer, texts escaped there


@dataclass(frozen=True)
class PerformerRow:
    """A performer and who stands for it here; `suggested` while nobody does."""

    sequence: int
    name: str
    bound: tuple[str, ...]
    suggested: tuple[str, ...]


@dataclass(frozen=True)
class SopPage:
    procedure: Procedure
    unit: OrganisationUnit
    version: ProcedureVersion
    others: tuple[ProcedureVersion, ...]
    identity: Identity
    performers: tuple[PerformerRow, ...]
    steps: tuple[StepView, ...]
    minutes: int
    letterhead: Letterhead
    related: Mapping[str, UUID]
    siblings: tuple[tuple[str, UUID], ...]

    @property
    def state(self) -> str:
        return VERSION_BADGES[self.version.state]

    @property
    def standing(self) -> str:
        """Where the version is in its life, as the end of a sentence that begins with its number."""
        since = self.version.effective_from
        if self.version.state == VersionState.RATIFIED:
            return f"sudah disahkan, berlaku mulai {long_date(since)}." if since else "sudah disahkan."
        if self.version.state == VersionState.SUPERSEDED and self.version.closed_at:
            closed = long_date(self.unit.local_date(self.version.closed_at))
            return f"diganti versi {self.successor} pada {closed}."
        if self.version.state != VersionState.EFFECTIVE:
            return STANDINGS[self.version.state]
        begun = f"berlaku sejak {long_date(since)}" if since else "berlaku"
        return f"{begun}. Kerja yang sedang berjalan tetap memakai versi saat dimulai, kecuali dipindahkan."

    @property
    def dates(self) -> tuple[str, str, str]:
        """Created, revised, effective, as precise as they are known."""
        since = self.version.effective_from
        effective = long_date(since) if since else loose_date(self.identity.effective)
        return loose_date(self.identity.created), loose_date(self.identity.revised), effective

    @property
    def unbound(self) -> tuple[str, ...]:
        """Performers for whom no position stands yet."""
        return tuple(row.name for row in self.performers if not row.bound)

    @property
    def has_suggestions(self) -> bool:
        """Whether a position of the office fits a performer for whom none stands yet."""
        return any(row.suggested for row in self.performers if not row.bound)

    @property
    def bound_count(self) -> int:
        return sum(bool(row.bound) for row in self.performers)

    @property
    def is_closed(self) -> bool:
        return self.version.state in CLOSED

    @property
    def has_unfinished(self) -> bool:
        """Whether a version is in the making, so that no other can be begun."""
        return any(version.state in UNFINISHED for version in (self.version, *self.others))

    @property
    def successor(self) -> int:
        """The number of the version that came into force after this one."""
        later = [
            one.number
            for one in self.others
            if one.number > self.version.number and was_in_force(one, self.unit)
        ]
        return min(later, default=self.version.number + 1)

    @property
    def coming(self) -> ProcedureVersion | None:
        """Another version that is ratified for a later day."""
        return next((one for one in self.others if one.state == VersionState.RATIFIED), None)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What is not certain: marks on the steps, then the doubts about the source."""
        marks = tuple(doubt for step in self.steps for doubt in step.doubts)
        return marks + tuple(said for word, said in map(split_note, self.version.notes) if word == DOUBT)

    @property
    def marked(self) -> bool:
        """Whether a step bears the mark of doubt."""
        return any(step.is_doubtful for step in self.steps)

    @property
    def is_open(self) -> bool:
        """Whether the version can still be mended, so that its doubts are to be looked at."""
        return self.version.state in IN_MAKING

    @property
    def is_draft(self) -> bool:
        return self.version.state == VersionState.DRAFT

    @property
    def likely(self) -> str:
        """What is probably right though the source does not say it: "pelaksana langkah 1, 2; …"."""
        found: dict[str, list[str]] = {}
        for step in self.steps:
            for what in step.likely:
                found.setdefault(what, []).append(str(step.no))
        return "; ".join(f"{what} {', '.join(numbers)}" for what, numbers in found.items())

    @property
    def lists(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The six lists of the form; an SOP of this office among the related ones has its address."""
        return [
            (heading, [(line, self.address_of(line)) for line in lines])
            for heading, lines in self.identity.lists
        ]

    def address_of(self, line: str) -> str:
        uid = self.related.get(line.removeprefix("SOP ").casefold())
        return reverse("web:sop_rinci", args=[uid]) if uid and uid != self.procedure.uid else ""

    @property
    def repairs(self) -> tuple[str, ...]:
        """What was mended against the source."""
        return tuple(said for word, said in map(split_note, self.version.notes) if word != DOUBT)


def split_note(note: str) -> tuple[str, str]:
    """ "Keraguan: sumber tidak ..." as its word and its sentence; a note without a word as it is."""
    word, colon, said = note.partition(": ")
    known = colon and word in {DOUBT, REPAIR}
    return (word, said[:1].upper() + said[1:]) if known else ("", note)


def sop_page(
    *, procedure: Procedure, version: ProcedureVersion, versions: Iterable[ProcedureVersion], on: date
) -> SopPage:
    """Everything the page of a version shows. Eight queries whatever the number of steps."""
    own = Procedure.objects.filter(unit=procedure.unit).order_by("title", "id")
    titles = list(own.values_list("title", "uid"))
    steps = version.steps.prefetch_related("step_performers__performer").order_by("no")
    return SopPage(
        procedure=procedure,
        unit=procedure.unit,
        version=version,
        others=tuple(other for other in versions if other.pk != version.pk),
        identity=identity_of(version, on=on),
        performers=performer_rows(version),
        steps=tuple(step_view(step) for step in steps),
        minutes=sum(step.minutes for step in steps),
        letterhead=letterhead_of(procedure.unit),
        related={title.casefold(): uid for title, uid in titles},
        siblings=tuple((title, uid) for title, uid in titles if uid != procedure.uid),
    )


def performer_rows(version: ProcedureVersion) -> tuple[PerformerRow, ...]:
    """The performers with their positions; suggestions are looked up only while somebody is missing."""
    bound = bound_positions(version)
    missing = any(not positions for positions in bound.values())
    suggested = suggest_bindings(version, version.procedure.unit) if missing else {}
    return tuple(
        PerformerRow(
            sequence=performer.sequence,
            name=performer.name,
            bound=tuple(position.short_title for position in bound[performer.pk]),
            suggested=tuple(position.short_title for position in suggested.get(performer.pk, [])),
        )
        for performer in version.performers.order_by("sequence", "id")
    )


def matrix_page(sop: SopPage, graph: Graph) -> MatrixPage:
    """The matrix of the version shown; `graph` is its own."""
    return matrix_of(sop.steps, graph, drawing_of(sop.version, graph))


def matrix_of(steps: Sequence[StepView], graph: Graph, drawing: MatrixDrawing) -> MatrixPage:
    """The matrix of an SOP: its steps in words under their drawing."""
    rows = tuple(
        MatrixRow(step, height, drawing.per_row_text[step.no])
        for step, height in zip(steps, drawing.row_heights, strict=True)
    )
    return MatrixPage(drawing, graph.columns, rows)
