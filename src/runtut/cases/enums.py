from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices


class CaseState(IntegerChoices):
    RUNNING = 1, "Berjalan"
    DONE = 2, "Selesai"
    CANCELLED = 3, "Dibatalkan"


class TaskState(IntegerChoices):
    """OPEN is the only state that anything may leave."""

    OPEN = 1, "Menunggu"
    DONE = 2, "Selesai"
    RETURNED = 3, "Dikembalikan"
    WITHDRAWN = 4, "Ditarik"


class EventKind(TextChoices):
    """What was done. An act is one event: that it also finished the run stands in the event's data."""

    STARTED = "started", "Dimulai"
    COMPLETED = "completed", "Diselesaikan"
    RETURNED = "returned", "Dikembalikan"
    PAUSED = "paused", "Dijeda"
    RESUMED = "resumed", "Dilanjutkan"
    EXTENDED = "extended", "Tenggat diperpanjang"
    REASSIGNED = "reassigned", "Dialihkan"
    CLAIMED = "claimed", "Diambil"
    RELEASED = "released", "Dilepas"
    CANCELLED = "cancelled", "Dibatalkan"
    CHILD_FINISHED = "child_finished", "Pelaksanaan turunan selesai"
    RESCHEDULED = "rescheduled", "Tenggat dihitung ulang"


class ReminderKind(TextChoices):
    SOON = "mendekati", "Mendekati tenggat"
    LATE = "terlambat", "Lewat tenggat"


class NoticeKind(TextChoices):
    """What a person is told of. The last two are the reminders of the same name."""

    ASSIGNED = "tugas", "Tugas baru"
    RETURNED = "dikembalikan", "Tugas dikembalikan kepada saya"
    SOON = "mendekati", "Mendekati tenggat"
    LATE = "terlambat", "Lewat tenggat"


class StepState(TextChoices):
    """Where a run stands with a step of its SOP."""

    DONE = "selesai", "Selesai"
    CURRENT = "berjalan", "Sedang dikerjakan"
    WAITING = "menunggu", "Belum sampai"


class AttendanceState(TextChoices):
    """Whether somebody called to a meeting came; empty while nobody has said."""

    PRESENT = "hadir", "Hadir"
    REPRESENTED = "diwakili", "Diwakili"
    ABSENT = "absen", "Tidak hadir"


class FollowUpState(TextChoices):
    """Who has the word on a follow-up item. To the reader OPEN and SUBMITTED are both "Menunggu": for the
    one who does it, and for the one who verifies it."""

    OPEN = "menunggu", "Menunggu"
    SUBMITTED = "diajukan", "Menunggu verifikasi"
    RETURNED = "dikembalikan", "Dikembalikan"
    APPROVED = "disetujui", "Disetujui"
