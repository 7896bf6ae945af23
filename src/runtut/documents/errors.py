"""Refusals of the room, each with the way out in its sentence."""

from __future__ import annotations

from runtut.core.errors import DomainError, NotAllowed


class FileNotOpen(NotAllowed):
    """Names neither file nor unit: a stranger does not learn what exists."""

    code = "file_not_open"
    template = "Berkas ini di luar wewenang Anda. Mintalah kepada kantor yang menyimpannya."


class LetterNotOpen(NotAllowed):
    code = "letter_not_open"
    template = (
        "Surat ini hanya terbuka bagi pimpinan dan penerima disposisinya. Mintalah disposisi kepada pimpinan."
    )


class ActsWithoutPosition(NotAllowed):
    code = "acts_without_position"
    template = "Yang mengisi dan memaraf dokumen adalah pemegang jabatan. Masuklah sebagai pemegang jabatan."


class EmptyFile(DomainError):
    code = "empty_file"
    template = "Berkas {name} kosong. Pilih berkas yang berisi."


class FileTooLarge(DomainError):
    code = "file_too_large"
    template = (
        "Berkas {name} berukuran {size} MB; paling besar {limit} MB. Perkecil dahulu, lalu unggah lagi."
    )


class FileTypeNotAllowed(DomainError):
    code = "file_type_not_allowed"
    template = "Berkas {name} tidak dapat diterima{found}. Unggah sebagai {allowed}."


class FileNotWhatItSays(DomainError):
    code = "file_not_what_it_says"
    template = (
        "Nama {name} menyebut {claimed}, tetapi isinya {found}. Simpan ulang dengan jenis yang benar, lalu "
        "unggah lagi."
    )


class FileIsDamaged(DomainError):
    code = "file_is_damaged"
    template = (
        "Berkas {name} rusak atau terkunci kata sandi, jadi tidak dapat dibuka. Simpan ulang tanpa kata "
        "sandi, lalu unggah lagi."
    )


class FileHasMacros(DomainError):
    code = "file_has_macros"
    template = "Berkas {name} memuat makro. Simpan ulang tanpa makro, lalu unggah lagi."


class FileIsGone(DomainError):
    code = "file_is_gone"
    template = "Isi berkas {name} tidak ditemukan di penyimpanan. Laporkan kepada pengelola sistem."
    status = 410


class FileOfAnotherOffice(DomainError):
    code = "file_of_another_office"
    template = "Berkas {name} milik kantor lain. Unggah berkasnya di kantor ini."


class DateInFuture(DomainError):
    code = "date_in_future"
    template = "{what} {date} belum terjadi. Isi tanggal hari ini atau sebelumnya."


class DateTooOld(DomainError):
    code = "date_too_old"
    template = "{what} {date} terlalu lama. Tahun paling awal {earliest}; periksa lagi tahunnya."


class ReceivedBeforeLetter(DomainError):
    code = "received_before_letter"
    template = (
        "Surat bertanggal {date} tidak mungkin diterima {received}. Periksa tanggal surat atau tanggal "
        "diterimanya."
    )


class LetterAlreadyRegistered(DomainError):
    code = "letter_already_registered"
    template = (
        "Surat {number} dari {sender} tanggal itu sudah tercatat dengan nomor agenda {register_number}. "
        "Buka yang sudah ada."
    )


class RecipientsMissing(DomainError):
    code = "recipients_missing"
    template = "Penerima disposisi belum dipilih. Pilih paling sedikit satu jabatan."


class RecipientNotReachable(DomainError):
    code = "recipient_not_reachable"
    template = "{position} tidak dapat menerima disposisi ini. Pilih jabatan yang aktif di kantor ini."


class DisposisiToSelf(DomainError):
    code = "disposisi_to_self"
    template = "Disposisi tidak dapat ditujukan kepada diri sendiri ({position}). Pilih jabatan lain."


class NotDisposisiRecipient(NotAllowed):
    code = "not_disposisi_recipient"
    template = "Disposisi ini ditujukan kepada {recipients}. Hanya mereka yang dapat meneruskannya."


class DisposisiOfAnotherLetter(DomainError):
    code = "disposisi_of_another_letter"
    template = "Disposisi sebelumnya milik surat lain. Buka lagi suratnya, lalu isi dari sana."


class DisposisiBeforeLetter(DomainError):
    code = "disposisi_before_letter"
    template = "Disposisi tidak dapat mendahului surat, yang diterima {received}. Periksa waktunya."


class UnknownDocumentKind(DomainError):
    code = "unknown_document_kind"
    template = "Jenis dokumen “{kind}” tidak dikenal. Pilih dari daftar."


class ContentRefused(DomainError):
    """The content JSON is not of the format of docs/formats/document.md; `where` is the path in it."""

    code = "content_refused"
    template = "Isi dokumen belum dapat dibaca pada {where}: {problem}. Perbaiki bagian itu."


class NotNewestVersion(DomainError):
    code = "not_newest_version"
    template = "Ini versi {number}, sedangkan yang berlaku versi {newest}. Buka versi terbaru."
    status = 409


class AlreadyEndorsed(DomainError):
    code = "already_endorsed"
    template = "{kind} {position} sudah diberikan {who} pada {when}. Tidak perlu diberikan lagi."
    status = 409


class AlreadyApproved(DomainError):
    code = "already_approved"
    template = "Dokumen ini sudah disetujui. Bila perlu diubah, buat versi baru."
    status = 409


class NotApproved(DomainError):
    code = "not_approved"
    template = "Dokumen ini belum disetujui (sekarang: {state}). Mintakan persetujuan dahulu."


class DocumentIsLocked(DomainError):
    code = "document_is_locked"
    template = "Dokumen ini sudah terkunci dan tidak berubah lagi. Buat dokumen baru bila perlu perubahan."
    status = 409


class ReturnReasonMissing(DomainError):
    code = "return_reason_missing"
    template = "Alasan pengembalian belum diisi. Tulis apa yang perlu diperbaiki."


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


class DelegationNotAllowed(DomainError):
    code = "delegation_not_allowed"
    template = (
        "Penandatangan naskah ini tidak dapat menandatangani atas nama pejabat itu. "
        "a.n. hanya untuk pejabat tepat di bawahnya, u.b. untuk dua tingkat di bawahnya."
    )


class RetentionYears(DomainError):
    code = "retention_years"
    template = "Masa simpan harus 0 sampai {most} tahun. Periksa angkanya."


class RetentionInUse(DomainError):
    code = "retention_in_use"
    template = (
        "{count} berkas sudah diarsipkan menurut ketentuan yang berlaku sejak {day}. "
        "Ketentuan itu tidak diubah lagi; pilih tanggal berlaku yang lain."
    )


class PassphraseMissing(DomainError):
    code = "passphrase_missing"
    template = "Frasa sandi tanda tangan belum diisi. Isi frasa sandi Anda; frasa itu tidak disimpan."


class PassphraseWrong(DomainError):
    code = "passphrase_wrong"
    template = "Frasa sandi tanda tangan keliru. Tersisa {left} percobaan sebelum ditahan {minutes} menit."


class PassphraseHeld(DomainError):
    code = "passphrase_held"
    template = (
        "Frasa sandi {times} kali keliru, jadi penandatanganan ditahan sampai {until}. Tunggu, atau tanda "
        "tangani dengan cara basah."
    )
    status = 429


class PassphraseTooShort(DomainError):
    code = "passphrase_too_short"
    template = "Frasa sandi terlalu pendek. Pakai paling sedikit {limit} huruf, misalnya empat kata."


class PassphraseIsPassword(DomainError):
    code = "passphrase_is_password"
    template = "Frasa sandi sama dengan kata sandi masuk. Pakai frasa lain, agar keduanya saling menjaga."


class PasswordNotRight(DomainError):
    code = "password_not_right"
    template = "Kata sandi masuk keliru. Isi kata sandi yang Anda pakai untuk masuk ke Runtut."


class NoSigningKey(DomainError):
    code = "no_signing_key"
    template = (
        "Anda belum mempunyai frasa sandi tanda tangan. Buat dahulu di halaman Saya, bagian Tanda tangan."
    )


class SigningKeysSealed(DomainError):
    """The installation's key is not the one that the private keys were sealed with: for operators to mend."""

    code = "signing_keys_sealed"
    template = (
        "Kunci tanda tangan di server tidak dapat dibuka. Laporkan kepada pengelola sistem; sementara itu "
        "tanda tangani dengan cara basah."
    )
    status = 409


class NumberClassMissing(DomainError):
    code = "number_class_missing"
    template = (
        "Nomor diberikan sebelum tanda tangan elektronik, jadi klasifikasinya perlu dipilih. Pilih kode "
        "klasifikasi arsip."
    )


class AlreadySigned(DomainError):
    code = "already_signed"
    template = "Dokumen ini sudah ditandatangani {position} pada {when}. Tidak perlu ditandatangani lagi."
    status = 409


class SignedElectronically(DomainError):
    code = "signed_electronically"
    template = (
        "Dokumen ini sudah ditandatangani secara elektronik, jadi {what}. Bila keliru, kembalikan dengan "
        "alasan atau buat versi baru."
    )
    status = 409


class PaperHasChanged(DomainError):
    code = "paper_has_changed"
    template = (
        "Dokumen ini berubah sewaktu ditandatangani: ada paraf, nomor, atau versi baru. Baca lagi, lalu "
        "tanda tangani sekali lagi."
    )
    status = 409


class ApprovalMissing(DomainError):
    code = "approval_missing"
    template = "Versi ini belum disetujui, jadi belum ada yang ditandatangani. Mintakan persetujuan dahulu."


class ScanNotReadable(DomainError):
    code = "scan_not_readable"
    template = "Pindaian {name} harus berupa PDF atau foto. Pindai lagi halaman yang bertanda tangan."


class SignedBeforeWritten(DomainError):
    code = "signed_before_written"
    template = "Tanggal tanda tangan {date} mendahului versi ini, yang dibuat {made}. Periksa tanggalnya."


class CommentMissing(DomainError):
    code = "comment_missing"
    template = "Komentar belum diisi. Tulis apa yang perlu diperhatikan."


class PassageUnknown(DomainError):
    code = "passage_unknown"
    template = "Bagian itu tidak ada dalam versi ini. Muat ulang halaman, lalu pilih bagiannya lagi."


class RenderingFailed(RuntimeError):
    """The rendering process gave no document: a fault of ours or of the machine, not of the user."""


class ManuscriptMoved(DomainError):
    """Somebody saved in between; what was typed is kept as a copy."""

    code = "manuscript_moved"
    template = (
        "{who} menyimpan naskah ini pukul {when}, sesudah Anda membukanya. Tulisan Anda tersimpan sebagai "
        "salinan; bandingkan, lalu pilih yang dipakai."
    )
    status = 409


class ManuscriptIsClosed(DomainError):
    code = "manuscript_is_closed"
    template = "Naskah ini sudah diserahkan sebagai versi {number}. Ubah dari langkah berikutnya."
    status = 409


class ManuscriptTooLong(DomainError):
    code = "manuscript_too_long"
    template = "Naskah melebihi {limit} huruf. Pindahkan sebagian ke lampiran."


class ManuscriptEmpty(DomainError):
    code = "manuscript_empty"
    template = "Naskah masih kosong. Tulis isinya dahulu."


class ManuscriptUnreadable(DomainError):
    code = "manuscript_unreadable"
    template = "Naskah belum dapat disusun: {problem}. Perbaiki bagian itu."


class HintsLeft(DomainError):
    code = "hints_left"
    template = "Naskah masih memuat {hints}. Ganti dengan isinya."


class TooManyAttachments(DomainError):
    code = "too_many_attachments"
    template = "Lampiran paling banyak {limit}. Gabungkan beberapa berkas menjadi satu."


class UnknownPlace(DomainError):
    code = "unknown_place"
    template = "Isian {names} tidak dikenal. Pakai hanya isian yang ada dalam daftar di halaman ini."


class LogoNotPicture(DomainError):
    code = "logo_not_picture"
    template = "Lambang harus berupa gambar PNG atau JPEG. Simpan ulang gambarnya, lalu unggah lagi."
