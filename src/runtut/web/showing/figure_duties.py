"""Figures given back to the reader, and those that the reader may verify, as Beranda lists them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse

from runtut.organisations.models import Authority
from runtut.performance.queries import FiguresOpen, figures_returned, figures_to_verify
from runtut.web.showing.work_rows import Duty


def open_figure_duties(authorities: Sequence[Authority]) -> list[Duty]:
    """What of the quarters' figures waits for the reader beside the steps (two queries at most)."""
    positions = [one.position_id for one in authorities if one.position_id]
    back = [returned(one) for one in figures_returned(position_ids=positions)]
    return [*back, *(to_verify(one) for one in figures_to_verify(authorities=authorities))]


def returned(found: FiguresOpen) -> Duty:
    return Duty(
        title=f"Perbaiki realisasi {found.quarter.label}",
        url=address_of("web:kinerja", found),
        details=(found.unit.short_name, f"{', '.join(found.names)} dikembalikan: {found.reason}"),
        action="Perbaiki",
    )


def to_verify(found: FiguresOpen) -> Duty:
    return Duty(
        title=f"Periksa realisasi {found.quarter.label}",
        url=address_of("web:realisasi_periksa", found),
        details=(found.unit.short_name, f"{found.count} angka menunggu verifikasi"),
        action="Periksa",
    )


def address_of(name: str, found: FiguresOpen) -> str:
    query = urlencode({"unit": found.unit.uid, "tahun": found.quarter.year, "tw": found.quarter.number})
    return f"{reverse(name)}?{query}"
