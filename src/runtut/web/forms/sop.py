"""Forms on the page of an SOP."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms

from runtut.organisations.models import Position
from runtut.web.forms.base import DayField, PageForm


class SopForm(PageForm):
    """A form on the page of an SOP; `name` is where the template finds it."""

    name: ClassVar[str] = "plain"


class RatifyForm(SopForm):
    name = "ratify"
    sop_number = forms.CharField(label="Nomor SOP", required=False, help_text="Lengkap seperti pada naskah.")
    effective_from = DayField(label="Berlaku mulai")

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if example:
            told = f"Kosongkan untuk mengambil nomor berikutnya dari register kantor: {example}."
            self.fields["sop_number"].help_text = told


class SendBackForm(SopForm):
    name = "send_back"
    reason = forms.CharField(
        label="Apa yang perlu diperbaiki?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dibaca oleh penyusun dan tercatat di riwayat.",
        strip=True,
    )


class MoveForm(SopForm):
    """One run to move to the version in force. `seen` is the run's version that the preview stood on."""

    name = "move"
    case = forms.UUIDField(label="Kerja")
    seen = forms.IntegerField(label="Keadaan kerja", min_value=0, max_value=2**31 - 1)
    key = forms.UUIDField(label="Kunci formulir")


class SilenceForm(SopForm):
    """One finding, and why it is set aside."""

    name = "silence"
    key = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Alasan", max_length=300)


class LinesField(forms.CharField):
    """A list of sentences, one per line; empty lines do not count."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), required=False, **kwargs)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list instead of one string
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def run_validators(self, value: list[str]) -> None:
        """The validators of one string (no null characters) hold for every line."""
        for line in value:
            super().run_validators(line)


class IdentityForm(PageForm):
    """The six lists of the official form, in its order."""

    legal_basis = LinesField(label="Dasar hukum", rows=6)
    qualifications = LinesField(label="Kualifikasi pelaksana")
    related_sops = LinesField(
        label="Keterkaitan",
        help_text="SOP kantor ini yang namanya sama menjadi tautan: SOP Pengumpulan Data.",
    )
    equipment = LinesField(label="Peralatan dan perlengkapan")
    warnings = LinesField(label="Peringatan")
    records = LinesField(label="Pencatatan dan pendataan")


class StepForm(PageForm):
    """The words of a step."""

    activity = forms.CharField(
        label="Kegiatan",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kata kerja aktif tanpa subjek: Memeriksa konsep dan membubuhkan paraf.",
    )
    label = forms.CharField(label="Nama pendek", help_text="Untuk daftar tugas: Paraf konsep.")
    requirements = LinesField(label="Kelengkapan", rows=3, help_text="Satu per baris.")
    outputs = LinesField(
        label="Output",
        rows=3,
        help_text="Satu per baris. Setiap output diminta sebelum langkah diselesaikan.",
    )
    note = forms.CharField(label="Keterangan", required=False)


NO_POSITION_HELP: Final = (
    "Tidak ada jabatan yang cocok? Pilih jabatan yang mengerjakannya di kantor ini, ubah sebutannya pada "
    "naskah, atau minta administrator menambah jabatannya di Pengaturan."
)


class BindingForm(PageForm):
    """The positions of the office that stand for a performer."""

    positions = forms.TypedMultipleChoiceField(
        label="Jabatan yang melaksanakan",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=NO_POSITION_HELP,
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


class CollectionForm(PageForm):
    """How the himpunan SOP is bound."""

    sheet = forms.ChoiceField(label="Kertas", choices=[("a4", "A4"), ("f4", "F4")])
    decree_number = forms.CharField(
        label="Nomor keputusan penetapan",
        required=False,
        max_length=80,
        help_text="Kosongkan bila belum bernomor; pada keputusan disediakan tempatnya.",
    )
    decree_date = DayField(label="Tanggal keputusan", required=False)
