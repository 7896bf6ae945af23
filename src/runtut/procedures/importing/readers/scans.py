"""Scanned pages: recognised by Tesseract with its Indonesian model, where that is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageFilter

from runtut.core import recognition
from runtut.procedures.importing.readers import raster, tracing
from runtut.procedures.importing.readers.cells import cells_of
from runtut.procedures.importing.readers.geometry import Box, Shape, Sheet, Word, bridged, merged
from runtut.procedures.importing.readers.raster import DPI, Raster
from runtut.procedures.importing.readers.remainders import completed
from runtut.procedures.importing.readers.rereading import marks, reread
from runtut.procedures.importing.readers.shades import lightened
from runtut.procedures.importing.readers.stamps import has_colour, lifted, uncovered
from runtut.procedures.importing.readers.straighten import straightened
from runtut.procedures.importing.readers.unwarp import flattened
from runtut.procedures.importing.source import Sign

FINE = 300
SECONDS = 150.0
"""After how long nothing more of a file is begun: the pages left over are named, and the rest is kept. What
was begun just before ends within the time of one call of Tesseract, before the process itself is stopped."""

USUAL = (500.0, 1300.0)
"""The longer side of paper from A5 to A3, in points."""

A4 = 842.0
SPARSE = 11
"""Tesseract looks for words wherever they stand, in no order."""
BLOCK = 6
"""Tesseract takes the picture for one block of lines."""

POOR = 25.0
WHITENED = 80
BOLD = ImageFilter.MinFilter(3)
FAINT = 1.15
"""How much longer the lines of a page become once they are drawn thicker, where they are too faint."""

SPEAKS = re.compile(r"[A-Za-z0-9]|^-$")


def is_installed() -> bool:
    """Say whether scans can be recognised on this machine."""
    return recognition.is_installed()


def has_picture(page: pdfium.PdfPage) -> bool:
    """Say whether a page shows a picture, as scans do."""
    count = min(raw.FPDFPage_CountObjects(page), 2000)
    kinds = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index)) for index in range(count))
    return any(kind in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM} for kind in kinds)


def note(pages: Sequence[int]) -> str:
    """What to tell the reader about scanned pages."""
    which = ", ".join(map(str, pages))
    if is_installed():
        return (
            f"Halaman {which} berupa pindaian dan dikenali dengan Tesseract; setiap isian perlu dicocokkan. "
            "Panah kembali hanya terbaca bila garisnya utuh: pastikan tujuan kembali setiap keputusan."
        )
    missing = "Tesseract dengan bahasa Indonesia (ind) tidak terpasang di mesin ini"
    return f"Halaman {which} berupa pindaian dan tidak terbaca: {missing}."


def blank_note(pages: Sequence[int]) -> str:
    """What to tell the reader about pages on which nothing at all is seen."""
    which = ", ".join(map(str, pages))
    return (
        f"Halaman {which} tampak kosong: memang kosong, atau gambarnya tidak dapat dibuka. Bila seharusnya "
        "ada isinya, simpan ulang PDF ini lalu impor lagi."
    )


def left_note(pages: Sequence[int]) -> str:
    """What to tell the reader about scanned pages for which there was no time."""
    which = ", ".join(map(str, pages))
    return (
        f"Halaman {which} berupa pindaian dan belum terbaca, karena waktu baca satu berkas habis. "
        "Pecah per SOP lalu impor lagi."
    )


def recognise(page: pdfium.PdfPage, sheet: Sheet, *, deadline: float = float("inf")) -> Sheet:
    """A sheet with the words, lines and symbols of a picture; cells are read again until the deadline."""
    picture = _picture(page)
    low, high = picture.getextrema()
    if low == high:
        return Sheet(sheet.width, sheet.height, blank=True)
    fine, fills = lightened(straightened(flattened(picture)), 72 / FINE)
    coarse, level = lined(fine)
    upright = raster.strokes(coarse, upright=True)
    skew = raster.tilt(level, coarse.width)
    found = Sheet(sheet.width, sheet.height, fills=fills, blurred=True)
    found.lines = raster.snapped(merged(raster.lines_of(level, upright, skew)))
    blocks = [
        stroke
        for stroke in raster.strokes(coarse, upright=False, shortest=24)
        if stroke.thickness >= raster.THICK
    ]
    drawn = tracing.without_borders(coarse, level, upright)
    raster.erase(coarse, level, upright, coarse.width / 9)
    found.shapes = raster.shapes_of(coarse, blocks, skew)
    found.shapes += _beside(raster.diamonds_of(drawn, skew), found.shapes)
    painted = [Shape(Sign.PROCESS, fill.box) for fill in fills]
    found.lines = bridged(found.lines, [*found.shapes, *painted])
    found.arrows = list(tracing.arrows_in(drawn, found.shapes, skew))
    plain = _unlined(fine, level, upright)
    words = list(_words(plain, skew))
    tables = cells_of(found)
    clean = lifted(_render(page))
    if has_colour(picture, clean):
        clean = _unlined(lightened(straightened(flattened(clean)), 72 / FINE)[0], level, upright)
        words = uncovered(plain, clean, 72 / FINE, tables, words, _block)
    words = reread(plain, 72 / FINE, tables, words, _in_lines, deadline=deadline)
    found.words = completed(plain, 72 / FINE, tables, words, found.shapes, _in_lines, deadline=deadline)
    if not found.shapes:
        found.shapes = [Shape(Sign.MARK, box) for box in marks(plain, 72 / FINE, tables, found.words)]
    return found


def _beside(more: Sequence[Shape], shapes: Sequence[Shape]) -> list[Shape]:
    """Symbols that lie over no other."""
    return [shape for shape in more if not any(shape.box.holds(*other.box.middle) for other in shapes)]


def lined(fine: Image.Image) -> tuple[Raster, list[raster.Stroke]]:
    """A page in black and white with its level lines; hairlines that break are drawn thicker, which changes
    nothing on a page whose lines are whole."""
    coarse = Raster.of(fine.reduce(FINE // DPI))
    level = raster.strokes(coarse, upright=False)
    bold = Raster.of(fine.filter(BOLD).reduce(FINE // DPI))
    thicker = raster.strokes(bold, upright=False)
    return (bold, thicker) if _length(thicker) > FAINT * _length(level) else (coarse, level)


def _length(strokes: Sequence[raster.Stroke]) -> float:
    """How long the lines are that may be those of a table."""
    lengths = (stroke.end - stroke.start for stroke in strokes if stroke.thickness < raster.THICK)
    return sum(length for length in lengths if length > 2 * raster.LONG)


def _picture(page: pdfium.PdfPage) -> Image.Image:
    """The page in gray."""
    return _render(page, grayscale=True).convert("L")


def _render(page: pdfium.PdfPage, *, grayscale: bool = False) -> Image.Image:
    drawn: Image.Image = page.render(scale=FINE / 72 * _paper(page), grayscale=grayscale).to_pil()
    return drawn


def _paper(page: pdfium.PdfPage) -> float:
    """What makes a page the size of paper: programs that keep photographs write one point for a pixel."""
    longest = max(*page.get_size(), 1.0)
    return 1.0 if USUAL[0] <= longest <= USUAL[1] else A4 / longest


def _unlined(
    picture: Image.Image, level: Sequence[raster.Stroke], upright: Sequence[raster.Stroke]
) -> Image.Image:
    """The page with the lines of its tables painted over."""
    pixels = bytearray(picture.tobytes())
    _whiten(pixels, picture.width, picture.height, level, upright)
    return Image.frombytes("L", picture.size, bytes(pixels))


def _words(picture: Image.Image, skew: float) -> Iterator[Word]:
    """The words that Tesseract finds."""
    return _placed(_tesseract(_portable(picture)), skew)


def _block(picture: Image.Image) -> Iterator[Word]:
    """The words of a picture that is one block of lines."""
    return _placed(_in_lines(_portable(picture), ""), 0.0)


def _portable(picture: Image.Image) -> bytes:
    return b"P5\n%d %d\n255\n" % picture.size + picture.tobytes()


def _placed(table: str, skew: float) -> Iterator[Word]:
    """The words of Tesseract's table, where they stand on the paper."""
    scale = 72 / FINE
    entries = [parts for line in table.splitlines()[1:] if len(parts := line.split("\t")) >= 12]
    for parts, after in pairwise([*entries, [""] * 12]):
        text = _meant(parts[11], after[11])
        if float(parts[10]) < POOR or not SPEAKS.search(text):
            continue
        left, top, wide, high = (float(part) * scale for part in parts[6:10])
        across, down = skew * (top + high / 2), -skew * (left + wide / 2)
        box = Box(left + across, top + down, left + wide + across, top + high + down)
        yield Word(text.strip(" |_“”‘"), box, float(parts[10]))


def _meant(text: str, after: str) -> str:
    """A stroke before a unit of time is the figure one."""
    is_unit = re.match(r"(?i)(?:menit|jam|hari|minggu)", after.strip()) is not None
    return "1" if is_unit and text.strip() in {"|", "I", "l", "!", "1.", "t", "i"} else text


def _whiten(
    pixels: bytearray,
    width: int,
    height: int,
    level: Sequence[raster.Stroke],
    upright: Sequence[raster.Stroke],
) -> None:
    """Paint the lines of tables white in the fine picture; Tesseract takes them for letters."""
    fine = FINE // DPI
    page = Raster(width, height, pixels)
    for stroke in level:
        if stroke.thickness < raster.THICK and stroke.end - stroke.start > WHITENED:
            for x in range(stroke.start * fine, min(stroke.end * fine, width)):
                at = round((stroke.first + stroke.slope * (x / fine - stroke.start)) * fine)
                for y in range(max(0, at - 4), min(height, at + 5)):
                    page.pixels[y * width + x] = raster.PAPER
    for stroke in upright:
        if stroke.thickness < raster.THICK and stroke.end - stroke.start > WHITENED:
            for y in range(stroke.start * fine, min(stroke.end * fine, height)):
                at = round((stroke.first + stroke.slope * (y / fine - stroke.start)) * fine)
                first, last = max(0, at - 4), min(width, at + 5)
                page.pixels[y * width + first : y * width + last] = b"\xff" * (last - first)


def _tesseract(picture: bytes) -> str:
    return recognition.recognised(picture, layout=SPARSE, form="tsv")


def _in_lines(picture: bytes, letters: str) -> str:
    """What stands in lines one below the other, in these letters only where there are any."""
    return recognition.recognised(picture, layout=BLOCK, form="tsv", letters=letters)
