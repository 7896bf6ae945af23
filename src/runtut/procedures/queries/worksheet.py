"""The worksheet of an SOP, composed from its rows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from runtut.documents.queries import letterhead_content
from runtut.organisations.models import Position
from runtut.procedures.enums import IN_MAKING, Mode
from runtut.procedures.models import ProcedureVersion, StepPerformer
from runtut.procedures.queries.bindings import bound_positions
from runtut.procedures.rendering import WorksheetFacts, compose_worksheet


def worksheet_of(version: ProcedureVersion) -> dict[str, Any]:
    """Return the lembar kerja identifikasi kegiatan as content of a document (docs/formats/document.md).

    The product is the approver's, the activity that of the performer with the most steps (of several, the one
    that acts first). A version that is not ratified yet carries the draft mark. Seven queries.
    """
    unit, approver = version.procedure.unit, version.approver_position
    letterhead = letterhead_content(unit=unit)
    facts = WorksheetFacts(
        title=version.title,
        sop_number=version.sop_number or "yang belum bernomor",
        version=f"versi {version.number}",
        product_by=approver.title if approver else "Kepala kantor",
        activity_by=busiest(version),
        scope=f"{unit.name}, {letterhead['government'].title().removeprefix('Pemerintah ')}",
        steps=tuple(version.steps.order_by("no").values_list("activity", flat=True)),
        letterhead=letterhead,
        is_draft=version.state in IN_MAKING,
    )
    return compose_worksheet(facts)


def busiest(version: ProcedureVersion) -> str:
    """Name whoever does most of the steps: the positions in this office, else the performer of the SOP."""
    rows = StepPerformer.objects.filter(step__version=version).exclude(mode=Mode.JOINT)
    acting = rows.order_by("step__no", "id").select_related("performer")
    counts = Counter(row.performer for row in acting)
    if not counts:
        return "–"
    performer = counts.most_common(1)[0][0]
    positions: list[Position] = list(bound_positions(version)[performer.pk])
    return positions[0].title if len(positions) == 1 else performer.name
