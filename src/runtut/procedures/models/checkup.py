from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.core.models import RegionRow
from runtut.organisations.models import Position
from runtut.procedures.enums import CheckupKind, CheckupState
from runtut.procedures.models.procedure import Procedure, ProcedureVersion


class Checkup(RegionRow):
    """A monitoring or an evaluation of an SOP in force: planned for a day, given to a position, judged row by
    row. The next one is planned when this one is done; a new version takes the open ones over.

    `soon_at` is when its position is reminded beforehand, `due_at` the end of the day it is due;
    `soon_told_at` and `late_told_at` are when that was done.

    `rows` are {no, text, figures, good, note, action}: a step or a statement, what the runs showed of it, and
    what the person says of it (`good` is null until then).
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, db_index=False, related_name="checkups")
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="checkups")
    kind = models.CharField(max_length=10, choices=CheckupKind.choices)
    state = models.CharField(max_length=8, choices=CheckupState.choices, default=CheckupState.WAITING)
    due_on = models.DateField("jatuh tempo")
    due_at = models.DateTimeField()
    soon_at = models.DateTimeField()
    soon_told_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)
    position = models.ForeignKey(Position, models.PROTECT, null=True, db_index=False, related_name="+")
    rows = models.JSONField(default=list)
    summary = models.TextField(blank=True, default="", help_text="What the runs of the period showed.")
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)
    opened = models.ForeignKey(ProcedureVersion, models.SET_NULL, null=True, db_index=False, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["procedure", "-due_on"], name="checkup_of_procedure"),
            models.Index(
                fields=["position", "due_on", "id"],
                name="checkup_inbox",
                condition=Q(state=CheckupState.WAITING),
            ),
            models.Index(
                fields=["soon_at"],
                name="checkup_soon",
                condition=Q(soon_told_at__isnull=True, state=CheckupState.WAITING),
            ),
            models.Index(
                fields=["due_at"],
                name="checkup_late",
                condition=Q(late_told_at__isnull=True, state=CheckupState.WAITING),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "kind"],
                condition=Q(state=CheckupState.WAITING),
                name="one_open_checkup",
            )
        ]

    @property
    def title(self) -> str:
        """ "Pemantauan enam bulanan SOP Pengukuran Data Kinerja"."""
        return f"{self.get_kind_display()} SOP {self.version.title}"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.procedure}"
