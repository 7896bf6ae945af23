"""The icons of the product, drawn on a 16 x 16 grid. An icon never stands without a word beside it."""

from __future__ import annotations

from typing import Final

SHAPES: Final[dict[str, str]] = {
    "jam": '<circle cx="8" cy="8" r="6.2"/><path d="M8 4.5V8l2.4 1.6"/>',
    "centang": '<path d="M2.8 8.6l3.4 3.4 7-8"/>',
    "silang": '<circle cx="8" cy="8" r="6.2"/><path d="M5.7 5.7l4.6 4.6m0-4.6l-4.6 4.6"/>',
    "berkas": '<path d="M4 1.8h5.2L12.5 5v9.2H4zM9 2v3.2h3.4"/>',
    "kembali": '<path d="M6 3L2.5 6.5 6 10M2.7 6.5h6.6a3.7 3.7 0 010 7.4H6"/>',
    "panah": '<path d="M3 8h10M9.2 4.2L13 8l-3.8 3.8"/>',
    "menu": '<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>',
    "kunci": '<rect x="3" y="7" width="10" height="6.8" rx="1"/><path d="M5 7V5a3 3 0 016 0v2"/>',
    "pensil": '<path d="M10.8 2.7l2.5 2.5-7.6 7.6-3.2.7.7-3.2z"/>',
    "kiri": '<path d="M9.8 3L5 8l4.8 5"/>',
    "kanan": '<path d="M6.2 3L11 8l-4.8 5"/>',
    "cetak": '<path d="M4.5 6V2h7v4M4.5 11.5H2.5V6h11v5.5h-2M4.5 9.5h7V14h-7z"/>',
    "jeda": '<path d="M5.5 3.5v9M10.5 3.5v9"/>',
    "cari": '<circle cx="7" cy="7" r="4.4"/><path d="M10.4 10.4L14 14"/>',
    "tanya": '<circle cx="8" cy="8" r="6.2"/>'
    '<path d="M6.2 6.4a1.8 1.8 0 113 1.4c-.8.6-1.2.9-1.2 1.7M8 11.7v.1"/>',
}
