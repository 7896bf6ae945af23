"""The values that the statements of an act name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runtut.cases.actions.act import Act, Moving, Opening
from runtut.cases.actions.statements import MOVING, TOPIC
from runtut.cases.registry import OutputSpec
from runtut.core import chain


def values_of(act: Act, event: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that the statements of an act name."""
    case = act.case
    values: dict[str, Any] = {**event, "unit_id": case.unit_id}
    values["message_key"] = f"{TOPIC}:{case.uid}:{event['sequence']}"
    values["payload"] = chain.canonical({"case": case.uid, "sequence": event["sequence"]})
    for name, value in act.changes.items():
        values[f"case_{name}"] = value
    for number, closing in enumerate(act.closings):
        values[f"closed{number}_id"] = closing.task_id
        values[f"closed{number}_minutes_used"] = closing.minutes_used
        values[f"closed{number}_note"] = closing.note
    for number, moving in enumerate(act.movings):
        values |= moving_values(f"moved{number}", moving)
    if act.opening:
        values |= opening_values(act.opening)
    for number, output in enumerate(act.outputs):
        values |= output_values(f"out{number}", output)
    return values


def moving_values(name: str, moving: Moving) -> dict[str, Any]:
    values = {f"{name}_{column}": moving.row[column] for column in MOVING}
    values |= {f"{name}_{kind.value}": due_at for kind, due_at in moving.reminders.items()}
    return values | {f"{name}_id": moving.task_id}


def opening_values(opening: Opening) -> dict[str, Any]:
    values: dict[str, Any] = {
        "supervising_unit_id": opening.supervising_unit_id,
        "step_no": opening.step_no,
        "round": opening.round,
        "due_at": opening.due_at,
        "rule_value": opening.rule_value,
        "rule_unit": opening.rule_unit,
        "calendar_version": opening.calendar_version,
    }
    values |= {kind.value: due_at for kind, due_at in opening.reminders.items()}
    for number, task in enumerate(opening.tasks):
        values[f"new{number}_uid"] = task.uid
        values[f"new{number}_position_id"] = task.position_id
        values[f"new{number}_branch"] = task.branch
    values |= {f"with{number}": position_id for number, position_id in enumerate(opening.participants)}
    return values


def output_values(name: str, output: OutputSpec) -> dict[str, Any]:
    return {
        f"{name}_name": output.name,
        f"{name}_document_id": key_of(output.document),
        f"{name}_document_version_id": key_of(output.document_version),
        f"{name}_disposisi_id": key_of(output.disposisi),
        f"{name}_archive_record_id": key_of(output.archive_record),
        f"{name}_file_id": key_of(output.file),
        f"{name}_text": output.text,
    }


def key_of(row: Any) -> int | None:
    return row.pk if row is not None else None
