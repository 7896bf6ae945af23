"""Forms around signatures: the passphrase, the scan, the file that somebody wants checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.conf import settings

from runtut.accounts.models import User
from runtut.documents.actions import DEMO_PASSPHRASE
from runtut.documents.enums import SigningWay
from runtut.documents.models import ArchiveClass, Endorsement
from runtut.documents.queries import TurnTerms, archive_classes
from runtut.organisations.models import Position
from runtut.web.forms.base import DayField, PageForm

CHECK_LIMIT: Final = 10 * 1024 * 1024
SCAN_TYPES: Final = ".pdf,.png,.jpg,.jpeg,.webp"


EVERYBODY: Final = "semua"
WAYS: Final = (
    (SigningWay.ELECTRONIC.value, "Elektronik, sekarang"),
    (SigningWay.WET.value, "Basah, pada cetakan"),
)


class PassphraseForm(PageForm):
    """A passphrase for signing, twice, after the login password."""

    password = forms.CharField(
        label="Kata sandi masuk",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    passphrase = forms.CharField(
        label="Frasa sandi tanda tangan",
        strip=False,
        help_text="Paling sedikit 10 huruf, misalnya empat kata. Tidak disimpan, jadi ingat baik-baik.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    again = forms.CharField(
        label="Frasa sandi sekali lagi",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("passphrase", again):
            raise forms.ValidationError("Tidak sama dengan frasa sandi di atasnya. Ketik ulang keduanya.")
        return again


class ScanForm(PageForm):
    """The scan of a print that was signed by hand."""

    position = forms.ChoiceField(label="Ditandatangani oleh")
    signed_on = DayField(label="Tanggal tanda tangan")
    file = forms.FileField(
        label="Pindaian atau foto naskah bertanda tangan",
        help_text="PDF atau foto, paling besar 10 MB.",
        widget=forms.FileInput(attrs={"accept": SCAN_TYPES}),
    )

    def __init__(self, *args: Any, approvals: Sequence[Endorsement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.approvals = approvals
        choices = [(str(one.position.uid), f"{one.position_title} · {one.full_name}") for one in approvals]
        if len(approvals) > 1:
            names = ", ".join(one.position_title for one in approvals)
            choices.insert(0, (EVERYBODY, f"Semua pada satu lembar: {names}"))
        choice = self.fields["position"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = choices

    @property
    def signers(self) -> list[Position]:
        """Whose signatures the scan shows."""
        chosen = self.cleaned_data["position"]
        return [one.position for one in self.approvals if chosen in (EVERYBODY, str(one.position.uid))]


def way_field() -> forms.ChoiceField:
    """Return the choice between signing now and signing the print."""
    field = forms.ChoiceField(label="Cara tanda tangan", choices=WAYS, required=False)
    field.initial = SigningWay.ELECTRONIC.value
    return field


def passphrase_field() -> forms.CharField:
    secret = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"})
    return forms.CharField(
        label="Frasa sandi tanda tangan",
        help_text="Hanya untuk tanda tangan elektronik.",
        widget=secret,
        strip=False,
        required=False,
    )


def passphrase_told(user: User) -> str:
    """Return the passphrase of made-up people in a trial; empty for anybody else."""
    return DEMO_PASSPHRASE if settings.DEMO and user.is_demo else ""


class TurnForm(PageForm):
    """What a signature beside the steps asks for. Of an office that signs by hand, of a paper that nobody has
    signed electronically: nothing but the press."""

    def __init__(self, *args: Any, terms: TurnTerms, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if terms.is_electronic and not terms.is_signed:
            self.add_field("way", way_field())
        if terms.wants_number:
            self.add_field("archive_class", class_field(code, terms.on))
        if terms.is_electronic:
            self.add_field("passphrase", passphrase_field())
        for name in ("archive_class", "passphrase"):
            if name in self.fields:
                self.fields[name].required = self.data.get("way") != SigningWay.WET

    @property
    def is_electronic(self) -> bool:
        """Whether the electronic way was chosen, or is the only one."""
        wanted = self.cleaned_data.get("way") or SigningWay.ELECTRONIC
        return "passphrase" in self.fields and wanted == SigningWay.ELECTRONIC


class NumberForm(PageForm):
    """The number of a paper that was signed by hand."""

    recipient = forms.CharField(
        label="Kepada", required=False, max_length=240, help_text="Untuk buku agenda keluar."
    )

    def __init__(self, *args: Any, code: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="nomor-%s", **kwargs)
        self.add_field("archive_class", class_field(code, on))


def class_field(
    code: str, on: date, label: str = "Klasifikasi nomor"
) -> forms.ModelChoiceField[ArchiveClass]:
    """Return the choice of a classification, that with the code proposed."""
    classes = archive_classes(on=on)
    return forms.ModelChoiceField(
        label=label,
        queryset=classes,
        required=False,
        empty_label="Pilih klasifikasi",
        initial=classes.filter(code=code).first(),
    )


class CheckForm(PageForm):
    """A file that anybody wants held against the signed papers."""

    file = forms.FileField(label="Berkas", help_text="PDF yang Anda terima, paling besar 10 MB.")

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > CHECK_LIMIT:
            raise forms.ValidationError("Berkas lebih besar dari 10 MB. Naskah dari sini tidak sebesar itu.")
        return bytes(file.read())


class SigningWayForm(PageForm):
    """How an office signs."""

    way = forms.ChoiceField(label="Cara tanda tangan", choices=SigningWay.choices, widget=forms.RadioSelect)
