from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.cases.enums import FollowUpState
from runtut.cases.models.case import Case
from runtut.cases.models.meeting import Decision
from runtut.core.models import RegionRow
from runtut.documents.models import StoredFile
from runtut.organisations.models import OrganisationUnit, Position


class FollowUp(RegionRow):
    """One thing to be done after a meeting: by a position, until the end of a working day, verified by
    another position. Outlives its run: it is watched until it is closed.

    `soon_at` is when its position is reminded beforehand, None when no working day is left for that;
    `soon_told_at` and `late_told_at` are when that was done.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="follow_ups")
    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, db_index=False, related_name="+")
    decision = models.OneToOneField(Decision, models.SET_NULL, null=True, related_name="follow_up")
    sequence = models.PositiveSmallIntegerField()
    text = models.TextField("tindak lanjut")
    position = models.ForeignKey(Position, models.PROTECT, db_index=False, related_name="+")
    verifier = models.ForeignKey(Position, models.PROTECT, db_index=False, related_name="+")
    due_on = models.DateField("batas waktu")
    due_at = models.DateTimeField()
    soon_at = models.DateTimeField(null=True)
    soon_told_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=FollowUpState.choices, default=FollowUpState.OPEN)
    version = models.PositiveIntegerField(default=1)
    report = models.TextField("yang sudah dilakukan", blank=True, default="")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    returns = models.PositiveSmallIntegerField("jumlah pengembalian", default=0)
    return_reason = models.TextField("alasan pengembalian", blank=True, default="")
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    verified_at = models.DateTimeField(null=True)
    verdict = models.TextField("catatan verifikasi", blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["position", "due_at", "id"],
                name="follow_up_inbox",
                condition=Q(state__in=("menunggu", "dikembalikan")),
            ),
            models.Index(
                fields=["verifier", "due_at", "id"], name="follow_up_to_verify", condition=Q(state="diajukan")
            ),
            models.Index(fields=["unit", "due_at", "id"], name="follow_up_unit"),
            models.Index(
                fields=["soon_at"],
                name="follow_up_soon",
                condition=Q(soon_told_at__isnull=True, state__in=("menunggu", "dikembalikan")),
            ),
            models.Index(
                fields=["due_at"],
                name="follow_up_late",
                condition=Q(late_told_at__isnull=True, state__in=("menunggu", "dikembalikan")),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class FollowUpEvidence(RegionRow):
    """What shows that an item was done: a file, with a word on it."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.file)
