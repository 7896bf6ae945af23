from __future__ import annotations

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.cases.enums import NoticeAbout, NoticeKind
from runtut.cases.models.follow_up import FollowUp
from runtut.cases.models.meeting import Meeting
from runtut.cases.models.task import Task
from runtut.core.models import RegionRow
from runtut.documents.models import IncomingLetter
from runtut.organisations.models import OrganisationUnit, Position
from runtut.procedures.models import Checkup, ProcedureVersion

GROUNDS = ("task", "follow_up", "meeting", "checkup", "version", "letter", "unit")
"""What a notice may stand on."""


def stands_on(ground: str) -> Q:
    """The condition that a notice stands on this and on nothing else."""
    return Q(**{f"{one}__isnull": one != ground for one in GROUNDS})


class Notice(RegionRow):
    """News for one person, given once per kind and round; shown in the application unless `is_shown` is false
    (then it went by mail alone).

    It stands on a task, a follow-up item, a meeting, the checkup of an SOP, a version of one in the making,
    an incoming letter, or, when none of these brought it, on an office. What is asked of somebody else than
    the task's own position stands on that task too: `about` tells the difference, `position` who is meant,
    `title` what is asked, `path` where and `note` what was said with it. `closed_at` is when nothing was left
    to do about it; for a notice of a task itself the task's state tells that, for one of a checkup or a
    version its own.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="notices")
    about = models.CharField(max_length=12, choices=NoticeAbout.choices, default=NoticeAbout.TASK)
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    round = models.PositiveIntegerField(default=0)
    task = models.ForeignKey(Task, models.CASCADE, null=True, db_index=False, related_name="notices")
    follow_up = models.ForeignKey(FollowUp, models.CASCADE, null=True, db_index=False, related_name="notices")
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, db_index=False, related_name="notices")
    checkup = models.ForeignKey(Checkup, models.CASCADE, null=True, db_index=False, related_name="notices")
    version = models.ForeignKey(
        ProcedureVersion, models.CASCADE, null=True, db_index=False, related_name="notices"
    )
    letter = models.ForeignKey(
        IncomingLetter, models.CASCADE, null=True, db_index=False, related_name="notices"
    )
    unit = models.ForeignKey(
        OrganisationUnit, models.CASCADE, null=True, db_index=False, related_name="notices"
    )
    position = models.ForeignKey(Position, models.CASCADE, null=True, db_index=False, related_name="+")
    title = models.CharField(max_length=240, blank=True, default="")
    path = models.CharField(max_length=200, blank=True, default="")
    note = models.TextField(blank=True, default="")
    is_shown = models.BooleanField(default=True)
    given_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, (stands_on(ground) for ground in GROUNDS)),
                name="notice_stands_on_one",
            ),
            *(
                models.UniqueConstraint(
                    fields=[ground, "user", "about", "kind", "round"],
                    condition=Q(**{f"{ground}__isnull": False}),
                    name=f"notice_{ground}_once",
                )
                for ground in GROUNDS
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
