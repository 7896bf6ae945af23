from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from runtut.core.models import RegionRow
from runtut.organisations.models import OrganisationUnit, Position
from runtut.performance.enums import Accumulation, Variant, ZeroRule
from runtut.performance.models.renstra import Goal


class Objective(RegionRow):
    """A sasaran of the unit; in a Renstra it serves a goal."""

    goal = models.ForeignKey(Goal, models.PROTECT, null=True, related_name="objectives")
    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="objectives")
    sequence = models.PositiveSmallIntegerField("urutan")
    text = models.CharField("sasaran", max_length=300)
    valid_from_year = models.PositiveSmallIntegerField()
    valid_until_year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "sequence", "valid_from_year"], name="objective_once")
        ]

    def __str__(self) -> str:
        return self.text


class Indicator(RegionRow):
    """An indicator with its meaning: without definition, measure and variant a number says nothing.

    `unit` is the office whose performance it measures; `owner` is the position that answers for its figures.
    """

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="indicators")
    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="indicators")
    owner = models.ForeignKey(Position, models.PROTECT, related_name="indicators")
    sequence = models.PositiveSmallIntegerField("urutan")
    name = models.CharField("indikator", max_length=240)
    short_name = models.CharField("nama pendek", max_length=60)
    definition = models.TextField("definisi operasional")
    formula_text = models.TextField("rumus")
    measure = models.CharField("satuan", max_length=40)
    source = models.CharField("sumber data", max_length=200)
    required_evidence = models.CharField("bukti yang diminta", max_length=200)
    variant = models.CharField("arah", max_length=10, choices=Variant.choices)
    accumulation = models.CharField("jenis akumulasi", max_length=8, choices=Accumulation.choices)
    zero_rule = models.CharField(max_length=8, choices=ZeroRule.choices, default=ZeroRule.POLICY)
    cap = models.DecimalField("batas atas capaian (%)", max_digits=6, decimal_places=2, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField("angka desimal", default=2)
    minimum = models.DecimalField("nilai terkecil", max_digits=18, decimal_places=4, null=True, blank=True)
    maximum = models.DecimalField("nilai terbesar", max_digits=18, decimal_places=4, null=True, blank=True)
    base_value = models.DecimalField("kondisi awal", max_digits=18, decimal_places=4, null=True, blank=True)
    base_year = models.PositiveSmallIntegerField("tahun kondisi awal", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["objective", "sequence"], name="indicator_once"),
            # Target divided by nothing used has no bound: only a cap gives it a figure.
            models.CheckConstraint(
                condition=~Q(variant=Variant.NEGATIVE_RATIO) | Q(cap__isnull=False), name="ratio_has_cap"
            ),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="decimals_are_stored"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_text(self) -> str:
        """What stands under the name in a grid: "hari · makin rendah makin baik · rata-rata"."""
        direction = "makin rendah makin baik" if Variant(self.variant).lower_is_better else ""
        parts = (self.measure, direction, Accumulation(self.accumulation).label)
        return " · ".join(part for part in parts if part)


class Target(RegionRow):
    """Target of a year (quarter empty) or of a quarter, in the same accumulation as its realisation.
    `upper` is set only for a RANGE indicator, whose `value` is then the lower bound."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(null=True)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    upper = models.DecimalField(max_digits=18, decimal_places=4, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "quarter"], name="target_quarter_once"),
            models.UniqueConstraint(
                fields=["indicator", "year"], condition=Q(quarter__isnull=True), name="target_year_once"
            ),
            models.CheckConstraint(
                condition=Q(quarter__isnull=True) | Q(quarter__gte=1, quarter__lte=4), name="target_quarter"
            ),
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gte=F("value")), name="target_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}/{self.quarter or '-'}"


class RenstraTarget(RegionRow):
    """What the Renstra sets for a year. A change adds the next version, with its reason, and supersedes the
    one before; nothing is overwritten. `upper` as in Target."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="renstra_targets")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    upper = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    reason = models.CharField("alasan perubahan", max_length=300, blank=True, default="")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "version"], name="renstra_target_version"),
            models.UniqueConstraint(
                fields=["indicator", "year"],
                condition=Q(superseded_at__isnull=True),
                name="renstra_target_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gte=F("value")), name="renstra_target_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year} v{self.version}"
