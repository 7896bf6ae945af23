"""Refusals of a run as a whole."""

from __future__ import annotations

from typing import ClassVar

from runtut.core.errors import DomainError, NotAllowed


class NotYourCase(NotAllowed):
    """Names nothing: a stranger does not learn what exists."""

    code = "not_your_case"
    template = (
        "Pelaksanaan ini milik unit di luar wewenang Anda. Unit yang terbuka bagi Anda ada di halaman Saya."
    )


class MayNotStart(NotAllowed):
    code = "may_not_start"
    template = (
        "SOP ini dimulai oleh {performers}, atau oleh pimpinan, sekretaris, dan Kasubbag Perencanaan {unit}. "
        "Mintalah salah satunya memulai."
    )


class MayNotSteer(NotAllowed):
    code = "may_not_steer"
    template = (
        "Hanya pimpinan, sekretaris, atau Kasubbag Perencanaan {unit} yang dapat {act}. "
        "Mintalah salah satunya."
    )


class CaseUnknown(DomainError):
    code = "case_unknown"
    template = "Pelaksanaan ini tidak ditemukan. Kembali ke Kerja berjalan untuk melihat daftarnya."
    status = 404


class CaseIsPaused(DomainError):
    code = "case_is_paused"
    template = "Pelaksanaan ini sedang dijeda. Lanjutkan dahulu, baru langkahnya dapat dikerjakan."
    status = 409


class CaseIsNotPaused(DomainError):
    code = "case_is_not_paused"
    template = "Pelaksanaan ini tidak sedang dijeda. Muat ulang halaman untuk melihat keadaan terakhir."
    status = 409


class CaseIsClosed(DomainError):
    code = "case_is_closed"
    template = "Pelaksanaan ini sudah {state} dan tidak dapat diubah lagi. Mulai pelaksanaan baru bila perlu."
    status = 409


class MayNotFile(NotAllowed):
    code = "may_not_file"
    template = (
        "Berkas ini diarsipkan oleh yang mengerjakan salah satu langkahnya, atau oleh pimpinan, sekretaris, "
        "dan Kasubbag Perencanaan {unit}. Mintalah salah satunya."
    )


class CaseIsRunning(DomainError):
    code = "case_is_running"
    template = "Kerja ini belum selesai. Berkasnya diarsipkan pada langkahnya, atau sesudah selesai."
    status = 409


class NothingToFile(DomainError):
    code = "nothing_to_file"
    template = "Semua naskah kerja ini sudah diarsipkan. Lihat nomor berkasnya di halaman kerja."
    status = 409


class ReasonMissing(DomainError):
    code = "reason_missing"
    least: ClassVar[int] = 10
    template = "Tulis alasannya, paling sedikit {least} huruf, agar yang lain tahu apa yang harus dilakukan."

    def __init__(self) -> None:
        super().__init__(field="reason", least=self.least)


class PerformerUnbound(DomainError):
    """Names every performer of the SOP that has no position yet."""

    code = "performer_unbound"
    template = "Belum ada jabatan untuk pelaksana {names}. Tetapkan dahulu di halaman SOP, lalu mulai lagi."


class ProcedureNotEffective(DomainError):
    code = "procedure_not_effective"
    template = "SOP {title} belum berlaku atau sudah diganti. Pilih versi yang sedang berlaku."


class CalledProcedureMissing(DomainError):
    code = "called_procedure_missing"
    template = (
        "Langkah {no} menjalankan SOP lain yang belum berlaku di {unit}: {called}. Berlakukan SOP itu dahulu."
    )


class LetterFromElsewhere(DomainError):
    code = "letter_from_elsewhere"
    template = "Surat itu diagendakan di kantor lain. Pilih surat dari agenda {unit}."


class StartBeforeLetter(DomainError):
    code = "start_before_letter"
    template = (
        "Surat bertanggal {letter_date}, sesudah hari mulai pelaksanaan ({start_date}). "
        "Periksa tanggal suratnya."
    )


class TitleMissing(DomainError):
    code = "title_missing"
    template = "Beri judul pelaksanaan ini, paling banyak {limit} huruf, agar mudah ditemukan."


class PeriodInvalid(DomainError):
    code = "period_invalid"
    template = "Triwulan harus 1 sampai 4, dan tahun harus wajar. Pilih periodenya kembali."


class ChildIsRunning(DomainError):
    code = "child_is_running"
    template = (
        "Langkah ini selesai dengan sendirinya bila pelaksanaan “{title}” selesai. Selesaikan itu dahulu."
    )


class ChildNotStarted(DomainError):
    code = "child_not_started"
    template = (
        "SOP yang dipanggil langkah ini tidak dapat dijalankan sekarang. Periksa apakah SOP itu berlaku dan "
        "semua pelaksananya terisi, atau selesaikan langkah ini di sini."
    )
    status = 409
