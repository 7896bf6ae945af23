"""Refusals around figures: each names its rule and the way out."""

from __future__ import annotations

from runtut.core.errors import DomainError


class WeightsDoNotSum(DomainError):
    code = "weights_do_not_sum"
    template = "Jumlah bobot {total}, seharusnya tepat 100 dan tanpa bobot negatif. Perbaiki bobot indikator."


class ValueOutOfRange(DomainError):
    code = "value_out_of_range"
    template = "{value} di luar batas indikator ini ({bounds}). Periksa angka dan satuannya ({measure})."


class NotTheOwner(DomainError):
    code = "not_the_owner"
    template = (
        "Realisasi “{indicator}” diisi oleh {owner}. Minta {owner}, atau Kasubbag Perencanaan atas namanya, "
        "untuk mengisinya."
    )
    status = 403


class RealisationIsLocked(DomainError):
    """The quarter is closed: since when, by which rule, whom to ask."""

    code = "realisation_is_locked"
    template = "{period} terkunci sejak {since} menurut {rule}. Untuk membukanya, hubungi {contact}."
    status = 409


class RealisationIsSubmitted(DomainError):
    code = "realisation_is_submitted"
    template = "Realisasi “{indicator}” sudah diajukan dan tidak dapat diubah sampai dikembalikan."
    status = 409


class RealisationIsApproved(DomainError):
    code = "realisation_is_approved"
    template = (
        "Realisasi “{indicator}” sudah disetujui. Minta Kasubbag Perencanaan mengembalikannya lebih dahulu."
    )
    status = 409


class NotDueThisQuarter(DomainError):
    code = "not_due_this_quarter"
    template = "“{indicator}” adalah indikator tahunan dan diisi pada TW IV."


class ValueOrReasonMissing(DomainError):
    code = "value_or_reason_missing"
    template = "Realisasi “{indicator}” belum diisi. Isi angkanya, atau tulis mengapa angkanya belum ada."


class EvidenceMissing(DomainError):
    code = "evidence_missing"
    template = "Bukti “{indicator}” belum ada. Lampirkan {evidence}."


class EvidenceIsGone(DomainError):
    code = "evidence_is_gone"
    template = "Bukti ini sudah dilepas sebelumnya. Muat ulang halaman untuk melihat keadaan terakhir."
    status = 409


class NothingToReturn(DomainError):
    code = "nothing_to_return"
    template = "Tidak ada realisasi {period} yang sedang diajukan, jadi tidak ada yang dapat dikembalikan."
    status = 409


class NothingChosen(DomainError):
    """Figures are given back one by one, never all because none was named."""

    code = "nothing_chosen"
    template = "Pilih dahulu angka yang dikembalikan; yang tidak dipilih tetap diajukan."


class NotAllSubmitted(DomainError):
    code = "not_all_submitted"
    template = "Belum semua realisasi {period} diajukan: {missing}. Minta pemiliknya mengajukan lebih dahulu."
    status = 409


class ReturnReasonMissing(DomainError):
    code = "return_reason_missing"
    template = "Tulis alasan pengembalian agar pemilik realisasi tahu apa yang harus diperbaiki."


class PeriodIsLocked(DomainError):
    """A run may not be started for a quarter whose realisations are locked."""

    code = "period_is_locked"
    template = (
        "{period} {unit} terkunci sejak {since} menurut {rule}. Pilih triwulan lain, atau hubungi {contact}."
    )
    status = 409


class PeriodAlreadyLocked(DomainError):
    code = "period_already_locked"
    template = "{period} {unit} sudah dikunci {who} pada {since}. Tidak ada yang perlu dilakukan lagi."
    status = 409


class PeriodIsNotLocked(DomainError):
    code = "period_is_not_locked"
    template = "{period} {unit} tidak sedang terkunci, jadi tidak ada yang perlu dibuka."
    status = 409


class NotTheOpener(DomainError):
    code = "not_the_opener"
    template = "{period} {unit} hanya dibuka oleh pimpinan, perencana, atau {contact}. Hubungi {contact}."
    status = 403


class OpeningReasonMissing(DomainError):
    code = "opening_reason_missing"
    template = "Tulis alasan membuka triwulan ini; alasannya tercatat dan dibaca pemilik realisasi."


class NotTheHead(DomainError):
    code = "not_the_head"
    template = "Realisasi {unit} disetujui oleh pimpinannya. Ajukan kepada pimpinan untuk disetujui."
    status = 403


class CauseTooLong(DomainError):
    code = "cause_too_long"
    template = (
        "Penyebab paling panjang {limit} huruf, yang ditulis {length}. Ringkas, atau lampirkan sebagai bukti."
    )


class FileOfAnotherOffice(DomainError):
    """Names neither file nor owner: a stranger does not learn what exists."""

    code = "file_of_another_office"
    template = (
        "Berkas ini tidak tersimpan pada kantor pemilik indikator. Unggah berkasnya sekali lagi di sini."
    )
    status = 403


class QuarterMissing(DomainError):
    code = "quarter_missing"
    template = "SOP ini mengumpulkan realisasi per triwulan. Pilih triwulannya lebih dahulu."


class FindingsOpen(DomainError):
    """Figures are used only once every finding on them was resolved or explained."""

    code = "findings_open"
    template = "Temuan yang belum diselesaikan: {findings}. Perbaiki angkanya atau tulis penjelasannya."


class NothingToVerify(DomainError):
    code = "nothing_to_verify"
    template = "Tidak ada realisasi {period} dari {owner} yang menunggu verifikasi. Muat ulang halaman ini."
    status = 409


class VerifiesOwnFigure(DomainError):
    """Whoever typed or owns a figure does not verify it."""

    code = "verifies_own_figure"
    template = (
        "“{indicator}” Anda isi atau ampu sendiri. Angka diverifikasi orang lain; minta pengelola data, "
        "perencana, atau pimpinan lain di {unit}."
    )
    status = 403


class FigureMoved(DomainError):
    """A figure is verified as it was read; in between its owner has changed it."""

    code = "figure_moved"
    template = "Angka “{indicator}” berubah sejak halaman ini dibuka. Baca yang sekarang, lalu verifikasi."
    status = 409


class NotVerified(DomainError):
    code = "not_verified"
    template = (
        "Belum diverifikasi orang lain: {missing}. Minta pejabat yang tidak mengisi angkanya memeriksanya di "
        "halaman Kinerja, Periksa realisasi."
    )
    status = 409


class NotAllApproved(DomainError):
    code = "not_all_approved"
    template = (
        "Belum semua realisasi {period} disetujui: {missing}. Minta pimpinan menyetujuinya di halaman "
        "Kinerja, Periksa realisasi."
    )
    status = 409
