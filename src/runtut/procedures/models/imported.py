from __future__ import annotations

from django.conf import settings
from django.db import models

from runtut.core.models import RegionRow
from runtut.organisations.models import OrganisationUnit
from runtut.procedures.enums import ImportState
from runtut.procedures.models.procedure import ProcedureVersion


class ImportedFile(RegionRow):
    """A document from which an office wants its SOPs read: given, read by the worker, saved one by one.

    `found` is what was understood (docs/formats/sop-import.md) with the lines of the source; `why` is the
    sentence of a refusal. The content is dropped once every SOP of it is saved.
    """

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, db_index=False, related_name="+")
    name = models.CharField("nama berkas", max_length=200)
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=1)
    why = models.TextField(blank=True, default="")
    found = models.JSONField(default=dict)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    given_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "-id"], name="imported_file_newest")]

    def __str__(self) -> str:
        return self.name


class ImportedSop(models.Model):
    """That one SOP of a document was saved, and as which version."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ImportedFile, models.CASCADE, db_index=False, related_name="saved")
    index = models.PositiveSmallIntegerField()
    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "index"], name="imported_sop_once")]

    def __str__(self) -> str:
        return f"{self.file}: {self.index}"
