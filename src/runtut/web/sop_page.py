"""What the page of one SOP shows, read once and ready for the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from runtut.core.dates import long_date
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import Letterhead, letterhead_of
from runtut.procedures.enums import Confidence, Mode, StepKind, VersionState
from runtut.procedures.graph import Column, Graph
from runtut.procedures.models import Performer, Procedure, ProcedureVersion, Step
from runtut.procedures.queries import graph_of
from runtut.procedures.rendering import MatrixDrawing, matrix_svg
from runtut.web.status import VERSION_BADGES

CERTAINTY: Final[dict[str, str]] = {
    Confidence.MEDIUM: "kemungkinan besar benar, belum pasti",
    Confidence.LOW: "belum pasti",
}
STANDINGS: Final[dict[str, str]] = {
    VersionState.DRAFT: "masih draf: pasangkan pelaksananya, lalu kirim untuk ditelaah.",
    VersionState.IN_REVIEW: "sedang ditelaah dan menunggu pengesahan.",
    VersionState.RATIFIED: "sudah disahkan, belum diberlakukan.",
    VersionState.SUPERSEDED: "sudah diganti versi yang lebih baru.",
    VersionState.WITHDRAWN: "sudah dicabut.",
}


@dataclass(frozen=True)
class StepView:
    """A row of the SOP in words."""

    no: int
    activity: str
    kind: str
    who: str
    together: str
    time: str
    requirements: Sequence[str]
    outputs: Sequence[str]
    note: str
    return_to: Sequence[int]
    doubts: tuple[str, ...]

    @property
    def symbol(self) -> str:
        return str(StepKind(self.kind).label).lower()

    @property
    def is_decision(self) -> bool:
        return self.kind == StepKind.DECISION

    @property
    def is_terminal(self) -> bool:
        return self.kind in {StepKind.START, StepKind.END}

    @property
    def is_doubtful(self) -> bool:
        return bool(self.doubts)


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

    @property
    def svg(self) -> SafeString:
        return mark_safe(self.drawing.svg)  # noqa: S308  # written by our renderer, texts escaped there


@dataclass(frozen=True)
class SopPage:
    procedure: Procedure
    unit: OrganisationUnit
    version: ProcedureVersion
    others: tuple[ProcedureVersion, ...]
    performers: tuple[Performer, ...]
    steps: tuple[StepView, ...]
    minutes: int
    letterhead: Letterhead

    @property
    def state(self) -> str:
        return VERSION_BADGES[self.version.state]

    @property
    def standing(self) -> str:
        """Where the version is in its life, as the end of a sentence that begins with its number."""
        if self.version.state != VersionState.EFFECTIVE:
            return STANDINGS[self.version.state]
        since = self.version.effective_from
        begun = f"berlaku sejak {long_date(since)}" if since else "berlaku"
        return f"{begun}. Kerja yang sedang berjalan tetap memakai versi saat dimulai."

    @property
    def lists(self) -> tuple[tuple[str, Sequence[str]], ...]:
        """The six lists of the official form, in its order (PermenPANRB 35/2012)."""
        return (
            ("Dasar hukum", self.version.legal_basis),
            ("Kualifikasi pelaksana", self.version.qualifications),
            ("Keterkaitan", self.version.related_sops),
            ("Peralatan dan perlengkapan", self.version.equipment),
            ("Peringatan", self.version.warnings),
            ("Pencatatan dan pendataan", self.version.records),
        )

    @property
    def created(self) -> str:
        return loose_date(self.version.created_date)

    @property
    def revised(self) -> str:
        return loose_date(self.version.revised_date)

    @property
    def effective(self) -> str:
        since = self.version.effective_from
        return long_date(since) if since else loose_date(self.version.effective_date)

    @property
    def unbound(self) -> tuple[str, ...]:
        """Performers that no position stands for yet."""
        return tuple(performer.name for performer in self.performers if not performer.bindings.all())

    @property
    def doubts(self) -> tuple[str, ...]:
        return tuple(doubt for step in self.steps for doubt in step.doubts)


def loose_date(text: str) -> str:
    """ "12 Januari 2026", "Januari 2026" or "2026", as precise as the text is; as it is when unreadable."""
    parts = text.split("-")
    try:
        if len(parts) == 3:
            return long_date(date.fromisoformat(text))
        if len(parts) == 2:
            return long_date(date(int(parts[0]), int(parts[1]), 1)).partition(" ")[2]
    except ValueError:
        return text
    return text


def sop_page(*, procedure: Procedure, version: ProcedureVersion, versions: Iterable[ProcedureVersion]) -> SopPage:
    """Everything the page of a version shows. Six queries whatever the number of steps."""
    performers = tuple(
        version.performers.prefetch_related("bindings__position__unit").order_by("sequence", "id")
    )
    steps = version.steps.prefetch_related("step_performers__performer").order_by("no")
    return SopPage(
        procedure=procedure,
        unit=procedure.unit,
        version=version,
        others=tuple(other for other in versions if other.pk != version.pk),
        performers=performers,
        steps=tuple(step_view(step) for step in steps),
        minutes=sum(step.minutes for step in steps),
        letterhead=letterhead_of(procedure.unit),
    )


def step_view(step: Step) -> StepView:
    rows = sorted(step.step_performers.all(), key=lambda row: row.performer.sequence)
    acting = [row.performer.name for row in rows if row.mode != Mode.JOINT]
    joint = [row.performer.name for row in rows if row.mode == Mode.JOINT]
    each = any(row.mode == Mode.EACH for row in rows)
    doubts = [
        f"Langkah {step.no}: pelaksana {row.performer.name} {CERTAINTY[row.confidence]}."
        for row in rows
        if row.confidence in CERTAINTY
    ]
    if step.return_to and step.return_confidence in CERTAINTY:
        targets = " atau ".join(str(no) for no in step.return_to)
        doubts.append(f"Langkah {step.no}: kembali ke langkah {targets} {CERTAINTY[step.return_confidence]}.")
    return StepView(
        no=step.no,
        activity=step.activity,
        kind=step.kind,
        who=("setiap " if each else "") + ", ".join(acting or joint),
        together=", ".join(joint) if acting else "",
        time=step.time_text,
        requirements=step.requirements,
        outputs=step.outputs,
        note=step.note,
        return_to=step.return_to,
        doubts=tuple(doubts),
    )


@lru_cache(maxsize=64)
def drawing_of(graph: Graph) -> MatrixDrawing:
    """The drawing of a graph, kept by its value: routing is the slow part of the page."""
    return matrix_svg(graph)


def matrix_page(sop: SopPage) -> MatrixPage:
    """The matrix of the version shown."""
    graph = graph_of(sop.version)
    drawing = drawing_of(graph)
    rows = tuple(
        MatrixRow(step, height, drawing.per_row_text[step.no])
        for step, height in zip(sop.steps, drawing.row_heights, strict=True)
    )
    return MatrixPage(drawing, graph.columns, rows)
