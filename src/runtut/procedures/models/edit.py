from __future__ import annotations

from django.conf import settings
from django.db import models

from runtut.procedures.models.procedure import ProcedureVersion


class DraftEdit(models.Model):
    """One change of a draft's table, as the patch that made it: what undo takes back, and what tells two
    people who edit at once about each other. `revision` is the draft's after it."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="edits")
    revision = models.PositiveIntegerField()
    patch = models.JSONField()
    what = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()
    is_undo = models.BooleanField(default=False)
    undone_at = models.PositiveIntegerField(null=True, help_text="The revision at which it was taken back.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "revision"], name="draft_edit_revision")]

    def __str__(self) -> str:
        return f"{self.revision}: {self.what}"
