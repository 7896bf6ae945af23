"""Refusals around workbooks of figures."""

from __future__ import annotations

from runtut.core.errors import DomainError


class NotAFigureSheet(DomainError):
    code = "not_a_figure_sheet"
    template = (
        "Berkas ini bukan templat realisasi. Unduh templatnya di halaman ini, isi, lalu unggah sebagai .xlsx."
    )


class SheetOfAnotherPeriod(DomainError):
    code = "sheet_of_another_period"
    template = (
        "Templat ini milik kantor atau triwulan lain, bukan {period}. Pilih unit dan triwulan yang sesuai, "
        "atau unduh templat yang baru."
    )


class SheetTooLarge(DomainError):
    code = "sheet_too_large"
    template = (
        "Isi lembar terlalu besar. Paling banyak {rows} baris dan {columns} kolom; hapus baris dan kolom "
        "di luar templat."
    )


class SheetIsDamaged(DomainError):
    code = "sheet_is_damaged"
    template = "Berkas ini tidak dapat dibaca. Simpan lagi sebagai .xlsx dari aplikasi lembar kerja Anda."


class IndicatorUnknown(DomainError):
    code = "indicator_unknown"
    template = "kode ini tidak ada pada daftar indikator {unit}. Unduh templat yang baru."


class IndicatorTwice(DomainError):
    code = "indicator_twice"
    template = "indikator ini sudah ada pada baris {first}. Sisakan satu baris."


class KeyMissing(DomainError):
    code = "key_missing"
    template = "baris ini berisi angka tetapi kodenya hilang. Salin isinya ke baris indikatornya."
