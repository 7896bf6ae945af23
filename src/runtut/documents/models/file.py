from __future__ import annotations

from django.conf import settings
from django.db import models

from runtut.core.models import RegionRow
from runtut.organisations.models import OrganisationUnit


class StoredFile(RegionRow):
    """A file kept outside the web root under the hash of its content; read through an access check only."""

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    name = models.CharField("nama berkas", max_length=160)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="file_sha256")]

    def __str__(self) -> str:
        return self.name


class Thumbnail(models.Model):
    """The small picture of a content, whoever refers to it: `source` is that content's hash, `sha256` the
    picture's own. It can be made again at any time."""

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.source[:12]} {self.width} x {self.height}"


class FileText(models.Model):
    """The words inside a content, whoever refers to it: `source` is that content's hash. It can be read again
    at any time; `is_whole` is False where a picture could not be read for want of Tesseract."""

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    is_whole = models.BooleanField()

    def __str__(self) -> str:
        return self.source[:12]
