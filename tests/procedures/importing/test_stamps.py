"""Words under a stamp or a signature: the coloured ink is lifted off."""

from __future__ import annotations

from io import BytesIO

import pytest
import typst
from PIL import Image, ImageChops
from tests.procedures.importing import drawn, made

from runtut.procedures.importing import parse
from runtut.procedures.importing.readers import scans, stamps
from runtut.procedures.importing.result import ReadSop

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not scans.is_installed(), reason="Tesseract with the Indonesian model is not here"),
]

FRONT = """
#set page(width: 297mm, height: 210mm, margin: 20pt)
#set text(font: "Liberation Sans", size: 10pt)
#let ink = rgb("#3a4fc0")
#let arc(size, words) = text(size, ink, weight: "bold", words)
#place(top + left, dx: 425pt, dy: 62pt, circle(radius: 46pt, stroke: 2.4pt + ink))
#place(top + left, dx: 438pt, dy: 95pt, rotate(-18deg, arc(9pt)[DINAS CONTOH \\ KAB. CONTOH]))
#place(top + left, dx: 430pt, dy: 134pt, arc(14pt)[\\* KABUPATEN CONTOH \\*])
#table(columns: (300pt, 120pt, 260pt), inset: 4pt,
  table.cell(rowspan: 5)[PEMERINTAH KABUPATEN CONTOH], [Nomor SOP], [000.8.3.3/17/2026],
  [Tanggal Pembuatan], [3 Maret 2026],
  [Tanggal Efektif], [9 Maret 2026],
  [Disahkan oleh], [Kepala Dinas Contoh #v(26pt) RATNA WULANDARI, S.Sos. \\ NIP. 19800101 200501 2 001],
  [Nama SOP], [Pelayanan Permohonan Rekomendasi])
#pagebreak()
"""
"""An identity page with a blue stamp over which the words of two cells show, as they do in a scan."""


def stamped() -> bytes:
    """Two scanned pages, the first with a blue stamp over who ratifies and over the title."""
    sop, _ = drawn.example()
    table = made.as_typst(sop).replace(f"Nama SOP : {sop.title}", "")
    pages = typst.compile((FRONT + table).encode(), format="png", ppi=200)
    pictures = [Image.open(BytesIO(page)).convert("RGB") for page in pages]
    stream = BytesIO()
    pictures[0].save(stream, "PDF", save_all=True, append_images=pictures[1:], resolution=200, quality=80)
    return stream.getvalue()


def read() -> ReadSop:
    (found,) = parse("pindaian.pdf", stamped()).sops
    return found


def test_title_and_approver_under_a_stamp_are_read() -> None:
    found = read()

    assert found.title == "Pelayanan Permohonan Rekomendasi"
    assert (found.approver.position, found.approver.nip) == ("Kepala Dinas Contoh", "198001012005012001")
    assert len(found.steps) == 3


def test_without_lifting_the_stamp_the_title_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "has_colour", lambda plain, clean: False)

    assert read().title != "Pelayanan Permohonan Rekomendasi"


def test_black_stays_under_colour_and_colour_goes() -> None:
    page = Image.new("RGB", (60, 20), "white")
    page.paste((40, 80, 200), (0, 0, 40, 20))
    page.paste((20, 18, 40), (20, 0, 30, 20))

    shown = stamps.lifted(page)

    assert shown.crop((20, 0, 30, 20)).getextrema()[1] < 60
    assert shown.crop((0, 0, 20, 20)).getextrema() == shown.crop((30, 0, 60, 20)).getextrema() == (255, 255)
    assert ImageChops.subtract(shown, page.convert("L")).getbbox() is not None
