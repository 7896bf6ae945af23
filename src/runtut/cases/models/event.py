from __future__ import annotations

from django.db import models
from django.db.models import Q

from runtut.cases.enums import EventKind, ReminderKind


class CaseEvent(models.Model):
    """The audit of a run: one row per act, hash-chained per case, append-only.

    Plain numbers instead of foreign keys, so that the table can be partitioned by year. `key` is the
    idempotency key of the act.
    """

    id = models.BigAutoField(primary_key=True)
    region = models.PositiveIntegerField()
    case_id = models.BigIntegerField()
    sequence = models.PositiveIntegerField()
    task_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=16, choices=EventKind.choices)
    user_id = models.BigIntegerField(null=True)
    position_id = models.BigIntegerField(null=True)
    capacity = models.CharField(max_length=12, default="")
    at = models.DateTimeField()
    key = models.UUIDField(null=True)
    data = models.TextField(default="{}")
    previous_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_id", "sequence"], name="case_event_sequence"),
            models.UniqueConstraint(
                fields=["case_id", "key"], condition=Q(key__isnull=False), name="case_event_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.sequence} {self.kind}"


class Reminder(models.Model):
    """When somebody is to be reminded of an open task; written with the act, fired by the worker."""

    id = models.BigAutoField(primary_key=True)
    region = models.PositiveIntegerField()
    task_id = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=ReminderKind.choices)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task_id", "kind"], name="reminder_once")]
        indexes = [
            models.Index(fields=["due_at"], name="reminder_waiting", condition=Q(fired_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.task_id}"
