from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.core.models import RegionRow
from runtut.organisations.models import Position
from runtut.procedures.models.procedure import ProcedureVersion


class ReviewComment(RegionRow):
    """A remark on a version: on a step, on a field of the identity page, or on the whole.

    `field` and `step_no` name the place as findings do; a step that was removed leaves `step_no` empty.
    An answer hangs below the remark it answers; only remarks are resolved.
    """

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="comments")
    answers_to = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")
    step_no = models.PositiveSmallIntegerField(null=True)
    field = models.CharField(max_length=20, blank=True, default="")
    text = models.TextField("komentar")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, null=True, db_index=False, related_name="+")
    at = models.DateTimeField()
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["version"],
                name="review_comment_open",
                condition=Q(resolved_at__isnull=True, answers_to__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.text
