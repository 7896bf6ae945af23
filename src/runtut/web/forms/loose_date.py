"""A date as an SOP has it: of any precision, in the words of offices."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms

from runtut.core.dates import loose_date
from runtut.procedures.importing import parse_date

HELP: Final = "Tulis seperti 9 Januari 2024 atau 09/01/2024; Januari 2024 bila hanya bulannya yang tertulis."
DAY_FIRST: Final = re.compile(r"\s*\d{1,2}\D")


class LooseDateField(forms.CharField):
    """Shown in words ("9 Januari 2024", "Januari 2024"), kept as ISO text of the same precision."""

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label, required=False, max_length=40, help_text=HELP)

    def prepare_value(self, value: Any) -> Any:
        return loose_date(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        found = parse_date(text)
        if text and (not found or (DAY_FIRST.match(text) and found.count("-") < 2)):
            raise forms.ValidationError(f"{self.label} tidak terbaca. {HELP}", code="unreadable")
        return found
