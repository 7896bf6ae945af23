"""Parts of the work with an instrument: making it, collecting its answers, reporting what they come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, ClassVar

from django.utils.functional import cached_property

from runtut.cases.queries import answering
from runtut.evaluation.enums import InstrumentState
from runtut.evaluation.models import Instrument
from runtut.evaluation.queries import (
    RespondentStatus,
    Results,
    SectionTree,
    collecting_of,
    instrument_of,
    report_facts,
    respondent_matrix,
    results_of,
    tree_of,
)
from runtut.evaluation.rendering import proposed_words
from runtut.web.forms.base import PageForm
from runtut.web.parts.base import TaskPart, folded, proposed_lines, wording

WORDS = (
    ("intro", "Pendahuluan", 4),
    ("strengths", "Kekuatan", 4),
    ("weaknesses", "Kelemahan", 4),
    ("follow_up", "Saran tindak lanjut", 4),
    ("closing", "Penutup", 3),
)
FORMATTED = frozenset({"intro", "closing"})


class InstrumentPart(TaskPart):
    """The step's first output is the instrument, made on a page of its own."""

    template = "web/kerja/bagian/instrumen.html"
    made_outputs: ClassVar = 1

    @cached_property
    def instrument(self) -> Instrument | None:
        return instrument_of(self.task.case)

    @cached_property
    def tree(self) -> list[SectionTree]:
        return tree_of(self.instrument) if self.instrument else []

    @property
    def questions(self) -> int:
        return sum(len(one.questions) for one in self.tree)


class AnswersPart(TaskPart):
    """Who has answered; for a position that has not, the reason not to wait for it."""

    template = "web/kerja/bagian/jawaban.html"

    @cached_property
    def instrument(self) -> Instrument | None:
        found = instrument_of(self.task.case)
        return None if found is None or found.is_draft else found

    @cached_property
    def matrix(self) -> list[RespondentStatus]:
        collecting = collecting_of(self.instrument) if self.instrument else None
        if collecting is None:
            return []
        return respondent_matrix(collecting=collecting, on=self.task.case.unit.local_date(self.at))

    @property
    def owing(self) -> list[RespondentStatus]:
        return [one for one in self.matrix if not one.has_answered]

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        """The first output is composed from the answers."""
        return self.step.outputs[1:] if self.matrix else self.step.outputs

    def add_fields(self, form: PageForm) -> None:
        for one in self.owing:
            label = f"Lanjut tanpa {one.position.short_title}: alasannya"
            form.add_field(f"tanpa-{one.position.uid}", folded(label))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        names = {str(one.position.uid): f"tanpa-{one.position.uid}" for one in self.owing}
        return {"without": {uid: str(value(name) or "") for uid, name in names.items()}}


class ReportPart(TaskPart):
    """The paragraphs of the report; its figures come from the answers."""

    template = "web/kerja/bagian/hasil.html"
    keeps_words: ClassVar[bool] = True

    @cached_property
    def instrument(self) -> Instrument | None:
        found = instrument_of(self.task.case)
        return found if found is not None and found.state == InstrumentState.CLOSED else None

    @cached_property
    def results(self) -> Results | None:
        return results_of(self.instrument) if self.instrument else None

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        """The first output is composed; without results everything is asked for."""
        return self.step.outputs[1:] if self.instrument else self.step.outputs

    def add_fields(self, form: PageForm) -> None:
        if self.instrument is None:
            return
        on = self.task.case.unit.local_date(self.at)
        proposed = asdict(proposed_words(report_facts(instrument=self.instrument, on=on)))
        proposed["intro"] = answering(self.task.case, proposed["intro"])
        for name, label, rows in WORDS:
            made = wording if name in FORMATTED else proposed_lines
            form.add_field(name, made(label, proposed[name], rows=rows))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return {} if self.instrument is None else {name: value(name) for name, _, _ in WORDS}
