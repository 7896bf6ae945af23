"""Refusals of the room, each with the way out in its sentence."""

from __future__ import annotations

from runtut.core.errors import DomainError, NotAllowed


class NotManager(NotAllowed):
    code = "procedures_not_manager"
    template = (
        "SOP {unit} hanya dapat diubah oleh Kasubbag, Sekretaris, atau kepala kantornya. Mintalah salah satu "
        "dari mereka melakukannya."
    )


class NotApprover(NotAllowed):
    code = "procedures_not_approver"
    template = (
        "SOP ini disahkan oleh {position}, dan Anda tidak memegang jabatan itu hari ini. Sampaikan kepada "
        "pejabatnya untuk disahkan."
    )


class LibraryKeyUnknown(DomainError):
    code = "library_key_unknown"
    template = "Pustaka tidak memuat SOP {key}. Pilih salah satu SOP dari daftar pustaka."
    status = 404


class AlreadyAdopted(DomainError):
    code = "already_adopted"
    template = "{unit} sudah memiliki SOP {title}. Buka SOP itu dan rancang versi berikutnya bila perlu."
    status = 409


class TitleTooLong(DomainError):
    code = "title_too_long"
    template = "Sebutan pengganti {title} paling panjang {most} huruf. Pakai sebutan pendek jabatan itu."


class VersionNotDraft(DomainError):
    """A text that has left the draft never changes."""

    code = "version_not_draft"
    template = (
        "Versi {number} SOP ini {state}, jadi naskahnya tidak berubah lagi. Rancang versi berikutnya untuk "
        "mengubah naskah."
    )
    status = 409


class VersionNotInReview(DomainError):
    code = "version_not_in_review"
    template = (
        "Hanya versi yang sedang ditelaah yang dapat disahkan atau dikembalikan; versi ini {state}. Kirim "
        "versi draf untuk ditelaah lebih dahulu."
    )
    status = 409


class VersionNotInMaking(DomainError):
    code = "version_not_in_making"
    template = "Komentar hanya ditulis selama versi disusun dan ditelaah; versi ini {state}."
    status = 409


class VersionNotRatified(DomainError):
    code = "version_not_ratified"
    template = "Hanya versi yang sudah disahkan yang dapat diberlakukan; versi ini {state}. Sahkan dahulu."
    status = 409


class VersionNotBinding(DomainError):
    code = "version_not_binding"
    template = "Hanya versi yang disahkan yang dapat dicabut; versi ini {state}. Buka versi yang berlaku."
    status = 409


class VersionIsClosed(DomainError):
    code = "version_is_closed"
    template = "Versi ini {state}, jadi pelaksananya tidak diubah lagi. Buka versi yang berlaku."
    status = 409


class DraftExists(DomainError):
    code = "draft_exists"
    template = (
        "Versi {number} SOP ini belum selesai disusun. Selesaikan versi itu sebelum merancang yang lain."
    )
    status = 409


class SopNumberIncomplete(DomainError):
    code = "sop_number_incomplete"
    template = (
        "Nomor SOP belum lengkap: setiap bagian di antara garis miring harus terisi. Tulis seperti "
        "000.8.3.3/12/KEC.SKM/2026."
    )


class SopNumberTaken(DomainError):
    code = "sop_number_taken"
    template = "Nomor {sop_number} sudah dipakai SOP {title}. Beri nomor urut berikutnya."
    status = 409


class NotYetEffective(DomainError):
    code = "not_yet_effective"
    template = "Versi ini baru berlaku pada {date}. Berlakukan pada tanggal itu atau sesudahnya."


class FindingsRemain(DomainError):
    """The SOP still has faults that stop ratification; `details["findings"]` lists them."""

    code = "findings_remain"
    template = "SOP ini masih memiliki {count} hal yang harus diperbaiki, yang pertama: {first}"

    @property
    def sentence(self) -> str:
        return f"{super().sentence} Perbaiki pada naskahnya, lalu coba lagi."


class ApproverMissing(DomainError):
    code = "approver_missing"
    template = (
        "{unit} belum memiliki jabatan kepala, jadi belum ada yang dapat mengesahkan SOP. Mintalah "
        "administrator melengkapi jabatan kantor ini."
    )


class PositionOutsideOffice(DomainError):
    code = "position_outside_office"
    template = "{position} bukan jabatan aktif di {unit}. Pilih jabatan dari kantor ini."


class ReasonMissing(DomainError):
    code = "reason_missing"
    template = "Alasan belum ditulis. Tulis alasannya agar penyusun tahu apa yang diperbaiki."


class FieldUnknown(DomainError):
    code = "field_unknown"
    template = "Bagian {name} tidak dapat diubah di sini. Muat ulang halaman, lalu coba lagi."


class ListInvalid(DomainError):
    code = "list_invalid"
    template = "Isi {name} harus berupa daftar kalimat. Tulis satu kalimat per baris."


class FindingIsError(DomainError):
    code = "finding_is_error"
    template = "Temuan ini harus diperbaiki pada naskahnya dan tidak dapat dikesampingkan: {sentence}"


class FindingGone(DomainError):
    code = "finding_gone"
    template = "Temuan itu sudah tidak ada pada naskah ini. Muat ulang halaman untuk melihat yang tersisa."
    status = 409


class CommentsOpen(DomainError):
    code = "comments_open"
    template = (
        "Masih ada {count} komentar yang belum diselesaikan. Jawab dan selesaikan dahulu, atau kembalikan "
        "SOP ini kepada penyusunnya."
    )


class CommentMissing(DomainError):
    code = "comment_missing"
    template = "Komentar belum ditulis. Tulis apa yang perlu diperhatikan."


class PlaceUnknown(DomainError):
    code = "place_unknown"
    template = "Bagian yang dikomentari tidak ada lagi pada naskah ini. Muat ulang halaman, lalu pilih lagi."


class NotReviewer(NotAllowed):
    code = "procedures_not_reviewer"
    template = "SOP ini ditelaah oleh pejabat dan pegawai {unit}. Mintalah salah satu dari mereka."


class CommentClosed(DomainError):
    code = "comment_closed"
    template = "Komentar itu sudah diselesaikan {name}. Tulis komentar baru bila masih ada yang kurang."
    status = 409


class TimeUnreadable(DomainError):
    code = "time_unreadable"
    template = (
        "Waktu {text} tidak terbaca. Tulis angka dan satuannya, misalnya 1,5 jam, 3 hari, atau 2-3 hari."
    )


class EditUnknown(DomainError):
    code = "edit_unknown"
    template = "Perubahan itu tidak dikenali. Muat ulang halaman, lalu coba lagi."


class EditImpossible(DomainError):
    """What was asked for makes no sense where it was asked: `why` says so in one sentence."""

    code = "edit_impossible"
    template = "{why}"


class EditConflict(DomainError):
    """Somebody else changed the same place first; `details` name it and what stands there now."""

    code = "edit_conflict"
    template = (
        "{name} baru saja mengubah {where}. Perubahan Anda belum disimpan; lihat yang tertulis sekarang, "
        "lalu tulis lagi bila perlu."
    )
    status = 409


class NothingToUndo(DomainError):
    code = "nothing_to_undo"
    template = "Tidak ada perubahan Anda yang dapat {act}."


class NothingInForce(DomainError):
    code = "nothing_in_force"
    template = "{unit} belum mempunyai SOP yang berlaku. Sahkan dan berlakukan satu SOP lebih dahulu."
    status = 409


class NotAssessor(NotAllowed):
    code = "procedures_not_assessor"
    template = "Penilaian ini tugas {position}. Mintalah pejabatnya, atau minta pengelola SOP mengalihkannya."


class CheckupIsDone(DomainError):
    code = "checkup_is_done"
    template = "Penilaian ini sudah diselesaikan {name}. Hasilnya tidak diubah lagi."
    status = 409


class JudgementMissing(DomainError):
    code = "judgement_missing"
    template = "{count} baris belum dinilai. Beri penilaian pada setiap baris."


class NoteMissing(DomainError):
    code = "note_missing"
    template = "Baris {no} dinilai tidak baik tetapi belum ada catatannya. Tulis apa yang tidak berjalan."


class NothingFound(DomainError):
    code = "nothing_found"
    template = "Penilaian ini belum selesai atau tidak memuat temuan, jadi tidak ada yang dirancang ulang."


class NothingToImport(DomainError):
    code = "nothing_to_import"
    template = "Belum ada berkas yang dipilih. Pilih satu atau beberapa dokumen SOP."


class TooManyFiles(DomainError):
    code = "too_many_files"
    template = "Anda memilih {count} berkas; paling banyak {most} sekaligus. Impor sisanya sesudah ini."


class ImportNotFailed(DomainError):
    code = "import_not_failed"
    template = "{name} tidak perlu dibaca ulang. Muat ulang halaman untuk melihat keadaannya."
    status = 409


class ImportTitleMissing(DomainError):
    code = "import_title_missing"
    template = "Nama SOP masih kosong. Isi namanya; isian lain boleh menyusul."


class AlreadyImported(DomainError):
    code = "already_imported"
    template = "SOP {title} dari berkas ini sudah disimpan. Buka daftar SOP untuk melanjutkannya."
    status = 409


class AlreadyOwned(DomainError):
    code = "already_owned"
    template = (
        "Kantor ini sudah memiliki SOP {title}. Beri nama lain, atau rancang versi berikutnya dari SOP itu."
    )
    status = 409
