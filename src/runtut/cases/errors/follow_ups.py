"""Refusals of follow-up items."""

from __future__ import annotations

from runtut.core.errors import DomainError, NotAllowed, SomeoneWasFaster


class DueOnFreeDay(DomainError):
    code = "due_on_free_day"
    template = "{day} bukan hari kerja. Hari kerja berikutnya {following}."


class DueBeforeToday(DomainError):
    code = "due_before_today"
    template = "Batas waktu {day} sudah lewat. Pilih hari ini atau sesudahnya."


class FollowUpUnknown(DomainError):
    code = "follow_up_unknown"
    template = "Tindak lanjut ini tidak ditemukan. Kembali ke daftar Tindak lanjut."
    status = 404


class NotYourFollowUp(NotAllowed):
    code = "not_your_follow_up"
    template = "Tindak lanjut ini tugas {position}. Mintalah yang bersangkutan melaporkannya."


class MayNotVerify(NotAllowed):
    code = "may_not_verify"
    template = "Tindak lanjut ini diperiksa oleh {verifier}. Mintalah yang bersangkutan memeriksanya."


class FollowUpMoved(SomeoneWasFaster):
    code = "follow_up_moved"
    template = "Tindak lanjut ini sudah {state}. Muat ulang halaman untuk melihat keadaan terakhir."


class ReportMissing(DomainError):
    code = "report_missing"
    template = "Tulis apa yang sudah dilakukan, paling sedikit {least} huruf, atau lampirkan buktinya."
