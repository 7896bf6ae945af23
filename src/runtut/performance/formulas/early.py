"""Figures of a quarter that has not ended."""

from __future__ import annotations

from datetime import date

from runtut.core.dates import long_date
from runtut.core.periods import Quarter


def early_warning(quarter: Quarter, on: date) -> str:
    """Say on a day of a quarter, or before it, that its figures are not final yet; empty once it has ended.
    Said to whoever enters, hands over or approves them; it stops nobody."""
    if on > quarter.last_day:
        return ""
    return (
        f"{quarter.label} belum berakhir (hari terakhirnya {long_date(quarter.last_day)}). Angka yang diisi, "
        "diajukan, atau disetujui sekarang belum angka akhir triwulan itu."
    )
