"""Parts of the work that writes a document: the sheet leads to the page where it is written, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.utils.functional import cached_property

from runtut.cases.queries import manuscript_of, stands_alone
from runtut.documents.models import Manuscript
from runtut.web.forms.base import PageForm
from runtut.web.parts.base import TaskPart
from runtut.web.parts.office import ClassifiedPart, DisposisiPart


class WritingPart(TaskPart):
    """The step's first output is a document written on a page of its own."""

    template: ClassVar = "web/kerja/bagian/naskah.html"
    made_outputs: ClassVar = 1
    output: ClassVar = 1

    @cached_property
    def manuscript(self) -> Manuscript | None:
        return manuscript_of(self.task, self.output)

    @property
    def name(self) -> str:
        """What the document is called in the SOP."""
        return self.step.outputs[self.output - 1]


class CompanionNotePart(WritingPart, ClassifiedPart):
    """A note that its writer issues: it is numbered with the press."""

    def add_fields(self, form: PageForm) -> None:
        super().add_fields(form)
        self.add_class(form)

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return {**super().work_data(value), "archive_class": value("archive_class")}


class DisposisiNotePart(DisposisiPart, WritingPart, ClassifiedPart):
    """A disposisi, and a note as the step's second output; one that goes out with it is numbered."""

    made_outputs: ClassVar = 2
    output: ClassVar = 2

    @cached_property
    def issues(self) -> bool:
        return stands_alone(self.task)

    def add_fields(self, form: PageForm) -> None:
        super().add_fields(form)
        if self.issues:
            self.add_class(form)

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        number = {"archive_class": value("archive_class")} if self.issues else {}
        return {**super().work_data(value), **number}
