"""A stored version in the interchange format."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from runtut.procedures.graph import FORMAT
from runtut.procedures.models import ProcedureVersion, Step, StepPerformer


def document_of(version: ProcedureVersion) -> dict[str, Any]:
    """Return the version in the format of docs/formats/sop.md. Three queries."""
    performers = list(version.performers.order_by("sequence", "id"))
    steps = version.steps.order_by("no").prefetch_related("step_performers__performer")
    approver = version.approver_position
    return {
        "format": FORMAT,
        "library_key": version.procedure.library_key,
        "title": version.title,
        "number": version.sop_number,
        "dates": {
            "created": version.created_date,
            "revised": version.revised_date,
            "effective": version.effective_date,
        },
        "approver": {"position": approver.title if approver else ""},
        "legal_basis": version.legal_basis,
        "related_sops": version.related_sops,
        "qualifications": version.qualifications,
        "equipment": version.equipment,
        "warnings": version.warnings,
        "records": version.records,
        "performers": [performer.name for performer in performers],
        "roles": {performer.name: performer.role for performer in performers},
        "steps": [_step(step) for step in steps],
        "notes": version.notes,
    }


def _step(step: Step) -> dict[str, Any]:
    rows = sorted(step.step_performers.all(), key=lambda row: row.pk)
    return {
        "no": step.no,
        "activity": step.activity,
        "label": step.label,
        "performers": [_performer(row) for row in rows],
        "kind": step.kind,
        "work": step.work,
        "topic": step.topic,
        "requirements": step.requirements,
        "time": time_of(step),
        "outputs": step.outputs,
        "note": step.note,
        "return_to": step.return_to,
        "return_confidence": step.return_confidence,
        "calls": step.calls,
    }


def time_of(step: Step) -> dict[str, Any]:
    """Return the standard time of a step as the format has it; a whole number stays one, and only a range
    has ends."""
    time = {
        "text": step.time_text,
        "value": _plain(step.time_value),
        "unit": step.time_unit,
        "minutes": step.minutes,
    }
    if step.time_low is None:
        return time
    return {**time, "low": _plain(step.time_low), "high": time["value"]}


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _performer(row: StepPerformer) -> dict[str, str]:
    return {"name": row.performer.name, "mode": row.mode, "confidence": row.confidence}
