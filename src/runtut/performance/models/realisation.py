from __future__ import annotations

from django.conf import settings
from django.db import models

from runtut.core.models import RegionRow
from runtut.documents.models import StoredFile
from runtut.organisations.models import OrganisationUnit, Position
from runtut.performance.enums import RealisationState
from runtut.performance.models.indicator import Indicator


class Realisation(RegionRow):
    """What was reached in one quarter. `value` None is "belum diisi", never zero."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="realisations")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    cause = models.TextField("penyebab dan rencana perbaikan", blank=True, default="")
    state = models.CharField(max_length=12, choices=RealisationState.choices, default=RealisationState.DRAFT)
    return_reason = models.TextField(blank=True, default="")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_in = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "quarter"], name="realisation_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}/{self.quarter}"


class Evidence(RegionRow):
    realisation = models.ForeignKey(Realisation, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="evidence")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.file)


class PeriodLock(RegionRow):
    """The quarter of a unit is closed: since when, by which rule, and whom to ask."""

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="period_locks")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    rule = models.CharField("aturan", max_length=200)
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    locked_in = models.ForeignKey(Position, models.PROTECT, related_name="+")
    locked_at = models.DateTimeField()
    contact = models.ForeignKey(Position, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year", "quarter"], name="period_lock_once")]

    def __str__(self) -> str:
        return f"{self.unit} TW {self.quarter} {self.year}"
