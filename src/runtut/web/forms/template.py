from __future__ import annotations

from typing import Any, Final

from django import forms

from runtut.web.forms.base import PageForm

AROUND: Final = (
    "Di atas {{isi}}: usulan pembuka. Di bawahnya: usulan penutup. Keduanya masih dapat diubah pada "
    "langkah yang menyusun naskahnya. Tebal: **kata**. Miring: *kata*. Butir: - atau 1. di awal baris."
)


class TemplateForm(PageForm):
    """The text of a kind of document."""

    title = forms.CharField(
        label="Judul di atas naskah",
        required=False,
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Tiap baris tercetak tebal di tengah.",
    )
    is_letter = forms.BooleanField(
        label="Berbentuk surat: tempat dan tanggal di kanan atas, tanpa judul", required=False
    )
    text = forms.CharField(
        label="Isi",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "class": "tulis", "lang": "id"}),
    )

    def __init__(self, *args: Any, is_sheet: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_sheet:
            del self.fields["is_letter"]
            self.fields["text"].help_text, self.fields["text"].required = AROUND, True

    def clean(self) -> dict[str, Any]:
        """A paper around data is no letter."""
        return {"is_letter": False, **(super().clean() or {})}


class LogoForm(PageForm):
    """The picture of the letterhead."""

    file = forms.FileField(
        label="Gambar lambang",
        required=False,
        allow_empty_file=True,
        help_text="PNG atau JPEG, paling besar 300 KB.",
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )
