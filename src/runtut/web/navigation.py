"""The masthead: at most seven items, and only those whose page exists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from django.urls import NoReverseMatch, reverse


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
    ("evaluasi", "Evaluasi", False),
    ("laporan", "Laporan", False),
    ("pengaturan", "Pengaturan", True),
)


def address_of(section: str) -> str:
    """Where a section begins; empty while it has no page."""
    try:
        return reverse(f"web:{section}")
    except NoReverseMatch:
        return ""


@cache
def items(*, administrator: bool) -> tuple[Item, ...]:
    """The items for a person; Pengaturan for administrators only."""
    found = [
        Item(section, label, address_of(section))
        for section, label, only in ITEMS
        if administrator or not only
    ]
    return tuple(item for item in found if item.url)
