"""The office that an identity page is of: institution and unit out of its letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from runtut.procedures.importing.block import Piece
from runtut.procedures.importing.vocabulary import BODY
from runtut.procedures.importing.words import clean, flow

ADDRESS = re.compile(
    r"(?i)[\s,;-]*\b(?:(?<!rawat )jalan(?=\s+\S)|jln|jl|alamat|telp|telepon|telpon|fax|email|e-mail|"
    r"website|kode pos|http)\b.*",
    re.DOTALL,
)
UNIT = re.compile(
    r"\b(?:TIM|SUB ?BAGIAN|SUBBAG|BAGIAN|BIDANG|SEKSI|SUB ?BIDANG|SEKRETARIAT|SUBDIT|Tim|Sub ?Bagian|"
    r"Bagian|Bidang|Seksi|Sekretariat|Unit)\b"
)


def institution_of(pieces: Sequence[Piece]) -> tuple[str, str]:
    """Institution and unit; the address is neither."""
    lines = [line.strip() for piece in pieces for line in clean(piece.text).split("\n")]
    text = ADDRESS.sub("", flow("\n".join(line for line in lines if line)))
    if not BODY.search(text):
        return "", ""
    text = text[BODY.search(text).start() :] if len(text) > 300 else text  # type: ignore[union-attr]  # searched above
    unit = next((match for match in UNIT.finditer(text) if match.start() > 8), None)
    if unit is None or not re.search(
        r"(?i)badan|dinas|kantor|kecamatan|satuan|kementerian|pengadilan|sekretariat", text[: unit.start()]
    ):
        return text.strip(" -:"), ""
    return text[: unit.start()].strip(" -:,"), text[unit.start() :].strip(" -:,")


def untitled(pieces: Sequence[Piece]) -> str:
    """The text of a letterhead that names no office: the title, where nothing else is."""
    found = [flow(clean(piece.text)) for piece in pieces]
    return next(
        (
            text
            for text in found
            if 2 <= len(text.split()) <= 20
            and not BODY.match(text)
            and not ADDRESS.search(text)
            and not re.search(r"(?i)\bNIP\b|\d{4,}|:", text)
        ),
        "",
    )
