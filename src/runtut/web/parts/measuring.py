"""Parts of the work with figures: realisations of a quarter, and the document that measures them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property

from runtut.cases.queries import answering, run_document
from runtut.core.periods import Quarter
from runtut.documents.enums import DocumentKind
from runtut.documents.models import DocumentVersion
from runtut.documents.queries import newest_version
from runtut.performance.contrib.record import archived_version
from runtut.performance.queries import (
    GridRow,
    Summary,
    budget_view,
    makes_measurement,
    measurement_of,
    owner_rows,
    summary,
)
from runtut.performance.rendering import (
    Drafted,
    Measurement,
    closing_proposed_for,
    drafted_in,
    measurement_wording,
)
from runtut.web.forms.base import PageForm
from runtut.web.forms.entries import EntryGroup, entries_of, grouped
from runtut.web.parts.base import AGAINST, TaskPart, lines, wording
from runtut.web.parts.entering import EnteringPart
from runtut.web.parts.office import ARCHIVE_DATA, ClassifiedPart, add_unsigned_reason


class RealisationPart(EnteringPart):
    """The rows that the position answers for, saved one by one at every press."""

    template = "web/kerja/bagian/realisasi.html"
    keeps_words = True

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        """None: the figures and their evidence are what the step yields. A position that owns none due in
        this quarter answers the step's outputs instead."""
        return () if any(entry.row.is_due for entry in self.entries) else self.step.outputs

    @cached_property
    def quarter(self) -> Quarter | None:
        case = self.task.case
        return Quarter(case.year, case.quarter) if case.quarter else None

    @property
    def is_spared(self) -> bool:
        """Whether the step was opened again by a return that left every figure of the position as it was."""
        return self.task.round > 1 and self.is_handed_over

    @property
    def is_handed_over(self) -> bool:
        """Whether the position has handed over every figure already: to another run, or on Kinerja."""
        due = [entry.row for entry in self.entries if entry.row.is_due]
        return bool(due) and all(row.is_handed_over for row in due)

    @cached_property
    def groups(self) -> list[EntryGroup]:
        return grouped(entries_of(self.rows(), lambda row: self.authority, self.sent))

    def rows(self) -> list[GridRow]:
        if self.quarter is None:
            return []
        return owner_rows(position=self.task.position, unit=self.task.case.unit, quarter=self.quarter)


class RecordedPart(ClassifiedPart):
    """Recording the quarter: the figures are there already, so they are shown. Where the SOP only collects,
    the classification of its document is asked."""

    template = "web/kerja/bagian/pencatatan.html"
    free: ClassVar[frozenset[str]] = frozenset({"location", "hasil-1"})

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        """The first: a picture, a file or a sentence that proves an entry elsewhere; nobody must give it."""
        return self.step.outputs[:1]

    @cached_property
    def locks(self) -> bool:
        """A run that has measured locks its quarter; one that only collects leaves it open."""
        return makes_measurement(version=self.task.case.procedure_version)

    @property
    def deed(self) -> str:
        """Locking is said on the button, where it is what the press does."""
        return "Kunci realisasi" if self.locks else ""

    @cached_property
    def summary(self) -> Summary | None:
        case = self.task.case
        return summary(unit=case.unit, quarter=Quarter(case.year, case.quarter)) if case.quarter else None

    @cached_property
    def leaves_blank_money(self) -> bool:
        """Whether the lock will also close spending that nobody has entered."""
        case = self.task.case
        if not self.locks or case.quarter is None:
            return False
        budget = budget_view(unit=case.unit, year=case.year, through=case.quarter)
        return budget is not None and budget.has_blanks

    @cached_property
    def archives(self) -> bool:
        return not self.locks and archived_version(self.task) is not None

    def add_fields(self, form: PageForm) -> None:
        if self.archives:
            add_unsigned_reason(form, self.task.case)
            self.add_class(form)
            form.add_field("location", forms.CharField(label="Tempat simpan", required=False))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        if not self.archives:
            return {}
        return {name: value(name) for name in ARCHIVE_DATA}


class MeasurementPart(TaskPart):
    """The paragraphs of the Dokumen Pengukuran Kinerja; its figures come from the realisations."""

    template = "web/kerja/bagian/pengukuran.html"

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        """None: the document is composed."""
        return ()

    @cached_property
    def facts(self) -> Measurement:
        case = self.task.case
        quarter = Quarter(case.year, case.quarter or 4)
        return measurement_of(unit=case.unit, quarter=quarter, on=timezone.localdate(self.at))

    @cached_property
    def returned(self) -> DocumentVersion | None:
        """The version that came back."""
        document = run_document(case=self.task.case, kind=DocumentKind.PENGUKURAN)
        return newest_version(document=document) if document else None

    @cached_property
    def drafted(self) -> Drafted:
        """The paragraphs to begin with: those of the version that came back, else the proposed ones."""
        if self.returned is not None:
            return drafted_in(self.returned.content, self.facts)
        causes = {line.key: line.cause for line in self.facts.under_target}
        proposed = measurement_wording(self.facts)
        return Drafted(answering(self.task.case, proposed.opening), proposed.closing, causes)

    def words_before(self) -> dict[str, Any]:
        """The closing of the version that came back, where it was not the one proposed, with the one that
        was."""
        proposed = measurement_wording(self.facts).closing
        if self.returned is None or self.drafted.closing == proposed:
            return {}
        then = closing_proposed_for(self.returned.content, self.facts)
        return {"closing": self.drafted.closing, AGAINST: {"closing": then}}

    def add_fields(self, form: PageForm) -> None:
        form.add_field("intro", wording("Pendahuluan", self.drafted.intro))
        for line in self.facts.under_target:
            field = lines(f"Penyebab dan rencana: {line.name} ({line.achievement} %)")
            field.initial = self.drafted.analysis[line.key]
            form.add_field(f"analysis-{line.key}", field)
        form.add_field("closing", wording("Penutup", measurement_wording(self.facts).closing))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        analysis = {line.key: str(value(f"analysis-{line.key}") or "") for line in self.facts.under_target}
        return {"intro": value("intro"), "closing": value("closing"), "analysis": analysis}
