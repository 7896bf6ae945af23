"""Which classification of the archive a paper is proposed under (Permendagri 83/2022)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from runtut.documents.enums import DocumentKind

ACCOUNTABILITY: Final = "000.8.6.3"
"""Akuntabilitas kinerja instansi pemerintah: measurement, evaluation, and what is written about them."""

PLANNING: Final = "000.7.2"
"""Perencanaan pembangunan daerah. The sheet has no leaf for the yearly plan of a single office; its leaves
are those of the region's plans (.1, .2, .4) and of the performance agreement (.7)."""

CLASSES: Final[dict[str, str]] = {
    DocumentKind.RKT: PLANNING,
    DocumentKind.PENGUKURAN: ACCOUNTABILITY,
    DocumentKind.EKT: ACCOUNTABILITY,
}
"""Kinds that say themselves what they are about. Notes, invitations and reports are about what they serve."""


def class_code(kind: str = "", *, beside: Iterable[str] = ()) -> str:
    """Return the code that papers of a kind are proposed under; a kind that does not say what it is about
    follows the first of the kinds `beside` it that does."""
    return next((CLASSES[one] for one in (kind, *beside) if one in CLASSES), ACCOUNTABILITY)
