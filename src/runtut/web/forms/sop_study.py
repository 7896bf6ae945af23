"""What is asked of the duration study of an SOP."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from runtut.procedures.enums import TimeUnit
from runtut.procedures.errors import TimeUnreadable
from runtut.procedures.graph import least_of
from runtut.procedures.graph.editing import time_of
from runtut.procedures.graph.study import ASSUMED_RETURN, WhatIf
from runtut.web.forms.base import PageForm

ASSUMED_PERCENT = round(ASSUMED_RETURN * 100)


class StudyForm(PageForm):
    """The assumption, and a step as it could be."""

    anggapan = forms.IntegerField(
        label="Anggapan pengembalian (%)",
        required=False,
        min_value=0,
        max_value=95,
        help_text="Dipakai untuk keputusan yang belum cukup dilaksanakan.",
    )
    langkah = forms.TypedChoiceField(label="Ubah langkah", coerce=int, empty_value=None, required=False)
    nilai = forms.CharField(
        label="Waktunya menjadi", required=False, max_length=12, help_text="Misalnya 2, atau 2-3."
    )
    satuan = forms.ChoiceField(label="Satuan", choices=TimeUnit.choices, required=False)
    kembali = forms.IntegerField(
        label="Pengembaliannya menjadi (%)", required=False, min_value=0, max_value=95
    )

    def __init__(self, *args: Any, steps: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["langkah"]
        assert isinstance(chosen, forms.TypedChoiceField)
        chosen.choices = [("", "(tidak ada)"), *((no, f"{no}. {activity}") for no, activity in steps)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["minutes"] = data["least"] = None
        if data.get("nilai"):
            unit = data.get("satuan") or TimeUnit.DAY.value
            try:
                time = time_of(data["nilai"], unit)
            except TimeUnreadable as refusal:
                self.add_error("nilai", refusal.sentence)
            else:
                low = time.get("low")
                data["minutes"] = time["minutes"]
                data["least"] = least_of(None if low is None else Decimal(str(low)), unit)
        return data

    def assumed(self) -> float:
        share = self.cleaned_data.get("anggapan") if self.is_valid() else None
        return ASSUMED_RETURN if share is None else share / 100

    def what_if(self) -> WhatIf | None:
        """The change that is asked about; None while nothing is."""
        if not self.is_valid() or self.cleaned_data["langkah"] is None:
            return None
        minutes, back = self.cleaned_data["minutes"], self.cleaned_data["kembali"]
        if minutes is None and back is None:
            return None
        returns = None if back is None else back / 100
        least = self.cleaned_data["least"]
        return WhatIf(self.cleaned_data["langkah"], minutes=minutes, returns=returns, least=least)
