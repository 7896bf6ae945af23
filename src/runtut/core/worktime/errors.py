"""Refusals of the work calendar."""

from __future__ import annotations

from runtut.core.errors import DomainError


class OutsideCalendar(DomainError):
    """A date so far away that it can only be a slip of the pen."""

    code = "outside_calendar"
    template = (
        "Tanggal di tahun {year} berada di luar kalender kerja ({first} sampai {last}). Periksa tahunnya."
    )


class NoWorkingTime(DomainError):
    """The calendar has no open hours in which the deadline could fall."""

    code = "no_working_time"
    template = (
        "Kalender kerja unit ini tidak mempunyai jam kerja setelah {day}. Lengkapi jam kerja di Pengaturan."
    )
