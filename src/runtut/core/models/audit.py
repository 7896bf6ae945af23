from __future__ import annotations

from django.db import models


class AuditStream(models.Model):
    """Head of one hash chain. Its row is the lock under which the next entry is written, and what makes
    the removal of the newest entries visible."""

    id = models.BigAutoField(primary_key=True)
    region = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    length = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="audit_stream_unique")]

    def __str__(self) -> str:
        return f"{self.region}/{self.name}#{self.length}"


class AuditEntry(models.Model):
    """One act: who, in which position, when, what changed. Append-only; nothing refers to it."""

    id = models.BigAutoField(primary_key=True)
    region = models.PositiveIntegerField()
    stream = models.CharField(max_length=120)
    sequence = models.PositiveBigIntegerField()
    action = models.CharField(max_length=80)
    subject = models.UUIDField(null=True)
    user_id = models.BigIntegerField(null=True)
    position_id = models.BigIntegerField(null=True)
    capacity = models.CharField(max_length=12, default="")
    at = models.DateTimeField()
    data = models.TextField(default="{}")
    previous_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "stream", "sequence"], name="audit_entry_unique")
        ]
        indexes = [models.Index(fields=["subject"], name="audit_entry_subject")]

    def __str__(self) -> str:
        return f"{self.stream}#{self.sequence} {self.action}"
