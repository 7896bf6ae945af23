"""Forms on people: accounts, appointments, mandates."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from runtut.accounts.models import User
from runtut.accounts.rules import ensure_full_name, ensure_nip, ensure_password_fits, ensure_username
from runtut.core.errors import DomainError
from runtut.organisations.enums import MandateKind, OversightKind
from runtut.organisations.queries import people_matching
from runtut.organisations.rules import MANDATE_LEVEL_NOTE
from runtut.web.forms.base import DayField, PageForm, day_after, open_end
from runtut.web.forms.settings import UnitChoice

OFFERED: Final = 300
FIRST_LOGIN_HELP: Final = (
    "Paling sedikit 12 huruf atau angka. Orangnya wajib menggantinya saat pertama masuk."
)


RULES: Final[dict[str, Callable[[str], str]]] = {
    "full_name": ensure_full_name,
    "username": ensure_username,
    "nip": ensure_nip,
}
"""What is asked of a person's data, by field."""


class PeopleList(forms.TextInput):
    """A text box with the browser's own list of suggestions: works with 30 people and with 5,000."""

    template_name = "web/components/orang.html"

    def __init__(self, *, region: int) -> None:
        super().__init__(attrs={"autocomplete": "off", "spellcheck": "false"})
        self.region = region

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        people = people_matching(region=self.region, words="")[:OFFERED]
        context["people"] = [(person.username, person.display_name) for person in people]
        return context


class PersonField(forms.CharField):
    """A person named by username or full name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            help_text="Tulis beberapa huruf namanya lalu pilih, atau tulis nama penggunanya.", **kwargs
        )

    def find(self, text: str, region: int) -> User:
        """The one person meant; a ValidationError when there is none or several."""
        people = people_matching(region=region, words="")
        found = list(people.filter(username=text.lower())[:2]) or list(
            people.filter(full_name__iexact=text)[:2]
        )
        if not found:
            raise ValidationError(
                f"Tidak ada orang bernama “{text}”. Tambahkan dahulu di Pengaturan, bagian Orang."
            )
        if len(found) > 1:
            raise ValidationError(f"Ada lebih dari satu orang bernama “{text}”. Tulis nama penggunanya.")
        return found[0]


class PersonInForm(PageForm):
    """Base of the forms that name a person of a region."""

    def __init__(self, *args: Any, region: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region
        field = self.fields["username"]
        field.widget = PeopleList(region=region)
        self.prepare(field)

    def clean_username(self) -> str:
        text = str(self.cleaned_data["username"])
        field = self.fields["username"]
        assert isinstance(field, PersonField)
        self.person = field.find(text, self.region)
        return text


class AppointForm(PersonInForm):
    """A definitive appointment."""

    username = PersonField(label="Orang")
    valid_from = DayField(label="Mulai bertugas")
    last_day = DayField(label="Hari terakhir", required=False, help_text="Kosongkan bila tidak ditentukan.")
    decree = forms.CharField(label="Nomor SK", required=False)

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "user": self.person,
            "valid_from": data["valid_from"],
            "valid_until": open_end(data["last_day"]),
            "decree": data["decree"],
        }


class MandateForm(PersonInForm):
    """A Plt. or Plh."""

    kind = forms.ChoiceField(
        label="Jenis",
        choices=[
            (MandateKind.PLT, "Plt.: jabatannya kosong"),
            (MandateKind.PLH, "Plh.: pejabatnya berhalangan sementara"),
        ],
        widget=forms.RadioSelect,
    )
    username = PersonField(label="Orang")
    valid_from = DayField(label="Mulai bertugas")
    last_day = DayField(label="Hari terakhir", help_text=f"Plt. paling lama tiga bulan. {MANDATE_LEVEL_NOTE}")
    decree = forms.CharField(label="Nomor surat perintah", required=False)

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "kind": MandateKind(data["kind"]),
            "user": self.person,
            "valid_from": data["valid_from"],
            "valid_until": day_after(data["last_day"]),
            "decree": data["decree"],
        }


class OversightForm(PersonInForm):
    """A reader, evaluator or administrator of a unit and all below it."""

    kind = forms.ChoiceField(
        label="Sebagai",
        choices=[
            (OversightKind.READER, "Pembaca: melihat pekerjaan, dokumen, dan angka kinerja"),
            (OversightKind.EVALUATOR, "Evaluator: melihat dan mengevaluasi"),
            (
                OversightKind.ADMINISTRATOR,
                "Administrator: melihat dan mengatur unit, jabatan, orang, kalender",
            ),
        ],
        widget=forms.RadioSelect,
    )
    username = PersonField(label="Orang")
    unit = UnitChoice(label="Unit", help_text="Termasuk semua unit di bawahnya.", empty_label="Pilih unit")
    valid_from = DayField(label="Mulai berlaku")
    last_day = DayField(label="Hari terakhir", required=False, help_text="Kosongkan bila tidak ditentukan.")
    decree = forms.CharField(label="Dasar (nomor SK)", required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, UnitChoice)
        unit.queryset = units

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "kind": OversightKind(data["kind"]),
            "user": self.person,
            "unit": data["unit"],
            "valid_from": data["valid_from"],
            "valid_until": open_end(data["last_day"]),
            "decree": data["decree"],
        }


class ExtendForm(PageForm):
    last_day = DayField(
        label="Diperpanjang sampai", help_text="Paling lama tiga bulan lagi, dan hanya sekali."
    )
    decree = forms.CharField(label="Nomor surat perintah", required=False)

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {"valid_until": day_after(data["last_day"]), "decree": data["decree"]}


class JudgedForm(PageForm):
    """Base of the forms on a person's own data: everything that is wrong is told at once, at its field."""

    def clean(self) -> dict[str, Any]:
        """Judge every field by its rule."""
        found = super().clean() or {}
        for name, ensure in RULES.items():
            if name in found:
                self.judge(name, partial(ensure, found[name]))
        if "password" in found:
            about = User(username=found.get("username", ""), full_name=found.get("full_name", ""))
            self.judge("password", partial(ensure_password_fits, found["password"], about))
        return found

    def judge(self, name: str, rule: Callable[[], object]) -> None:
        """Put what a rule refuses at the field."""
        try:
            rule()
        except DomainError as refusal:
            self.add_error(name, ValidationError(refusal.sentence, code=refusal.code))


class NewPersonForm(JudgedForm):
    """A new account."""

    full_name = forms.CharField(label="Nama lengkap", help_text="Tanpa gelar.")
    username = forms.CharField(
        label="Nama pengguna", help_text="Huruf kecil tanpa spasi, misalnya siti.rahmawati."
    )
    nip = forms.CharField(label="NIP", required=False)
    password = forms.CharField(label="Kata sandi sementara", strip=False, help_text=FIRST_LOGIN_HELP)


class PersonForm(JudgedForm):
    """How a person is named."""

    full_name = forms.CharField(label="Nama lengkap", help_text="Tanpa gelar.")
    title_prefix = forms.CharField(label="Gelar depan", required=False)
    title_suffix = forms.CharField(label="Gelar belakang", required=False)
    nip = forms.CharField(label="NIP", required=False)
    rank = forms.CharField(label="Pangkat/golongan", required=False)


class SeatForm(PageForm):
    """In which unit the position lies that a person is to be appointed to."""

    unit = UnitChoice(label="Unit", help_text="Beserta unit di bawahnya.", empty_label="Pilih unit")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, UnitChoice)
        unit.queryset = units


class ResetForm(PageForm):
    password = forms.CharField(label="Kata sandi sementara", strip=False, help_text=FIRST_LOGIN_HELP)
