"""Offices as SOPs name them: what opens a name, how high it ranks, how it is shortened."""

from __future__ import annotations

import re

from runtut.procedures.importing.words import key

HEADS = (
    "staf", "staff", "kasubag", "kasubbag", "kasubbid", "kasubid", "kasi", "kasie", "kabid", "kabag",
    "sekretaris",
    "sekcam", "camat", "kepala", "bupati", "sekda", "lurah", "pengelola", "pengadministrasi", "pelaksana",
    "jfu",
    "jft", "operator", "petugas", "pemohon", "direktur", "ketua", "anggota", "tim", "bendahara", "ppk", "kpa",
    "analis", "arsiparis", "admin", "gubernur", "walikota", "inspektur", "kabupaten", "panitera", "hakim",
    "dokter",
    "perawat", "guru", "wakil", "kasubdit", "kasat", "kaban", "kadis", "asisten", "resepsionis", "sekdin",
    "sekban",
    "bidang", "bagian", "seksi", "caraka", "kurir", "verifikator", "auditor", "pejabat", "koordinator",
    "masyarakat",
    "warga", "kades", "sekdes", "kaur", "kadus", "bidan", "juru", "pasien", "apoteker", "mahasiswa", "dosen",
    "dekan", "rektor", "kaprodi", "panmud", "jurusita", "kanit", "baur", "kapolsek", "kapolres", "penyidik",
    "penyuluh", "ajudan", "pengurus", "panitia", "pelapor", "pengunjung", "kasubdit", "kaposko", "unit",
)  # fmt: skip

RANKS: tuple[tuple[int, str], ...] = (
    (0, r"pemohon|masyarakat|pelapor|pasien|pengunjung|wajib pajak|siswa|warga|mahasiswa|student|applicant"),
    (
        10,
        (
            r"staff?|pengadministrasi|pengelola|operator|petugas|arsiparis|caraka|kurir|jfu|pelaksana|admin|"
            r"resepsionis|loket|anggota|pramu|bendahara|perawat|guru|tim teknis"
        ),
    ),
    (20, r"analis|jft|fungsional|verifikator|auditor|sek(?:retaris)? tim|tim"),
    (
        30,
        (
            r"kasubb?ag|kasubb?id|kasie?|kasubdit|kepala (?:sub|seksi)|sub ?(?:bagian|bidang|koordinator)|"
            r"ketua tim|lurah|koordinator|seksi"
        ),
    ),
    (40, r"kabid|kabag|kepala (?:bidang|bagian|puskesmas|sekolah)|bidang|bagian|panitera|wakil|ppk"),
    (50, r"sekretaris|sekcam|sekdin|sekban|sekda|asisten|kpa"),
    (60, r"camat|kepala|kadis|kaban|kasat|direktur|ketua|inspektur|pimpinan|hakim"),
    (70, r"bupati|walikota|wali kota|gubernur|menteri|sekretaris daerah|rektor"),
)
FULL = {
    "sekcam": "sekretaris camat", "kasubag": "kepala sub bagian", "kasubbag": "kepala sub bagian",
    "kasi": "kepala seksi", "kasie": "kepala seksi", "kabid": "kepala bidang", "kabag": "kepala bagian",
    "kasubbid": "kepala sub bidang", "kasubid": "kepala sub bidang", "kadis": "kepala dinas",
    "kaban": "kepala badan",
    "kasat": "kepala satuan", "sekdin": "sekretaris dinas", "sekban": "sekretaris badan",
    "sekda": "sekretaris daerah",
    "staff": "staf", "sek": "sekretaris", "umpar": "umum aparatur", "umpeg": "umum kepegawaian",
    "perenc": "perencanaan",
    "subbagian": "sub bagian", "subbag": "sub bagian", "subag": "sub bagian", "sekretariat": "sekretaris",
    "pk": "perencanaan keuangan", "kec": "kecamatan",
}  # fmt: skip
EMPTY = {
    "dan",
    "atau",
    "semua",
    "seluruh",
    "para",
    "terkait",
    "masing",
    "lainnya",
    "yang",
    "di",
    "pada",
    "kepada",
    "ke",
}
MORE = r"(?-i:(?: (?!Me|Di|Ber)[A-Z]\w+){0,2})"
ROLE = re.compile(
    r"(?i)\b(?:para |semua |seluruh |masing-masing )?"
    r"(sekretaris(?: (?:camat|dinas|badan|daerah|kecamatan|opd|tim(?-i: [A-Z]\w+)?))?|sekcam|camat|"
    r"bupati|wali ?kota|gubernur|"
    r"sekda|sekban|sekdin|lurah|kepala (?:dinas|badan|bidang|bagian|seksi|sub ?bagian|sub ?bidang|"
    r"kantor|satuan|puskesmas|"
    rf"sekolah|desa|upt\w*){MORE}|(?-i:[Kk]epala [A-Z]\w+)|kasubb?ag{MORE}|kasubb?id{MORE}|"
    rf"kasie?{MORE}|kabid{MORE}|"
    rf"kabag{MORE}|kadis|kaban|kasat|pengadministrasi umum|staff?|ppk|kpa|pimpinan|direktur|panitera|"
    r"ketua(?: tim)?|"
    r"operator|bendahara|arsiparis|pemohon|inspektur(?: jenderal)?)\b"
)
NAMED_AFTER = re.compile(
    r"(?i)\b(?:surat|edaran|peraturan|keputusan|se|sk|instruksi|disposisi|perintah|tanda tangan|nota)\s*$"
)


def mentions(text: str) -> list[str]:
    """Offices that a text names; what is only a document of theirs ("Surat Bupati") is not counted."""
    found = ROLE.finditer(text)
    return [match.group(1).strip() for match in found if not NAMED_AFTER.search(text[: match.start()])]


def is_office(name: str) -> bool:
    """Say whether a name begins as offices and those whom they serve are called."""
    words = key(name).split()
    return bool(words) and words[0] in HEADS and name[:1].isupper()


def rank(name: str) -> int:
    """How high an office stands, 0 for the public to 70 for the head of a region; 15 when unknown."""
    words = key(name)
    best = 15
    first = len(words) + 1
    for value, pattern in RANKS:
        match = re.search(rf"\b(?:{pattern})\b", words)
        if match and (match.start() < first or (match.start() == first and value > best)):
            best, first = value, match.start()
    return best


def core(name: str) -> frozenset[str]:
    """The words that make an office what it is, abbreviations written out."""
    words = " ".join(FULL.get(word, word) for word in key(name).split())
    return frozenset(word for word in words.split() if word not in EMPTY)


def fits(mention: str, column: str) -> float:
    """How well a mention of an office fits a column, from 0 to 1; a column may name several offices."""
    wanted = core(mention)
    if not wanted:
        return 0.0
    best = 0.0
    for part in [column, *re.split(r"[/,]| dan ", column)]:
        held = core(part)
        if not held or not wanted & held:
            continue
        shared = len(wanted & held)
        if rank(mention) != rank(part) and rank(mention) != 15 and rank(part) != 15:
            continue
        best = max(best, shared / len(wanted | held) + (0.3 if wanted <= held or held <= wanted else 0.0))
    return min(best, 1.0)
