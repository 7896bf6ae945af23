"""PDF by PDFium: words with their boxes, lines and shapes; pages without text go to recognition."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import pi
from time import monotonic

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from runtut.procedures.importing.limits import MAX_PAGES, Unreadable, too_many_pages
from runtut.procedures.importing.readers import images, scans
from runtut.procedures.importing.readers.arrows import arrows_of
from runtut.procedures.importing.readers.cells import read_page
from runtut.procedures.importing.readers.figures import Figure, take
from runtut.procedures.importing.readers.geometry import Box, Shape, Sheet, Word
from runtut.procedures.importing.readers.joints import Leg, joints_in, whole
from runtut.procedures.importing.readers.presets import fits_symbol
from runtut.procedures.importing.source import Row, Sign, Source
from runtut.procedures.importing.words import PRIVATE

MAX_CHARS = 60_000
MAX_OBJECTS = 40_000
MAX_DEPTH = 8
QUARTER = pi / 2
HYPHENS = {"\x00": " ", "\x02": "-"}
"""What stands at the end of a line where a word is broken, and where nothing is known of a letter."""
FEW = 25
CROWDED = "Gambar di halaman {page} terlalu padat untuk dibaca; hanya tulisannya yang diambil."
Matrix = tuple[float, float, float, float, float, float]


def read(name: str, content: bytes) -> Source:
    """Read a PDF; raises Unreadable when it is locked, broken or has too many pages."""
    try:
        document = pdfium.PdfDocument(content)
        count = len(document)
    except pdfium.PdfiumError as failure:
        if "assword" in str(failure):
            raise Unreadable(
                "PDF ini terkunci kata sandi. Simpan salinan tanpa kata sandi lalu impor lagi."
            ) from None
        raise Unreadable("PDF ini rusak dan tidak dapat dibuka.") from None
    if count > MAX_PAGES:
        raise too_many_pages(count)
    try:
        return _read(name, document)
    except pdfium.PdfiumError:
        raise Unreadable("PDF ini rusak: ada halamannya yang tidak dapat dibuka.") from None
    finally:
        document.close()


def _read(name: str, document: pdfium.PdfDocument) -> Source:
    rows: list[Row] = []
    legs: list[Leg] = []
    scanned: list[int] = []
    left: list[int] = []
    blank: list[int] = []
    notes: list[str] = []
    columns: tuple[float, ...] = ()
    deadline = monotonic() + scans.SECONDS
    for number, page in enumerate(document, start=1):
        sheet = _sheet(page)
        if sum(len(word.text) for word in sheet.words) < FEW and scans.has_picture(page):
            late = scans.is_installed() and monotonic() > deadline
            (left if late else scanned).append(number)
            images.ensure_modest(page, number)
            if scans.is_installed() and not late:
                sheet = scans.recognise(page, sheet, deadline=deadline)
        read = read_page(sheet, number, columns)
        if sheet.blank:
            blank.append(number)
        if sheet.crowded:
            notes.append(CROWDED.format(page=number))
        rows += read.rows
        legs += read.legs
        columns = read.columns
    if scanned:
        notes.append(scans.note(scanned))
    if blank:
        notes.append(scans.blank_note(blank))
    if left:
        notes.append(scans.left_note(left))
    return Source(
        name=name,
        rows=tuple(rows),
        notes=tuple(notes),
        certain=not scanned and not left,
        sheets=len(document),
        links=tuple(whole(legs)),
    )


def _sheet(page: pdfium.PdfPage) -> Sheet:
    width, height = page.get_size()
    sheet = Sheet(width, height)
    upright = _upright(page)
    sheet.words = list(_words(page, upright))
    figures = list(_figures(page, upright))
    take(figures, sheet)
    sheet.shapes += [Shape(Sign.MARK, box) for box in _pictures(page, upright)]
    sheet.arrows = list(arrows_of(figures, [*sheet.shapes, *joints_in(figures, sheet.words)]))
    return sheet


def _upright(page: pdfium.PdfPage) -> Matrix:
    """From the coordinates of the page to points from its upper left corner as it is shown."""
    left, bottom, right, top = page.get_cropbox()
    turn = page.get_rotation()
    if turn == 90:
        return (0, 1, 1, 0, -bottom, -left)
    if turn == 180:
        return (-1, 0, 0, 1, right, -bottom)
    if turn == 270:
        return (0, -1, -1, 0, top, right)
    return (1, 0, 0, -1, -left, top)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """First `one`, then `other`."""
    a, b, c, d, e, f = one
    x, y = _apply(other, e, f)
    p, q, r, s, _, _ = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, x, y)


def _words(page: pdfium.PdfPage, upright: Matrix) -> Iterator[Word]:
    """Letters put together to words, parted at spaces and gaps; a line that stands upright is one word."""
    letters: list[Letter] = []
    last: Letter | None = None
    for letter in _letters(page, upright):
        if letter.sign == " " and last is not None and last.turned:
            letters.append(replace(letter, turned=True))
            continue
        if last is not None and _parts(last, letter):
            yield _word(letters)
            letters, last = [], None
        if letter.sign != " ":
            letters.append(letter)
            last = letter
    if letters:
        yield _word(letters)


@dataclass(frozen=True)
class Letter:
    """A letter or a space; `turned` when it stands upright, as in headings of narrow columns."""

    sign: str
    box: Box
    turned: bool


def _letters(page: pdfium.PdfPage, upright: Matrix) -> Iterator[Letter]:
    text = page.get_textpage()
    quarters = page.get_rotation() // 90
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(min(raw.FPDFText_CountChars(text), MAX_CHARS)):
        code = raw.FPDFText_GetUnicode(text, index)
        sign = PRIVATE.get(code) or chr(code)
        if not sign.isprintable() and not sign.isspace() and sign not in "\x00\x02":
            continue
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        one, two = _apply(upright, left.value, top.value), _apply(upright, right.value, bottom.value)
        box = Box(min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))
        turned = (round(raw.FPDFText_GetCharAngle(text, index) / QUARTER) - quarters) % 2 == 1
        yield Letter(
            "-" if sign == "\x02" else " " if sign.isspace() or sign == "\x00" else sign, box, turned
        )
    text.close()


def _parts(before: Letter, letter: Letter) -> bool:
    """Whether a word ends between two letters."""
    if before.turned != letter.turned:
        return True
    if not letter.turned:
        return letter.sign == " " or _apart(before.box, letter.box)
    shared = min(before.box.right, letter.box.right) - max(before.box.left, letter.box.left)
    size = max(before.box.width, letter.box.width, 4.0)
    between = max(before.box.top, letter.box.top) - min(before.box.bottom, letter.box.bottom)
    return shared < 0 or between > 1.5 * size


def _apart(before: Box, box: Box) -> bool:
    height = max(before.height, box.height, 4.0)
    return (
        box.left - before.right > 0.8 * height
        or before.left - box.right > height
        or abs(before.bottom - box.bottom) > height
    )


def _word(letters: Sequence[Letter]) -> Word:
    inked = [letter for letter in letters if letter.sign != " "] or letters
    box = inked[0].box
    for other in inked[1:]:
        box = box.union(other.box)
    return Word(" ".join("".join(letter.sign for letter in letters).split()), box)


def _figures(page: pdfium.PdfPage, upright: Matrix) -> Iterator[Figure]:
    """The paths of a page, those within forms included."""
    stack = [
        (raw.FPDFPage_GetObject(page, index), upright, 0)
        for index in range(min(raw.FPDFPage_CountObjects(page), MAX_OBJECTS))
    ]
    seen = 0
    while stack and seen < MAX_OBJECTS:
        thing, outer, depth = stack.pop()
        seen += 1
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield from _path(thing, _times(_matrix(thing), outer))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = _times(_matrix(thing), outer)
            count = min(raw.FPDFFormObj_CountObjects(thing), MAX_OBJECTS)
            stack += [(raw.FPDFFormObj_GetObject(thing, index), inner, depth + 1) for index in range(count)]


def _pictures(page: pdfium.PdfPage, upright: Matrix) -> Iterator[Box]:
    """The pictures of a page that are of the size of a symbol."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(raw.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        thing = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        if raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            corners = [_apply(upright, left.value, top.value), _apply(upright, right.value, bottom.value)]
            xs, ys = zip(*corners, strict=True)
            box = Box(min(xs), min(ys), max(xs), max(ys))
            if fits_symbol(box.width, box.height):
                yield box


def _matrix(thing: object) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, found):
        return (1, 0, 0, 1, 0, 0)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _path(thing: object, matrix: Matrix) -> Iterator[Figure]:
    """The parts of one path, each a row of corners."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, fill, stroke)
    if not fill.value and not stroke.value:
        return
    painted = (bool(stroke.value), bool(fill.value))
    tint = "" if painted[0] else _tint(thing)
    white = not painted[0] and not tint
    corners: list[tuple[float, float]] = []
    curved = closed = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(thing), 5000)):
        segment = raw.FPDFPath_GetPathSegment(thing, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and corners:
            yield Figure(tuple(corners), *painted, curved, closed, white, tint)
            corners, curved, closed = [], False, False
        corners.append(_apply(matrix, x.value, y.value))
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        closed = closed or bool(raw.FPDFPathSegment_GetClose(segment))
    if corners:
        yield Figure(tuple(corners), *painted, curved, closed, white, tint)


def _tint(thing: object) -> str:
    """The colour that a path is filled with; nothing for white and for what cannot be seen."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha):
        return "?"
    if alpha.value < 20 or min(red.value, green.value, blue.value) > 245:
        return ""
    return f"{red.value:02x}{green.value:02x}{blue.value:02x}"
