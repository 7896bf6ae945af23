from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.core.models import RegionRow
from runtut.documents.enums import DocumentKind, DocumentState, EndorsementKind
from runtut.documents.models.file import StoredFile
from runtut.organisations.enums import Capacity
from runtut.organisations.models import OrganisationUnit, Position


class Document(RegionRow):
    """An office's document. Its text lives in versions; paraf and approval belong to a version."""

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="documents")
    kind = models.CharField("jenis", max_length=20, choices=DocumentKind.choices)
    title = models.CharField("judul", max_length=240)
    state = models.CharField(max_length=16, choices=DocumentState.choices, default=DocumentState.DRAFT)
    number = models.CharField("nomor", max_length=80, blank=True, default="")
    number_date = models.DateField("tanggal nomor", null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-created_at", "-id"], name="document_unit_at")]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(RegionRow):
    """A frozen text: `content` is the JSON that both the PDF and the DOCX are made of.

    `rendered_sha256` is the hash of what the two files show: the text with its letterhead, number and the
    endorsements of that moment.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versi")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    rendered_sha256 = models.CharField(max_length=64, blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_in = models.ForeignKey(Position, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.document}, versi {self.number}"


class Endorsement(RegionRow):
    """A paraf or an approval of one version. Voided, never deleted, when a newer version comes.

    Name, NIP and titles are those of the day: what a paper says does not change with the person's record.
    """

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="endorsements")
    kind = models.CharField(max_length=12, choices=EndorsementKind.choices)
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=12, choices=Capacity.choices)
    full_name = models.CharField("nama", max_length=220)
    nip = models.CharField("NIP", max_length=18, blank=True, default="")
    rank = models.CharField("pangkat/golongan", max_length=60, blank=True, default="")
    position_title = models.CharField("jabatan", max_length=120)
    note = models.TextField("catatan", blank=True, default="")
    given_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=240, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "position"],
                condition=Q(voided_at__isnull=True),
                name="endorsement_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position}"


class DocumentReturn(RegionRow):
    """A version sent back for mending, with the reason. It stays, whatever happens to the document."""

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="returns")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=12, choices=Capacity.choices)
    reason = models.TextField("alasan")
    returned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Dikembalikan {self.position}"


class DocumentComment(RegionRow):
    """What somebody remarks on a passage of a version. `block` counts the blocks from 1, 0 is the whole;
    `quote` is how the passage began, so that a remark stays readable beside a later version."""

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="comments")
    block = models.PositiveSmallIntegerField("bagian")
    quote = models.CharField("kutipan", max_length=160, blank=True, default="")
    text = models.TextField("komentar")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=12, choices=Capacity.choices)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["version", "block", "id"], name="comment_of_version")]

    def __str__(self) -> str:
        return self.text[:60]
