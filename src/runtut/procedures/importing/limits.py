"""What the importer refuses before it reads: too large, too many pages, bombs, unknown kinds."""

from __future__ import annotations

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_ENTRIES = 5000
MAX_PAGES = 400
MAX_ROWS = 60_000
MAX_CELLS = 1_000_000
MAX_PIXELS = 120_000_000
"""The pixels of one page's pictures: A3 in 600 dots an inch has 70 million."""


class Unreadable(Exception):
    """A file that is refused; the sentence says why and what to do, in Indonesian."""


def too_large(size: int) -> Unreadable:
    return Unreadable(
        f"Berkas berukuran {size // (1024 * 1024)} MB; paling besar {MAX_BYTES // (1024 * 1024)} MB. "
        "Pecah per SOP lalu impor lagi."
    )


def too_many_pages(count: int) -> Unreadable:
    return Unreadable(
        f"Dokumen berisi {count} halaman; paling banyak {MAX_PAGES}. Pecah per SOP lalu impor lagi."
    )
