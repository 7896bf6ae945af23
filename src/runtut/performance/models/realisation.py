from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from runtut.core.models import RegionRow
from runtut.documents.models import StoredFile
from runtut.organisations.models import OrganisationUnit, Position
from runtut.performance.enums import RealisationState
from runtut.performance.models.indicator import Indicator


class Realisation(RegionRow):
    """What was reached in one quarter. `value` None is "belum diisi", never zero.

    `cause` is why the figure is as it is and what will be done, or, for a blank, why there is none. `source`
    is where this figure was taken from, blank where that is the indicator's own source; `note` whatever else
    its reader should know.
    `verified_*` is who has compared a handed-over figure with its evidence: never whoever typed it.
    `version` rises with every change: a form carries the one it was drawn from.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="realisations")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    cause = models.TextField("penyebab dan rencana perbaikan", blank=True, default="")
    source = models.CharField("sumber data", max_length=200, blank=True, default="")
    note = models.CharField("catatan", max_length=500, blank=True, default="")
    state = models.CharField(max_length=12, choices=RealisationState.choices, default=RealisationState.DRAFT)
    return_reason = models.TextField(blank=True, default="")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_in = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_in = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_in = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verified_in = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "quarter"], name="realisation_once"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="realisation_quarter"),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | Q(entered_by__isnull=True)
                | ~Q(verified_by=F("entered_by")),
                name="realisation_verified_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}/{self.quarter}"

    @property
    def is_explained_blank(self) -> bool:
        """Left blank on purpose, with the reason written down."""
        return self.value is None and bool(self.cause.strip())


class Evidence(RegionRow):
    """A file behind a figure. Taken off, never deleted: `removed_at` says since when it no longer counts."""

    realisation = models.ForeignKey(Realisation, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="evidence")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.file)


class PeriodLock(RegionRow):
    """The quarter of a unit is closed: since when, by which rule, and whom to ask.

    A lock that was opened stays as history, with who opened it and why; the next one is another row.
    """

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="period_locks")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    rule = models.CharField("aturan", max_length=200)
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    locked_in = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    locked_at = models.DateTimeField()
    contact = models.ForeignKey(Position, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_in = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    opening_reason = models.TextField("alasan dibuka", blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "quarter"],
                condition=Q(opened_at__isnull=True),
                name="period_lock_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} TW {self.quarter} {self.year}"
