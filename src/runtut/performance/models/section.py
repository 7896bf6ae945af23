from __future__ import annotations

from django.conf import settings
from django.db import models

from runtut.cases.models import Case
from runtut.core.models import RegionRow
from runtut.documents.models import StoredFile
from runtut.organisations.models import Position
from runtut.performance.enums import MaterialKind, SectionState
from runtut.performance.models.indicator import Indicator


class SectionReport(RegionRow):
    """What one section hands in to a run that asks every section: proposals for the RKT, material for the
    EKT, its own analysis of the quarter.

    `answers` holds the sections' sentences by the keys of performance.enums.QUESTIONS. A row exists once the
    section has begun, or has been reminded.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="section_reports")
    kind = models.CharField(max_length=12, choices=MaterialKind.choices)
    position = models.ForeignKey(Position, models.PROTECT, related_name="section_reports")
    state = models.CharField(max_length=12, choices=SectionState.choices, default=SectionState.DRAFT)
    answers = models.JSONField(default=dict)
    return_reason = models.TextField(blank=True, default="")
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "position"], name="section_report_once")
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.kind}"


class SectionFile(RegionRow):
    """A file that a section hands in. Taken off, never deleted."""

    report = models.ForeignKey(SectionReport, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.file)


class TargetProposal(RegionRow):
    """The target of the year that a section proposes for an indicator it answers for."""

    report = models.ForeignKey(SectionReport, models.CASCADE, related_name="proposals")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "indicator"], name="target_proposal_once")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
