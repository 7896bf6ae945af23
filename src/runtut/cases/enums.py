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
    CHILD_FINISHED = "child_finished", "SOP yang dipanggil selesai"
    RESCHEDULED = "rescheduled", "Tenggat dihitung ulang"
    MOVED = "moved", "Dipindahkan ke versi SOP yang baru"
    MEETING_MOVED = "meeting_moved", "Rapat dipindahkan"
    MEETING_SET = "meeting_set", "Tenggat mengikuti rapat"
    CHILD_STARTED = "child_started", "SOP yang dipanggil dimulai lagi"


class ReminderKind(TextChoices):
    SOON = "mendekati", "Mendekati tenggat"
    LATE = "terlambat", "Lewat tenggat"


class NoticeKind(TextChoices):
    """What a person is told of, and may choose not to be told of. SOON and LATE are the reminders of the same
    name; a colleague's own reminder is REMINDED."""

    ASSIGNED = "tugas", "Tugas baru"
    INVITED = "undangan", "Undangan rapat"
    RETURNED = "dikembalikan", "Tugas dikembalikan kepada saya"
    REMINDED = "diingatkan", "Diingatkan oleh yang menunggu"
    SOON = "mendekati", "Mendekati tenggat"
    LATE = "terlambat", "Lewat tenggat"


class NoticeAbout(TextChoices):
    """What a notice speaks of: a step, or something else that waits for a person."""

    TASK = "langkah", "langkah"
    SECTION = "bagian", "bahan seksi"
    FIGURES = "angka", "realisasi"
    EXAMINATION = "periksa", "pemeriksaan realisasi"
    INSTRUMENT = "instrumen", "instrumen"
    FOLLOW_UP = "tindak", "tindak lanjut"
    VERIFICATION = "verifikasi", "verifikasi tindak lanjut"
    MEETING = "rapat", "rapat"
    CHECKUP = "penilaian", "penilaian SOP"
    VERSION = "versi", "versi SOP"
    SIGNATURE = "tanda", "tanda tangan"
    LETTER = "surat", "surat masuk"
    DISPOSISI = "disposisi", "disposisi"
    REVIEW = "telaah", "telaah SOP"
    COMMENT = "tanggapan", "tanggapan pada SOP"


class StepState(TextChoices):
    """Where a run stands with a step of its SOP. PASSED is a step that a newer version brought in before the
    place where the run already stood: nobody does it any more."""

    DONE = "selesai", "Selesai"
    PASSED = "terlewati", "Terlewati"
    CURRENT = "berjalan", "Sedang dikerjakan"
    WAITING = "menunggu", "Belum sampai"

    @property
    def is_past(self) -> bool:
        return self in {StepState.DONE, StepState.PASSED}


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
