from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from runtut.core.models import RegionRow


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser, RegionRow):
    """A person. Whether they may log in is `is_active` and a usable password; what they may do is decided
    by the positions they hold, never here."""

    username = models.CharField("nama pengguna", max_length=60, unique=True)
    full_name = models.CharField("nama lengkap", max_length=120)
    title_prefix = models.CharField("gelar depan", max_length=30, blank=True, default="")
    title_suffix = models.CharField("gelar belakang", max_length=60, blank=True, default="")
    nip = models.CharField("NIP", max_length=18, blank=True, default="")
    rank = models.CharField("pangkat/golongan", max_length=60, blank=True, default="")
    email = models.EmailField("surel", blank=True, default="")
    phone = models.CharField("telepon", max_length=20, blank=True, default="")
    is_active = models.BooleanField("aktif", default=True)
    is_demo = models.BooleanField("orang contoh", default=False)
    must_change_password = models.BooleanField(default=False)
    session_stamp = models.PositiveIntegerField(
        default=0, help_text="Raised to end every session of this person: their hash covers it."
    )
    joined_at = models.DateTimeField(null=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def display_name(self) -> str:
        """Name as lists and pages show it: a made-up person is marked as such."""
        return f"{self.full_name} (contoh)" if self.is_demo else self.full_name

    @property
    def titled_name(self) -> str:
        """Name with academic titles, as penugasan, korespondensi and naskah khusus print it
        (Permendagri 1/2023 Pasal 44)."""
        name = f"{self.title_prefix} {self.full_name}".strip()
        return f"{name}, {self.title_suffix}" if self.title_suffix else name

    @property
    def is_staff(self) -> bool:
        return False

    def get_session_auth_hash(self) -> str:
        return stamped_hash(self, None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return (stamped_hash(self, secret) for secret in settings.SECRET_KEY_FALLBACKS)


def stamped_hash(user: User, secret: str | bytes | None) -> str:
    """Return what a session is bound to from the login on: the password and the stamp of that moment."""
    salt = "runtut.accounts.session"
    value = f"{user.session_stamp}:{user.password}"
    return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()
