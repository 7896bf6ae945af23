from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.core.models import RegionRow
from runtut.organisations.models import OrganisationUnit, Position
from runtut.procedures.enums import VersionState


class Procedure(RegionRow):
    """The SOP of one office on one subject; its text lives in versions."""

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, related_name="procedures")
    title = models.CharField("nama SOP", max_length=200)
    library_key = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "title"], name="procedure_unit_title")]

    def __str__(self) -> str:
        return self.title


class ProcedureVersion(RegionRow):
    """One text of the SOP. Ratified versions never change; running cases keep theirs.

    Dates are ISO text of any precision ("2021-12", "2024-01-09", ""): real SOPs often have a month only.
    The lists are JSON arrays of strings in the order of the official form.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versi")
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    title = models.CharField("nama SOP", max_length=200)
    sop_number = models.CharField("nomor SOP", max_length=80, blank=True, default="")
    created_date = models.CharField("tanggal pembuatan", max_length=10, blank=True, default="")
    revised_date = models.CharField("tanggal revisi", max_length=10, blank=True, default="")
    effective_date = models.CharField("tanggal efektif", max_length=10, blank=True, default="")
    approver_position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="+")
    legal_basis = models.JSONField(default=list)
    related_sops = models.JSONField(default=list)
    qualifications = models.JSONField(default=list)
    equipment = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    records = models.JSONField(default=list)
    notes = models.JSONField(
        default=list, help_text="Repairs and doubts about the source, one sentence each."
    )
    revision = models.PositiveIntegerField(default=0, help_text="How often the draft was edited.")
    ratified_at = models.DateTimeField(null=True)
    ratified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    effective_from = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    code = models.CharField(
        "kode periksa",
        max_length=16,
        blank=True,
        default="",
        db_index=True,
        help_text="Leads the public to the page that tells whether the printed form still stands.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_once"),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(state=VersionState.EFFECTIVE),
                name="one_effective_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, versi {self.number}"
