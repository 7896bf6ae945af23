"""The form of a task: the fields of its part, then what the step's outputs ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from runtut.documents.models import StoredFile
from runtut.web.forms.base import PageForm
from runtut.web.forms.files import KeptFileField
from runtut.web.parts import TaskPart
from runtut.web.parts.base import lines


class WorkForm(PageForm):
    """Fields are never required here: what is missing is told by the gates, which everybody sees beforehand.

    Ids equal names, so that a gate's anchor is the field it asks for.
    """

    def __init__(self, *, part: TaskPart, kept: Mapping[str, StoredFile], **kwargs: Any) -> None:
        super().__init__(auto_id="%s", **kwargs)
        self.part, self.kept = part, dict(kept)
        part.add_fields(self)
        self.ask_outputs()
        self.mark_gated()

    def full_clean(self) -> None:
        """Validate what was typed only: what is missing is the gates' to tell."""
        for field in self.fields.values():
            field.required = False
        super().full_clean()
        self.mark_gated()

    def mark_gated(self) -> None:
        """Have the page say "boleh kosong" only where no gate asks."""
        for name, field in self.fields.items():
            field.required = name not in self.part.free and not name.startswith("berkas-")

    def ask_outputs(self) -> None:
        for number, name in enumerate(self.part.asked_outputs, start=1):
            self.add_field(f"hasil-{number}", lines(name, help_text="Tulis hasilnya, atau lampirkan berkas."))
            self.add_field(f"berkas-{number}", KeptFileField(label=f"Berkas {name}"))
        self.show_kept()

    def show_kept(self) -> None:
        """Show at each file control what has been given already."""
        for name, field in self.fields.items():
            if isinstance(field, KeptFileField):
                field.show_kept(self.kept.get(name))

    def typed(self) -> dict[str, Any]:
        """What was typed, as plain JSON for the draft; never a secret."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, name)
            if isinstance(field, forms.MultipleChoiceField)
            else str(self.data[name])
            for name, field in self.fields.items()
            if name in self.data and not isinstance(field.widget, forms.PasswordInput)
        }

    def work_data(self) -> dict[str, Any]:
        """What the work takes, parsed; of a form not sent yet, what it proposes."""
        value = self.cleaned_data.get if self.is_bound and self.is_valid() else self.proposed
        outputs = {
            name: {"text": value(f"hasil-{number}"), "file": self.kept.get(f"berkas-{number}")}
            for number, name in enumerate(self.part.asked_outputs, start=1)
        }
        return {**self.part.work_data(value), "outputs": outputs}

    def proposed(self, name: str) -> Any:
        """The value a field shows before anything is sent."""
        return self.get_initial_for_field(self.fields[name], name)
