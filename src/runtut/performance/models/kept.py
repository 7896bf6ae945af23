from __future__ import annotations

from django.db import models
from django.db.models import Q

from runtut.core.models import RegionRow
from runtut.organisations.models import OrganisationUnit
from runtut.performance.models.indicator import Indicator


class KeptSum(RegionRow):
    """What screens above one office add up, written in the transaction of the figure.

    With an indicator: its realisation up to the quarter (`numerator`), the target up to it (`denominator`),
    whether its achievement counts (`count` 0 or 1) and the capped achievement in ten-thousandths of a per
    cent (`ratios`). Without: `count` and `ratios` of everything in the unit and below, where numerators of
    different measures cannot be added and stay empty. Whole numbers, so that sums are exact everywhere.
    """

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="kept_sums")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="kept_sums")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    numerator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    count = models.PositiveIntegerField(default=0)
    ratios = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "quarter"], name="kept_sum_of_indicator"),
            models.UniqueConstraint(
                fields=["unit", "year", "quarter"],
                condition=Q(indicator__isnull=True),
                name="kept_sum_of_unit",
            ),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="kept_sum_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.indicator or 'semua'} {self.year}/{self.quarter}"
