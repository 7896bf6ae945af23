from __future__ import annotations

from django.conf import settings
from django.db import models

from runtut.core.models import RegionRow
from runtut.documents.enums import DocumentKind, TemplateKind
from runtut.documents.formulas.signing import By
from runtut.documents.models.document import Document, DocumentVersion
from runtut.documents.models.file import StoredFile
from runtut.organisations.models import OrganisationUnit, Position


class DocumentTemplate(RegionRow):
    """How the documents of a kind begin in a unit and in those below it that have none of their own; that of
    the kabupaten itself is the region's.

    Every change is a row of its own with the next number; the newest is in force. What nobody has changed
    comes from the shipped data, and so does a kind whose newest row says so.
    """

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="document_templates")
    kind = models.CharField("jenis", max_length=20, choices=TemplateKind.choices)
    number = models.PositiveSmallIntegerField("versi")
    title = models.CharField("judul", max_length=240, blank=True, default="")
    text = models.TextField("isi", blank=True, default="")
    is_letter = models.BooleanField("berbentuk surat", default=False)
    is_dropped = models.BooleanField(default=False, help_text="The unit went back to what is above it.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "number"], name="template_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, versi {self.number}"


class OfficeLogo(RegionRow):
    """The picture in the letterhead of a unit and of those below it that have none of their own."""

    unit = models.OneToOneField(OrganisationUnit, models.PROTECT, related_name="logo")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.unit)


class Manuscript(RegionRow):
    """A document while it is being written.

    `frame` is the content without its blocks (letterhead, title, signatures ...), `text` the blocks as
    markup (docs/formats/naskah.md). `signs_as` tells whether the signer signs in the name of somebody above
    (formulas.signing.By). `revision` rises with every save: whoever saves names the one they had
    read. `document` is the document whose next version this becomes, None for a new one; `version` is what it
    became, and then nothing here changes any more.
    """

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="manuscripts")
    kind = models.CharField("jenis", max_length=20, choices=DocumentKind.choices)
    title = models.CharField("judul", max_length=240)
    frame = models.JSONField(default=dict)
    text = models.TextField("isi", blank=True, default="")
    signer = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    signs_as = models.CharField("atas nama", max_length=8, default=By.SELF)
    revision = models.PositiveIntegerField(default=1)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="manuscripts")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, null=True, related_name="manuscripts")
    opened_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class ManuscriptCopy(RegionRow):
    """A text that did not become the manuscript's because somebody else had saved in between, or that was
    replaced by choice. Kept until the manuscript is handed over and after."""

    manuscript = models.ForeignKey(Manuscript, models.CASCADE, related_name="copies")
    title = models.CharField("judul", max_length=240)
    text = models.TextField("isi")
    based_on = models.PositiveIntegerField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["manuscript", "saved_by", "based_on"], name="copy_of_revision")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.saved_at})"


class ManuscriptAttachment(RegionRow):
    """A file that goes with the document being written; the version lists it by title and hash."""

    manuscript = models.ForeignKey(Manuscript, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = models.CharField("judul", max_length=160)
    sequence = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["manuscript", "sequence"], name="manuscript_attachment_order")
        ]

    def __str__(self) -> str:
        return self.title


class VersionAttachment(RegionRow):
    """A file that goes with a version; its hash stands in the version's content."""

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = models.CharField("judul", max_length=160)
    sequence = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "sequence"], name="version_attachment_order")
        ]

    def __str__(self) -> str:
        return self.title
