"""What the evaluation by questionnaire distinguishes."""

from __future__ import annotations

from django.db.models import TextChoices


class InstrumentState(TextChoices):
    """Draft while it is written, in use (and frozen) while it is answered, closed afterwards."""

    DRAFT = "draf", "Draf"
    IN_USE = "berjalan", "Berjalan"
    CLOSED = "selesai", "Selesai"


class QuestionKind(TextChoices):
    SCALE = "skala", "Skala"
    YES_NO = "ya_tidak", "Ya atau tidak"
    NUMBER = "angka", "Angka"
    TEXT = "teks", "Uraian"
    EVIDENCE = "bukti", "Bukti (berkas)"

    @property
    def is_scored(self) -> bool:
        """Whether the answers count towards the score of the section."""
        return self in {QuestionKind.SCALE, QuestionKind.YES_NO}


class ResponseState(TextChoices):
    DRAFT = "draf", "Draf"
    SUBMITTED = "menunggu", "Dikirim"
