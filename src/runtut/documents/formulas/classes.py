"""Which classification of the archive a paper is proposed under (Permendagri 83/2022)."""

from __future__ import annotations

from typing import Final

from runtut.documents.enums import DocumentKind

ACCOUNTABILITY: Final = "000.8.6.3"
"""Akuntabilitas kinerja instansi pemerintah: measurement, evaluation, and what is written about them."""

PLANNING: Final = "000.7.2"
"""Perencanaan pembangunan daerah. The sheet has no leaf for the yearly plan of a single office; its leaves
are those of the region's plans (.1, .2, .4) and of the performance agreement (.7)."""

CLASSES: Final = {DocumentKind.RKT: PLANNING}


def class_code(kind: str = "") -> str:
    """Return the code that papers of a kind are proposed under."""
    return CLASSES.get(DocumentKind(kind), ACCOUNTABILITY) if kind else ACCOUNTABILITY
