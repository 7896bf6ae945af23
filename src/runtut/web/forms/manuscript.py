from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from runtut.web.forms.base import PageForm
from runtut.web.forms.files import ACCEPT


def signing_field(signers: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    """In whose name somebody signs: (value, words), where there is a choice."""
    return forms.ChoiceField(
        label="Ditandatangani",
        choices=signers,
        required=False,
        help_text="a.n. dan u.b. bila didelegasikan; tanggung jawab tetap pada yang mendelegasikan.",
    )


class ManuscriptForm(PageForm):
    """A document being written. `is_letter`: nothing is printed above the text. `signers`: in whose names it
    may be signed, where there is a choice."""

    title = forms.CharField(label="Nama naskah", max_length=240, help_text="Seperti tampak dalam daftar.")
    heading = forms.CharField(
        label="Judul di atas naskah",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Tiap baris tercetak tebal di tengah.",
    )
    text = forms.CharField(
        label="Isi naskah",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "class": "tulis", "spellcheck": "true", "lang": "id"}),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    attachment = forms.FileField(
        label="Berkas lampiran",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    attachment_title = forms.CharField(
        label="Judul lampiran", required=False, max_length=160, help_text="Kosong: nama berkasnya."
    )

    def __init__(
        self, *args: Any, is_letter: bool, signers: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        if signers:
            self.add_field("signs_as", signing_field(signers))
        if is_letter:
            self.fields["heading"].widget = forms.HiddenInput()

    def go_on_from(self, revision: int) -> None:
        """Shown once more after a save: the next one goes on from there."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "revision": str(revision)}
