"""Refusals about incoming letters and their disposisi."""

from __future__ import annotations

from runtut.core.errors import DomainError, NotAllowed


class LetterNotOpen(NotAllowed):
    code = "letter_not_open"
    template = (
        "Surat ini hanya terbuka bagi pimpinan dan penerima disposisinya. Mintalah disposisi kepada pimpinan."
    )


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
    template = "Disposisi tidak dapat mendahului surat, yang dicatat {registered}. Periksa waktunya."
