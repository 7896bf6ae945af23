from __future__ import annotations

from django.db.models import TextChoices


class UnitKind(TextChoices):
    PROVINSI = "provinsi", "Provinsi"
    KABUPATEN = "kabupaten", "Kabupaten/Kota"
    SEKRETARIAT_DAERAH = "setda", "Sekretariat Daerah"
    BAGIAN = "bagian", "Bagian"
    INSPEKTORAT = "inspektorat", "Inspektorat"
    DINAS = "dinas", "Dinas"
    BADAN = "badan", "Badan"
    KECAMATAN = "kecamatan", "Kecamatan"
    KELURAHAN = "kelurahan", "Kelurahan"
    SEKRETARIAT = "sekretariat", "Sekretariat"
    BIDANG = "bidang", "Bidang"
    SEKSI = "seksi", "Seksi"
    SUBBAGIAN = "subbagian", "Subbagian"
    TIM = "tim", "Tim"


# A unit of one of these kinds is an office: it runs SOPs, has a letterhead, and its people see all of it.
OFFICE_KINDS = frozenset(
    {
        UnitKind.SEKRETARIAT_DAERAH,
        UnitKind.BAGIAN,
        UnitKind.INSPEKTORAT,
        UnitKind.DINAS,
        UnitKind.BADAN,
        UnitKind.KECAMATAN,
    }
)
GOVERNMENT_KINDS = frozenset({UnitKind.PROVINSI, UnitKind.KABUPATEN})


class Role(TextChoices):
    """What a position does in the field's own words; SOP performers are matched to it."""

    BUPATI = "bupati", "Bupati"
    SEKDA = "sekda", "Sekretaris Daerah"
    CAMAT = "camat", "Camat"
    SEKCAM = "sekcam", "Sekretaris Kecamatan"
    LURAH = "lurah", "Lurah"
    KASI = "kasi", "Kepala Seksi"
    KASUBBAG_PERENCANAAN = "kasubbag_perencanaan", "Kasubbag Perencanaan dan Keuangan"
    KASUBBAG_UMUM = "kasubbag_umum", "Kasubbag Umum dan Kepegawaian"
    PENGELOLA = "pengelola", "Pengelola Data"
    PENERIMA_SURAT = "penerima_surat", "Penerima Surat"
    STAF = "staf", "Staf"
    KEPALA_PD = "kepala_pd", "Kepala Perangkat Daerah"
    SEKRETARIS_PD = "sekretaris_pd", "Sekretaris Perangkat Daerah"
    KABID = "kabid", "Kepala Bidang"
    KABAG = "kabag", "Kepala Bagian"
    SEKRETARIS_TIM_SAKIP = "sekretaris_tim_sakip", "Sekretaris Tim SAKIP"
    ANGGOTA_TIM_SAKIP = "anggota_tim_sakip", "Anggota Tim SAKIP"
    AUDITOR = "auditor", "Auditor"
    ANALIS = "analis", "Analis"


# Whoever holds one of these leads a section: its part of the office's plans and reports is asked of them.
SECTION_HEADS = frozenset({Role.KASI, Role.KASUBBAG_UMUM, Role.KABID, Role.LURAH})


class MandateKind(TextChoices):
    """Plt fills a vacant office, Plh stands in for an absent holder: never merged (UU 30/2014 Pasal 14)."""

    PLT = "plt", "Plt."
    PLH = "plh", "Plh."


class Capacity(TextChoices):
    """In which capacity somebody acts for a position."""

    DEFINITIVE = "definitif", "Definitif"
    PLT = "plt", "Plt."
    PLH = "plh", "Plh."
    OVERSIGHT = "pengawas", "Pembina"
    SYSTEM = "sistem", "Sistem"

    @property
    def is_mandate(self) -> bool:
        """Whether somebody acts for a holder who is away or missing."""
        return self in {Capacity.PLT, Capacity.PLH}

    @property
    def mark(self) -> str:
        """ "(Plt.)" or "(Plh.)" before the name of who acts so, else empty."""
        return f"({self.label})" if self.is_mandate else ""


class StrategicAct(TextChoices):
    """Acts that change the course of an office: closed to Plt. and Plh. (UU 30/2014 Pasal 14 ayat 7)."""

    PERJANJIAN_KINERJA = "pk", "menandatangani Perjanjian Kinerja"
    RENJA = "renja", "menetapkan Renja"
    RENSTRA = "renstra", "menetapkan Renstra"


class OversightKind(TextChoices):
    ADMINISTRATOR = "administrator", "Administrator"
    READER = "pembaca", "Pembaca"
    EVALUATOR = "evaluator", "Evaluator"


class HolidayKind(TextChoices):
    NATIONAL = "nasional", "Libur nasional"
    COLLECTIVE_LEAVE = "cuti_bersama", "Cuti bersama"
    REGIONAL = "daerah", "Libur daerah"
    ELECTION = "pemilu", "Hari pemungutan suara"


class HoursKind(TextChoices):
    NORMAL = "biasa", "Hari kerja biasa"
    RAMADAN = "ramadan", "Bulan Ramadan"


class Zone(TextChoices):
    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"
