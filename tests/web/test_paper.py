"""A document's words on a page."""

from __future__ import annotations

import re

from django.template.loader import render_to_string

from runtut.documents.rendering import check_content
from runtut.web.frame.paper import blocks_of

FACTS = [["Nomor", "{{nomor_surat}}"], ["Tanggal", "{{tanggal_surat}}"]]


def shown(**given: str) -> list[str]:
    content = check_content({"kind": "nota_dinas", "blocks": [{"type": "facts", "rows": FACTS}], **given})
    (block,) = blocks_of(content)
    return [text for _, text in block.facts]


def test_number_and_date_are_blanks_until_they_are_known() -> None:
    assert shown() == ["." * 24, "." * 24]


def test_number_and_date_stand_where_the_text_has_a_place_for_them() -> None:
    assert shown(number="000.8/1/2026", date="2026-03-02") == ["000.8/1/2026", "2 Maret 2026"]


def test_a_cell_of_squares_is_drawn_as_a_bar_of_its_share() -> None:
    columns = [{"label": "Nilai", "width": 10}, {"label": "Grafik", "width": 20}]
    rows = [["75,00", "█" * 15 + "░" * 5], ["belum ░", "–"]]
    content = check_content(
        {"kind": "laporan", "blocks": [{"type": "table", "columns": columns, "rows": rows}]}
    )

    (block,) = blocks_of(content)
    drawn, plain = block.rows

    assert '<rect width="75" height="8"' in drawn[1].text
    assert [cell.text for cell in (drawn[0], *plain)] == ["75,00", "belum ░", "–"]


def test_only_who_is_asked_in_a_position_is_said_to_be_awaited() -> None:
    blocks = [
        {"position": "Penerima", "name": "....."},
        {"position": "KASUBBAG", "position_uid": "u1", "name": "Rina"},
        {"position": "CAMAT", "position_uid": "u2", "name": "Budi", "endorsed_at": "2 Maret 2026"},
        {"position": "SEKDA", "position_uid": "u3", "name": "Sari", "stamped_at": "3 Maret 2026"},
    ]
    content = check_content({"signatures": blocks})

    shown = render_to_string("web/components/kertas.html", {"content": content, "blocks": []})
    places = re.findall(r'<p class="kosong-ttd">([^<]*)</p>', shown)

    assert places == [
        "tempat tanda tangan",
        "menunggu persetujuan",
        "disetujui 2 Maret 2026",
        "ditandatangani secara elektronik 3 Maret 2026",
    ]
