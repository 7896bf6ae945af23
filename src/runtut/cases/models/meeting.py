from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from runtut.cases.enums import AttendanceState
from runtut.cases.models.case import Case
from runtut.core.models import RegionRow
from runtut.documents.enums import Urgency
from runtut.documents.models import Document, StoredFile
from runtut.organisations.models import OrganisationUnit, Position


class Meeting(RegionRow):
    """A meeting of a run: prepared at one step, held at another, perhaps in the run that a step called.

    `version` rises with every change of plan and minutes, so that two who write at once notice each other.
    Attendance does not touch it. `closed_at` is when the attendance list was closed,
    `cancelled_at` when its run was cancelled before that. `unsigned_reason` is why its Undangan went out
    before the chair had signed it.

    `schedule` rises when day, hour or place change: whoever is called is told anew. `soon_at` is when they
    are reminded, `soon_told_at` when that was done.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="meetings")
    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, db_index=False, related_name="+")
    title = models.CharField("acara", max_length=240)
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai", null=True, blank=True)
    place = models.CharField("tempat", max_length=200)
    agenda = models.TextField("agenda")
    urgency = models.CharField("sifat", max_length=20, choices=Urgency.choices, default=Urgency.BIASA)
    chair = models.ForeignKey(Position, models.PROTECT, db_index=False, related_name="+")
    secretary = models.ForeignKey(Position, models.PROTECT, db_index=False, related_name="+")
    prepared_in = models.ForeignKey(Position, models.PROTECT, db_index=False, related_name="+")
    discussion = models.TextField("pembahasan", blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    invitation = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    attendance = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    minutes = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    attendance_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    unsigned_reason = models.CharField(
        "alasan dikirim tanpa tanda tangan", max_length=240, blank=True, default=""
    )
    cancelled_at = models.DateTimeField(null=True)
    schedule = models.PositiveSmallIntegerField(default=1)
    soon_at = models.DateTimeField(null=True)
    soon_told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["soon_at"],
                name="meeting_soon",
                condition=Q(soon_told_at__isnull=True, closed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Invitee(RegionRow):
    """Somebody called to a meeting: a position, or a guest by name; and whether they came.

    A position that several persons hold has a line for each of them: `person` says whose it is. A line of a
    position with one holder has no person until it is ticked, because the holder may change before the day.
    `full_name` is whoever came (or came for the position), as the list of that day says it.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitees")
    sequence = models.PositiveSmallIntegerField()
    position = models.ForeignKey(Position, models.PROTECT, null=True, db_index=False, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    guest = models.CharField("nama tamu", max_length=120, blank=True, default="")
    agency = models.CharField("asal", max_length=120, blank=True, default="")
    state = models.CharField(max_length=8, choices=AttendanceState.choices, blank=True, default="")
    full_name = models.CharField("nama", max_length=220, blank=True, default="")
    note = models.CharField("keterangan", max_length=200, blank=True, default="")
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    ticked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                condition=Q(position__isnull=False, person__isnull=True),
                name="invitee_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "position", "person"],
                condition=Q(position__isnull=False, person__isnull=False),
                name="invitee_person_once",
            ),
        ]

    def __str__(self) -> str:
        return self.position.short_title if self.position else self.guest


class Decision(RegionRow):
    """What a meeting has decided, for whom, by when. It becomes a follow-up item when the minutes are
    made."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    sequence = models.PositiveSmallIntegerField()
    text = models.TextField("keputusan")
    position = models.ForeignKey(Position, models.PROTECT, null=True, db_index=False, related_name="+")
    due_on = models.DateField("batas waktu", null=True)

    def __str__(self) -> str:
        return self.text
