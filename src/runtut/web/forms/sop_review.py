"""Forms of the review of an SOP."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from runtut.web.forms.sop import SopForm

WHOLE = "seluruh"
FIELDS: Final[dict[str, str]] = {
    "no": "nomor langkah",
    "kind": "simbol",
    "activity": "kegiatan",
    "performers": "pelaksana",
    "requirements": "kelengkapan",
    "time": "waktu",
    "outputs": "output",
    "return_to": "arah kembali",
    "calls": "SOP yang dipanggil",
    "number": "nomor SOP",
    "dates": "tanggal",
    "legal_basis": "dasar hukum",
    "related_sops": "keterkaitan",
    "qualifications": "kualifikasi pelaksana",
    "equipment": "peralatan dan perlengkapan",
    "warnings": "peringatan",
    "records": "pencatatan dan pendataan",
}
IDENTITY_PLACES: Final = (
    "number",
    "dates",
    "legal_basis",
    "related_sops",
    "qualifications",
    "equipment",
    "warnings",
    "records",
)


def heading(label: str) -> str:
    """A label at the beginning of a line; only its first letter changes ("Nomor SOP")."""
    return label[:1].upper() + label[1:]


class CommentForm(SopForm):
    """A remark and its place: the whole, a list of the identity page, or a step."""

    name = "comment"
    place = forms.ChoiceField(label="Tentang")
    text = forms.CharField(label="Komentar", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, steps: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = [
            (WHOLE, "SOP ini seluruhnya"),
            *((f"bagian:{name}", heading(FIELDS[name])) for name in IDENTITY_PLACES),
            *((f"langkah:{no}", f"Langkah {no}: {activity}") for no, activity in steps),
        ]

    def where(self) -> dict[str, Any]:
        """The place as the action takes it."""
        kind, _, name = self.cleaned_data["place"].partition(":")
        if kind == "langkah":
            return {"step_no": int(name)}
        return {"field": name}


class AnswerForm(SopForm):
    name = "answer"
    text = forms.CharField(label="Jawaban", widget=forms.Textarea(attrs={"rows": 2}))


class WithdrawForm(SopForm):
    name = "withdraw"
    reason = forms.CharField(
        label="Mengapa dicabut?",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Versi ini tidak dipakai lagi untuk kerja baru; yang sedang berjalan diteruskan.",
    )
