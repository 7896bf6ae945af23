"""Login and password forms."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.forms import LoginForm
from django import forms
from django.core.exceptions import ValidationError

from runtut.accounts.models import User
from runtut.core.errors import DomainError
from runtut.web.forms.base import PageForm

REFUSALS: Final[dict[str, str]] = {
    "username_password_mismatch": "Nama pengguna atau kata sandi tidak cocok.",
    "too_many_login_attempts": (
        "Terlalu banyak percobaan yang gagal dari jaringan ini. Tunggu satu menit, lalu coba lagi. "
        "Bila lupa kata sandi, hubungi administrator."
    ),
}


class EnterForm(PageForm, LoginForm):
    """allauth's login with its limits; our sentences."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = "Nama pengguna", "Kata sandi"
        password.help_text = ""
        login.widget.attrs.update(autocapitalize="none", spellcheck="false")
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = f"{field.label} belum diisi."

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean() or {}
        except DomainError as refusal:
            raise ValidationError(refusal.sentence, code=refusal.code)
        except ValidationError as refusal:
            code = getattr(refusal, "code", None) or ""
            raise ValidationError(REFUSALS.get(code, REFUSALS["username_password_mismatch"]), code=code)


class PasswordForm(PageForm):
    """A new password, twice, after the present one."""

    present = forms.CharField(
        label="Kata sandi sekarang",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    fresh = forms.CharField(
        label="Kata sandi baru",
        strip=False,
        help_text="Paling sedikit 12 huruf atau angka. Rangkaian beberapa kata lebih mudah diingat.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Kata sandi baru, sekali lagi",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_present(self) -> str:
        present = str(self.cleaned_data["present"])
        if not self.user.check_password(present):
            raise ValidationError("Kata sandi sekarang tidak cocok.", code="present_mismatch")
        return present

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        fresh, again = cleaned.get("fresh"), cleaned.get("again")
        if fresh and again and fresh != again:
            self.add_error("again", ValidationError("Kedua kata sandi baru tidak sama.", code="not_the_same"))
        if fresh and fresh == cleaned.get("present"):
            self.add_error(
                "fresh", ValidationError("Kata sandi baru sama dengan yang lama.", code="unchanged")
            )
        return cleaned
