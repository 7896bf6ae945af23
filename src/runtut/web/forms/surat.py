"""Incoming letters: entering one, and passing it on with a disposisi."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from runtut.documents.enums import Instruction, Urgency
from runtut.documents.models import StoredFile
from runtut.organisations.models import Position
from runtut.web.forms.base import ARRIVAL, DayField, PageForm
from runtut.web.forms.files import ACCEPT, KeepingForm, KeptFileField

OTHER = "lain"


class PositionsField(forms.ModelMultipleChoiceField):
    """Positions to tick, by their short titles."""

    def label_from_instance(self, obj: Any) -> str:
        """The short title."""
        return str(obj.short_title)


class LetterForm(KeepingForm):
    """A letter for the buku agenda masuk: what is written on it, and its picture."""

    file = KeptFileField(
        label="Foto atau pindaian surat",
        help_text="Di telepon, tombol ini membuka kamera. Foto besar diperkecil dahulu.",
    )
    sender = forms.CharField(label="Surat dari", max_length=160)
    number = forms.CharField(label="Nomor surat", max_length=80)
    date = DayField(label="Tanggal surat")
    received_on = DayField(label="Tanggal diterima", help_text=ARRIVAL)
    subject = forms.CharField(label="Hal", max_length=240)
    urgency = forms.ChoiceField(label="Sifat", choices=Urgency.choices, initial=Urgency.BIASA)

    def __init__(self, *args: Any, kept: StoredFile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs |= {"accept": f"image/*,{ACCEPT}", "data-perkecil": "1"}
        self.keep(kept)


class DisposisiForm(PageForm):
    """To whom, what to do, and a note. `turns` are the positions in which the reader may give one."""

    turn = forms.ChoiceField(label="Bertindak sebagai")
    to_positions = PositionsField(
        label="Diteruskan kepada",
        queryset=Position.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    instruction = forms.ChoiceField(label="Isi disposisi", required=False)
    other = forms.CharField(
        label="Isi lain",
        required=False,
        max_length=200,
        help_text="Menyambung pilihan di atas, atau sebagai gantinya.",
    )
    note = forms.CharField(
        label="Catatan untuk penerima",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, turns: list[tuple[str, str]], positions: QuerySet[Position], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["turn"]).choices = turns
        if len(turns) == 1:
            self.fields["turn"].widget = forms.HiddenInput()
            self.fields["turn"].initial = turns[0][0]
        cast(PositionsField, self.fields["to_positions"]).queryset = positions
        self.fields["to_positions"].required = self.fields["instruction"].required = True
        choices = [("", "Pilih instruksi"), *((label, label) for label in Instruction.labels)]
        cast(forms.ChoiceField, self.fields["instruction"]).choices = choices

    def full_clean(self) -> None:
        """What is missing is for the action to tell; the page marks only what may really stay empty."""
        for name in ("to_positions", "instruction"):
            self.fields[name].required = False
        super().full_clean()
        for name in ("to_positions", "instruction"):
            self.fields[name].required = True

    @property
    def said(self) -> str:
        """The instruction: the choice, then one's own words."""
        parts = (self.cleaned_data.get("instruction"), self.cleaned_data.get("other"))
        return "; ".join(part for part in parts if part)
