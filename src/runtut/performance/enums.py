from __future__ import annotations

from django.db.models import TextChoices


class Variant(TextChoices):
    """How achievement is computed; a property of the indicator, fixed before the year begins.

    A range needs a direction too: outside it the realisation is held against the nearer bound, as
    "higher is better" (RANGE) or as "lower is better" (RANGE_NEG).
    """

    POSITIVE = "POS", "Makin tinggi makin baik"
    NEGATIVE_LINEAR = "NEG_LIN", "Makin rendah makin baik (selisih)"
    NEGATIVE_RATIO = "NEG_RATIO", "Makin rendah makin baik (perbandingan)"
    RANGE = "RANGE", "Dalam rentang, makin tinggi makin baik"
    RANGE_NEGATIVE = "RANGE_NEG", "Dalam rentang, makin rendah makin baik"
    STABLE = "STABIL", "Tetap pada target"
    DONE = "BOOL", "Selesai atau belum"

    @property
    def lower_is_better(self) -> bool:
        return self in {Variant.NEGATIVE_LINEAR, Variant.NEGATIVE_RATIO, Variant.RANGE_NEGATIVE}

    @property
    def has_range(self) -> bool:
        return self in {Variant.RANGE, Variant.RANGE_NEGATIVE}


class Accumulation(TextChoices):
    """What the figure of a quarter means for the year."""

    SUM = "sum", "dijumlahkan"
    LAST = "last", "nilai akhir"
    MEAN = "mean", "rata-rata"
    ANNUAL = "annual", "tahunan"


class ZeroRule(TextChoices):
    """What a target of zero means for achievement."""

    POLICY = (
        "policy",
        "Target 0: realisasi 0 bernilai 100; di atas 0 tidak dihitung (makin rendah makin baik: 0)",
    )
    EXCLUDE = "exclude", "Target 0 selalu tidak dihitung"


class Standing(TextChoices):
    """Whether an achievement counts in an average, and if not, why."""

    COUNTED = "counted", "dihitung"
    BLANK = "blank", "belum diisi"
    NO_TARGET = "no_target", "tanpa target"
    NOT_YET = "not_yet", "dihitung pada TW IV"
    ZERO_TARGET = "zero_target", "target nol"
    NEGATIVE_TARGET = "negative_target", "target negatif"
    NO_CAP = "no_cap", "perlu batas atas"


class RealisationState(TextChoices):
    """Life of a figure: entered, submitted, approved, locked; a return gives it back to its owner."""

    DRAFT = "draf", "Draf"
    SUBMITTED = "diajukan", "Menunggu"
    RETURNED = "dikembalikan", "Dikembalikan"
    APPROVED = "disetujui", "Disetujui"
    LOCKED = "terkunci", "Terkunci"

    @property
    def is_open(self) -> bool:
        """Whether its owner may still change it."""
        return self in {RealisationState.DRAFT, RealisationState.RETURNED}


class GivenBack(TextChoices):
    """Which of the handed-over figures go along when a run returns to where they are collected."""

    CHOSEN = "dipilih", "Hanya angka yang saya pilih"
    ALL = "semua", "Semua angka yang sudah diajukan"
    NONE = "tidak", "Tidak ada angka, hanya dokumennya"


class PlanState(TextChoices):
    """Life of an RKT: written, handed in, approved; locked with the first locked quarter of its year."""

    DRAFT = "draf", "Draf"
    WAITING = "menunggu", "Menunggu"
    RETURNED = "dikembalikan", "Dikembalikan"
    APPROVED = "disetujui", "Disetujui"
    LOCKED = "terkunci", "Terkunci"

    @property
    def is_open(self) -> bool:
        """Whether its targets and items may still be changed."""
        return self in {PlanState.DRAFT, PlanState.RETURNED}


class ItemLevel(TextChoices):
    PROGRAMME = "program", "Program"
    ACTIVITY = "kegiatan", "Kegiatan"
    SUB_ACTIVITY = "subkegiatan", "Sub kegiatan"


class MaterialKind(TextChoices):
    """What a run asks of every section."""

    RKT = "rkt", "Usulan RKT"
    EKT = "ekt", "Bahan EKT"
    ANALYSIS = "analisis", "Analisis kinerja"


class SectionState(TextChoices):
    """Life of what a section hands in."""

    DRAFT = "draf", "Draf"
    HANDED_IN = "diajukan", "Menunggu"
    RETURNED = "dikembalikan", "Dikembalikan"

    @property
    def is_open(self) -> bool:
        return self != SectionState.HANDED_IN


QUESTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    MaterialKind.RKT: (
        ("usulan", "Usulan program, kegiatan, dan anggaran"),
        ("alasan", "Alasan dan kebutuhan"),
    ),
    MaterialKind.EKT: (
        ("sebab", "Apa yang membuat target tercapai atau tidak"),
        ("hambatan", "Hambatan sepanjang tahun"),
        ("lanjut", "Tindak lanjut yang diusulkan"),
    ),
    MaterialKind.ANALYSIS: (
        ("capaian", "Apa yang tercapai"),
        ("sebab", "Mengapa demikian"),
        ("lanjut", "Apa selanjutnya"),
    ),
}
"""What each kind asks: key under which the answer is kept, and the question. All are to be answered."""
