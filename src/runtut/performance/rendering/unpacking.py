"""Making a workbook harmless before a reader gets it.

A spreadsheet reader makes room for everything between the first cell and the last. A few bytes that name the
cell XFD1048576, or a part that unpacks to gigabytes, would fill the machine. So every part is unpacked under
a limit that counts what really comes out, the cells of every sheet are looked over first, and the reader gets
a new archive of exactly these parts.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final
from xml.parsers import expat

from runtut.performance.errors import SheetIsDamaged, SheetTooLarge

UNPACKED_LIMIT: Final = 40 * 1024 * 1024
ROW_LIMIT: Final = 20_000
COLUMN_LIMIT: Final = 64
CHUNK: Final = 256 * 1024
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def repacked(content: bytes) -> bytes:
    """Return the workbook anew, stored without compression.

    Raises SheetIsDamaged for what cannot be read, SheetTooLarge for more than 40 MiB unpacked, 20,000 rows
    or 64 columns.
    """
    stream = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
            left = UNPACKED_LIMIT
            for part in source.infolist():
                body = _unpacked(source, part, left)
                left -= len(body)
                if SHEETS.fullmatch(part.filename):
                    ensure_small(body)
                if not part.is_dir():
                    target.writestr(part.filename, body)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError, RuntimeError):
        raise SheetIsDamaged(field="file") from None
    return stream.getvalue()


def _unpacked(source: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    pieces: list[bytes] = []
    with source.open(part) as stream:
        while piece := stream.read(CHUNK):
            left -= len(piece)
            if left < 0:
                raise SheetTooLarge(rows=ROW_LIMIT, columns=COLUMN_LIMIT, field="file")
            pieces.append(piece)
    return b"".join(pieces)


def ensure_small(sheet: bytes) -> None:
    """Raise SheetTooLarge for a cell beyond the limits, SheetIsDamaged for what is no plain XML in UTF-8."""
    reader = expat.ParserCreate("utf-8")
    reader.StartElementHandler = _look
    reader.StartDoctypeDeclHandler = _refuse
    try:
        reader.Parse(sheet, True)
    except expat.ExpatError:
        raise SheetIsDamaged(field="file") from None


def _look(name: str, attributes: dict[str, str]) -> None:
    kind = name.rpartition(":")[2]
    if kind not in {"c", "row"} or "r" not in attributes:
        return
    place = attributes["r"]
    if kind == "row":
        column, row = 0, int(place) if place.isascii() and place.isdigit() and len(place) < 8 else 0
    else:
        found = PLACE.fullmatch(place)
        column, row = (column_number(found[1]), int(found[2])) if found else (0, 0)
    if not row:
        raise SheetIsDamaged(field="file")
    if row > ROW_LIMIT or column > COLUMN_LIMIT:
        raise SheetTooLarge(rows=ROW_LIMIT, columns=COLUMN_LIMIT, field="file")


def _refuse(*declaration: object) -> None:
    raise SheetIsDamaged(field="file")


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
