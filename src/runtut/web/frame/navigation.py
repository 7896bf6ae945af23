"""The masthead of every page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from django.urls import reverse


@dataclass(frozen=True)
class Item:
    section: str
    label: str
    url: str


ITEMS: Final[tuple[tuple[str, str, bool], ...]] = (
    ("beranda", "Beranda", False),
    ("kerja", "Kerja berjalan", False),
    ("surat", "Surat & arsip", False),
    ("sop", "SOP", False),
    ("kinerja", "Kinerja", False),
    ("laporan", "Laporan", False),
    ("pengaturan", "Pengaturan", True),
)


@cache
def items(*, administrator: bool) -> tuple[Item, ...]:
    """The items for a person; Pengaturan for administrators only."""
    return tuple(
        Item(section, label, reverse(f"web:{section}"))
        for section, label, only in ITEMS
        if administrator or not only
    )
