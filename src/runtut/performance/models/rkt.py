from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from runtut.core.models import RegionRow
from runtut.documents.models import Document
from runtut.organisations.models import OrganisationUnit, Position
from runtut.performance.enums import ItemLevel, PlanState
from runtut.performance.models.indicator import Indicator, Objective
from runtut.performance.models.renstra import Renstra


class Rkt(RegionRow):
    """The yearly plan of an office, drawn from its Renstra. Its targets become the year's targets only when
    it is approved. `version` rises with every change: a form carries the one it was drawn from."""

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="rkt")
    renstra = models.ForeignKey(Renstra, models.PROTECT, related_name="rkt")
    year = models.PositiveSmallIntegerField("tahun")
    state = models.CharField(max_length=12, choices=PlanState.choices, default=PlanState.DRAFT)
    return_reason = models.TextField(blank=True, default="")
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="rkt")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_in = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="rkt_once")]

    def __str__(self) -> str:
        return f"RKT {self.year} {self.unit}"


class RktTarget(RegionRow):
    """A planned target: of the year (quarter empty) or of a quarter, of the same meaning as Target."""

    rkt = models.ForeignKey(Rkt, models.CASCADE, related_name="targets")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="planned")
    quarter = models.PositiveSmallIntegerField(null=True)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    upper = models.DecimalField(max_digits=18, decimal_places=4, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rkt", "indicator", "quarter"], name="rkt_target_quarter_once"),
            models.UniqueConstraint(
                fields=["rkt", "indicator"], condition=Q(quarter__isnull=True), name="rkt_target_year_once"
            ),
            models.CheckConstraint(
                condition=Q(quarter__isnull=True) | Q(quarter__gte=1, quarter__lte=4), name="rkt_quarter"
            ),
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gte=F("value")), name="rkt_target_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.quarter or '-'}"


class RktItem(RegionRow):
    """A programme, activity or sub-activity with its code of Permendagri 90/2019 and its successors, kept as
    text. Only sub-activities have a budget; those above show the sum of what lies below. What is measured by
    an indicator of the plan has that indicator's name and target and none of its own."""

    rkt = models.ForeignKey(Rkt, models.CASCADE, related_name="items")
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, related_name="items")
    owner = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    code = models.CharField("kode", max_length=20)
    level = models.CharField(max_length=12, choices=ItemLevel.choices)
    name = models.CharField("nama", max_length=240)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="items")
    indicator_text = models.CharField("indikator", max_length=240, blank=True, default="")
    target_text = models.CharField("target", max_length=80, blank=True, default="")
    budget = models.DecimalField("pagu", max_digits=18, decimal_places=2, null=True)
    funding = models.CharField("sumber dana", max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rkt", "code"], name="rkt_item_once"),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(level=ItemLevel.SUB_ACTIVITY, budget__gte=0),
                name="budget_is_of_sub_activity",
            ),
            models.CheckConstraint(
                condition=Q(indicator__isnull=True) | Q(indicator_text="", target_text=""),
                name="one_target_of_an_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class BudgetFigure(RegionRow):
    """Money of one sub-activity in one quarter, not up to it: planned and spent. Blank is not 0."""

    item = models.ForeignKey(RktItem, models.CASCADE, related_name="figures")
    quarter = models.PositiveSmallIntegerField()
    planned = models.DecimalField("anggaran kas", max_digits=18, decimal_places=2, null=True)
    spent = models.DecimalField("realisasi", max_digits=18, decimal_places=2, null=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "quarter"], name="budget_figure_once"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="budget_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.item} TW {self.quarter}"
