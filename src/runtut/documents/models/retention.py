from __future__ import annotations

from django.db import models

from runtut.documents.enums import RetentionOutcome
from runtut.documents.models.archive import ArchiveClass


class RetentionRule(models.Model):
    """A line of the retention table (JRA), as dated reference data. `region` 0 is what ships with Runtut.

    Empty years are not known yet. A rule that the head of the region has not set (`is_confirmed` false) is a
    proposal: it is shown as "belum ditetapkan", and nothing falls due by it.
    """

    id = models.BigAutoField(primary_key=True)
    region = models.PositiveIntegerField(default=0, editable=False)
    archive_class = models.ForeignKey(ArchiveClass, models.PROTECT, related_name="retention")
    active_years = models.PositiveSmallIntegerField("aktif", null=True, blank=True)
    inactive_years = models.PositiveSmallIntegerField("inaktif", null=True, blank=True)
    outcome = models.CharField("nasib akhir", max_length=12, choices=RetentionOutcome.choices, blank=True)
    is_confirmed = models.BooleanField("sudah ditetapkan", default=False)
    citation = models.CharField("dasar", max_length=240)
    valid_from = models.DateField("berlaku sejak")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "archive_class", "valid_from"], name="retention_once")
        ]

    def __str__(self) -> str:
        return f"{self.archive_class}"
