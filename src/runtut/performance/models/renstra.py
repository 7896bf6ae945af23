from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from runtut.core.models import RegionRow
from runtut.organisations.models import OrganisationUnit


class Renstra(RegionRow):
    """The strategic plan of an office for a period of years; `decree` is the regulation that fixes it, empty
    while it is being written."""

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="renstra")
    title = models.CharField("judul", max_length=200)
    decree = models.CharField("ditetapkan dengan", max_length=200, blank=True, default="")
    first_year = models.PositiveSmallIntegerField("tahun pertama")
    last_year = models.PositiveSmallIntegerField("tahun terakhir")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "first_year"], name="renstra_once"),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="renstra_years"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)

    @property
    def period(self) -> str:
        return f"{self.first_year}–{self.last_year}"

    @property
    def dated_title(self) -> str:
        """The title with its period, which many an office has written into it already."""
        told = all(str(year) in self.title for year in (self.first_year, self.last_year))
        return self.title if told else f"{self.title} {self.period}"


class Goal(RegionRow):
    """A tujuan of a Renstra."""

    renstra = models.ForeignKey(Renstra, models.PROTECT, related_name="goals")
    sequence = models.PositiveSmallIntegerField("urutan")
    text = models.CharField("tujuan", max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["renstra", "sequence"], name="goal_once")]

    def __str__(self) -> str:
        return self.text
