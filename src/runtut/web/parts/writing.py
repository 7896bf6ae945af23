"""Parts of the work that writes a document: the sheet leads to the page where it is written, and back."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import cached_property

from runtut.cases.queries import manuscript_of
from runtut.documents.models import Manuscript
from runtut.web.parts.base import TaskPart
from runtut.web.parts.office import DisposisiPart


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


class DisposisiNotePart(DisposisiPart, WritingPart):
    """A disposisi, and a note as the step's second output."""

    made_outputs: ClassVar = 2
    output: ClassVar = 2
