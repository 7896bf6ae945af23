"""The part of a step at which a paper is approved and signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property

from runtut.accounts.models import User
from runtut.cases.actions import prepare_task_signature
from runtut.cases.enums import TaskState
from runtut.cases.errors import GatesUnmet
from runtut.cases.queries import version_at_work
from runtut.core.errors import DomainError
from runtut.documents.actions import DEMO_PASSPHRASE, PreparedSignature
from runtut.documents.enums import SigningWay
from runtut.documents.models import DocumentVersion
from runtut.documents.queries import signing_key_of, signing_way
from runtut.web.forms.base import PageForm
from runtut.web.parts.base import Problem, lines
from runtut.web.parts.office import ClassifiedPart

WAYS: Final = (
    (SigningWay.ELECTRONIC.value, "Elektronik, sekarang"),
    (SigningWay.WET.value, "Basah, pada cetakan"),
)


class SignPart(ClassifiedPart):
    """Approval, and the passphrase where the office signs electronically. The paper is signed while what was
    typed is kept: the passphrase goes to the signing and nowhere else."""

    template = "web/kerja/bagian/tandatangan.html"
    free: ClassVar = frozenset({"note"})

    prepared: PreparedSignature | None = None
    form: PageForm

    @cached_property
    def version(self) -> DocumentVersion | None:
        return version_at_work(self.task)

    @cached_property
    def is_offered(self) -> bool:
        """Whether the office signs electronically and there is a paper to sign."""
        return self.version is not None and signing_way(unit=self.task.case.unit) == SigningWay.ELECTRONIC

    @cached_property
    def signer(self) -> User:
        return User.objects.get(pk=self.authority.user_id or 0)

    @cached_property
    def told_passphrase(self) -> str:
        """The passphrase of made-up people in a trial; empty for anybody else."""
        if not (settings.DEMO and self.signer.is_demo):
            return ""
        return DEMO_PASSPHRASE

    @cached_property
    def has_key(self) -> bool:
        return bool(self.told_passphrase) or signing_key_of(user=self.signer) is not None

    def add_fields(self, form: PageForm) -> None:
        self.form = form
        if self.is_offered:
            way = forms.ChoiceField(label="Cara tanda tangan", choices=WAYS, required=False)
            way.initial = SigningWay.ELECTRONIC.value
            form.add_field("way", way)
            if self.version and not self.version.document.number:
                self.add_class(form)
                form.fields["archive_class"].label = "Klasifikasi nomor"
        form.add_field("note", lines("Catatan", rows=2))
        if self.is_offered:
            secret = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"})
            form.add_field(
                "passphrase",
                forms.CharField(
                    label="Frasa sandi tanda tangan",
                    help_text="Hanya untuk tanda tangan elektronik.",
                    widget=secret,
                    strip=False,
                ),
            )

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        data = {"approve": True, "note": value("note"), "way": SigningWay.WET.value}
        if self.is_offered:
            data["way"] = value("way") or SigningWay.ELECTRONIC.value
            data["signature"] = self.prepared
        if "archive_class" in self.form.fields:
            data["archive_class"] = value("archive_class")
        return data

    def keep(self, request: HttpRequest) -> list[Problem]:
        """Sign the paper when the main button was pressed and only the signature is missing."""
        wanted = request.POST.get("kerjakan") != "simpan" and self.task.state == TaskState.OPEN
        if not (wanted and self.is_offered and self.form.is_valid()):
            return []
        data = self.form.work_data()  # type: ignore[attr-defined]  # the sheet's form, a WorkForm
        if data["way"] != SigningWay.ELECTRONIC or not request.POST.get("passphrase"):
            return []
        try:
            self.prepared = prepare_task_signature(
                task_uid=self.task.uid,
                data=data,
                passphrase=request.POST["passphrase"],
                authority=self.authority,
                at=self.at,
            )
        except GatesUnmet:
            return []
        except DomainError as refusal:
            return [(refusal.sentence, refusal.field or "")]
        return []
