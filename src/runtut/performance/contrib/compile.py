"""Steps that bring a quarter's figures together: topics "measurement_form", "data_compilation" and
"validation"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from runtut.cases.contrib.generic import text_gate, typed
from runtut.cases.models import Task
from runtut.cases.queries import answering, output_name, run_document, signer_of, stands_alone
from runtut.cases.registry import Ask, Gate, OutputSpec, WorkHandler
from runtut.documents.actions import endorse
from runtut.documents.enums import DocumentKind, DocumentState, EndorsementKind
from runtut.documents.models import DocumentVersion
from runtut.organisations.models import Authority, Position
from runtut.performance.actions import draft_compilation, draft_form, draft_validation, form_workbook
from runtut.performance.actions.collection import COMPILED, VALIDATED
from runtut.performance.contrib.measure import handed_over_gate
from runtut.performance.contrib.period import figure_asks, quarter_of
from runtut.performance.queries import (
    collection_facts,
    findings_of,
    form_indicators,
    grid,
)
from runtut.performance.rendering import FORM_FIELDS, compose_collection, default_collection_intro

FORM_NOTE = (
    "Isilah baris yang menjadi bagian Anda. Kosong berarti belum ada angkanya. Bila memang tidak ada, "
    "tulis 0."
)


class PrepareForm(WorkHandler):
    """`data`: "indicators" (uids of those asked for; all when not given), "fields" (keys of FORM_FIELDS) and
    "note" for the line above the table."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """At least one indicator and one field."""
        return [
            Gate(
                code="indicators",
                label="Indikator yang diminta",
                met=bool(self.asked(task, data)),
                hint="Pilih paling sedikit satu indikator.",
                anchor="indicators",
            ),
            Gate(
                code="fields",
                label="Kolom yang diisi",
                met=bool(form_fields(data)),
                hint="Pilih paling sedikit satu kolom.",
                anchor="fields",
            ),
        ]

    def asked(self, task: Task, data: Mapping[str, Any]) -> list[Any]:
        chosen = data.get("indicators")
        known = form_indicators(unit=task.case.unit, quarter=quarter_of(task))
        return known if chosen is None else [one for one in known if str(one.uid) in set(map(str, chosen))]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> list[OutputSpec]:
        """Compose the form, or in a later round its next version, with a workbook of the same rows."""
        version = draft_form(
            unit=task.case.unit,
            quarter=quarter_of(task),
            indicators=self.asked(task, data),
            fields=form_fields(data),
            note=typed(data, "note", "") or FORM_NOTE,
            signer=task.position,
            document=run_document(case=task.case, kind=DocumentKind.BAHAN, step_no=task.step_no),
            authority=authority,
            at=at,
        )
        workbook = form_workbook(version=version, authority=authority, at=at)
        return [replace(made(task, version, authority, at), file=workbook)]


def form_fields(data: Mapping[str, Any]) -> list[str]:
    chosen = data.get("fields")
    return [key for key in FORM_FIELDS if chosen is None or key in chosen]


def made(task: Task, version: DocumentVersion, authority: Authority, at: datetime) -> OutputSpec:
    """Return the document as the step's output; approved by its maker where nobody examines it later."""
    if stands_alone(task) and version.document.state != DocumentState.APPROVED:
        endorse(version=version, kind=EndorsementKind.APPROVAL, note="", authority=authority, at=at)
    return OutputSpec(output_name(task), document=version.document, document_version=version)


class Compile(WorkHandler):
    """`data`: "intro". `is_final`: the figures were handed over already, by the owners themselves; otherwise
    it is enough that every one is filled in or its absence explained."""

    def __init__(self, *, is_final: bool) -> None:
        self.is_final = is_final

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """Everybody's figures, and the opening paragraph."""
        first = handed_over_gate(task, at) if self.is_final else filled_gate(task)
        return [first, text_gate("intro", "Pengantar", compile_intro(task, data, at))]

    def preview(self, task: Task, data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """The figures as they stand, by owner."""
        return collected(task, data, at, COMPILED, signer_of(task))

    def asks(self, task: Task, at: datetime) -> list[Ask]:
        """The owners of figures that are not handed over."""
        return figure_asks(task, at)

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> list[OutputSpec]:
        """Compose the document, or in a later round its next version."""
        version = draft_compilation(
            unit=task.case.unit,
            quarter=quarter_of(task),
            intro=compile_intro(task, data, at),
            signer=signer_of(task),
            document=run_document(case=task.case, kind=DocumentKind.BAHAN, step_no=task.step_no),
            authority=authority,
            at=at,
            is_final=self.is_final,
        )
        return [made(task, version, authority, at)]


def collected(
    task: Task,
    data: Mapping[str, Any],
    at: datetime,
    title: str,
    signer: Position,
    explained: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the document of a quarter's figures as it would be composed now."""
    unit = task.case.unit
    facts = collection_facts(
        unit=unit,
        quarter=quarter_of(task),
        title=title,
        signer=signer,
        on=unit.local_date(at),
        explained=explained,
    )
    return compose_collection(facts, compile_intro(task, data, at, title))


def compile_intro(task: Task, data: Mapping[str, Any], at: datetime, title: str = COMPILED) -> str:
    """Return the opening paragraph: what was typed, or what is proposed."""
    unit = task.case.unit
    facts = collection_facts(
        unit=unit, quarter=quarter_of(task), title=title, signer=signer_of(task), on=unit.local_date(at)
    )
    return typed(data, "intro", answering(task.case, default_collection_intro(facts)))


def filled_gate(task: Task) -> Gate:
    """Every figure that the quarter asks for is filled in, or the reason for its absence."""
    rows = [row for row in grid(unit=task.case.unit, quarter=quarter_of(task)) if row.is_due]
    blank = [row.indicator for row in rows if not row.is_filled]
    owed = [f"{one.owner.short_title}: {one.short_name}" for one in blank]
    missing = "; ".join(owed) if rows else "belum ada indikator pada tahun ini"
    return Gate(
        code="filled",
        label="Data kinerja semua bagian terisi",
        met=bool(rows) and not owed,
        hint=f"Belum: {missing}." if missing else "",
        anchor="realisasi",
    )


class Validate(WorkHandler):
    """`data`: "explained" {key of a finding: text} and "intro"."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """One for every finding, met by its explanation; what is corrected is no finding any more."""
        given = data.get("explained") or {}
        found = findings_of(unit=task.case.unit, quarter=quarter_of(task))
        findings = [
            Gate(
                code=f"finding:{one.key}",
                label=one.label.rstrip("."),
                met=bool(str(given.get(one.key) or "").strip()),
                hint="Perbaiki angkanya, atau tulis penjelasannya.",
                anchor=f"temuan-{one.key}",
            )
            for one in found
        ]
        intro = compile_intro(task, data, at, VALIDATED)
        return [*findings, text_gate("intro", "Pengantar", intro)]

    def preview(self, task: Task, data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """The figures as they stand, with their findings and how each was explained so far."""
        given = data.get("explained") or {}
        explained = {key: str(text or "") for key, text in given.items()}
        return collected(task, data, at, VALIDATED, task.position, explained)

    def asks(self, task: Task, at: datetime) -> list[Ask]:
        """The owners of figures that came back here; the others were asked by the step that gathers."""
        return figure_asks(task, at, only_returned=True)

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> list[OutputSpec]:
        """Hand the figures over and compose the document."""
        given = data.get("explained") or {}
        version = draft_validation(
            unit=task.case.unit,
            quarter=quarter_of(task),
            intro=compile_intro(task, data, at, VALIDATED),
            explained={key: str(text or "") for key, text in given.items()},
            signer=task.position,
            document=run_document(case=task.case, kind=DocumentKind.BAHAN, step_no=task.step_no),
            authority=authority,
            at=at,
        )
        return [made(task, version, authority, at)]
