"""A part: the piece of a task's sheet that belongs to one kind of work, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.http import HttpRequest, QueryDict

from runtut.cases.models import Case, Task
from runtut.cases.queries import step_of, words_before
from runtut.organisations.models import Authority
from runtut.web.forms.base import PageForm
from runtut.web.forms.entries import Entry

Problem = tuple[str, str]
"""A sentence and the id of the control it speaks of."""

AGAINST: Final = "proposals"
"""In a draft: the proposal that each changed text was written in place of."""

FORMATS: Final = "Tebal: **kata**. Miring: *kata*. Butir: - atau 1. di awal baris."
"""The formatting that openings and closings know (documents.formulas.markup.read_words)."""


def lines(label: str, rows: int = 3, help_text: str = "") -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(
        label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


def proposed_lines(label: str, initial: str, rows: int = 3, help_text: str = "") -> forms.CharField:
    """Return a field of several lines that starts with a proposal."""
    field = lines(label, rows, help_text)
    field.initial = initial
    return field


def wording(label: str, proposed: str, rows: int = 3) -> forms.CharField:
    """Return a field for the opening or the closing of a paper, with what is proposed."""
    return proposed_lines(label, proposed, rows, FORMATS)


def folded(label: str) -> forms.CharField:
    """Return a field of several lines that few ever fill: it stands behind its label until pressed."""
    field = lines(label, rows=2)
    field.folded = True  # type: ignore[attr-defined]  # read by the tag `field`
    return field


class TaskPart:
    """What one kind of work adds to the sheet. The base adds nothing: the step's outputs are all there is.

    `sent` is what the browser posted, None while the sheet is only read. `template` is drawn inside the
    task's form, before the fields, with `part` and `sheet`.
    """

    template: ClassVar[str] = ""
    made_outputs: ClassVar[int] = 0
    """How many of the step's first outputs the work makes itself; nobody is asked for those."""
    free: ClassVar[frozenset[str]] = frozenset({"note"})
    """Names of fields that no gate asks for; the sheet marks them "boleh kosong"."""

    keeps_words: ClassVar[bool] = False
    """Whether a later round begins with what was typed in the round before, and not with the proposals."""

    acts_at_once: ClassVar[bool] = False
    """Whether a button of its own does what cannot be taken back: Enter in a field then saves a draft."""

    def __init__(self, *, task: Task, authority: Authority, at: datetime, sent: QueryDict | None) -> None:
        self.task, self.authority, self.at, self.sent = task, authority, at, sent
        self.step = step_of(task)

    @property
    def child(self) -> Case | None:
        """The run that does the step while it is under way; the sheet then offers nothing but that run."""
        return None

    def words_before(self) -> dict[str, Any]:
        """Return what a later round begins with, by the names of the fields (as a draft keeps it)."""
        return words_before(task=self.task) if self.keeps_words else {}

    @property
    def asked_outputs(self) -> tuple[str, ...]:
        """The outputs that the person hands in, by text or file."""
        return self.step.outputs[self.made_outputs :]

    @property
    def entries(self) -> Sequence[Entry]:
        """Rows of figures on the sheet, for the script that saves while somebody types."""
        return ()

    @property
    def deed(self) -> str:
        """What the main button does, where the kind of work alone does not say it: "Kunci realisasi"."""
        return ""

    def add_fields(self, form: PageForm) -> None:
        """Add this work's fields with `form.add_field`; ids equal names, so that gates can point at them."""

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        """Return what the WorkHandler takes as `data`; `value(name)` is a field's parsed value."""
        return {}

    def keep(self, request: HttpRequest) -> list[Problem]:
        """Save what this work keeps in rows of its own at every press; return what was refused."""
        return []


_parts: dict[tuple[str, str], type[TaskPart]] = {}


def register_part(work: str, part: type[TaskPart], topic: str = "") -> None:
    """Draw a kind of work with this part; with a topic, the steps of that topic only."""
    key = (str(work), topic)
    assert key not in _parts, f"a part for {key} is registered already"
    _parts[key] = part


def part_class(work: str, topic: str) -> type[TaskPart]:
    """Return the part of a step: that of its topic, else that of its kind of work, else the base."""
    return _parts.get((str(work), topic)) or _parts.get((str(work), "")) or TaskPart
