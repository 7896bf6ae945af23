"""Refusals around plans: each names its rule and the way out."""

from __future__ import annotations

from runtut.core.errors import DomainError


class NotTheBudgetKeeper(DomainError):
    code = "not_the_budget_keeper"
    template = (
        "Realisasi anggaran {code} diisi oleh {owner} atau perencana {unit}. Minta mereka untuk mengisinya."
    )
    status = 403


class NotThePlanner(DomainError):
    code = "not_the_planner"
    template = (
        "Rencana {unit} disusun oleh Kasubbag Perencanaan dan pengelola datanya. Mintalah mereka mengubahnya."
    )
    status = 403


class NotTheSection(DomainError):
    code = "not_the_section"
    template = "Bagian ini diisi oleh {position}. Mintalah {position} mengisinya."
    status = 403


class YearsOfRenstraWrong(DomainError):
    code = "years_of_renstra_wrong"
    template = "Renstra berlaku 1 sampai {most} tahun, dan tahun terakhirnya tidak sebelum tahun pertama."
    most = 6


class RenstraOverlaps(DomainError):
    code = "renstra_overlaps"
    template = (
        "{unit} sudah memiliki Renstra {period}. Pilih tahun di luar periode itu, atau ubah Renstra tersebut."
    )
    status = 409


class GoalOfOtherOffice(DomainError):
    code = "goal_of_other_office"
    template = (
        "Tujuan ini milik Renstra kantor lain. Pilih tujuan dari Renstra kantor yang memiliki sasarannya."
    )


class RenstraMissing(DomainError):
    code = "renstra_missing"
    template = (
        "Belum ada Renstra {unit} yang meliputi tahun {year}. Susun Renstra lebih dahulu di halaman Kinerja."
    )


class YearOutsideRenstra(DomainError):
    code = "year_outside_renstra"
    template = "Tahun {year} di luar periode Renstra {period}."


class TargetMissing(DomainError):
    code = "target_missing"
    template = "Target “{indicator}” tahun {year} belum diisi. Tulis angkanya; target nol ditulis 0."


class TargetStays(DomainError):
    """A target of a Renstra that is fixed by a decree is changed, never taken away."""

    code = "target_stays"
    template = "Target {year} sudah ditetapkan dan tidak dapat dikosongkan. Tulis angkanya; nol ditulis 0."


class UpperMissing(DomainError):
    code = "upper_missing"
    template = (
        "“{indicator}” dinilai dalam rentang. Isi batas bawah dan batas atas, dan batas atas tidak lebih "
        "kecil."
    )


class ChangeReasonMissing(DomainError):
    """A target of a Renstra that is fixed by a decree changes only with a reason."""

    code = "change_reason_missing"
    template = "Target ini sudah ditetapkan. Tulis alasan perubahannya."


class IndicatorHasFigures(DomainError):
    """The meaning of an indicator is fixed once figures were handed over under it."""

    code = "indicator_has_figures"
    template = (
        "“{indicator}” sudah memiliki realisasi yang diajukan, jadi {what} tidak dapat diubah. Tambahkan "
        "indikator baru."
    )
    status = 409


class RatioNeedsCap(DomainError):
    code = "ratio_needs_cap"
    template = "Arah “makin rendah makin baik (perbandingan)” memerlukan batas atas capaian, misalnya 150."


class OwnerOfAnotherOffice(DomainError):
    code = "owner_of_another_office"
    template = "Penanggung jawab harus jabatan pada {unit}. Pilih jabatan dari daftar."


class BoundsReversed(DomainError):
    code = "bounds_reversed"
    template = "Nilai terkecil tidak boleh melebihi nilai terbesar."


class RktMissing(DomainError):
    code = "rkt_missing"
    template = "RKT {year} {unit} belum disusun. Susun dari Renstra lebih dahulu."


class RktExists(DomainError):
    code = "rkt_exists"
    template = "RKT {year} {unit} sudah ada, dimulai {since}. Lanjutkan yang sudah ada."
    status = 409


class RktIsClosed(DomainError):
    """An RKT that was handed in or approved is read, not written."""

    code = "rkt_is_closed"
    template = "RKT {year} sudah {state} dan tidak dapat diubah. {way_out}"
    status = 409


class YearHasLockedQuarter(DomainError):
    """The targets of a year under which figures were locked no longer change by an RKT."""

    code = "year_has_locked_quarter"
    template = (
        "RKT {year} {unit} tidak dapat disusun lagi: {period} terkunci sejak {since}. Pilih tahun sesudahnya."
    )
    status = 409


class RktIncomplete(DomainError):
    code = "rkt_incomplete"
    template = "RKT {year} belum lengkap: {missing}. Lengkapi lebih dahulu."


class CodeUnknown(DomainError):
    code = "code_unknown"
    template = (
        "“{text}” bukan kode Permendagri 90. Tulis seperti 7.01.01 (program), 7.01.01.2.01 (kegiatan), "
        "atau 7.01.01.2.01.0006 (sub kegiatan)."
    )


class CodeTaken(DomainError):
    code = "code_taken"
    template = "Kode {code} sudah dipakai dalam RKT ini untuk “{name}”."
    status = 409


class ParentMissing(DomainError):
    code = "parent_missing"
    template = "Tambahkan dahulu {level} {code}, induk dari kode ini."


class ItemHasChildren(DomainError):
    code = "item_has_children"
    template = "{code} masih memuat {count} baris di bawahnya. Hapus baris itu lebih dahulu."
    status = 409


class BudgetOnlyBelow(DomainError):
    code = "budget_only_below"
    template = "Pagu diisi pada sub kegiatan; pagu program dan kegiatan dijumlahkan dari bawahnya."


class MoneyOutOfRange(DomainError):
    code = "money_out_of_range"
    template = "{value} rupiah di luar batas. Tulis angka dari 0 sampai 9.999.999.999.999."


class IndicatorNotInPlan(DomainError):
    code = "indicator_not_in_plan"
    template = "“{name}” bukan indikator RKT {year} ini. Pilih indikator dari daftar."


class IndicatorHasTarget(DomainError):
    """The target of an indicator is written once, in the plan's own table."""

    code = "indicator_has_target"
    template = (
        "“{name}” adalah indikator RKT ini dan sudah bertarget di tabel Target. Pilih indikator itu pada "
        "isian “Diukur dengan indikator RKT”; targetnya ikut dengan sendirinya."
    )
