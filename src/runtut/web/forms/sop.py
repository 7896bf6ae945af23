"""Forms on the page of an SOP."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from runtut.organisations.models import Position
from runtut.web.forms.base import DayField, PageForm


class SopForm(PageForm):
    """A form on the page of an SOP; `name` is where the template finds it."""

    name: ClassVar[str] = "plain"


class RatifyForm(SopForm):
    name = "ratify"
    sop_number = forms.CharField(
        label="Nomor SOP", help_text="Lengkap seperti pada naskah, misalnya 000.8.3.3/12/KEC.SKM/2026."
    )
    effective_from = DayField(label="Berlaku mulai")


class SendBackForm(SopForm):
    name = "send_back"
    reason = forms.CharField(
        label="Apa yang perlu diperbaiki?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dibaca oleh penyusun dan tercatat di riwayat.",
        strip=True,
    )


class BindingForm(PageForm):
    """The positions of the office that stand for a performer."""

    positions = forms.TypedMultipleChoiceField(
        label="Jabatan yang melaksanakan",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, office: list[Position], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = {position.pk: position for position in office}
        ticks = self.fields["positions"]
        assert isinstance(ticks, forms.TypedMultipleChoiceField)
        ticks.choices = [
            (pk, f"{position.short_title} ({position.unit.short_name})")
            for pk, position in self.office.items()
        ]

    def chosen(self) -> list[Position]:
        return [self.office[key] for key in self.cleaned_data["positions"]]
