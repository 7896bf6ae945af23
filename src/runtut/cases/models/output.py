from __future__ import annotations

from django.conf import settings
from django.db import models

from runtut.cases.models.task import Task
from runtut.documents.models import ArchiveRecord, Disposisi, Document, DocumentVersion, StoredFile


class TaskOutput(models.Model):
    """What a task yielded, under the output's name in the SOP: a document version, a disposisi, a file or
    a sentence. Later steps find their inputs here."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="outputs")
    name = models.CharField(max_length=160)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="task_outputs")
    document_version = models.ForeignKey(DocumentVersion, models.PROTECT, null=True, related_name="+")
    disposisi = models.ForeignKey(Disposisi, models.PROTECT, null=True, related_name="task_outputs")
    archive_record = models.ForeignKey(ArchiveRecord, models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="task_outputs")
    text = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class TaskDraft(models.Model):
    """What a person has typed into a task's form and not yet handed over: nothing typed is lost."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)
    files = models.ManyToManyField(StoredFile, related_name="+", blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "user"], name="task_draft_once")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.user_id}"
