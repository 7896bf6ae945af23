from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from runtut.core.models import RegionRow
from runtut.organisations.enums import MandateKind, OversightKind, Role
from runtut.organisations.models.unit import OrganisationUnit


class Position(RegionRow):
    """A jabatan in a unit. Tasks belong to positions; people hold positions for a time."""

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="positions")
    role = models.CharField("peran", max_length=30, choices=Role.choices)
    title = models.CharField("nama jabatan", max_length=120)
    short_title = models.CharField("sebutan", max_length=60)
    is_head = models.BooleanField("kepala unit", default=False)
    sequence = models.PositiveSmallIntegerField("urutan", default=0)
    is_active = models.BooleanField("aktif", default=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "role"], name="position_unit_role")]

    def __str__(self) -> str:
        return self.short_title


class DatedRow(RegionRow):
    """Valid from a day (inclusive) until a day (exclusive); open-ended when empty."""

    valid_from = models.DateField("mulai")
    valid_until = models.DateField("sampai (tidak termasuk)", null=True, blank=True)
    decree = models.CharField("dasar (nomor SK)", max_length=120, blank=True, default="")

    class Meta:
        abstract = True


class Appointment(DatedRow):
    """A person holds a position definitively."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    position = models.ForeignKey(Position, models.PROTECT, related_name="appointments")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="appointment_dates",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.position}"


class Mandate(DatedRow):
    """A person acts for a position that is vacant (Plt) or whose holder is absent (Plh)."""

    kind = models.CharField("jenis", max_length=4, choices=MandateKind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates")
    position = models.ForeignKey(Position, models.PROTECT, related_name="mandates")
    extends = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="extension")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=False) & Q(valid_until__gt=F("valid_from")),
                name="mandate_dates",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position} · {self.user}"


class Oversight(DatedRow):
    """A person reads, evaluates or administers a unit and all below it without holding a position there."""

    kind = models.CharField("jenis", max_length=20, choices=OversightKind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="oversights")
    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="oversights")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.unit} · {self.user}"
