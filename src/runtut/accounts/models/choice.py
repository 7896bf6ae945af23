from __future__ import annotations

from django.conf import settings
from django.db import models


class NoticeChoice(models.Model):
    """Whether a person wants one kind of notice in the application and by mail. Without a row, what the kind
    proposes holds. `kind` is named by the room that gives the notice."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=16)
    in_app = models.BooleanField("di aplikasi", default=True)
    by_mail = models.BooleanField("lewat surel", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once")]

    def __str__(self) -> str:
        return self.kind
