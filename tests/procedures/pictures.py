"""Pages as grey pictures, and how far two of them differ. As a program: keep the seven forms anew."""

from __future__ import annotations

import gzip
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.procedures.forms import facts_of

from runtut.procedures.rendering.paper import SHEETS, form_pdf

FOLDER = Path(__file__).parent / "pictures"
DOTS = 36
BLOCK = 8


@dataclass(frozen=True)
class Picture:
    """Rows of grey dots, 0 black to 255 white."""

    rows: tuple[bytes, ...]


def page_pictures(pdf: bytes, folder: Path) -> list[Picture]:
    """Draw every page with Poppler."""
    return [read_pgm(content) for content in drawn(pdf, folder)]


def drawn(pdf: bytes, folder: Path) -> list[bytes]:
    (folder / "form.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(DOTS), "-gray", "form.pdf", "page"]
    subprocess.run(command, cwd=folder, check=True, timeout=60)
    return [path.read_bytes() for path in sorted(folder.glob("page-*.pgm"))]


def kept_picture(name: str) -> Picture:
    return read_pgm(gzip.decompress((FOLDER / name).read_bytes()))


def read_pgm(data: bytes) -> Picture:
    """Read a portable grey map: a line each for kind, size and depth, then the dots."""
    kind, size, depth, dots = data.split(b"\n", 3)
    assert (kind, depth) == (b"P5", b"255")
    width, height = map(int, size.split())
    return Picture(tuple(dots[row * width : (row + 1) * width] for row in range(height)))


def block_difference(one: Picture, other: Picture) -> float:
    """The greatest difference of mean grey between the same blocks of 8 by 8 dots: smooth edges come and go
    with the version of a program, a line that is gone does not."""
    assert (len(one.rows), len(one.rows[0])) == (len(other.rows), len(other.rows[0]))
    return max(
        abs(block_sum(one, top, left) - block_sum(other, top, left)) / BLOCK**2
        for top in range(0, len(one.rows), BLOCK)
        for left in range(0, len(one.rows[0]), BLOCK)
    )


def block_sum(picture: Picture, top: int, left: int) -> int:
    return sum(sum(row[left : left + BLOCK]) for row in picture.rows[top : top + BLOCK])


def keep() -> None:
    """Draw the seven forms and keep their pages; look at each before it is committed."""
    FOLDER.mkdir(exist_ok=True)
    for key in (f"s{number}" for number in range(1, 8)):
        pdf = form_pdf([facts_of(key)], SHEETS["a4"], at=datetime(2026, 10, 14, 7, 20, tzinfo=UTC))
        with tempfile.TemporaryDirectory() as name:
            for number, picture in enumerate(drawn(pdf, Path(name)), start=1):
                (FOLDER / f"{key}-{number}.pgm.gz").write_bytes(gzip.compress(picture, mtime=0))


if __name__ == "__main__":
    keep()
