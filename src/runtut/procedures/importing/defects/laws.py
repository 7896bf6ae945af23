"""Defects in the legal basis: names, numbers, dates, and rules that others replaced."""

from __future__ import annotations

import re
from dataclasses import dataclass

from runtut.procedures.importing.result import ReadSop
from runtut.procedures.importing.words import distance, key, words

CITED = re.compile(
    r"(?i)\b(?:nomor|no\.?|nmr)\s*:?\s*(\d{1,3})\s*(?:/|tahun|thn\.?|th\.?)\s*((?:19|20)\d{2})"
)
OPENERS = (
    "undang", "peraturan", "keputusan", "instruksi", "permendagri", "permenpan", "permenpanrb", "perda",
    "perbup", "perwal",
    "perwali", "pergub", "perpres", "inpres", "keppres", "permen", "kepmen", "permenkes", "permenkeu",
    "kepmendagri",
    "perki", "perka", "surat", "ketetapan", "qanun", "perlan", "peraturanpemerintah", "perkap",
    "permendikbud",
)  # fmt: skip
LATER = re.compile(
    r"(?i)perubahan|sebagaimana|pelaksanaan|diubah|pengganti|lembaran|berita (?:negara|daerah)|tambahan|atas"
)


@dataclass(frozen=True)
class Law:
    """A known rule: its kind, number and year, words of its title, and what replaced it."""

    kind: str
    number: int
    year: int
    title: str
    replaced: str = ""


KNOWN = (
    Law("uu", 25, 2004, "sistem perencanaan pembangunan nasional"),
    Law("uu", 23, 2014, "pemerintahan daerah"),
    Law("uu", 43, 2009, "kearsipan"),
    Law("uu", 14, 2008, "keterbukaan informasi publik"),
    Law("uu", 25, 2009, "pelayanan publik"),
    Law("uu", 30, 2014, "administrasi pemerintahan"),
    Law("uu", 17, 2003, "keuangan negara"),
    Law("uu", 1, 2004, "perbendaharaan negara"),
    Law("uu", 5, 2014, "aparatur sipil negara", "UU 20 Tahun 2023"),
    Law("uu", 32, 2004, "pemerintahan daerah", "UU 23 Tahun 2014"),
    Law("inpres", 7, 1999, "akuntabilitas kinerja instansi pemerintah", "Perpres 29 Tahun 2014"),
    Law("pp", 20, 2004, "rencana kerja pemerintah", "PP 17 Tahun 2017"),
    Law("pp", 53, 2010, "disiplin pegawai negeri sipil", "PP 94 Tahun 2021"),
    Law(
        "permendagri",
        54,
        2010,
        "pelaksanaan peraturan pemerintah nomor 8 tahun 2008",
        "Permendagri 86 Tahun 2017",
    ),
    Law("permendagri", 13, 2006, "pedoman pengelolaan keuangan daerah", "Permendagri 77 Tahun 2020"),
    Law(
        "permenpan",
        12,
        2015,
        "pedoman evaluasi atas implementasi sistem akuntabilitas kinerja",
        "PermenPANRB 88 Tahun 2021",
    ),
    Law(
        "permenpan",
        29,
        2010,
        "pedoman penyusunan penetapan kinerja dan pelaporan akuntabilitas",
        "PermenPANRB 53 Tahun 2014",
    ),
    Law(
        "permendagri",
        54,
        2009,
        "tata naskah dinas di lingkungan pemerintah daerah",
        "Permendagri 1 Tahun 2023",
    ),
    Law(
        "permendagri",
        86,
        2017,
        "perencanaan pengendalian evaluasi pembangunan daerah rancangan rencana jangka panjang "
        "menengah kerja",
    ),
)
KINDS = (
    (r"^uu\b|^undang", "uu"),
    (r"^inpres|^instruksi presiden", "inpres"),
    (r"^perpres|^peraturan presiden", "perpres"),
    (r"^pp\b|^peraturan pemerintah", "pp"),
    (r"^permendagri|^peraturan menteri dalam negeri", "permendagri"),
    (r"^permenpan|^peraturan menteri (?:pendayagunaan|pan)", "permenpan"),
    (r"^perda|^peraturan daerah", "perda"),
    (r"^perbup|^peraturan bupati", "perbup"),
)
SOP_RULES = ((35, 2012), (52, 2011))
PERFORMANCE_RULES = ((29, 2014), (53, 2014), (88, 2021), (8, 2006), (89, 2021))


def check(sop: ReadSop) -> None:
    entries = sop.lists.get("legal_basis", [])
    seen: dict[tuple[str, int, int], str] = {}
    for text in entries:
        _opener(sop, text)
        _known(sop, text)
        _fused(sop, text)
        _dated(sop, text)
        for number, year in citations(text)[:1]:
            at = (kind_of(text), number, year)
            if at in seen:
                sop.doubt("legal_basis", f"Aturan nomor {number} tahun {year} disebut lebih dari sekali.")
            seen[at] = text
        if citations(text) and not re.search(r"(?i)\btentang\b", text):
            sop.doubt("legal_basis", f"Judul aturan tanpa kata “tentang”: {_short(text)}")
    _missing(sop, entries)


def citations(text: str) -> list[tuple[int, int]]:
    """Number and year of every rule that a text cites."""
    return [(int(number), int(year)) for number, year in CITED.findall(text)]


def kind_of(text: str) -> str:
    """The kind of rule that an entry opens with, in one short word."""
    start = key(text)[:90]
    first = start.split(" ")[0]
    start = f"{_meant(first) or first}{start[len(first) :]}"
    for pattern, kind in KINDS:
        if re.search(pattern, start):
            return kind
    return " ".join(start.split()[:2])


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def _opener(sop: ReadSop, text: str) -> None:
    near = _meant((words(text) or [""])[0])
    if near:
        sop.doubt("legal_basis", f"“{text.split()[0]}” mungkin salah ketik untuk “{near}”.")


def _meant(first: str) -> str:
    """The opening that a misspelt one was meant to be, or nothing."""
    if len(first) < 6 or first in OPENERS:
        return ""
    return next((word for word in OPENERS if len(word) >= 6 and distance(first, word, 2) <= 2), "")


def _known(sop: ReadSop, text: str) -> None:
    kind, held = kind_of(text), " ".join(words(text))
    cited = citations(text)[:1]
    for law in KNOWN:
        if law.kind != kind or not cited:
            continue
        same = cited[0] == (law.number, law.year)
        if (
            not same
            and law.kind == "uu"
            and law.title in held
            and not any(
                other.title == law.title and cited[0] == (other.number, other.year) for other in KNOWN
            )
        ):
            sop.doubt(
                "legal_basis",
                f"Judul “{law.title}” adalah UU {law.number} Tahun {law.year}, bukan UU {cited[0][0]} "
                f"Tahun {cited[0][1]}.",
            )
        if same and law.replaced:
            sop.doubt("legal_basis", f"{_short(text)}: sudah diganti {law.replaced}.")
        if same and law.kind != "uu":
            lost = [word for word in law.title.split() if word not in held.split()]
            if len(lost) > len(law.title.split()) // 4:
                sop.doubt(
                    "legal_basis",
                    f"Judul aturan nomor {law.number} tahun {law.year} tampak terpotong atau berbeda.",
                )


def _fused(sop: ReadSop, text: str) -> None:
    """Two rules in one entry: a second one begins after the title of the first."""
    for match in list(CITED.finditer(text))[1:]:
        before = text[: match.start()]
        opening = re.search(
            r"(Peraturan|Undang-Undang|Keputusan|Instruksi|Permen\w*|Perbup)\b[^.;]{0,60}$", before
        )
        if opening and not LATER.search(before[max(0, opening.start() - 40) : opening.start()]):
            sop.doubt("legal_basis", f"Dua aturan tergabung dalam satu butir: {_short(text)}")
            return


def _dated(sop: ReadSop, text: str) -> None:
    created = sop.dates["created"]
    if not created or sop.dates["revised"]:
        return
    for number, cited in citations(text):
        if cited > int(created[:4]):
            sop.doubt(
                "legal_basis",
                f"Aturan nomor {number} tahun {cited} lebih baru daripada tanggal SOP ({created}).",
            )
        elif cited == int(created[:4]) and number > _plausible(created):
            why = f"Aturan nomor {number} tahun {cited} kemungkinan terbit sesudah tanggal SOP ({created})."
            sop.doubt("legal_basis", why)


def _plausible(created: str) -> int:
    """How many rules of a kind may be out by the month of a date, counted generously: twelve a month."""
    return 12 * int(created[5:7] or 12) if len(created) >= 7 else 10**6


def _missing(sop: ReadSop, entries: list[str]) -> None:
    cited = {pair for text in entries for pair in citations(text)}
    if not entries:
        sop.doubt("legal_basis", "Dasar hukum kosong atau tidak ditemukan.")
        return
    if not cited & set(SOP_RULES):
        sop.doubt(
            "legal_basis",
            "Tidak ada pedoman penyusunan SOP (PermenPANRB 35/2012 atau Permendagri 52/2011) di dasar hukum.",
        )
    if "kinerja" in words(sop.title) and not cited & set(PERFORMANCE_RULES):
        sop.doubt(
            "legal_basis",
            "SOP tentang kinerja tanpa aturan SAKIP (Perpres 29/2014, PermenPANRB 53/2014 atau 88/2021).",
        )
