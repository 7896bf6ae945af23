"""Topic "measurement": the Dokumen Pengukuran Kinerja, composed from the figures and approved with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.contrib import Sign
from runtut.cases.contrib.generic import text_gate, typed
from runtut.cases.models import Task
from runtut.cases.queries import answering, output_name, run_document
from runtut.cases.registry import Ask, Gate, OutputSpec, WorkHandler
from runtut.documents.enums import DocumentKind
from runtut.organisations.models import Authority
from runtut.performance.actions import approve_figures, draft_measurement
from runtut.performance.contrib.period import figure_asks, quarter_of
from runtut.performance.queries import (
    GridRow,
    grid,
    measurement_of,
    owner_statuses,
    period_lock,
    who_submitted,
)
from runtut.performance.rendering import (
    Drafted,
    Measurement,
    compose_measurement,
    measurement_wording,
)


class PrepareMeasurement(WorkHandler):
    """`data`: "intro", "closing", "analysis" {uid of indicator: text}; what is not there is as proposed."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """Every figure handed over, the paragraphs written, an analysis for what is under target."""
        facts = facts_of(task, at)
        drafted = drafted_from(task, facts, data)
        return [
            handed_over_gate(task, at),
            text_gate("intro", "Pendahuluan", drafted.intro),
            text_gate("closing", "Penutup", drafted.closing),
            *analysis_gates(facts, drafted),
        ]

    def preview(self, task: Task, data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """The document with the figures as they stand."""
        facts = facts_of(task, at)
        return compose_measurement(facts, drafted_from(task, facts, data))

    def asks(self, task: Task, at: datetime) -> list[Ask]:
        """The owners of figures that are not handed over."""
        return figure_asks(task, at)

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> list[OutputSpec]:
        """Compose the document, or in a later round its next version."""
        version = draft_measurement(
            unit=task.case.unit,
            quarter=quarter_of(task),
            drafted=drafted_from(task, facts_of(task, at), data),
            document=run_document(case=task.case, kind=DocumentKind.PENGUKURAN),
            authority=authority,
            at=at,
        )
        name = output_name(task)
        return [OutputSpec(name=name, document=version.document, document_version=version)]


class SignMeasurement(Sign):
    """`data` as for any approval."""

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Approve the document and with it the quarter's figures, in one transaction; figures that are locked
        stay as they are. For an SOP that records nothing afterwards."""
        made = super().complete(task, data, authority, at)
        unit, quarter = task.case.unit, quarter_of(task)
        if period_lock(unit=unit, quarter=quarter) is None:
            approve_figures(unit=unit, quarter=quarter, authority=authority, at=at)
        return made


def facts_of(task: Task, at: datetime) -> Measurement:
    """Return the facts of the run's quarter, with the head as of the day."""
    unit = task.case.unit
    return measurement_of(unit=unit, quarter=quarter_of(task), on=unit.local_date(at))


def drafted_from(task: Task, facts: Measurement, data: Mapping[str, Any]) -> Drafted:
    """Return the paragraphs: what was typed, and what is proposed where nothing was."""
    analyses = data.get("analysis") or {}
    proposed = measurement_wording(facts)
    return Drafted(
        intro=typed(data, "intro", answering(task.case, proposed.opening)),
        closing=typed(data, "closing", proposed.closing),
        analysis={line.key: str(analyses.get(line.key, line.cause)).strip() for line in facts.under_target},
    )


def handed_over_gate(task: Task, at: datetime) -> Gate:
    """Who still owes what, by name."""
    unit = task.case.unit
    quarter = quarter_of(task)
    rows = grid(unit=unit, quarter=quarter)
    owners = owner_statuses(rows=rows, quarter=quarter, on=unit.local_date(at))
    waiting = [owner for owner in owners if not owner.is_complete]
    names = "; ".join(f"{owner.position.short_title} ({', '.join(owner.owes)})" for owner in waiting)
    return Gate(
        code="handed_over",
        label=f"Realisasi {quarter.label} diajukan {submitters(rows, complete=not waiting)}",
        met=not waiting,
        hint=f"Belum diajukan: {names}. Pemiliknya mengisi dan mengajukannya di halaman Kinerja."
        if waiting
        else "",
        anchor="realisasi",
    )


def submitters(rows: Sequence[GridRow], *, complete: bool) -> str:
    """Return by whom a quarter's figures are handed over: by their owners alone, or also in their place."""
    if complete and any(row.is_due and row.stand_in for row in rows):
        said = who_submitted(rows)
        return f"lengkap. {said}".rstrip(".")
    return "oleh semua pemilik"


def analysis_gates(facts: Measurement, drafted: Drafted) -> list[Gate]:
    """An indicator under its target needs an explanation; the owner's cause is proposed as one."""
    return [
        Gate(
            code=f"analysis:{line.key}",
            label=f"Analisis {line.number} {line.name}",
            met=bool(drafted.analysis[line.key]),
            hint=f"Capaian {line.achievement} %, di bawah target. Tulis penyebab dan rencana perbaikannya.",
            anchor=f"analysis-{line.key}",
        )
        for line in facts.under_target
    ]
