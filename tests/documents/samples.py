"""Fixed contents: a measurement of a third quarter as an office would hand it in."""

from __future__ import annotations

from typing import Any

COLUMNS = [
    {"label": "No", "align": "center", "width": 5},
    {"label": "Sasaran", "width": 22},
    {"label": "Indikator", "width": 24},
    {"label": "Satuan", "align": "center", "width": 10},
    {"label": "Target", "align": "right", "width": 10},
    {"label": "Realisasi", "align": "right", "width": 12},
    {"label": "Capaian %", "align": "right", "width": 11},
    {"label": "Keterangan", "width": 24},
]
ROWS = [
    [
        "1",
        "Meningkatnya mutu pelayanan kecamatan",
        "Indeks Kepuasan Masyarakat",
        "indeks",
        "86,50",
        "86,12",
        "99,56",
        "Antrean loket pada minggu pertama September",
    ],
    ["2", "", "Waktu penerbitan surat keterangan", "menit", "30", "27", "110,00", "Lebih cepat lebih baik"],
    ["3", "", "Layanan yang selesai tepat waktu", "persen", "95,00", "95,40", "100,42", ""],
    [
        "4",
        "Meningkatnya tata kelola pemerintahan desa",
        "Desa yang menetapkan APBDes tepat waktu",
        "desa",
        "12",
        "11",
        "91,67",
        "Satu desa menunggu evaluasi rancangan perubahan",
    ],
    [
        "5",
        "Meningkatnya pemberdayaan masyarakat",
        "Usulan musrenbang yang diakomodasi",
        "persen",
        "40,00",
        "38,50",
        "96,25",
        "",
    ],
    [
        "6",
        "Meningkatnya akuntabilitas kinerja",
        "Nilai AKIP kecamatan",
        "nilai",
        "72,00",
        "71,35",
        "99,10",
        "",
    ],
]


def measurement(**changes: Any) -> dict[str, Any]:
    """Pengukuran Kinerja Triwulan III 2026 of Kecamatan Sukamaju."""
    content = {
        "kind": "pengukuran",
        "page": "a4",
        "landscape": True,
        "letterhead": {
            "government": "PEMERINTAH KABUPATEN CONTOH",
            "office": "KECAMATAN SUKAMAJU",
            "address": "Jalan Raya Contoh Nomor 1, Sukamaju 53100",
            "contact": "Telepon (0281) 000000 · kecamatan.sukamaju@contoh.invalid",
        },
        "title": ["PENGUKURAN KINERJA", "TRIWULAN III TAHUN 2026"],
        "place": "Sukamaju",
        "date": "2026-10-14",
        "blocks": [
            {
                "type": "paragraph",
                "text": "Berdasarkan Perjanjian Kinerja Tahun 2026, capaian kinerja Kecamatan Sukamaju "
                "sampai dengan Triwulan III adalah sebagai berikut.",
            },
            {"type": "table", "columns": COLUMNS, "rows": ROWS},
            {"type": "heading", "text": "Penjelasan", "level": 1},
            {
                "type": "paragraph",
                "text": "Tiga dari enam indikator belum mencapai target. Capaian terendah pada penetapan "
                "APBDes tepat waktu; pendampingan dijadwalkan pada minggu ketiga Oktober.",
            },
            {
                "type": "list",
                "ordered": True,
                "items": [
                    "Menambah satu petugas loket pada hari Senin dan Selasa.",
                    [
                        {"text": "Mendampingi Desa Contoh", "bold": True},
                        {"text": " menyusun rancangan perubahan."},
                    ],
                ],
            },
        ],
        "signatures": [
            {
                "acting": "Plt.",
                "position": "CAMAT SUKAMAJU",
                "name": "Budi Hartono, S.IP., M.Si.",
                "rank": "Pembina",
                "nip": "197805122005011003",
            }
        ],
        "parafs": [
            {
                "position": "Sekretaris Kecamatan",
                "name": "Rina Wahyuni, S.Sos.",
                "given_at": "13 Oktober 2026 pukul 14.20 WIB",
            },
            {"position": "Kasubbag Perencanaan dan Keuangan", "name": "Sari Utami, S.E.", "given_at": ""},
        ],
        "draft": True,
    }
    return {**content, **changes}


def long_report() -> dict[str, Any]:
    """A portrait report whose table runs over several pages, with two signatures."""
    rows = [
        [str(number), f"Kegiatan nomor {number}", f"{number * 7},50", "Selesai"] for number in range(1, 91)
    ]
    columns = [
        {"label": "No", "align": "center", "width": 8},
        {"label": "Kegiatan", "width": 40},
        {"label": "Nilai", "align": "right", "width": 15},
        {"label": "Keterangan", "width": 25},
    ]
    total = [["", "Jumlah", "28.666,50", ""]]
    return measurement(
        page="f4",
        landscape=False,
        draft=False,
        number="000.8.6.3/12/KEC.SKM/2026",
        title=["LAPORAN PELAKSANAAN KEGIATAN"],
        blocks=[
            {
                "type": "facts",
                "rows": [["Dasar", "Surat Sekretaris Daerah"], ["Hal", "Laporan semester\nkedua"]],
            },
            {"type": "table", "caption": "Kegiatan", "columns": columns, "rows": rows, "footer": total},
            {"type": "paragraph", "text": "Demikian laporan ini disampaikan."},
        ],
        signatures=[
            {"role_line": "Mengetahui,", "position": "CAMAT SUKAMAJU", "name": "Hendra Gunawan, S.STP."},
            {
                "position": "SEKRETARIS KECAMATAN",
                "name": "Rina Wahyuni, S.Sos.",
                "nip": "198001012005012001",
                "rank": "Penata Tingkat I",
                "endorsed_at": "14 Oktober 2026 pukul 09.05 WIB",
            },
        ],
        parafs=[],
    )
