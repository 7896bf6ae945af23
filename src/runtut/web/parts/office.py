"""Parts of the work that every office knows: disposisi, paraf, approval, number, archive, meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property

from runtut.cases.models import Case
from runtut.cases.queries import (
    approved_version,
    papers_of_run,
    proofs_of,
    proposed_class,
    signatures_missing,
    version_at_work,
)
from runtut.documents.enums import DocumentKind, DocumentState, Instruction
from runtut.documents.models import Document, DocumentVersion, StoredFile
from runtut.web.forms.base import PageForm
from runtut.web.forms.signing import class_field
from runtut.web.parts.base import TaskPart, lines

FIGURES_AND_CAUSES: Final = (
    "Angka sama dengan bukti yang dilampirkan",
    "Penyebab capaian di bawah target sudah dijelaskan",
)
CHECKS: Final = {
    DocumentKind.PENGUKURAN: FIGURES_AND_CAUSES,
    DocumentKind.EKT: FIGURES_AND_CAUSES,
    DocumentKind.RKT: (
        "Target sama dengan Renstra, atau perbedaannya dijelaskan",
        "Kegiatan dan pagu sesuai dengan usulan yang diterima",
    ),
}
"""What is examined before a paraf, by kind of document."""
OTHER_CHECKS: Final = (
    "Isinya sesuai dengan yang diminta",
    "Nama, jabatan, tanggal, dan angka sudah benar",
)


ARCHIVE_DATA: Final = ("archive_class", "location", "unsigned_reason")


class DisposisiPart(TaskPart):
    made_outputs = 1

    def add_fields(self, form: PageForm) -> None:
        choices = [("", "Pilih instruksi"), *((text, text) for text in Instruction.labels)]
        form.add_field(
            "instruction", forms.ChoiceField(label="Isi disposisi", choices=choices, required=False)
        )
        form.add_field("note", lines("Catatan untuk penerima"))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return {"instruction": value("instruction"), "note": value("note")}


class ReviewPart(TaskPart):
    made_outputs = 1

    @cached_property
    def checks(self) -> tuple[str, ...]:
        """What is to be examined; where the work leaves no document, figures and causes."""
        version = version_at_work(self.task)
        if version is None:
            return FIGURES_AND_CAUSES
        return CHECKS.get(DocumentKind(version.document.kind), OTHER_CHECKS)

    def add_fields(self, form: PageForm) -> None:
        for number, text in enumerate(self.checks, start=1):
            form.add_field(f"periksa-{number}", forms.BooleanField(label=text, required=False))
        paraf = forms.BooleanField(label="Saya membubuhkan paraf pada versi ini", required=False)
        form.add_field("paraf", paraf)
        form.add_field("note", lines("Catatan"))

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        checks = {
            text: ticked(value(f"periksa-{number}")) for number, text in enumerate(self.checks, start=1)
        }
        return {"checks": checks, "paraf": ticked(value("paraf")), "note": value("note")}


def ticked(shown: Any) -> bool:
    """A box as the form reads it, or as a draft has kept it."""
    return shown in (True, "on", "True")


class ClassifiedPart(TaskPart):
    """Work that asks for a classification of the archive."""

    made_outputs = 1

    def add_class(self, form: PageForm, label: str = "Klasifikasi arsip") -> None:
        """Ask for a classification; that of the paper that the run is working on is proposed."""
        version = version_at_work(self.task)
        kind = version.document.kind if version else ""
        code = proposed_class(kind, self.task.case)
        form.add_field("archive_class", class_field(code, timezone.localdate(self.at), label))


def add_unsigned_reason(form: PageForm, case: Case) -> None:
    """Ask why the file is closed without those who have still to sign; nothing where nobody has."""
    if signatures_missing(case):
        form.add_field("unsigned_reason", unsigned_reason("diarsipkan"))


def unsigned_reason(deed: str) -> forms.CharField:
    """Return the field for why something is done without a signature that is awaited."""
    return lines(
        f"Alasan {deed} tanpa tanda tangan yang ditunggu",
        rows=2,
        help_text="Isi hanya bila tidak dapat ditunggu. Alasannya tersimpan pada naskahnya.",
    )


class ArchivePart(ClassifiedPart):
    """What is put away: the run's document with its proofs; the run's other papers stay with the run."""

    template = "web/kerja/bagian/arsip.html"
    free: ClassVar = frozenset({"location"})

    @cached_property
    def version(self) -> DocumentVersion | None:
        return approved_version(self.task)

    @cached_property
    def proofs(self) -> list[tuple[str, StoredFile]]:
        return proofs_of(self.task) if self.version else []

    @cached_property
    def others(self) -> list[Document]:
        """The other papers of the run, oldest first."""
        own = self.version.document_id if self.version else None
        rows = papers_of_run(self.task.case).order_by("id")
        return [one for one in rows if one.pk != own]

    @property
    def joining(self) -> list[Document]:
        """The papers that are archived in the same file with this press."""
        return [one for one in self.others if self.version and one.state == DocumentState.APPROVED]

    @property
    def filed(self) -> list[Document]:
        """The papers that are in the archive already."""
        return [one for one in self.others if one.state == DocumentState.LOCKED]

    @property
    def staying(self) -> list[Document]:
        """The papers that are in no file after this press: nobody has approved them. A lembar disposisi is a
        form of the moment, not one of them."""
        gone = {one.pk for one in (*self.joining, *self.filed)}
        papers = [one for one in self.others if one.kind != DocumentKind.LEMBAR_DISPOSISI]
        return [one for one in papers if one.pk not in gone]

    def add_fields(self, form: PageForm) -> None:
        add_unsigned_reason(form, self.task.case)
        self.add_class(form)
        help_text = "Misalnya: Lemari 2, map Kinerja 2026."
        form.add_field(
            "location", forms.CharField(label="Tempat simpan", required=False, help_text=help_text)
        )

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return {name: value(name) for name in ARCHIVE_DATA}


class RegisterPart(ClassifiedPart):
    free: ClassVar = frozenset({"subject"})

    def add_fields(self, form: PageForm) -> None:
        self.add_class(form)
        field = forms.CharField(label="Hal", required=False, initial=self.task.case.title)
        form.add_field("subject", field)

    def work_data(self, value: Callable[[str], Any]) -> dict[str, Any]:
        return {"archive_class": value("archive_class"), "subject": value("subject")}
