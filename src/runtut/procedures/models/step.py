from __future__ import annotations

from django.db import models

from runtut.core.uids import uuid7
from runtut.organisations.enums import Role
from runtut.procedures.enums import Confidence, Mode, StepKind, TimeUnit, Work
from runtut.procedures.models.procedure import ProcedureVersion


class Performer(models.Model):
    """A pelaksana column, in the order of the form. `role` is what binding is suggested by; `uid` is the
    column's own while its draft is edited."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, editable=False)
    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="performers")
    sequence = models.PositiveSmallIntegerField()
    name = models.CharField("pelaksana", max_length=80)
    role = models.CharField(max_length=30, choices=Role.choices, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="performer_name_once")]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """A row of the SOP. `minutes` is the standard time in working minutes (1 hari = 450); `uid` is the row's
    own while its draft is edited, wherever it moves."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, editable=False)
    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="steps")
    no = models.PositiveSmallIntegerField()
    activity = models.CharField("kegiatan", max_length=300)
    label = models.CharField("nama pendek", max_length=40)
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    work = models.CharField(max_length=12, choices=Work.choices, default=Work.GENERAL)
    topic = models.CharField(
        max_length=30,
        blank=True,
        default="",
        help_text="What the work is about, when an upper room offers more.",
    )
    requirements = models.JSONField(default=list)
    outputs = models.JSONField(default=list)
    time_text = models.CharField(max_length=40)
    time_value = models.DecimalField(max_digits=7, decimal_places=2)
    time_low = models.DecimalField(
        max_digits=7,
        decimal_places=2,
        null=True,
        help_text="The lower end of a range, whose upper end is the value.",
    )
    time_unit = models.CharField(max_length=5, choices=TimeUnit.choices)
    minutes = models.PositiveIntegerField()
    note = models.CharField("keterangan", max_length=300, blank=True, default="")
    return_to = models.JSONField(default=list, help_text="Earlier step numbers, the suggested one first.")
    return_confidence = models.CharField(max_length=6, choices=Confidence.choices, default=Confidence.HIGH)
    calls = models.CharField(
        max_length=60, blank=True, default="", help_text="Library key of the SOP run as a child."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "no"], name="step_number_once")]

    def __str__(self) -> str:
        return f"{self.no}. {self.activity}"


class StepPerformer(models.Model):
    """Who does a step: the first MAIN or EACH row acts, JOINT rows take part."""

    id = models.BigAutoField(primary_key=True)
    step = models.ForeignKey(Step, models.CASCADE, related_name="step_performers")
    performer = models.ForeignKey(Performer, models.CASCADE, related_name="step_performers")
    mode = models.CharField(max_length=5, choices=Mode.choices)
    confidence = models.CharField(max_length=6, choices=Confidence.choices, default=Confidence.HIGH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "performer"], name="step_performer_once")]

    def __str__(self) -> str:
        return f"{self.performer} ({self.mode})"
