"""Step "collect", topic "realisation": every owner fills in and hands over what the position answers for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.contrib import GenericWork
from runtut.cases.models import Task
from runtut.cases.queries import output_name
from runtut.cases.registry import Gate, OutputSpec
from runtut.core.errors import DomainError
from runtut.organisations.models import Authority
from runtut.performance import formulas
from runtut.performance.actions import add_evidence, enter_realisation, submit_realisations
from runtut.performance.contrib.period import quarter_of
from runtut.performance.queries import GridRow, is_under_target, owner_rows


class CollectRealisations(GenericWork):
    """`data`: "values" {uid of indicator: {"value_text", "cause", "version"}} and "evidence" {uid: [stored
    files]} for what was typed and not saved yet. A position that owns nothing in the quarter hands in the
    step's output as in generic work: a sentence or a file.
    """

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """Figure (or the reason for its absence) and evidence of every indicator of the position."""
        rows = due_rows(task)
        if not rows:
            return super().gates(task, data, at)
        return [gate for row in rows for gate in gates_of_row(row, data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Save what was typed, then hand everything over to be measured."""
        rows = due_rows(task)
        if not rows:
            return super().complete(task, data, authority, at)
        for row in rows:
            if not row.is_handed_over:
                save_row(row, data, authority, at)
        submit_realisations(
            position=task.position,
            unit=task.case.unit,
            quarter=quarter_of(task),
            authority=authority,
            at=at,
        )
        return outputs_of(due_rows(task), output_name(task))


def due_rows(task: Task) -> list[GridRow]:
    """Return what the task's position answers for in the run's quarter (four queries)."""
    rows = owner_rows(position=task.position, unit=task.case.unit, quarter=quarter_of(task))
    return [row for row in rows if row.is_due]


def typed(row: GridRow, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was typed for a row and not saved yet, empty when nothing was."""
    found: Mapping[str, Any] = data.get("values", {}).get(str(row.indicator.uid), {})
    return found


def files(row: GridRow, data: Mapping[str, Any]) -> list[Any]:
    return list(data.get("evidence", {}).get(str(row.indicator.uid), []))


def will_have_value(row: GridRow, data: Mapping[str, Any]) -> bool:
    text = typed(row, data).get("value_text")
    return row.value is not None if text is None else bool(text.strip())


def will_be_filled(row: GridRow, data: Mapping[str, Any]) -> bool:
    """Tell whether the row has, or will have once saved, a figure or the reason for a blank."""
    cause = typed(row, data).get("cause", row.cause)
    return row.is_handed_over or will_have_value(row, data) or bool(cause.strip())


def value_gate(row: GridRow, data: Mapping[str, Any]) -> Gate:
    return Gate(
        code=f"value:{row.indicator.uid}",
        label=f"Realisasi {row.number} {row.indicator.short_name}",
        met=will_be_filled(row, data),
        hint="Belum diisi. Bila memang tidak ada, tulis 0; bila angkanya belum ada, tulis alasannya.",
        anchor=f"nilai-{row.indicator.uid}",
    )


def gates_of_row(row: GridRow, data: Mapping[str, Any]) -> list[Gate]:
    """Figure and evidence; under target also the cause, which the owner knows and nobody after."""
    needs_cause = [cause_gate(row, data)] if is_under_target(row) else []
    return [value_gate(row, data), *needs_cause, evidence_gate(row, data)]


def cause_gate(row: GridRow, data: Mapping[str, Any]) -> Gate:
    cause = typed(row, data).get("cause", row.cause)
    shown = row.achievement.shown
    return Gate(
        code=f"cause:{row.indicator.uid}",
        label=f"Penyebab {row.number} {row.indicator.short_name}",
        met=row.is_handed_over or bool(cause.strip()),
        hint=f"Capaian {formulas.percent(shown)} %, di bawah target. Tulis penyebab dan rencananya."
        if shown is not None
        else "",
        anchor=f"sebab-{row.indicator.uid}",
    )


def evidence_gate(row: GridRow, data: Mapping[str, Any]) -> Gate:
    """An explained blank needs no evidence."""
    blank = will_be_filled(row, data) and not will_have_value(row, data)
    return Gate(
        code=f"evidence:{row.indicator.uid}",
        label=f"Bukti {row.number} {row.indicator.short_name}",
        met=row.is_handed_over or row.has_evidence or blank or bool(files(row, data)),
        hint=f"Belum ada. Lampirkan {row.indicator.required_evidence}.",
        anchor=f"bukti-{row.indicator.uid}",
    )


def save_row(row: GridRow, data: Mapping[str, Any], authority: Authority, at: datetime) -> None:
    """Save what was typed for one row; a refusal names the row's own field."""
    entry = typed(row, data)
    try:
        if entry:
            enter_realisation(
                indicator=row.indicator,
                quarter=row.quarter,
                value_text=entry.get("value_text", written(row)),
                cause=entry.get("cause", row.cause),
                version=entry.get("version"),
                authority=authority,
                at=at,
            )
        for file in files(row, data):
            add_evidence(indicator=row.indicator, quarter=row.quarter, file=file, authority=authority, at=at)
    except DomainError as refusal:
        if refusal.field:
            refusal.field = f"{refusal.field}:{row.indicator.uid}"
        raise


def written(row: GridRow) -> str:
    """Return a stored figure as one would type it."""
    return "" if row.value is None else formulas.figure(row.value, row.indicator.decimals)


def reported(row: GridRow) -> str:
    """Return a figure with its measure, or why there is none."""
    return f"{written(row)} {row.indicator.measure}" if written(row) else f"belum ada angka; {row.cause}"


def outputs_of(rows: list[GridRow], name: str) -> list[OutputSpec]:
    """Return the figures as the step's output, and each piece of evidence as one of its own."""
    lines = [f"{row.number} {row.indicator.short_name}: {reported(row)}" for row in rows]
    evidence = [
        OutputSpec(name=f"Bukti {row.number} {row.indicator.short_name}"[:160], file=item.file)
        for row in rows
        for item in row.evidence
    ]
    return [OutputSpec(name=name, text="\n".join(lines)), *evidence]
