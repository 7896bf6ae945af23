"""The form that puts the papers of a finished run away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from runtut.web.forms.base import PageForm
from runtut.web.forms.signing import class_field


class FilingForm(PageForm):
    """Classification and place of a file; why, where somebody has not signed yet."""

    location = forms.CharField(
        label="Tempat simpan",
        required=False,
        max_length=160,
        help_text="Misalnya: Lemari 2, map Kinerja 2026.",
    )
    unsigned_reason = forms.CharField(
        label="Alasan diarsipkan tanpa tanda tangan itu",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Isi hanya bila tidak dapat ditunggu. Alasannya tersimpan pada naskahnya.",
    )

    def __init__(self, *args: Any, code: str, on: date, waiting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = class_field(code, on, "Klasifikasi arsip")
        field.required = True
        self.add_field("archive_class", field)
        if not waiting:
            del self.fields["unsigned_reason"]
        self.order_fields(["unsigned_reason", "archive_class", "location"])
