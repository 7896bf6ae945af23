"""The part of a step at which a paper is approved and signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.functional import cached_property

from runtut.accounts.models import User
from runtut.cases.actions import prepare_task_signature
from runtut.cases.enums import TaskState
from runtut.cases.errors import GatesUnmet
from runtut.cases.queries import version_at_work
from runtut.core.errors import DomainError
from runtut.documents.actions import PreparedSignature
from runtut.documents.enums import SigningWay
from runtut.documents.models import DocumentVersion
from runtut.documents.queries import electronic_paper, signing_key_of, signing_way, wants_number
from runtut.web.forms.base import PageForm
from runtut.web.forms.signing import passphrase_field, passphrase_told, way_field
from runtut.web.parts.base import Problem, lines
from runtut.web.parts.office import ClassifiedPart


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
    def is_signed(self) -> bool:
        """Whether the paper bears an electronic signature: then it gets no other kind."""
        return self.version is not None and electronic_paper(version=self.version) is not None

    @cached_property
    def is_offered(self) -> bool:
        """Whether there is a paper to sign, and the office signs electronically or somebody has done so."""
        way = signing_way(unit=self.task.case.unit)
        return self.version is not None and (self.is_signed or way == SigningWay.ELECTRONIC)

    @cached_property
    def wants_number(self) -> bool:
        """Whether the paper is still to be numbered, which comes before its first electronic signature."""
        document = self.version.document if self.version else None
        return document is not None and wants_number(document=document, is_signed=self.is_signed)

    @cached_property
    def signer(self) -> User:
        return User.objects.get(pk=self.authority.user_id or 0)

    @cached_property
    def told_passphrase(self) -> str:
        return passphrase_told(self.signer)

    @cached_property
    def has_key(self) -> bool:
        return bool(self.told_passphrase) or signing_key_of(user=self.signer) is not None

    def add_fields(self, form: PageForm) -> None:
        self.form = form
        if self.is_offered:
            if not self.is_signed:
                form.add_field("way", way_field())
            if self.wants_number:
                self.add_class(form, "Klasifikasi nomor")
        form.add_field("note", lines("Catatan", rows=2))
        if self.is_offered:
            form.add_field("passphrase", passphrase_field())

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
