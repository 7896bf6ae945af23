from __future__ import annotations

from django.conf import settings
from django.db import models

from runtut.core.models import RegionRow
from runtut.documents.models import StoredFile
from runtut.organisations.models import OrganisationUnit


class Collection(RegionRow):
    """The SOPs in force of an office bound in one file with its keputusan; made after it was asked for."""

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="collections")
    year = models.PositiveSmallIntegerField("tahun")
    sheet = models.CharField("kertas", max_length=4)
    decree_number = models.CharField("nomor keputusan", max_length=80, blank=True, default="")
    decree_date = models.DateField("tanggal keputusan", null=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    count = models.PositiveSmallIntegerField(default=0)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "-id"], name="collection_unit")]

    def __str__(self) -> str:
        return f"Himpunan SOP {self.unit}, {self.year}"
