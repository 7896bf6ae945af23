from __future__ import annotations

from django.db import models
from django.db.models import Q


class OutboxMessage(models.Model):
    """Work to be done after the act, written in the act's own transaction (at least once).

    Drained by "not sent and due", never by "id greater than the last seen": PostgreSQL sequences commit
    out of order.
    """

    id = models.BigAutoField(primary_key=True)
    region = models.PositiveIntegerField()
    topic = models.CharField(max_length=80)
    key = models.CharField(max_length=120, unique=True)
    payload = models.TextField(default="{}")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="outbox_waiting",
                condition=Q(sent_at__isnull=True, dead_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"
