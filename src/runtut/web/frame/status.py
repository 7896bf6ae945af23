"""The five status words and which icon and tone go with them; a run borrows the tones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from runtut.procedures.enums import VersionState


@dataclass(frozen=True)
class Badge:
    word: str
    tone: str
    icon: str


BADGES: Final[dict[str, Badge]] = {
    "draf": Badge("Draf", "draf", "pensil"),
    "menunggu": Badge("Menunggu", "menunggu", "jam"),
    "dikembalikan": Badge("Dikembalikan", "dikembalikan", "kembali"),
    "disetujui": Badge("Disetujui", "disetujui", "centang"),
    "terkunci": Badge("Terkunci", "terkunci", "kunci"),
    "berjalan": Badge("Berjalan", "menunggu", "panah"),
    "dijeda": Badge("Dijeda", "menunggu", "jeda"),
    "selesai": Badge("Selesai", "disetujui", "centang"),
    "dibatalkan": Badge("Dibatalkan", "terkunci", "silang"),
}

VERSION_BADGES: Final[dict[str, str]] = {
    VersionState.DRAFT: "draf",
    VersionState.IN_REVIEW: "menunggu",
    VersionState.RATIFIED: "disetujui",
    VersionState.EFFECTIVE: "disetujui",
    VersionState.SUPERSEDED: "terkunci",
    VersionState.WITHDRAWN: "terkunci",
}
