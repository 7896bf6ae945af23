"""The form of a task: the fields of its part, then what the step's outputs ask for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict

from runtut.cases.queries import OVERTAKEN
from runtut.documents.models import StoredFile
from runtut.web.forms.base import PageForm
from runtut.web.forms.files import KeptFileField
from runtut.web.parts import TaskPart
from runtut.web.parts.base import AGAINST, lines

SHOWN: Final = "usulan-"
"""Before the name of a field: which proposal its page showed."""

RENEW: Final = "usulan:"
"""Before the name of a field, on the button that takes what is proposed now in place of what was written."""


def digest(text: str) -> str:
    """Name a text, however the browser has broken its lines."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]


class WorkForm(PageForm):
    """Fields are never required here: what is missing is told by the gates, which everybody sees beforehand.

    Ids equal names, so that a gate's anchor is the field it asks for.
    """

    def __init__(self, *, part: TaskPart, kept: Mapping[str, StoredFile], **kwargs: Any) -> None:
        super().__init__(auto_id="%s", **kwargs)
        self.part, self.kept = part, dict(kept)
        part.add_fields(self)
        self.untouched: frozenset[str] = frozenset()
        self.against: dict[str, str] = dict(self.initial.get(AGAINST) or {})
        self.renew_proposals()
        self.ask_outputs()
        self.mark_gated()

    def renew_proposals(self) -> None:
        """Have each proposed text follow the facts until somebody changes it: beside its control stands which
        proposal was shown, and a text that comes back as shown is replaced by what is proposed now."""
        texts = {
            name: field.initial
            for name, field in self.fields.items()
            if isinstance(field.widget, forms.Textarea) and isinstance(field.initial, str) and field.initial
        }
        for name, text in texts.items():
            mark = forms.CharField(required=False, initial=digest(text), widget=forms.HiddenInput)
            self.add_field(f"{SHOWN}{name}", mark)
        if self.is_bound:
            self.take_back(texts)
        self.tell_overtaken(texts)

    def take_back(self, texts: Mapping[str, str]) -> None:
        """Read the texts that were sent: those nobody changed, and the one whose new proposal is asked for,
        become what is proposed now; of the others, remember what they were written in place of."""
        sent = cast(QueryDict, self.data).copy()
        asked = sent.get("kerjakan", "").removeprefix(RENEW)
        back = [
            name
            for name in texts
            if name == asked or sent.get(f"{SHOWN}{name}") == digest(sent.get(name, ""))
        ]
        for name in back:
            sent[name] = texts[name]
        self.against = {
            name: self.replaced(name, sent.get(name, ""), sent.get(f"{SHOWN}{name}", ""), text)
            for name, text in texts.items()
            if name not in back and name in sent
        }
        for name, text in texts.items():
            sent[f"{SHOWN}{name}"] = digest(text)
        self.data, self.untouched = sent, frozenset(back)

    def replaced(self, name: str, written: str, shown: str, text: str) -> str:
        """Return the proposal that a text stands in place of: of one kept before and sent again as it was,
        the one then; else the one its page showed; empty where that is not known any more."""
        before = str((self.initial.get(AGAINST) or {}).get(name, text))
        if digest(written) == digest(str(self.initial.get(name) or "")):
            return before
        return next((one for one in (text, before) if digest(one) == shown), text if not shown else "")

    def tell_overtaken(self, texts: Mapping[str, str]) -> None:
        """Mark every changed text whose proposal is another one by now, for its control to show both."""
        for name, then in self.against.items():
            now = texts.get(name)
            if now is not None and digest(now) not in {digest(then), digest(str(self[name].value() or ""))}:
                self.fields[name].overtaken = (then, now)  # type: ignore[attr-defined]  # read by `field`

    @property
    def overtaken(self) -> list[str]:
        """The labels of texts that were written before what they speak of changed."""
        return [str(field.label) for field in self.fields.values() if hasattr(field, "overtaken")]

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
        """What was typed, as plain JSON for the draft; never a secret, nor a proposal that nobody changed."""
        typed = {
            name: field.widget.value_from_datadict(self.data, self.files, name)
            if isinstance(field, forms.MultipleChoiceField)
            else str(self.data[name])
            for name, field in self.fields.items()
            if name in self.data and not name.startswith(SHOWN) and name not in self.untouched
            if not isinstance(field.widget, forms.PasswordInput)
        }
        beside = {AGAINST: self.against, OVERTAKEN: self.overtaken}
        return {**typed, **{name: kept for name, kept in beside.items() if kept}}

    def work_data(self) -> dict[str, Any]:
        """What the work takes, parsed; of a form not sent yet, what it proposes."""
        value = self.cleaned_data.get if self.is_bound and self.is_valid() else self.proposed
        outputs = {
            name: {"text": value(f"hasil-{number}"), "file": self.kept.get(f"berkas-{number}")}
            for number, name in enumerate(self.part.asked_outputs, start=1)
        }
        return {**self.part.work_data(value), "outputs": outputs}

    def proposed(self, name: str) -> Any:
        """The value a field shows before anything is sent; None where this form does not ask for it."""
        field = self.fields.get(name)
        return self.get_initial_for_field(field, name) if field else None
