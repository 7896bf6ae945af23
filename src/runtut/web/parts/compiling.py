"""Parts of the work that brings a quarter's figures together: form, compilation, validation, the record of an
evaluation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property

from runtut.cases.queries.sending import approved_version
from runtut.core.periods import Quarter
from runtut.performance.contrib.compile import compile_intro
from runtut.performance.queries import (
    GridRow,
    RowFinding,
    answers_before,
    explained_blanks,
    findings_of,
    form_indicators,
    grid,
)
from runtut.performance.rendering import FORM_FIELDS
from runtut.performance.rules import can_enter
from runtut.web.forms.base import PageForm
from runtut.web.forms.entries import EntryGroup, entries_of, grouped
from runtut.web.parts.base import TaskPart, proposed_lines, wording
from runtut.web.parts.entering import EnteringPart
from runtut.web.parts.office import ARCHIVE_DATA, ClassifiedPart, add_unsigned_reason


class QuarterPart(TaskPart):
    """Work on the figures of the run's quarter, which makes all its outputs itself."""

    keeps_words: ClassVar[bool] = True

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        return ()

    @cached_property
    def quarter(self) -> Quarter:
        case = self.task.case
        return Quarter(case.year, case.quarter or 4)

    def intro(self) -> str:
        """The opening paragraph as proposed."""
        return compile_intro(self.task, {}, self.at)

    def add_fields(self, form: PageForm) -> None:
        form.add_field("intro", wording("Pengantar", self.intro()))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return {"intro": value("intro")}


class CompilationPart(QuarterPart):
    """The figures were handed over, and are shown; only the opening paragraph is written."""

    template = "web/kerja/bagian/dihimpun.html"

    @cached_property
    def rows(self) -> list[GridRow]:
        return [row for row in grid(unit=self.task.case.unit, quarter=self.quarter) if row.is_due]


class GatheringPart(EnteringPart, QuarterPart):
    """All figures of the quarter, typed here on behalf of their owners where they have not done so."""

    template = "web/kerja/bagian/himpunan.html"

    @cached_property
    def groups(self) -> list[EntryGroup]:
        own = self.authority
        return grouped(
            entries_of(self.rows(), lambda row: own if can_enter(own, row.indicator) else None, self.sent)
        )

    def rows(self) -> list[GridRow]:
        return grid(unit=self.task.case.unit, quarter=self.quarter)


class ValidationPart(QuarterPart):
    """One field for every finding, with the answer of the round before; what is corrected on the page Kinerja
    is no finding any more."""

    template = "web/kerja/bagian/validasi.html"

    @cached_property
    def findings(self) -> list[RowFinding]:
        return findings_of(unit=self.task.case.unit, quarter=self.quarter)

    @cached_property
    def blanks(self) -> list[GridRow]:
        return explained_blanks(grid(unit=self.task.case.unit, quarter=self.quarter))

    def add_fields(self, form: PageForm) -> None:
        before = answers_before(case=self.task.case, step_no=self.task.step_no)
        for one in self.findings:
            label, answer = f"Penjelasan {one.label.rstrip('.')}", before.get(one.label, "")
            field = proposed_lines(label, answer, rows=2)
            form.add_field(f"temuan-{one.key}", field)
        super().add_fields(form)

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        explained = {one.key: str(value(f"temuan-{one.key}") or "") for one in self.findings}
        return {**super().work_data(value), "explained": explained}


class FormPart(QuarterPart):
    """Which indicators the form asks for, and which columns it has."""

    free: ClassVar[frozenset[str]] = frozenset({"note"})

    def add_fields(self, form: PageForm) -> None:
        known = form_indicators(unit=self.task.case.unit, quarter=self.quarter)
        choices = [
            (str(one.uid), f"{one.objective.sequence}.{one.sequence} {one.name} ({one.owner.short_title})")
            for one in known
        ]
        self.add_boxes(form, "indicators", "Indikator yang diminta", choices)
        self.add_boxes(form, "fields", "Kolom yang diisi", list(FORM_FIELDS.items()))
        form.add_field("note", proposed_lines("Petunjuk di atas tabel", "", rows=2))

    def add_boxes(self, form: PageForm, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        """A group of boxes, all ticked at first."""
        field = forms.MultipleChoiceField(
            label=label,
            choices=choices,
            required=False,
            initial=[key for key, _ in choices],
            widget=forms.CheckboxSelectMultiple,
        )
        form.add_field(name, field)

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return {name: value(name) for name in ("indicators", "fields", "note")}


class EvaluationRecordPart(ClassifiedPart):
    """Proof that the evaluation was entered elsewhere, and the archive of its report."""

    free: ClassVar[frozenset[str]] = frozenset({"location"})

    @cached_property
    def has_document(self) -> bool:
        return approved_version(self.task) is not None

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        return self.step.outputs[:1] if self.has_document else self.step.outputs

    def add_fields(self, form: PageForm) -> None:
        if self.has_document:
            add_unsigned_reason(form, self.task.case)
            self.add_class(form)
            form.add_field("location", forms.CharField(label="Tempat simpan", required=False))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        if not self.has_document:
            return {}
        return {name: value(name) for name in ARCHIVE_DATA}
