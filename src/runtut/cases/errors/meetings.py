"""Refusals of meetings."""

from __future__ import annotations

from runtut.core.errors import DomainError, NotAllowed, SomeoneWasFaster


class MeetingUnknown(DomainError):
    code = "meeting_unknown"
    template = "Rapat ini tidak ditemukan. Buka dari kerja yang memuatnya."
    status = 404


class MayNotRunMeeting(NotAllowed):
    code = "may_not_run_meeting"
    template = (
        "Rapat ini diurus oleh {chair} dan {secretary}. Mintalah salah satunya, atau isi kehadiran Anda "
        "sendiri."
    )


class MeetingIsClosed(DomainError):
    code = "meeting_is_closed"
    template = "Daftar hadir rapat ini ditutup pada {when} dan tidak berubah lagi."
    status = 409


class MeetingIsCancelled(DomainError):
    code = "meeting_is_cancelled"
    template = "Rapat ini batal bersama kerjanya pada {when}. Siapkan rapat baru dari kerja yang berjalan."
    status = 409


class MeetingMoved(SomeoneWasFaster):
    code = "meeting_moved"
    template = (
        "Catatan rapat ini baru saja diubah orang lain. Salin tulisan Anda, muat ulang halaman, lalu "
        "gabungkan."
    )


class EndBeforeBegin(DomainError):
    code = "end_before_begin"
    template = "Rapat selesai ({end}) sebelum mulai ({start}). Periksa jamnya."


class MeetingOffHours(DomainError):
    """A meeting outside working time is meant, not a slip of the pen: somebody has said so."""

    code = "meeting_off_hours"
    template = (
        "{why}. Pilih waktu lain, atau centang “Rapat di luar hari atau jam kerja” bila rapat memang "
        "diadakan saat itu."
    )


class SecretInvitation(DomainError):
    code = "secret_invitation"
    template = (
        "Undangan dibaca semua yang diundang, jadi tidak dapat bersifat rahasia. Pilih Biasa, Segera, atau "
        "Sangat segera."
    )


class NobodyInvited(DomainError):
    code = "nobody_invited"
    template = "Belum ada yang diundang. Pilih paling sedikit satu peserta."


class InvitationNotSigned(DomainError):
    """An Undangan goes out with the signature of its chair, or without it for a reason."""

    code = "invitation_not_signed"
    template = (
        "Undangan belum ditandatangani {chair}, jadi belum dapat dikirim. Tunggu tanda tangannya, atau kirim "
        "tanpa tanda tangan dengan alasan di halaman rapatnya."
    )
    status = 409


class NobodyAsksYou(DomainError):
    code = "nobody_asks_you"
    template = "Naskah ini tidak sedang menunggu tanda tangan Anda. Giliran sekarang: {next}."
    status = 409


class NotInvited(DomainError):
    code = "not_invited"
    template = "Orang ini tidak ada dalam daftar undangan rapat. Muat ulang halaman, lalu pilih kembali."


class RepresentativeMissing(DomainError):
    code = "representative_missing"
    template = "Tulis siapa yang mewakili {who}."


class DecisionAtWork(DomainError):
    code = "decision_at_work"
    template = "Keputusan {number} sudah ditindaklanjuti {position} dan tidak dapat dihapus atau diubah lagi."
    status = 409


class MinutesAreSettled(DomainError):
    code = "minutes_are_settled"
    template = "Notulen rapat ini sudah {state}. Agar dapat diubah, mintalah pimpinan rapat mengembalikannya."
    status = 409
