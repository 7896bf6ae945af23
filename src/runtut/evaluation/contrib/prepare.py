"""Step "prepare", topic "instrument": the questionnaire is made, frozen, and yielded as a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.contrib.endorse import approve_own
from runtut.cases.contrib.generic import given_outputs
from runtut.cases.models import Task
from runtut.cases.queries import output_name, step_of
from runtut.cases.registry import Gate, OutputSpec, WorkHandler
from runtut.evaluation.actions import draft_instrument, use_instrument
from runtut.evaluation.errors import InstrumentIncomplete
from runtut.evaluation.queries import instrument_of, problems_of, tree_of
from runtut.organisations.models import Authority

ANCHOR = "instrumen"


class PrepareInstrument(WorkHandler):
    """`data`: "outputs" for what the step names after the first."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """The instrument is there, and complete: weights of 100, every section with a question that is
        scored."""
        instrument = instrument_of(task.case)
        problems = problems_of(tree_of(instrument)) if instrument else ["belum dibuat"]
        sentence = "; ".join(problems)
        return [
            Gate(
                code="instrument",
                label="Instrumen lengkap",
                met=not problems,
                hint=f"{sentence[:1].upper()}{sentence[1:]}." if problems else "",
                anchor=ANCHOR,
            )
        ]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Freeze the instrument and compose its document, or in a later round its next version; its maker
        approves it where nobody signs it later."""
        instrument = instrument_of(task.case)
        if instrument is None:
            raise InstrumentIncomplete(problems="belum dibuat")
        if instrument.is_draft:
            instrument = use_instrument(instrument=instrument, authority=authority, at=at)
        version = draft_instrument(instrument=instrument, task=task, authority=authority, at=at)
        approve_own(task, version, authority, at)
        made = OutputSpec(output_name(task), document=version.document, document_version=version)
        return [made, *given_outputs(step_of(task).outputs[1:], data)]
