from __future__ import annotations

from django.db import models

from runtut.core.models import RegionRow
from runtut.organisations.enums import HolidayKind, HoursKind


class WorkCalendar(RegionRow):
    """Working hours and holidays of the units that refer to it, or inherit it from above.

    `version` rises with every change, so that a stored deadline names the calendar it was computed from.
    """

    name = models.CharField("nama", max_length=120)
    version = models.PositiveIntegerField("versi", default=1)
    basis = models.CharField("dasar", max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class WorkHours(models.Model):
    """One span of work on a weekday (0 = Monday) within a range of dates; a break is the gap between two."""

    id = models.BigAutoField(primary_key=True)
    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="hours")
    kind = models.CharField("jenis", max_length=10, choices=HoursKind.choices)
    valid_from = models.DateField("mulai")
    valid_until = models.DateField("sampai (tidak termasuk)", null=True, blank=True)
    weekday = models.PositiveSmallIntegerField("hari")
    start = models.TimeField("mulai pukul")
    end = models.TimeField("sampai pukul")

    def __str__(self) -> str:
        return f"{self.kind} {self.weekday} {self.start:%H.%M}-{self.end:%H.%M}"


class Holiday(models.Model):
    id = models.BigAutoField(primary_key=True)
    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="holidays")
    date = models.DateField("tanggal")
    kind = models.CharField("jenis", max_length=20, choices=HolidayKind.choices)
    name = models.CharField("nama", max_length=120)
    decree = models.CharField("dasar", max_length=120, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "date"], name="holiday_unique")]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"
