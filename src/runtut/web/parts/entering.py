"""Parts of the work in which figures are typed row by row."""

from __future__ import annotations

from abc import ABC, abstractmethod

from django.http import HttpRequest

from runtut.performance.queries import GridRow, form_note
from runtut.web.forms.entries import Entry, EntryGroup, save_entries
from runtut.web.parts.base import Problem, TaskPart


class EnteringPart(TaskPart, ABC):
    """Work whose sheet holds a row for each figure; every press keeps what was typed so far."""

    @property
    @abstractmethod
    def groups(self) -> list[EntryGroup]:
        """Return the rows by objective, read once: which they are, and who may type in them."""

    @abstractmethod
    def rows(self) -> list[GridRow]:
        """Read the rows as they are stored now."""

    @property
    def entries(self) -> list[Entry]:
        return [entry for group in self.groups for entry in group.entries]

    @property
    def form_note(self) -> str:
        """What the run's form says to whoever fills it in."""
        return form_note(self.task.case)

    def keep(self, request: HttpRequest) -> list[Problem]:
        """Save every figure and file that was given, and show the rows as they are stored by then."""
        save_entries(self.entries, request.FILES, self.at, self.rows)
        return [problem for entry in self.entries for problem in entry.problems]
