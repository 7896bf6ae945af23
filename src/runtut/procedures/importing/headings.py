"""Lines that head an SOP or a part of one, and what stands on every page: told by their words."""

from __future__ import annotations

import re

from runtut.procedures.importing.words import clean, flow

FURNITURE = re.compile(
    r"(?i)^\W*(dokumen ini telah ditandatangani|pindai (kode )?qr|halaman \d+|hal\.? ?:? ?\d|page \d|"
    r"\d+ dari \d+|"
    r"catatan :? ?uu ite|informasi elektronik|dokumen ini ditandatangani)"
)
HEADING = re.compile(
    r"(?i)^\W*(?:\d{1,3}\s*\.\s*)?(?:sop\b|s\.o\.p|standar[dt]? ?operasional|standard operating|"
    r"prosedur operasional|standar[dt]? prosedur|prosedur$|flow ?chart|diagram alir|bagan alir|pos\b|alur )"
)
NO_TITLE = re.compile(
    r"(?i)\W*(?:tahun\b|nomor\b|no\b|bulan\b|edisi|halaman|lampiran|tentang\W*$|\d+\W*$|NIP\b|\W*$)"
)
"""What stands below the heading of a form and is not its title."""

WORKSHEET = re.compile(r"(?i)lembar kerja|identifikasi (?:kegiatan|langkah)|data kegiatan$")
SIGNATURE = re.compile(r"(?i)\bNIP\b|\bNIPP?P?K?\b")

CONTINUED = re.compile(r"(?i)\s*\(?\b(?:lanjutan|sambungan|lanjut)\b\s*(?:\d+|ke[- ]\d+)?\s*\)?\s*$")


def bare_title(text: str) -> str:
    """A title without the words that only say that it is an SOP."""
    text = flow(clean(text)).strip(' :."“”')
    text = re.sub(
            r"(?i)^(?:\d{1,3}\s*\.\s*)?(?:standar[dt]?\s+prosedure?\s+operasional\b\W*|"
            r"(?:standar[dt]?|sistem)\s+(?:operasional|"
            r"operating)(?:\s+(?:dan\s+)?(?:prosedure?s?|procedures?|baku))?\s*"
            r"(?:administrasi pemerintahan\s*)?(?:\((?:sop|s\.o\.p\.?)(?: ap)?\)\s*)?|(?:sop|s\.o\.p\.?|"
            r"pos|spo)(?:[\s\-]+ap)?\b[\s:\-]*)+",
        "", text,
    )  # fmt: skip
    return CONTINUED.sub("", text).strip(' :.-"“”')
