"""The headings by which offices name the parts of an SOP; every list is data and may grow."""

from __future__ import annotations

import re
from functools import lru_cache

from runtut.procedures.importing.words import distance, key

NO, ACTIVITY, PERFORMERS, QUALITY = "no", "activity", "performers", "quality"
REQUIREMENTS, TIME, OUTPUTS, NOTE = "requirements", "time", "outputs", "note"
BRANCH = "branch"
"""A column that says where a decision leads, headed "Ya" or "Tidak"."""

COLUMNS: dict[str, tuple[str, ...]] = {
    NO: ("no", "nomor", "no urut", "nomor urut", "no langkah", "no kegiatan", "n0", "nomor kegiatan"),
    ACTIVITY: (
        "aktivitas", "aktifitas", "kegiatan", "uraian", "uraian kegiatan", "uraian aktivitas",
        "uraian aktifitas", "uraian prosedur", "uraian proses", "uraian tugas", "prosedur", "langkah",
        "langkah kegiatan", "langkah langkah", "langkah langkah kegiatan", "langkah prosedur", "tahapan",
        "tahapan kegiatan", "tahapan prosedur", "tahap kegiatan", "rincian kegiatan", "rincian prosedur",
        "uraian langkah", "urutan kegiatan", "urutan langkah", "kegiatan aktivitas", "aktivitas kegiatan",
        "prosedur kegiatan", "kegiatan prosedur", "proses kegiatan", "alur kegiatan",
        "uraian kegiatan prosedur", "alur", "urutan", "rangkaian kegiatan", "tahapan kerja", "alur pelayanan",
        "uraian prosedur kegiatan", "uraian langkah kegiatan", "aktivitas prosedur", "uraian pekerjaan",
        "langkah kerja", "langkah langkah kerja", "tahapan proses", "tahapan pekerjaan", "deskripsi kegiatan",
        "deskripsi aktivitas", "proses", "tahap", "tahapan aktivitas", "rincian aktivitas", "alur proses",
        "activity", "activities", "procedure", "process", "step", "steps", "task", "description of activity",
    ),
    PERFORMERS: (
        "pelaksana", "unit pelaksana", "pelaksana kegiatan", "pelaku", "pelaku kegiatan", "aktor",
        "pejabat yang bertanggung jawab", "penanggung jawab", "pelaksana prosedur", "pihak terkait",
        "pelaksana pelaku", "unit kerja pelaksana", "pejabat pelaksana", "pelaksanaan", "pihak yang terlibat",
        "pejabat terkait", "unit terkait", "petugas", "unit pejabat terkait", "unit kerja pejabat",
        "unit kerja", "pic", "aktor pelaksana", "pelaksana aktor", "jabatan pelaksana", "unit organisasi",
        "para pihak",
        "pelaksana unit kerja", "penanggungjawab", "pelaksana tugas", "unit penanggung jawab",
        "actor", "actors", "performer", "performers", "person in charge", "responsible", "responsible person",
        "responsible party", "implementer", "executor",
    ),
    QUALITY: (
        "mutu baku", "baku mutu", "mutu buku", "standar mutu", "mutubaku", "quality standard",
        "quality standards",
    ),
    REQUIREMENTS: (
        "kelengkapan", "persyaratan", "syarat", "perlengkapan", "persyaratan kelengkapan",
        "kelengkapan persyaratan", "persyaratan perlengkapan", "perlengkapan persyaratan", "sumber data",
        "input", "masukan", "syarat kelengkapan", "kelengkapan syarat", "syarat perlengkapan", "bahan",
        "dokumen kelengkapan", "kelengkapan dokumen", "dokumen persyaratan", "persyaratan dan kelengkapan",
        "peralatan perlengkapan", "kelengkapan perlengkapan", "kelengkapan berkas", "data dokumen",
        "bahan kelengkapan", "kelengkapan bahan", "prasyarat", "dokumen input", "input kelengkapan",
        "kelengkapan input", "bahan masukan", "dokumen yang diperlukan", "dokumen pendukung",
        "requirement", "requirements", "inputs", "supporting documents",
    ),
    TIME: (
        "waktu", "durasi", "jangka waktu", "lama waktu", "waktu penyelesaian", "lama", "lama kegiatan",
        "waktu pelaksanaan", "target waktu", "estimasi waktu", "waktu proses", "standar waktu", "wkt",
        "lama proses", "lama pelaksanaan", "batas waktu", "waktu maksimal", "durasi waktu", "waktu kerja",
        "lama penyelesaian", "waktu layanan", "waktu pelayanan", "standar waktu penyelesaian",
        "time", "duration", "processing time", "time required", "estimated time",
    ),
    OUTPUTS: (
        "output", "out put", "keluaran", "hasil", "output keluaran", "keluaran output", "hasil output",
        "output hasil", "hasil keluaran", "produk", "hasil kegiatan", "out put hasil", "luaran",
        "hasil akhir", "keluaran hasil", "dokumen output", "output dokumen", "hasil produk", "produk hasil",
        "dokumen hasil",
        "outputs", "result", "results",
    ),
    NOTE: (
        "keterangan", "ket", "catatan", "kete rangan", "keterangan catatan", "remark", "remarks", "note",
        "notes",
    ),
}  # fmt: skip

FIELDS: dict[str, tuple[str, ...]] = {
    "number": (
        "nomor sop", "no sop", "nomor sop ap", "no sop ap", "nomor pos", "no pos", "nomor spo", "no spo",
        "nomor dokumen", "no dokumen", "no dok", "nomor protap", "nomor prosedur", "kode dokumen", "kode sop",
        "nomor standar operasional prosedur", "nosop", "nomor",
        "document number", "document no", "doc no", "sop number", "sop no",
    ),
    "created": (
        "tanggal pembuatan", "tgl pembuatan", "tanggal dibuat", "tgl dibuat", "tanggal penyusunan",
        "tanggal terbit", "tgl terbit", "dibuat tanggal", "tanggal pembuatan sop", "tanggal buat",
        "tanggal penetapan", "pembuatan",
        "date issued", "issue date", "date of issue", "date created",
    ),
    "revised": (
        "tanggal revisi", "tgl revisi", "tanggal perubahan", "revisi tanggal", "tanggal direvisi",
        "tgl perubahan", "revisi",
        "revision date", "date revised", "date of revision",
    ),
    "effective": (
        "tanggal efektif", "tgl efektif", "tanggal efektip", "tgl efektip", "tanggal berlaku", "tgl berlaku",
        "mulai berlaku", "tanggal mulai berlaku", "tanggal diberlakukan", "berlaku efektif",
        "tanggal pemberlakuan", "tanggal epektif", "berlaku mulai", "efektif",
        "effective date", "date effective",
    ),
    "edition": (
        "no revisi", "nomor revisi", "no rev", "revisi ke", "halaman", "jumlah halaman", "revision number",
        "revision no",
    ),
    "ratified": ("tanggal pengesahan", "tgl pengesahan", "tanggal disahkan", "tgl disahkan"),
    "approver": (
        "disahkan oleh", "di sahkan oleh", "disahkan", "pengesahan", "disetujui oleh", "ditetapkan oleh",
        "pejabat yang mengesahkan", "disyahkan oleh", "mengesahkan",
        "approved by", "authorized by",
    ),
    "title": (
        "nama sop", "judul sop", "nama sop ap", "judul sop ap", "judul", "nama prosedur", "judul prosedur",
        "nama pos", "judul pos", "nama spo", "judul spo", "nama kegiatan", "namasop", "judulsop",
        "sop title", "sop name", "procedure title", "procedure name", "title",
    ),
    "legal_basis": (
        "dasar hukum", "landasan hukum", "dasar hukum sop", "dasarhukum", "dasar peraturan", "rujukan hukum",
        "referensi", "legal basis", "references",
    ),
    "qualifications": (
        "kualifikasi pelaksana", "kualifikasi pelaksanaan", "kualifikasi", "kualifikasi pelaksana sop",
        "kualifikasipelaksana", "kualifikasi petugas", "kualifikasi sdm", "klasifikasi pelaksana",
        "qualification", "qualifications", "performer qualifications", "qualification of performers",
    ),
    "related_sops": (
        "keterkaitan", "keterkaitan sop", "keterkaitan dengan sop lain", "sop terkait", "keterkaitan dengan",
        "keterkaitan antar sop", "keterkaitan sop lain", "keterkaitan prosedur",
        "related sop", "related sops", "related procedures",
    ),
    "equipment": (
        "peralatan perlengkapan", "peralatan dan perlengkapan", "peralatan kelengkapan", "peralatan",
        "perlengkapan", "perlengkapan peralatan", "perlengkapan dan peralatan", "sarana dan prasarana",
        "peralatan dan kelengkapan", "sarana prasarana", "peralatan atau perlengkapan",
        "peralatan perlengkapan kerja", "alat dan bahan",
        "equipment", "tools and equipment",
    ),
    "warnings": (
        "peringatan", "perhatian", "peringatan resiko", "peringatan risiko",
        "hal hal yang perlu diperhatikan",
        "warning", "warnings",
    ),
    "records": (
        "pencatatan dan pendataan", "pencatatan pendataan", "pencatatan", "pendataan dan pencatatan",
        "pendataan", "pencatatandanpendataan", "pencatatan dan pendokumentasian",
        "pencatatan dan pelaporan", "pencatatan dan pengarsipan",
        "records", "records and documentation", "record keeping",
    ),
}  # fmt: skip
INLINE = ("edition", "number", "created", "revised", "effective", "ratified", "approver", "title")
LISTS = ("legal_basis", "qualifications", "related_sops", "equipment", "warnings", "records")

BODY = re.compile(
    r"(?i)\b(?:pemerintah|dinas|badan|kantor|kecamatan|kelurahan|kementerian|puskesmas|inspektorat|"
    r"sekretariat|satuan|rumah sakit|rsud|sekolah|smp|sma|smk|sd|"
    r"pengadilan|kejaksaan|universitas|direktorat|balai|upt|lembaga|komisi|mahkamah|desa|bagian|"
    r"bidang|sub ?bag|tim)"
)
"""What opens the name of an office."""

NUMBER_SIGNS = frozenset({"#", "№"})
UNIT_WORDS = frozenset({"menit", "dalam", "hari", "jam", "in", "minutes", "hours", "days"})
"""What a heading says beside its name of the unit of what stands below it."""

COUNTED = re.compile(r"^(?:[A-Z]|[IVX]{1,4})\s*[.)]\s+(?=[A-Z])")
"""What counts the headings of a form: A., II."""

STROKE = re.compile(r"^[Il|!\[\]](?=[A-Z][a-z]{2})")
"""A border of the table that recognition took for a letter, glued to the word beside it: INomor."""

BRACKETS = re.compile(r"\([^)]*(?:\)|$)")
LABELS = sorted(
    ((words.split(), name) for name, forms in FIELDS.items() for words in forms),
    key=lambda pair: -len(pair[0]),
)


@lru_cache(maxsize=4096)
def column_of(text: str) -> str | None:
    """The kind of column that a heading names, misspellings of one or two letters allowed; else None."""
    if len(text) > 60 or not text.strip():
        return None
    if text.strip() in NUMBER_SIGNS:
        return NO
    words = key(BRACKETS.sub(" ", text))
    bare = " ".join(word for word in words.split() if word not in UNIT_WORDS)
    if bare == "" or bare.isdigit():
        return None
    for name, forms in COLUMNS.items():
        if bare in forms:
            return name
    return _nearly(bare) or _amid_noise(bare)


def _amid_noise(bare: str) -> str | None:
    """A heading with specks around it, as recognition leaves them: "1 waktu va"; beside a word for people
    such letters are a name: "Petugas RM"."""
    words = [word for word in bare.split() if len(word) > 2]
    if len(words) != 1 or len(bare.split()) == 1 or len(words[0]) < 5:
        return None
    found = next((name for name, forms in COLUMNS.items() if words[0] in forms), None)
    return None if found == PERFORMERS and not words[0].startswith("pelaksana") else found


def _nearly(bare: str) -> str | None:
    squeezed = bare.replace(" ", "")
    if len(squeezed) < 5:
        return None
    for name, forms in COLUMNS.items():
        for form in forms:
            plain = form.replace(" ", "")
            if len(plain) >= 5 and distance(squeezed, plain, 2) <= (2 if len(plain) >= 9 else 1):
                return name
    return None


@lru_cache(maxsize=8192)
def label_of(text: str) -> tuple[str, str] | None:
    """The identity field whose label opens a text, and what follows the label; None when none does.

    A label stands alone, before a colon, or (number, dates, approver, title) right before its value.
    """
    if len(text) > 4000:
        return None
    shown = COUNTED.sub("", text) if text[:1].isalpha() else text.lstrip(" -•*|:.#0123456789)")
    shown = STROKE.sub("", shown)
    tokens = re.findall(r"[A-Za-z]+", shown[:120].casefold())
    for words, name in LABELS:
        if not _opens(tokens, words):
            continue
        rest = _after(shown, len(words))
        value = rest.lstrip(" .:*_|\t\n")
        marked = rest.lstrip(" .*\t").startswith(":") or "\n" in rest[:3]
        if not value or marked:
            return name, value
        if name in INLINE and len(words) > 1 and not _is_prose(value):
            return name, value
        if name in LISTS and len(words) > 1 and _follows(value):
            return name, value
        if label_of(value) is not None and len(words) + len(tokens) > 2 and _is_heading(shown):
            return name, value
    return None


def _is_prose(value: str) -> bool:
    """Say whether this goes on as a sentence: the words before it were no label then."""
    return bool(re.match(r"(?:dan|yang|yg|ini|dari|pada|untuk|akan|dengan|atau|tidak|dapat|sesuai)\b", value))


def _is_heading(text: str) -> bool:
    return len(text) < 90 and "." not in text.strip(" .:")


def _follows(value: str) -> bool:
    """A list label may be followed on its line by the first item of its list."""
    return bool(re.match(r"(?:1\s*[.)]|[-•]\s)", value))


def _opens(tokens: list[str], words: list[str]) -> bool:
    if len(tokens) < len(words):
        return False
    return all(
        token == word or (len(word) >= 7 and distance(token, word, 1) <= 1)
        for token, word in zip(tokens, words, strict=False)
    )


def _after(text: str, count: int) -> str:
    ends = [match.end() for match in re.finditer(r"[A-Za-z]+", text)]
    return text[ends[count - 1] :]
