from __future__ import annotations

from django.conf import settings
from django.db import models

from runtut.core.models import RegionRow
from runtut.documents.enums import RegisterKind
from runtut.organisations.models import OrganisationUnit


class Register(RegionRow):
    """A gapless sequence per unit, kind and year. `last_number` is only ever raised under the row's lock."""

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="registers")
    kind = models.CharField(max_length=12, choices=RegisterKind.choices)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)
    template = models.CharField(
        "pola nomor", max_length=120, help_text="Segmen: {klasifikasi} {urut} {unit} {bulan_romawi} {tahun}"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "year"], name="register_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.unit} {self.year}"


class RegisterEntry(RegionRow):
    """A number taken. Voided numbers stay, with their reason."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    text = models.CharField(max_length=120)
    subject = models.CharField(max_length=240)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=240, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "sequence"], name="register_sequence_once")
        ]

    def __str__(self) -> str:
        return self.text
