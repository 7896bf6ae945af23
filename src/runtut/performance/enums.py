from __future__ import annotations

from django.db.models import TextChoices


class Variant(TextChoices):
    """How achievement is computed; a property of the indicator, fixed before the year (domain 3.1)."""

    POSITIVE = "POS", "Makin tinggi makin baik"
    NEGATIVE_LINEAR = "NEG_LIN", "Makin rendah makin baik (linear)"
    NEGATIVE_RATIO = "NEG_RATIO", "Makin rendah makin baik (rasio)"
    RANGE = "RANGE", "Dalam rentang"
    STABLE = "STABIL", "Tetap pada target"
    DONE = "BOOL", "Selesai atau tidak"


class Accumulation(TextChoices):
    SUM = "sum", "dijumlahkan"
    LAST = "last", "nilai akhir"
    MEAN = "mean", "rata-rata"
    ANNUAL = "annual", "tahunan"


class ZeroRule(TextChoices):
    """What a target of zero means for achievement (domain 3.2)."""

    POLICY = "policy", "T=0, R=0 bernilai 100; T=0, R>0 tidak dihitung (makin rendah makin baik: 0)"
    EXCLUDE = "exclude", "Selalu tidak dihitung"


class RealisationState(TextChoices):
    DRAFT = "draf", "Draf"
    SUBMITTED = "diajukan", "Menunggu"
    RETURNED = "dikembalikan", "Dikembalikan"
    APPROVED = "disetujui", "Disetujui"
    LOCKED = "terkunci", "Terkunci"
