from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.cases.enums import NoticeAbout, NoticeKind
from runtut.cases.models.follow_up import FollowUp
from runtut.cases.models.meeting import Meeting
from runtut.cases.models.task import Task
from runtut.core.models import RegionRow
from runtut.organisations.models import Position


class Notice(RegionRow):
    """News for one person, given once per kind and round; shown in the application unless `is_shown` is false
    (then it went by mail alone).

    It stands on a task, a follow-up item or a meeting. What is asked of somebody else than the task's own
    position stands on that task too: `about` tells the difference, `position` who is meant, `title` what is
    asked and `path` where. `closed_at` is when nothing was left to do about it; for a notice of a task itself
    the task's state tells that.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="notices")
    about = models.CharField(max_length=12, choices=NoticeAbout.choices, default=NoticeAbout.TASK)
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    round = models.PositiveIntegerField(default=0)
    task = models.ForeignKey(Task, models.CASCADE, null=True, db_index=False, related_name="notices")
    follow_up = models.ForeignKey(FollowUp, models.CASCADE, null=True, db_index=False, related_name="notices")
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, db_index=False, related_name="notices")
    position = models.ForeignKey(Position, models.CASCADE, null=True, db_index=False, related_name="+")
    title = models.CharField(max_length=240, blank=True, default="")
    path = models.CharField(max_length=200, blank=True, default="")
    is_shown = models.BooleanField(default=True)
    given_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(task__isnull=False, follow_up__isnull=True, meeting__isnull=True)
                | Q(task__isnull=True, follow_up__isnull=False, meeting__isnull=True)
                | Q(task__isnull=True, follow_up__isnull=True, meeting__isnull=False),
                name="notice_stands_on_one",
            ),
            *(
                models.UniqueConstraint(
                    fields=[ground, "user", "about", "kind", "round"],
                    condition=Q(**{f"{ground}__isnull": False}),
                    name=f"notice_{ground}_once",
                )
                for ground in ("task", "follow_up", "meeting")
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "-id"],
                name="notice_unread",
                condition=Q(read_at__isnull=True, is_shown=True),
            ),
            models.Index(fields=["user", "-given_at"], name="notice_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title or self.task_id}"
