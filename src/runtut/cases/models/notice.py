from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.cases.enums import NoticeKind
from runtut.cases.models.task import Task
from runtut.core.models import RegionRow


class Notice(RegionRow):
    """News for one person about one task, given once per kind; shown in the application unless `is_shown` is
    false (then it went by mail alone)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="notices")
    task = models.ForeignKey(Task, models.CASCADE, db_index=False, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    is_shown = models.BooleanField(default=True)
    given_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "user", "kind"], name="notice_once")]
        indexes = [
            models.Index(
                fields=["user", "-id"],
                name="notice_unread",
                condition=Q(read_at__isnull=True, is_shown=True),
            ),
            models.Index(fields=["user", "-given_at"], name="notice_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.task_id}"
