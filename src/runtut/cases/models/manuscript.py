from __future__ import annotations

from django.db import models

from runtut.cases.models.task import Task
from runtut.documents.models import Manuscript


class TaskManuscript(models.Model):
    """The document that a task is writing for one of its outputs: it belongs to the task, not to a person,
    so whoever acts for the position writes on."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="manuscripts")
    output = models.PositiveSmallIntegerField(help_text="Number of the output, from 1.")
    manuscript = models.OneToOneField(Manuscript, models.PROTECT, related_name="task_link")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "output"], name="task_manuscript_once")]

    def __str__(self) -> str:
        return f"{self.task_id}.{self.output}"
