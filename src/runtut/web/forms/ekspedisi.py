"""Proof of a delivery: a photo, or a signature drawn on the screen."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from runtut.web.forms.base import PageForm

PICTURES: Final = "image/*"


class ProofForm(PageForm):
    """Who took the paper, with a photo or a drawn signature; the drawing comes as a PNG in base64."""

    received_by = forms.CharField(
        label="Nama penerima", max_length=160, help_text="Orang yang menerima di tempat tujuan."
    )
    drawing = forms.CharField(widget=forms.HiddenInput, required=False)
    proof = forms.FileField(
        label="Foto tanda terima",
        required=False,
        help_text="Misalnya lembar ekspedisi bertanda tangan, resi pos, atau layar surel.",
        widget=forms.FileInput(attrs={"accept": PICTURES, "data-perkecil": "1"}),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two proofs."""
        found = super().clean() or {}
        if not found.get("proof") and not found.get("drawing"):
            self.add_error("proof", "Bukti terima belum ada. Unggah fotonya, atau tanda tangani di layar.")
        return found
