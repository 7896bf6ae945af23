"""Scanned pages: recognised by Tesseract with its Indonesian model, where that is installed."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from runtut.procedures.importing.readers.geometry import Sheet


def is_installed() -> bool:
    return False


def has_picture(page: pdfium.PdfPage) -> bool:
    """Say whether a page shows a picture, as scans do."""
    count = min(raw.FPDFPage_CountObjects(page), 2000)
    kinds = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index)) for index in range(count))
    return any(kind in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM} for kind in kinds)


def note(pages: Sequence[int]) -> str:
    """What to tell the reader about scanned pages."""
    which = ", ".join(map(str, pages))
    return (
        f"Halaman {which} berupa pindaian dan tidak terbaca: Tesseract dengan bahasa Indonesia (ind) "
        "tidak terpasang di mesin ini."
    )


def recognise(page: pdfium.PdfPage, sheet: Sheet) -> Sheet:
    return sheet
