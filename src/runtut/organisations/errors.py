"""Refusals of the room, each with the way out in its sentence."""

from __future__ import annotations

from runtut.core.errors import DomainError, NotAllowed


class UnitNotOpen(NotAllowed):
    """Names no unit: a stranger does not learn what exists."""

    code = "unit_not_open"
    template = (
        "Halaman ini milik unit di luar wewenang Anda. Unit yang terbuka bagi Anda tercantum di halaman Saya."
    )


class NotAdministrator(NotAllowed):
    code = "not_administrator"
    template = (
        "Hanya administrator {unit} yang dapat mengubah ini. Mintalah administrator melakukannya, atau minta "
        "ditunjuk sebagai administrator."
    )


class PositionNotHeld(NotAllowed):
    code = "position_not_held"
    template = (
        "Ini tugas {position}, dan Anda tidak memegang jabatan itu hari ini. Bila seharusnya Anda, minta "
        "administrator mencatat pengangkatan atau mandat Anda."
    )


class StrategicActByMandate(NotAllowed):
    """UU 30/2014 Pasal 14 ayat (7)."""

    code = "strategic_act_by_mandate"
    template = (
        "{acting} {position} tidak boleh {act}, karena itu keputusan strategis (UU 30/2014 Pasal 14 ayat 7). "
        "Tunggu pejabat definitif, atau mintakan tanda tangan atasan yang memberi mandat."
    )


class PersonOutOfReach(NotAllowed):
    code = "person_out_of_reach"
    template = (
        "{person} juga bertugas di luar {unit}, jadi akunnya tidak dapat Anda ubah. Mintalah administrator "
        "kabupaten/kota."
    )


class NameMissing(DomainError):
    code = "name_missing"
    template = "{what} belum diisi. Tulis dahulu, lalu simpan lagi."


class TextTooLong(DomainError):
    code = "text_too_long"
    template = "{what} terlalu panjang: paling banyak {limit} huruf. Singkat dahulu, lalu simpan lagi."


class OtherRegion(DomainError):
    code = "other_region"
    template = "{what} terdaftar di kabupaten/kota lain. Pilih yang terdaftar di kabupaten/kota ini."


class DatesReversed(DomainError):
    code = "dates_reversed"
    template = "Hari terakhir tidak boleh sebelum hari pertama ({start}). Perbaiki salah satunya."


class UnitInactive(DomainError):
    code = "unit_inactive"
    template = "{unit} sudah tidak aktif. Pilih unit yang masih aktif."


class UnitNotEmpty(DomainError):
    code = "unit_not_empty"
    template = (
        "{unit} masih mempunyai {what}: {names}. Nonaktifkan atau pindahkan itu dahulu, lalu coba lagi."
    )


class UnitTooDeep(DomainError):
    code = "unit_too_deep"
    template = "Susunan unit paling banyak {levels} tingkat. Letakkan unit ini lebih dekat ke puncak."


class UnitIntoItself(DomainError):
    code = "unit_into_itself"
    template = "{unit} tidak dapat dipindahkan ke dalam dirinya sendiri. Pilih induk di luar unit itu."


class RootStaysRoot(DomainError):
    code = "root_stays_root"
    template = "{unit} adalah unit paling atas dan tidak dapat dipindahkan. Pindahkan unit di bawahnya saja."


class UnitLimitReached(DomainError):
    code = "unit_limit_reached"
    template = "Jumlah unit pada pemasangan ini sudah penuh. Hubungi pengelola sistem."


class RootExists(DomainError):
    code = "root_exists"
    template = "Kabupaten/kota ini sudah mempunyai unit paling atas: {unit}. Buat unit baru di bawahnya."


class HeadExists(DomainError):
    code = "head_exists"
    template = (
        "{unit} sudah mempunyai jabatan pimpinan: {position}. Hapus centang “Jabatan ini memimpin "
        "unitnya”, atau nonaktifkan jabatan pimpinan yang lama."
    )


class PositionInactive(DomainError):
    code = "position_inactive"
    template = "Jabatan {position} sudah tidak aktif. Pilih jabatan yang masih aktif."


class PersonInactive(DomainError):
    code = "person_inactive"
    template = "Akun {person} sudah dinonaktifkan. Pilih orang lain, atau aktifkan akunnya dahulu."


class PositionTaken(DomainError):
    code = "position_taken"
    template = (
        "{position} dijabat {holder} {period}, dan jabatan pimpinan hanya boleh dipegang satu orang. Akhiri "
        "pengangkatan itu dahulu, atau pilih tanggal mulai sesudahnya."
    )


class AlreadyAppointed(DomainError):
    code = "already_appointed"
    template = (
        "{person} sudah tercatat sebagai {position} {period}. Akhiri yang lama dahulu bila datanya berubah."
    )


class MandateInForce(DomainError):
    code = "mandate_in_force"
    template = "{position} sedang dipegang {acting} {holder} {period}. Akhiri {acting} itu dahulu."


class NotInForceThen(DomainError):
    code = "not_in_force_then"
    template = (
        "Ini berlaku {period}, jadi tanggal selesainya harus di dalam waktu itu. Untuk memperpanjang, buat "
        "perpanjangan atau pengangkatan baru."
    )


class AlreadyBegun(DomainError):
    code = "already_begun"
    template = "{what} sudah berlaku {start}, jadi tidak dapat dihapus. Isi tanggal selesainya saja."


class MandateNeedsHead(DomainError):
    code = "mandate_needs_head"
    template = (
        "Plt. dan Plh. hanya untuk jabatan pimpinan; {position} bukan. Alihkan saja pekerjaannya, atau catat "
        "pengangkatan orang lain pada jabatan itu."
    )


class PlhNeedsHolder(DomainError):
    code = "plh_needs_holder"
    template = (
        "Plh. menggantikan pejabat definitif yang berhalangan sementara, tetapi {position} tidak mempunyai "
        "pejabat definitif selama waktu itu. Bila jabatan kosong, pilih Plt."
    )


class PltNeedsVacancy(DomainError):
    code = "plt_needs_vacancy"
    template = (
        "Plt. mengisi jabatan kosong, tetapi {position} masih dijabat {holder} {period}. Akhiri pengangkatan "
        "itu dahulu, atau pilih Plh. bila pejabatnya berhalangan sementara."
    )


class MandateToHolder(DomainError):
    code = "mandate_to_holder"
    template = "{person} adalah pejabat definitif {position}. Pilih orang lain untuk {acting} ini."


class MandateTooLong(DomainError):
    """UU 30/2014 Pasal 14 and SE BKN 1/SE/I/2021."""

    code = "mandate_too_long"
    template = (
        "Plt. paling lama 3 bulan (SE BKN 1/SE/I/2021): paling akhir sampai {limit}. Bila perlu lebih lama, "
        "buat satu kali perpanjangan."
    )


class MandateAlreadyExtended(DomainError):
    code = "mandate_already_extended"
    template = (
        "Plt. {person} sudah diperpanjang satu kali, dan perpanjangan hanya boleh sekali (SE BKN "
        "1/SE/I/2021). Tunjuk orang lain sebagai Plt., atau angkat pejabat definitif."
    )


class ExtendInstead(DomainError):
    code = "extend_instead"
    template = (
        "Plt. {person} berakhir {end} dan yang baru langsung menyambungnya. Itu perpanjangan: pakai tombol "
        "Perpanjang, yang hanya boleh sekali."
    )


class OnlyPltIsExtended(DomainError):
    code = "only_plt_is_extended"
    template = "Hanya Plt. yang diperpanjang. Untuk Plh., catat Plh. baru dengan tanggal berikutnya."


class MandateHasExtension(DomainError):
    code = "mandate_has_extension"
    template = "Plt. ini sudah mempunyai perpanjangan sampai {end}. Akhiri atau hapus perpanjangannya dahulu."


class OversightExists(DomainError):
    code = "oversight_exists"
    template = "{person} sudah menjadi {kind} {unit} {period}. Tidak perlu dicatat lagi."


class LastAdministrator(DomainError):
    code = "last_administrator"
    template = (
        "{person} adalah administrator terakhir {unit}. Tunjuk administrator lain dahulu, agar ada yang "
        "dapat mengatur unit ini."
    )


class HolidayExists(DomainError):
    code = "holiday_exists"
    template = "{day} sudah tercatat sebagai {name}. Hapus yang lama dahulu bila namanya berubah."


class HolidayUnknown(DomainError):
    code = "holiday_unknown"
    template = "{day} tidak tercatat sebagai hari libur. Muat ulang halaman untuk melihat daftar terakhir."


class HoursReversed(DomainError):
    code = "hours_reversed"
    template = (
        "Jam kerja {day}: jam selesai harus sesudah jam mulai, dan dua rentang tidak boleh tumpang tindih."
    )


class HoursMissing(DomainError):
    code = "hours_missing"
    template = "Jam kerja belum diisi satu hari pun. Isi paling sedikit satu hari."


class HoursOverlap(DomainError):
    code = "hours_overlap"
    template = (
        "Sudah ada jam kerja {kind} yang mulai berlaku {start}. Pilih tanggal sesudahnya, atau ubah yang itu."
    )


class CalendarMissing(DomainError):
    code = "calendar_missing"
    template = (
        "{unit} dan unit di atasnya belum mempunyai kalender kerja, jadi tenggat tidak dapat dihitung. Minta "
        "administrator mengisinya di Pengaturan, bagian Kalender kerja."
    )


class CalendarExists(DomainError):
    code = "calendar_exists"
    template = "{unit} sudah mempunyai kalender sendiri: {calendar}. Ubah kalender itu."


class DemoNotAllowed(DomainError):
    code = "demo_not_allowed"
    template = (
        "Data contoh hanya dapat dimuat pada pemasangan contoh. Jalankan dengan RUNTUT_DEMO=1 bila memang "
        "itu yang dimaksud."
    )
    status = 403
