"""Refusals about numbers, sending and the archive."""

from __future__ import annotations

from runtut.core.errors import DomainError, NotAllowed


class AlreadyArchived(DomainError):
    code = "already_archived"
    template = "Dokumen ini sudah diarsipkan {when} dengan nomor {number}. Buka di daftar arsip."
    status = 409


class AlreadyNumbered(DomainError):
    code = "already_numbered"
    template = "Dokumen ini sudah bernomor {number}. Bila nomornya salah, batalkan nomor itu dahulu."
    status = 409


class SegmentMissing(DomainError):
    code = "segment_missing"
    template = "Nomor memerlukan {segment}, tetapi belum ada isinya. {way_out}"


class TemplateRefused(DomainError):
    code = "template_refused"
    template = "Pola nomor “{text}” belum benar: {problem}. Contoh: {example}."


class NumberAlreadyVoided(DomainError):
    code = "number_already_voided"
    template = "Nomor {number} sudah dibatalkan {when}. Ambil nomor baru."
    status = 409


class VoidReasonMissing(DomainError):
    code = "void_reason_missing"
    template = "Alasan pembatalan nomor {number} belum diisi. Tulis mengapa nomor ini tidak dipakai."


class ArchiveClassUnknown(DomainError):
    code = "archive_class_unknown"
    template = "Kode klasifikasi “{code_text}” tidak ada dalam daftar. Pilih dari daftar klasifikasi arsip."


class ArchiveClassNotInForce(DomainError):
    code = "archive_class_not_in_force"
    template = (
        "Kode {code_text} adalah kode lama atau tidak berlaku lagi. Pilih kode menurut Permendagri 83/2022."
    )


class AlreadyInAgenda(DomainError):
    code = "already_in_agenda"
    template = "Surat ini sudah tercatat di agenda keluar dengan nomor {number}. Buka buku agenda keluar."
    status = 409


class CopiesOutOfRange(DomainError):
    code = "copies_out_of_range"
    template = "Jumlah salinan harus 1 sampai {most}. Periksa angkanya."


class AddresseeMissing(DomainError):
    code = "addressee_missing"
    template = "Penerima belum diisi. Pilih unit, atau tulis nama penerima di luar."


class SystemNeedsUnit(DomainError):
    code = "system_needs_unit"
    template = "Penerima di luar sistem tidak dapat dikirimi lewat sistem. Pilih diantar, pos, atau surel."


class ProofMissing(DomainError):
    code = "proof_missing"
    template = "Bukti terima belum ada. Foto tanda terimanya, atau minta penerima menandatangani di layar."


class NothingToProve(DomainError):
    code = "nothing_to_prove"
    template = "Penerimaan dalam sistem dicatat oleh {addressee} sendiri. Tunggu mereka menerimanya."


class AlreadyReceived(DomainError):
    code = "already_received"
    template = "Kiriman untuk {addressee} sudah diterima {who} pada {when}. Tidak perlu dicatat lagi."
    status = 409


class NotForYourUnit(NotAllowed):
    code = "not_for_your_unit"
    template = "Kiriman ini ditujukan kepada {addressee}. Hanya pejabat di sana yang menerimanya."


class RetentionYears(DomainError):
    code = "retention_years"
    template = "Masa simpan harus 0 sampai {most} tahun. Periksa angkanya."


class RetentionInUse(DomainError):
    code = "retention_in_use"
    template = (
        "{count} berkas sudah diarsipkan menurut ketentuan yang berlaku sejak {day}. "
        "Ketentuan itu tidak diubah lagi; pilih tanggal berlaku yang lain."
    )


class NumberClassMissing(DomainError):
    code = "number_class_missing"
    template = "Klasifikasi untuk nomornya belum dipilih. Pilih kode klasifikasi arsip."


class NotNumberedByHand(DomainError):
    code = "not_numbered_by_hand"
    template = (
        "{kind} ini tidak diberi nomor sesudah ditandatangani: hanya naskah bernomor yang ditandatangani "
        "dengan tangan. Biarkan tanpa nomor."
    )
