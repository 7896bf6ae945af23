from __future__ import annotations

from django.conf import settings
from django.db import models

from runtut.core.models import RegionRow
from runtut.documents.models.document import DocumentVersion
from runtut.documents.models.file import StoredFile
from runtut.organisations.models import OrganisationUnit, Position


class ArchiveClass(models.Model):
    """A classification code, as dated reference data. Codes of the list before Permendagri 83/2022 are kept
    as legacy: recognised on old documents, not offered for new ones."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField("kode", max_length=20)
    name = models.CharField("nama", max_length=160)
    citation = models.CharField("dasar", max_length=160)
    is_legacy = models.BooleanField("kode lama", default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="archive_class_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ArchiveRecord(RegionRow):
    """A document version put into the archive: where it is, under which class and number. Never changed;
    `sha256` is the version's at that moment, `retention` the confirmed line of the JRA of that day: a later
    line is for later papers. None where nothing was set yet."""

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="archive")
    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="archive_record")
    archive_class = models.ForeignKey(ArchiveClass, models.PROTECT, related_name="+")
    number = models.CharField("nomor berkas", max_length=120)
    sha256 = models.CharField(max_length=64)
    location = models.CharField("tempat simpan", max_length=160, blank=True, default="")
    retention = models.ForeignKey(
        "documents.RetentionRule", models.PROTECT, null=True, db_index=False, related_name="records"
    )
    archived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    archived_in = models.ForeignKey(Position, models.PROTECT, related_name="+")
    archived_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-archived_at"], name="archive_unit_at")]

    def __str__(self) -> str:
        return self.number


class ArchiveEnclosure(RegionRow):
    """A file kept with an archived version: the picture or file that proves what the paper is about. Put in
    with the record and never changed."""

    record = models.ForeignKey(ArchiveRecord, models.PROTECT, related_name="enclosures")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = models.CharField("judul", max_length=160)

    def __str__(self) -> str:
        return self.title
