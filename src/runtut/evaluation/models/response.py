from __future__ import annotations

from django.conf import settings
from django.db import models

from runtut.core.models import RegionRow
from runtut.documents.models import StoredFile
from runtut.evaluation.enums import ResponseState
from runtut.evaluation.models.instrument import Instrument, Question
from runtut.organisations.models import Position


class Response(RegionRow):
    """What one position answers. A row exists once it has begun, or has been reminded; it is sent once."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="responses")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ResponseState.choices, default=ResponseState.DRAFT)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "position"], name="instrument_response_once")
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.instrument}"

    @property
    def is_submitted(self) -> bool:
        return self.state == ResponseState.SUBMITTED


class Answer(RegionRow):
    """The answer to one question: `value` for scale (step), yes or no (1, 0), number; `text` for words.
    A blank has no row."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    text = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="instrument_answer_once")
        ]

    def __str__(self) -> str:
        return self.text or str(self.value)


class AnswerFile(RegionRow):
    """A file given as evidence. Taken off, never deleted."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="files")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.file)
