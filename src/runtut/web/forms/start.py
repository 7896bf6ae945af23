"""Starting a run: which letter, which period."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final, cast

from django import forms

from runtut.core.dates import long_date
from runtut.core.periods import Quarter
from runtut.documents.enums import Urgency
from runtut.documents.errors import DateInFuture
from runtut.documents.models import IncomingLetter, StoredFile
from runtut.web.forms.base import ARRIVAL, DayField
from runtut.web.forms.files import TOLD, KeepingForm, KeptFileField

QUARTERS = [(str(number), f"TW {Quarter(2024, number).roman}") for number in (1, 2, 3, 4)]
NEW_LETTER: Final = ("sender", "number", "date", "subject")
"""What a new letter cannot do without."""
DAY_OF_ARRIVAL: Final = "received_on"
"""Belongs to a new letter too, but is filled in beforehand and so says nothing of whether there is one."""
NO_LETTER: Final = "Pilih surat dari agenda, catat surat baru, atau centang Mulai tanpa surat."


class LetterChoiceField(forms.ModelChoiceField):
    """Letters of the agenda, each with the run that it has led to already."""

    led_to: Mapping[int, str] = {}

    def label_from_instance(self, obj: IncomingLetter) -> str:
        run = self.led_to.get(obj.pk)
        return f"{obj} (sudah menjadi {run})" if run else str(obj)


class StartForm(KeepingForm):
    """Period, and either a letter of the agenda or a new one, registered in the same act. `of_year`: the SOP
    plans or reports a year, so no quarter is asked for."""

    year = forms.TypedChoiceField(label="Tahun", coerce=int)
    quarter = forms.TypedChoiceField(label="Triwulan", coerce=int, choices=QUARTERS)
    letter = LetterChoiceField(label="Surat dari agenda", queryset=IncomingLetter.objects.none())
    sender = forms.CharField(label="Surat dari")
    number = forms.CharField(label="Nomor surat")
    date = DayField(label="Tanggal surat")
    received_on = DayField(label="Tanggal diterima", help_text=ARRIVAL)
    subject = forms.CharField(label="Hal")
    without = forms.BooleanField(
        label="Mulai tanpa surat",
        required=False,
        help_text="SOP ini bermula dari sebuah surat. Tanpa surat, perintahnya ditulis di lembar disposisi.",
    )
    urgency = forms.ChoiceField(label="Sifat", choices=Urgency.choices)
    file = KeptFileField(label="Pindaian atau foto surat", help_text=TOLD)

    def __init__(
        self,
        *args: Any,
        years: tuple[int, ...],
        letters: list[IncomingLetter],
        led_to: Mapping[int, str],
        on: datetime.date,
        needs_letter: bool = False,
        of_year: bool = False,
        kept: StoredFile | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.needs_letter = on, needs_letter
        if of_year:
            del self.fields["quarter"]
        self.keep(kept)
        if not needs_letter:
            del self.fields["without"]
        year = cast(forms.TypedChoiceField, self.fields["year"])
        year.choices = [(one, str(one)) for one in years]
        field = cast(LetterChoiceField, self.fields["letter"])
        field.led_to = led_to
        field.queryset = IncomingLetter.objects.filter(pk__in=[letter.pk for letter in letters]).order_by(
            "-pk"
        )
        field.empty_label = "Tanpa surat dari agenda" if letters else "Belum ada surat di agenda"

    def full_clean(self) -> None:
        """A new letter is asked for as a whole or not at all; its labels say what belongs to it."""
        asked = {
            name: self.fields[name].required for name in ("letter", "urgency", DAY_OF_ARRIVAL, *NEW_LETTER)
        }
        for name in asked:
            self.fields[name].required = False
        super().full_clean()
        for name, required in asked.items():
            self.fields[name].required = required

    @property
    def has_new_letter(self) -> bool:
        typed = any(self.cleaned_data.get(name) for name in (*NEW_LETTER, "file"))
        return typed or self.kept is not None or any(name in self.errors for name in NEW_LETTER)

    @property
    def opens_new_letter(self) -> bool:
        """A new letter is being entered, is what is missing, or is all there can be."""
        if self.kept is not None or not cast(LetterChoiceField, self.fields["letter"]).queryset:
            return True
        return self.is_bound and (self.has_new_letter or "letter" in self.errors)

    def clean(self) -> dict[str, Any]:
        """Every part of a new letter that is missing is named at once, and it does not stand beside a chosen
        one. Where the SOP begins with a letter, starting without one is said in so many words."""
        found = super().clean() or {}
        self.cleaned_data = found
        if not self.has_new_letter:
            if self.needs_letter and not found.get("letter") and not found.get("without"):
                self.add_error("letter", NO_LETTER)
            return found
        if found.get("letter"):
            self.add_error("letter", "Pilih surat dari agenda, atau catat surat baru; jangan keduanya.")
        if found.get("date") and found["date"] > self.on:
            future = DateInFuture(what="Tanggal surat", date=long_date(found["date"]))
            self.add_error("date", future.sentence)
        for name in (*NEW_LETTER, DAY_OF_ARRIVAL):
            if not found.get(name) and name not in self.errors:
                self.add_error(name, f"{self.fields[name].label} belum diisi.")
        return found
