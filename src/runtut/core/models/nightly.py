from __future__ import annotations

from django.db import models


class NightlyJob(models.Model):
    """When one of the jobs that come by themselves was last run in this installation, and what it found.

    `label` names it to the administrator, `command` is how to do the same by hand. A row that was started
    and never finished died in the middle; `failure` says why one could not be done.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=80)
    command = models.CharField(max_length=80, blank=True, default="")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    findings = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.name

    @property
    def is_well(self) -> bool:
        """Whether the newest run ended and found nothing."""
        return self.finished_at is not None and not self.findings and not self.failure
