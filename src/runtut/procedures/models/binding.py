from __future__ import annotations

from django.db import models

from runtut.organisations.models import Position
from runtut.procedures.models.step import Performer


class PerformerBinding(models.Model):
    """The office's answer to "who is this performer here": one row per position."""

    id = models.BigAutoField(primary_key=True)
    performer = models.ForeignKey(Performer, models.CASCADE, related_name="bindings")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["performer", "position"], name="performer_binding_once")
        ]

    def __str__(self) -> str:
        return f"{self.performer} = {self.position}"
