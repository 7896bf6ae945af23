from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.cases.enums import TaskState
from runtut.cases.models.case import Case
from runtut.core.models import RegionRow
from runtut.organisations.enums import Capacity
from runtut.organisations.models import OrganisationUnit, Position


class Task(RegionRow):
    """One attempt (round) at one step by one position. Nothing is overwritten: a return opens a new round.

    `position` is who must act; `unit` (the run's) and `supervising_unit` are copied so that inbox and
    supervisor's list are one partial index each, in the order of the lists. `branch` numbers the parallel
    tasks of a step of mode each from 1 (0 otherwise). `due_at` follows from `opened_at`, the rule, and the
    minutes added by pauses and extensions, at `calendar_version`; it is recomputed while the task is open.
    `completed_by` is whoever closed the task, in any closed state.
    """

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="tasks")
    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, db_index=False, related_name="+")
    supervising_unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    position = models.ForeignKey(Position, models.PROTECT, db_index=False, related_name="tasks")
    step_no = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField("putaran", default=1)
    branch = models.PositiveSmallIntegerField(default=0)
    state = models.PositiveSmallIntegerField(choices=TaskState.choices, default=TaskState.OPEN)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    rule_value = models.DecimalField(max_digits=7, decimal_places=2)
    rule_unit = models.CharField(max_length=5)
    calendar_version = models.PositiveIntegerField()
    extended_minutes = models.PositiveIntegerField(default=0)
    paused_minutes = models.PositiveIntegerField(default=0)
    completed_at = models.DateTimeField(null=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    capacity = models.CharField(max_length=12, choices=Capacity.choices, blank=True, default="")
    minutes_used = models.PositiveIntegerField(null=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "step_no", "round", "branch"], name="task_attempt_once")
        ]
        indexes = [
            models.Index(fields=["position", "due_at", "id"], name="task_inbox", condition=Q(state=1)),
            models.Index(fields=["unit", "due_at", "id"], name="task_unit_open", condition=Q(state=1)),
            models.Index(
                fields=["supervising_unit", "due_at", "id"], name="task_supervisor_open", condition=Q(state=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.step_no}.{self.round}.{self.branch}"


class TaskParticipant(models.Model):
    """A position that takes part in a joint step without completing it."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="participants")
    position = models.ForeignKey(Position, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "position"], name="task_participant_once")]

    def __str__(self) -> str:
        return str(self.position)
