"""Step "prepare", topic "instrument_report": the report, composed from the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from runtut.cases.contrib import GenericWork
from runtut.cases.contrib.generic import given_outputs, text_gate, typed
from runtut.cases.models import Task
from runtut.cases.queries import answering, output_name, step_of
from runtut.cases.registry import Gate, OutputSpec
from runtut.evaluation.actions import draft_report
from runtut.evaluation.enums import InstrumentState
from runtut.evaluation.models import Instrument
from runtut.evaluation.queries import instrument_of, report_facts
from runtut.evaluation.rendering import ReportWords, compose_report, proposed_words
from runtut.organisations.models import Authority

ASKED = (
    ("intro", "Pendahuluan"),
    ("strengths", "Kekuatan"),
    ("weaknesses", "Kelemahan"),
    ("follow_up", "Saran tindak lanjut"),
    ("closing", "Penutup"),
)


class PrepareReport(GenericWork):
    """`data`: the paragraphs by the names of ReportWords; what is not given is as proposed. A run without
    results works as in generic work."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """Every paragraph says something."""
        instrument = closed_instrument(task)
        if instrument is None:
            return super().gates(task, data, at)
        words = asdict(words_from(instrument, task, data, at))
        return [text_gate(name, label, words[name]) for name, label in ASKED]

    def preview(self, task: Task, data: Mapping[str, Any], at: datetime) -> dict[str, Any] | None:
        """The report with the paragraphs as they stand."""
        instrument = closed_instrument(task)
        if instrument is None:
            return None
        facts = report_facts(instrument=instrument, on=task.case.unit.local_date(at))
        return compose_report(facts, words_from(instrument, task, data, at))

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Compose the report, or in a later round its next version."""
        instrument = closed_instrument(task)
        if instrument is None:
            return super().complete(task, data, authority, at)
        words = words_from(instrument, task, data, at)
        version = draft_report(instrument=instrument, task=task, words=words, authority=authority, at=at)
        made = OutputSpec(output_name(task), document=version.document, document_version=version)
        return [made, *given_outputs(step_of(task).outputs[1:], data)]


def closed_instrument(task: Task) -> Instrument | None:
    """Return the run's instrument once its answers are closed."""
    instrument = instrument_of(task.case)
    return instrument if instrument and instrument.state == InstrumentState.CLOSED else None


def words_from(instrument: Instrument, task: Task, data: Mapping[str, Any], at: datetime) -> ReportWords:
    """Return the paragraphs: what was typed, and what is proposed where nothing was."""
    on = task.case.unit.local_date(at)
    proposed = asdict(proposed_words(report_facts(instrument=instrument, on=on)))
    proposed["intro"] = answering(task.case, proposed["intro"])
    return ReportWords(**{name: typed(data, name, text) for name, text in proposed.items()})
