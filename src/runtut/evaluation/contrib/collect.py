"""Step "collect", topic "instrument": every respondent answers on a page of its own; whoever does the step
sees who has not, and puts the results together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.contrib import GenericWork
from runtut.cases.contrib.endorse import approve_own
from runtut.cases.contrib.generic import given_outputs
from runtut.cases.models import Task
from runtut.cases.queries import output_name, step_of
from runtut.cases.registry import Ask, Gate, OutputSpec
from runtut.evaluation.actions import close_instrument, draft_results
from runtut.evaluation.models import Instrument
from runtut.evaluation.queries import (
    RespondentStatus,
    answer_ask,
    collecting_of,
    instrument_of,
    respondent_matrix,
    results_of,
)
from runtut.organisations.models import Authority


class CollectAnswers(GenericWork):
    """`data`: "without" {uid of a position: why it is not waited for}, "outputs" for what the step names
    after the first. A run without an instrument, or without respondents, works as in generic work."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """One for every respondent, met by the answers or by the reason to go on; and at least one has
        answered."""
        matrix = matrix_of(instrument_of(task.case), task, at)
        if not matrix:
            return super().gates(task, data, at)
        return [answered_gate(matrix), *(respondent_gate(one, data) for one in matrix)]

    def asks(self, task: Task, at: datetime) -> list[Ask]:
        """Every respondent who has not answered."""
        instrument = instrument_of(task.case)
        owing = [one for one in matrix_of(instrument, task, at) if not one.has_answered]
        return [answer_ask(instrument, one.position) for one in owing if instrument is not None]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Close the instrument and compose the results; the evidence given goes with them."""
        instrument = instrument_of(task.case)
        matrix = matrix_of(instrument, task, at)
        if instrument is None or not matrix:
            return super().complete(task, data, authority, at)
        reasons = {str(one.position.uid): reason_for(one, data) for one in matrix if not one.has_answered}
        closed = close_instrument(instrument=instrument, without=reasons, authority=authority, at=at)
        version = draft_results(instrument=closed, task=task, authority=authority, at=at)
        approve_own(task, version, authority, at)
        made = OutputSpec(output_name(task), document=version.document, document_version=version)
        return [made, *given_outputs(step_of(task).outputs[1:], data), *evidence_of(closed)]


def matrix_of(instrument: Instrument | None, task: Task, at: datetime) -> list[RespondentStatus]:
    """Return who answers and has answered, nothing without an instrument in use."""
    collecting = collecting_of(instrument) if instrument and not instrument.is_draft else None
    if collecting is None:
        return []
    return respondent_matrix(collecting=collecting, on=task.case.unit.local_date(at))


def reason_for(one: RespondentStatus, data: Mapping[str, Any]) -> str:
    return str((data.get("without") or {}).get(str(one.position.uid)) or "").strip()


def answered_gate(matrix: list[RespondentStatus]) -> Gate:
    answered = sum(one.has_answered for one in matrix)
    return Gate(
        code="answers",
        label=f"Isian masuk ({answered} dari {len(matrix)})",
        met=bool(answered),
        hint="" if answered else "Belum ada satu pun isian yang dikirim.",
        anchor="isian-masuk",
    )


def respondent_gate(one: RespondentStatus, data: Mapping[str, Any]) -> Gate:
    return Gate(
        code=f"respondent:{one.position.uid}",
        label=f"Isian {one.position.short_title}",
        met=one.has_answered or bool(reason_for(one, data)),
        hint="" if one.has_answered else "Belum dikirim. Ingatkan, atau tulis mengapa tidak ditunggu.",
        anchor=f"tanpa-{one.position.uid}",
    )


def evidence_of(instrument: Instrument) -> list[OutputSpec]:
    """Return every file given as evidence as an output of its own."""
    return [
        OutputSpec(name=f"Bukti {question.number} {who}"[:160], file=item.file)
        for section in results_of(instrument).sections
        for question in section.questions
        for who, item in question.files
    ]
