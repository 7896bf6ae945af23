"""SOPs of invented offices, and ways to write them down as offices do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from hypothesis import strategies as st

VERBS = (
    "Menyusun",
    "Memeriksa",
    "Mencatat",
    "Mengirim",
    "Mengolah",
    "Menerima",
    "Membuat",
    "Menyampaikan",
    "Menghimpun",
    "Mencetak",
)
THINGS = (
    "daftar barang",
    "usulan cuti",
    "jadwal piket",
    "kartu inventaris",
    "rekap retribusi",
    "surat tugas",
    "berkas pasien",
    "buku tamu",
)
PAPERS = (
    "Daftar barang",
    "Berkas usulan",
    "Kartu kendali",
    "Rekap bulanan",
    "Surat pengantar",
    "Formulir isian",
    "Buku register",
    "Jadwal tetap",
)
OFFICES = ("Kepala Dinas", "Sekretaris", "Kepala Bidang", "Kasubbag Umum", "Pengelola Data", "Staf")
TOPICS = (
    "Pengelolaan Barang Habis Pakai",
    "Pelayanan Cuti Pegawai",
    "Pendaftaran Pasien Rawat Jalan",
    "Penerimaan Peserta Didik",
    "Pemungutan Retribusi Pasar",
)
TIMES = (
    ("15 menit", 15),
    ("30 Menit", 30),
    ("1 jam", 60),
    ("2 jam", 120),
    ("1 hari", 450),
    ("3 Hari", 1350),
    ("1 (satu) hari", 450),
    ("10x24 jam", 14400),
)
HEADINGS = {
    "no": ("No", "No.", "NO", "Nomor"),
    "activity": (
        "Kegiatan",
        "Aktivitas",
        "Uraian Prosedur",
        "URAIAN KEGIATAN",
        "Tahapan",
        "Langkah Kegiatan",
        "Uraian",
    ),
    "performers": ("Pelaksana", "PELAKSANA", "Unit Pelaksana", "Pelaku Kegiatan"),
    "requirements": ("Kelengkapan", "Persyaratan", "Persyaratan/Kelengkapan", "Syarat", "Sumber Data"),
    "time": ("Waktu", "WAKTU", "Jangka Waktu", "Durasi"),
    "outputs": ("Output", "Keluaran", "Hasil", "OUTPUT"),
    "note": ("Keterangan", "Ket", "Ket."),
}
LABELS = {
    "number": ("Nomor SOP", "No. SOP", "NOMOR SOP"),
    "created": ("Tanggal Pembuatan", "Tgl. Pembuatan", "TANGGAL PEMBUATAN"),
    "revised": ("Tanggal Revisi", "Tgl Revisi"),
    "effective": ("Tanggal Efektif", "TGL. EFEKTIF", "Tanggal Berlaku"),
    "approver": ("Disahkan Oleh", "Disahkan oleh"),
    "title": ("Nama SOP", "Judul SOP", "NAMA SOP"),
    "legal_basis": ("Dasar Hukum", "DASAR HUKUM", "Dasar Hukum :"),
    "qualifications": ("Kualifikasi Pelaksana", "KUALIFIKASI PELAKSANA", "Kualifikasi Pelaksana :"),
    "related_sops": ("Keterkaitan", "Keterkaitan :"),
    "equipment": ("Peralatan/Perlengkapan", "Peralatan dan Perlengkapan"),
    "warnings": ("Peringatan", "PERINGATAN :"),
    "records": ("Pencatatan dan Pendataan", "Pencatatan & Pendataan"),
}
PAIRS = (("legal_basis", "qualifications"), ("related_sops", "equipment"), ("warnings", "records"))
LISTS = {
    "legal_basis": (
        "Peraturan Menteri Contoh Nomor 3 Tahun 2019 tentang Tata Kelola",
        "Peraturan Daerah Nomor 7 Tahun 2020 tentang Perangkat",
    ),
    "qualifications": ("Memahami alur kerja", "Mampu memakai komputer"),
    "related_sops": ("SOP Surat Keluar",),
    "equipment": ("Komputer", "Printer", "Lemari berkas"),
    "warnings": ("Jika SOP ini tidak dijalankan maka pelayanan terhambat",),
    "records": ("Disimpan sebagai arsip", "Dicatat di buku register"),
}


@dataclass(frozen=True)
class Step:
    activity: str
    need: str
    time: str
    minutes: int
    output: str
    performer: str


@dataclass(frozen=True)
class Sop:
    title: str
    performers: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Style:
    """How an office writes: which words head its tables, what parts its cells, how its lines end."""

    headings: dict[str, str]
    labels: dict[str, str]
    cut: str
    newline: str
    flow_first: bool
    numbered_columns: bool
    repeat_at: int
    marked: bool
    dotted: bool
    blank_rows: bool


@st.composite
def sops(draw: st.DrawFn) -> Sop:
    performers = tuple(draw(st.lists(st.sampled_from(OFFICES), min_size=2, max_size=5, unique=True)))
    steps = []
    for _ in range(draw(st.integers(2, 12))):
        activity = f"{draw(st.sampled_from(VERBS))} {draw(st.sampled_from(THINGS))} dan menyerahkan hasilnya"
        time, minutes = draw(st.sampled_from(TIMES))
        papers = draw(st.lists(st.sampled_from(PAPERS), min_size=2, max_size=2, unique=True))
        steps.append(Step(activity, papers[0], time, minutes, papers[1], draw(st.sampled_from(performers))))
    return Sop(draw(st.sampled_from(TOPICS)), performers, tuple(steps))


@st.composite
def styles(draw: st.DrawFn, *, cuts: tuple[str, ...] = ("\t", " | ", "|", ";", "    ")) -> Style:
    return Style(
        headings={name: draw(st.sampled_from(forms)) for name, forms in HEADINGS.items()},
        labels={name: draw(st.sampled_from(forms)) for name, forms in LABELS.items()},
        cut=draw(st.sampled_from(cuts)),
        newline=draw(st.sampled_from(("\n", "\r\n"))),
        flow_first=draw(st.booleans()),
        numbered_columns=draw(st.booleans()),
        repeat_at=draw(st.integers(0, 12)),
        marked=draw(st.booleans()),
        dotted=draw(st.booleans()),
        blank_rows=draw(st.booleans()),
    )


def head_rows(sop: Sop, style: Style) -> list[list[str]]:
    """The two rows of a head, and the numbering below it."""
    words, gap = style.headings, [""] * (len(sop.performers) - 1)
    rows = [
        [words["no"], words["activity"], words["performers"], *gap, "Mutu Baku", "", "", words["note"]],
        ["", "", *sop.performers, words["requirements"], words["time"], words["outputs"], ""],
    ]
    if style.numbered_columns:
        rows.append([str(number) for number in range(1, len(sop.performers) + 7)])
    return rows


def body_rows(sop: Sop, style: Style) -> list[list[str]]:
    rows = []
    for number, step in enumerate(sop.steps, start=1):
        marks = ["v" if style.marked and name == step.performer else "" for name in sop.performers]
        rows.append(
            [
                f"{number}." if style.dotted else str(number),
                step.activity,
                *marks,
                step.need,
                step.time,
                step.output,
                "",
            ]
        )
    return rows


def identity_rows(sop: Sop, style: Style) -> list[list[str]]:
    words = style.labels
    rows = [
        ["DINAS CONTOH KABUPATEN RAYA", words["number"], "000.8.3/12/DC/2024"],
        ["", words["created"], "9 Januari 2024"],
        ["", words["revised"], "-"],
        ["", words["effective"], "1 Maret 2024"],
        ["", words["approver"], "Kepala Dinas Contoh"],
        ["", words["title"], sop.title],
    ]
    for left, right in PAIRS:
        rows.append([words[left], words[right], ""])
        entries = (
            zip(_numbered(left), _numbered(right), strict=False)
            if len(LISTS[left]) == len(LISTS[right])
            else None
        )
        rows += [
            [one, two, ""]
            for one, two in entries or [(" ".join(_numbered(left)), " ".join(_numbered(right)))]
        ]
    return rows


def _numbered(name: str) -> list[str]:
    return [f"{number}. {text}" for number, text in zip(count(1), LISTS[name], strict=False)]


def as_text(sop: Sop, style: Style) -> str:
    """The SOP as a text file in this style."""
    flow = [_line(row, style) for row in head_rows(sop, style)]
    for index, row in enumerate(body_rows(sop, style)):
        if style.repeat_at and index == style.repeat_at:
            flow += ["", "", *(_line(head, style) for head in head_rows(sop, style))]
        flow += [_line(row, style), ""] if style.blank_rows else [_line(row, style)]
    identity = [_line(row, style) for row in identity_rows(sop, style)]
    parts = [flow, identity] if style.flow_first else [identity, flow]
    return style.newline.join(style.newline.join(part) + style.newline * 3 for part in parts)


def _line(row: list[str], style: Style) -> str:
    if style.cut.isspace() and style.cut != "\t":
        return style.cut.join(cell for cell in row if cell)
    return style.cut.join(row)


def as_stacked(sop: Sop, style: Style) -> str:
    """A text whose cells stand a line each, empty ones lost, as tables end up that were copied."""
    rows = [*head_rows(sop, style), *body_rows(sop, style)]
    cells = [cell for row in rows for cell in row if cell and cell != "v"]
    return style.newline.join([style.labels["title"], sop.title, *cells])


def example() -> tuple[Sop, Style]:
    """The smallest SOP worth reading, and a plain style."""
    steps = tuple(
        Step(
            f"{verb} daftar barang dan menyerahkan hasilnya",
            "Kartu kendali",
            "15 menit",
            15,
            "Buku register",
            "Staf",
        )
        for verb in VERBS[:3]
    )
    style = Style(
        headings={name: forms[0] for name, forms in HEADINGS.items()},
        labels={name: forms[0] for name, forms in LABELS.items()},
        cut="\t", newline="\n", flow_first=False, numbered_columns=False, repeat_at=0,
        marked=False, dotted=False, blank_rows=False,
    )  # fmt: skip
    return Sop(TOPICS[0], ("Kepala Dinas", "Staf"), steps), style
