"""Starting a run: which letter, which period."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from runtut.core.periods import Quarter
from runtut.documents.enums import Urgency
from runtut.documents.models import IncomingLetter
from runtut.web.forms.base import DayField, PageForm
from runtut.web.forms.work import ACCEPT

QUARTERS = [(str(number), f"TW {Quarter(2024, number).roman}") for number in (1, 2, 3, 4)]


class StartForm(PageForm):
    """Period, and either a letter of the agenda or a new one, registered in the same act."""

    year = forms.TypedChoiceField(label="Tahun", coerce=int)
    quarter = forms.TypedChoiceField(label="Triwulan", coerce=int, choices=QUARTERS)
    letter = forms.ModelChoiceField(
        label="Surat dari agenda", queryset=IncomingLetter.objects.none(), required=False
    )
    sender = forms.CharField(label="Surat dari", required=False)
    number = forms.CharField(label="Nomor surat", required=False)
    date = DayField(label="Tanggal surat", required=False)
    subject = forms.CharField(label="Hal", required=False)
    urgency = forms.ChoiceField(label="Sifat", choices=Urgency.choices, required=False)
    file = forms.FileField(
        label="Pindaian atau foto surat", required=False, widget=forms.FileInput(attrs={"accept": ACCEPT})
    )

    def __init__(
        self, *args: Any, years: tuple[int, ...], letters: list[IncomingLetter], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        year = cast(forms.TypedChoiceField, self.fields["year"])
        year.choices = [(one, str(one)) for one in years]
        field = cast("forms.ModelChoiceField[IncomingLetter]", self.fields["letter"])
        field.queryset = IncomingLetter.objects.filter(pk__in=[letter.pk for letter in letters])
        field.empty_label = "Tanpa surat dari agenda" if letters else "Belum ada surat di agenda"

    @property
    def has_new_letter(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("sender", "number", "date", "subject", "file"))

    def clean(self) -> dict[str, Any]:
        """A new letter needs its date; the other parts are refused by the register itself, at their field."""
        found = super().clean() or {}
        if self.has_new_letter and not found.get("date") and "date" not in self.errors:
            self.add_error("date", "Tanggal surat belum diisi.")
        return found
