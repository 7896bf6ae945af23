from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.cases.enums import CaseState
from runtut.core.models import RegionRow
from runtut.core.periods import Quarter
from runtut.documents.models import IncomingLetter
from runtut.organisations.models import OrganisationUnit, Position
from runtut.procedures.models import Performer, ProcedureVersion


class Case(RegionRow):
    """A run of one procedure version in one unit for one period.

    `version` is the lock: every act raises it by one in the statement that checks it, and it equals the
    number of events. `head_hash` is the hash of the newest event. `due_at` is the plan made at the start,
    moved by `added_minutes` of pauses and extensions, never by returns: time lost shows as lateness.
    """

    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, db_index=False, related_name="cases")
    procedure_version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="cases")
    title = models.CharField("judul", max_length=240)
    state = models.PositiveSmallIntegerField(choices=CaseState.choices, default=CaseState.RUNNING)
    version = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="")
    year = models.PositiveSmallIntegerField("tahun")
    quarter = models.PositiveSmallIntegerField("triwulan", null=True, blank=True)
    letter = models.ForeignKey(IncomingLetter, models.PROTECT, null=True, blank=True, related_name="cases")
    parent_task = models.ForeignKey(
        "cases.Task", models.PROTECT, null=True, blank=True, related_name="child_cases"
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    started_at = models.DateTimeField()
    start_key = models.UUIDField(null=True, unique=True, editable=False)
    due_at = models.DateTimeField()
    added_minutes = models.PositiveIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    rounds = models.PositiveSmallIntegerField("jumlah pengembalian", default=0)
    minutes_used = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "due_at"], name="case_unit_open", condition=Q(state=1)),
            models.Index(fields=["unit", "-id"], name="case_unit_newest"),
        ]
        constraints = [
            # A step calls one run at a time; after a cancelled one it may call another.
            models.UniqueConstraint(
                fields=["parent_task"],
                condition=Q(parent_task__isnull=False) & ~Q(state=CaseState.CANCELLED),
                name="case_child_once",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> str:
        """What the run is about: "TW I 2026", or "Tahun 2026" for a whole year."""
        return Quarter(self.year, self.quarter).label if self.quarter else f"Tahun {self.year}"


class CaseBinding(models.Model):
    """Performer -> position, fixed for this run at its start; reassignment changes the task, not this."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="bindings")
    performer = models.ForeignKey(Performer, models.PROTECT, db_index=False, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "performer", "position"], name="case_binding_once")
        ]

    def __str__(self) -> str:
        return f"{self.performer} = {self.position}"


class CasePause(models.Model):
    """A stretch during which the clock of the run stands still."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=500)
    paused_at = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.reason
