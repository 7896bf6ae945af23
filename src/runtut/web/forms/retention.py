"""A line of the retention table."""

from __future__ import annotations

from typing import Any

from django import forms

from runtut.documents.enums import RetentionOutcome
from runtut.web.forms.base import DayField, PageForm

YEARS = {"inputmode": "numeric", "maxlength": "3"}


class RetentionForm(PageForm):
    """How long files of a class are kept, and what becomes of them."""

    active_years = forms.IntegerField(
        label="Masa aktif (tahun)",
        help_text="Dihitung sejak berkas diarsipkan. Tulis 0 bila langsung inaktif.",
        widget=forms.TextInput(attrs=YEARS),
    )
    inactive_years = forms.IntegerField(
        label="Masa inaktif (tahun)",
        help_text="Sesudah masa aktif, sampai nasibnya ditentukan.",
        widget=forms.TextInput(attrs=YEARS),
    )
    outcome = forms.ChoiceField(label="Nasib akhir", choices=[("", "Pilih"), *RetentionOutcome.choices])
    citation = forms.CharField(
        label="Dasar",
        max_length=240,
        help_text="Peraturan yang menetapkannya, misalnya Peraturan Bupati Nomor 12 Tahun 2025 tentang JRA.",
    )
    valid_from = DayField(
        label="Berlaku sejak",
        help_text="Ketentuan sebelumnya tetap tersimpan, dan berlaku bagi berkas yang sudah diarsipkan.",
    )


class NewRetentionForm(RetentionForm):
    """The same for a class that has no line of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = forms.CharField(
            label="Kode klasifikasi",
            max_length=20,
            help_text="Seperti 000.8.3.3. Kode yang lebih rinci mengikuti induknya yang terdekat.",
        )
        self.add_field("archive_class", code)
        self.order_fields(["archive_class"])
