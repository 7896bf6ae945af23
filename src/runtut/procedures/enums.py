from __future__ import annotations

from django.db.models import TextChoices


class VersionState(TextChoices):
    """Life of a procedure version; forward only. `badge` gives one of the product's five status words."""

    DRAFT = "draf", "Draf"
    IN_REVIEW = "ditelaah", "Menunggu telaah"
    RATIFIED = "disahkan", "Disahkan"
    EFFECTIVE = "berlaku", "Berlaku"
    SUPERSEDED = "diganti", "Diganti versi baru"
    WITHDRAWN = "dicabut", "Dicabut"


IN_MAKING = frozenset({VersionState.DRAFT, VersionState.IN_REVIEW})
"""States in which a version's text and remarks still change."""
BINDING = frozenset({VersionState.RATIFIED, VersionState.EFFECTIVE})
"""States of a version that its approver has made binding and can still take back."""
UNFINISHED = IN_MAKING | {VersionState.RATIFIED}
"""States of a version that is to be put in force yet; an SOP has one such version at most."""


class StepKind(TextChoices):
    """The symbol of the step (PermenPANRB 35/2012: terminator, process, decision)."""

    START = "start", "Mulai"
    PROCESS = "process", "Kegiatan"
    DECISION = "decision", "Keputusan"
    END = "end", "Selesai"


class Work(TextChoices):
    """What the step's screen offers."""

    DISPOSISI = "disposisi", "Disposisi"
    COLLECT = "collect", "Mengumpulkan"
    PREPARE = "prepare", "Menyusun"
    REVIEW = "review", "Memeriksa dan memaraf"
    SIGN = "sign", "Menyetujui dan menandatangani"
    MEET = "meet", "Rapat"
    FOLLOW_UP = "follow_up", "Menindaklanjuti"
    RECORD = "record", "Mencatat"
    REGISTER = "register", "Mengagendakan dan menomori"
    DISTRIBUTE = "distribute", "Menggandakan dan mengirim"
    ARCHIVE = "archive", "Mengarsipkan"
    GENERAL = "general", "Umum"


class Mode(TextChoices):
    """How several positions of a performer do one step."""

    MAIN = "main", "Satu orang mengerjakan"
    JOINT = "joint", "Bersama-sama, satu menyelesaikan"
    EACH = "each", "Masing-masing menyelesaikan"


class Confidence(TextChoices):
    HIGH = "high", "Pasti"
    MEDIUM = "medium", "Kemungkinan besar"
    LOW = "low", "Belum pasti"


class TimeUnit(TextChoices):
    MINUTE = "menit", "menit"
    HOUR = "jam", "jam"
    DAY = "hari", "hari"


class CheckupKind(TextChoices):
    """How an SOP in force is looked after: every six months whether it runs well, every year whether its text
    is still good (PermenPANRB 35/2012)."""

    MONITORING = "pemantauan", "Pemantauan enam bulanan"
    EVALUATION = "evaluasi", "Evaluasi tahunan"


class CheckupState(TextChoices):
    WAITING = "menunggu", "Menunggu"
    DONE = "selesai", "Selesai"


class ImportState(TextChoices):
    """Where a document given for import stands."""

    WAITING = "menunggu", "Menunggu dibaca"
    READ = "terbaca", "Terbaca"
    FAILED = "gagal", "Tidak terbaca"
    SAVED = "tersimpan", "Tersimpan sebagai draf"
