from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    NOTA_DINAS = "nota_dinas", "Nota dinas"
    UNDANGAN = "undangan", "Undangan"
    DAFTAR_HADIR = "daftar_hadir", "Daftar hadir"
    NOTULEN = "notulen", "Notulen"
    BERITA_ACARA = "berita_acara", "Berita acara"
    LAPORAN = "laporan", "Laporan"
    SURAT_PENGANTAR = "surat_pengantar", "Surat pengantar"
    LEMBAR_DISPOSISI = "lembar_disposisi", "Lembar disposisi"
    INSTRUMEN = "instrumen", "Instrumen"
    BAHAN = "bahan", "Bahan dan data"
    PENGUKURAN = "pengukuran", "Dokumen pengukuran kinerja"
    RKT = "rkt", "Rencana Kinerja Tahunan"
    EKT = "ekt", "Evaluasi Kinerja Tahunan"
    LAINNYA = "lainnya", "Dokumen lain"


class TemplateKind(TextChoices):
    """What an office words: the kinds of documents, and by themselves papers that share a kind with others:
    notes of one purpose, and what the system composes around data."""

    NOTA_DINAS = DocumentKind.NOTA_DINAS.value, DocumentKind.NOTA_DINAS.label
    GENERAL_NOTE = "nota_umum", "Nota dinas umum"
    REQUEST_NOTE = "nota_permintaan", "Nota dinas permintaan bahan"
    UNDANGAN = DocumentKind.UNDANGAN.value, DocumentKind.UNDANGAN.label
    DAFTAR_HADIR = DocumentKind.DAFTAR_HADIR.value, DocumentKind.DAFTAR_HADIR.label
    NOTULEN = DocumentKind.NOTULEN.value, DocumentKind.NOTULEN.label
    BERITA_ACARA = DocumentKind.BERITA_ACARA.value, DocumentKind.BERITA_ACARA.label
    AGREEMENT = "berita_acara_tindak", "Berita acara tindak lanjut"
    LAPORAN = DocumentKind.LAPORAN.value, DocumentKind.LAPORAN.label
    MONITORING = "laporan_pemantauan", "Laporan pemantauan tindak lanjut"
    EVALUATION = "laporan_evaluasi", "Laporan hasil evaluasi"
    SURAT_PENGANTAR = DocumentKind.SURAT_PENGANTAR.value, DocumentKind.SURAT_PENGANTAR.label
    LEMBAR_DISPOSISI = DocumentKind.LEMBAR_DISPOSISI.value, DocumentKind.LEMBAR_DISPOSISI.label
    INSTRUMEN = DocumentKind.INSTRUMEN.value, DocumentKind.INSTRUMEN.label
    BAHAN = DocumentKind.BAHAN.value, DocumentKind.BAHAN.label
    PENGUKURAN = DocumentKind.PENGUKURAN.value, DocumentKind.PENGUKURAN.label
    RKT = DocumentKind.RKT.value, DocumentKind.RKT.label
    EKT = DocumentKind.EKT.value, DocumentKind.EKT.label
    LAINNYA = DocumentKind.LAINNYA.value, DocumentKind.LAINNYA.label


NUMBERED: Final = frozenset(
    {
        DocumentKind.NOTA_DINAS,
        DocumentKind.UNDANGAN,
        DocumentKind.BERITA_ACARA,
        DocumentKind.LAPORAN,
        DocumentKind.SURAT_PENGANTAR,
        DocumentKind.PENGUKURAN,
        DocumentKind.RKT,
        DocumentKind.EKT,
    }
)
"""Kinds with a place for their number on the paper."""

BY_APPROVAL: Final = frozenset({DocumentKind.BAHAN, DocumentKind.LEMBAR_DISPOSISI})
"""Kinds that bear the approval of the run alone, never a signature: material at work, lembar disposisi."""

WITHOUT_NUMBER: Final = frozenset({DocumentKind.DAFTAR_HADIR, DocumentKind.NOTULEN})


def bears_number(kind: str) -> bool:
    """Tell whether papers of a kind are signed under a number of the agenda keluar; lists and minutes of a
    meeting go without."""
    return kind not in WITHOUT_NUMBER


class DocumentState(TextChoices):
    DRAFT = "draf", "Draf"
    WAITING = "menunggu", "Menunggu"
    RETURNED = "dikembalikan", "Dikembalikan"
    APPROVED = "disetujui", "Disetujui"
    LOCKED = "terkunci", "Terkunci"


class EndorsementKind(TextChoices):
    PARAF = "paraf", "Paraf"
    APPROVAL = "persetujuan", "Persetujuan"


class Instruction(TextChoices):
    """What a disposisi usually asks for, on a letter and in a step alike; a form offers these, the stored
    instruction is free text."""

    FOLLOW_UP = "tindak_lanjut", "Untuk ditindaklanjuti"
    PROCESS = "proses", "Proses lebih lanjut"
    ADVISE = "saran", "Beri tanggapan dan saran"
    COORDINATE = "koordinasi", "Koordinasikan atau konfirmasikan"
    PREPARE = "bahan", "Siapkan bahan"
    COPY = "gandakan", "Gandakan dan distribusikan"
    ATTEND = "hadiri", "Hadiri atau wakili"
    INFORM = "ketahui", "Untuk diketahui"
    FILE = "arsip", "Arsipkan"


class Urgency(TextChoices):
    """Sifat surat."""

    BIASA = "biasa", "Biasa"
    SEGERA = "segera", "Segera"
    SANGAT_SEGERA = "sangat_segera", "Sangat segera"
    RAHASIA = "rahasia", "Rahasia"


class Means(TextChoices):
    """How a paper goes to its recipient."""

    CARRIED = "diantar", "Diantar"
    POST = "pos", "Pos"
    EMAIL = "surel", "Surel"
    SYSTEM = "sistem", "Tercatat dalam sistem"


class ReceiptKind(TextChoices):
    """What proves that a paper arrived."""

    PHOTO = "foto", "Foto tanda terima"
    SIGNATURE = "tanda_tangan", "Tanda tangan di layar"
    SYSTEM = "sistem", "Diterima dalam sistem"


class RetentionOutcome(TextChoices):
    """What the retention table says is to become of a file when its time is over."""

    DESTROY = "musnah", "Musnah"
    JUDGE = "dinilai", "Dinilai kembali"
    KEEP = "permanen", "Permanen"


class RegisterKind(TextChoices):
    INCOMING = "masuk", "Agenda surat masuk"
    OUTGOING = "keluar", "Agenda surat keluar"
    ARCHIVE = "arsip", "Nomor berkas arsip"
    EXPEDITION = "ekspedisi", "Buku ekspedisi"
    SOP = "sop", "Nomor SOP"


class SigningWay(TextChoices):
    """How the paper of a document is signed: by hand on a print, or electronically on the file."""

    WET = "basah", "Tanda tangan basah"
    ELECTRONIC = "elektronik", "Tanda tangan elektronik"
