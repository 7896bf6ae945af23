from __future__ import annotations

from django.conf import settings
from django.db import models

from runtut.procedures.models.procedure import ProcedureVersion


class SilencedFinding(models.Model):
    """A finding of lint that a person has set aside, and why. `key` is the finding's own: once the text says
    another thing, the finding is a new one and speaks again."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="silenced")
    key = models.CharField(max_length=16)
    code = models.CharField(max_length=40)
    sentence = models.TextField()
    reason = models.CharField("alasan", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="finding_silenced_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"
