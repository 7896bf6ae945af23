"""Fields that only the page of an import has: steps to go back to, and who ratifies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from runtut.web.frame.parsing import whole_number


class EarlierStepsField(forms.CharField):
    """Numbers of steps before a given one, typed as "3, 5" or "3 atau 5"."""

    def __init__(self, *, earlier: Sequence[int], **kwargs: Any) -> None:
        super().__init__(required=False, max_length=60, **kwargs)
        self.earlier = frozenset(earlier)

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]  # numbers instead of one string
        text = super().to_python(value) or ""
        numbers = sorted({whole_number(digits, 0) for digits in re.findall(r"\d+", text)})
        wrong = [str(number) for number in numbers if number not in self.earlier]
        if wrong:
            raise forms.ValidationError(
                f"Langkah {', '.join(wrong)} tidak ada sebelum langkah ini. Tulis nomor langkah sebelumnya.",
                code="no_such_step",
            )
        if text.strip() and not numbers:
            raise forms.ValidationError("Tulis nomor langkahnya, misalnya 3, 5.", code="no_number")
        return numbers

    def run_validators(self, value: Any) -> None:
        """The numbers were judged already."""


class ApproverField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.unit.short_name})"
