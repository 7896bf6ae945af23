"""Places in templates: filled with words, never with markup, and never run."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from runtut.documents.enums import TemplateKind
from runtut.documents.formulas.markup import read_blocks, read_words
from runtut.documents.formulas.placeholders import (
    LATE,
    attachments_in_words,
    fill_places,
    hints_in,
    unknown_places,
)
from runtut.documents.formulas.sheets import SHEETS, SheetText, parted, places_of, worded
from runtut.documents.queries import Template, filled_template, shipped_kinds, shipped_template
from runtut.documents.queries.templates import blocks_of
from runtut.documents.rendering import check_content, printed_blocks
from runtut.documents.rendering.late import PLACE


def test_words_fill_a_place_and_are_no_markup() -> None:
    text = fill_places(
        "Hal : {{hal}}\n\nKepada {{ penerima }}.", {"hal": "*x* | {{tahun}}", "penerima": "A\nB"}
    )

    facts, paragraph = read_blocks(text)
    assert facts["rows"] == [["Hal", "*x* | {{tahun}}"]]
    assert paragraph["text"] == "Kepada A\nB."


def test_several_lines_in_a_fact_stay_in_it() -> None:
    (facts,) = read_blocks(fill_places("Yth. : {{penerima}}", {"penerima": "1. Kasi A\n2. Kasi B"}))

    assert facts["rows"] == [["Yth.", "1. Kasi A\n2. Kasi B"]]


def test_a_place_without_words_leaves_a_hint() -> None:
    text = fill_places("Dari {{surat_dari}} kepada {{penerima}}", {"penerima": "B"})

    assert hints_in(text) == ["[isi pengirim surat yang diproses]"]


def test_what_is_not_of_the_list_is_left_alone_and_named() -> None:
    text = "{{settings}} {{ nama_kantor.__class__ }} {{rahasia}} {{nomor_surat}}"

    assert fill_places(text, {"settings": "x"}) == text
    assert unknown_places(text) == ["settings", "rahasia"]


def test_late_places_are_the_same_for_writer_and_printer() -> None:
    assert set(LATE) == set(PLACE.pattern.partition("(")[2].partition(")")[0].split("|"))


@pytest.mark.parametrize(
    ("number", "date", "printed"),
    [("12/2026", "2026-03-02", "12/2026, 2 Maret 2026"), ("", "", f"{'.' * 24}, {'.' * 24}")],
)
def test_number_and_date_are_printed_in_their_places(number: str, date: str, printed: str) -> None:
    text = "{{nomor_surat}}, {{ tanggal_surat }}"
    content = check_content({"number": number, "date": date, "blocks": read_blocks(text)})

    assert printed_blocks(content)[0]["text"] == printed


@pytest.mark.parametrize(("count", "words"), [(0, "-"), (2, "2 (dua) berkas"), (12, "12 berkas")])
def test_attachments_are_told_in_words(count: int, words: str) -> None:
    assert attachments_in_words(count) == words


KINDS = {
    "nota_dinas",
    "nota_umum",
    "nota_permintaan",
    "undangan",
    "daftar_hadir",
    "notulen",
    "berita_acara",
    "laporan",
    "surat_pengantar",
    "lembar_disposisi",
}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_shipped_template_is_readable_and_names_known_places_only(kind: str) -> None:
    template = shipped_template(kind)

    filled = fill_places(template.text, {})
    content = check_content({"kind": kind, "blocks": read_blocks(filled)})
    assert unknown_places(template.text + template.title) == []
    assert len(content["blocks"]) >= 2
    assert "Permendagri 1/2023" in template.basis
    assert "{{" not in json.dumps(printed_blocks(content)).replace("{{lampiran}}", "")


def test_every_kind_of_the_office_has_a_shipped_template() -> None:
    assert set(shipped_kinds()) == KINDS | set(SHEETS)


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_shipped_words_of_a_paper_around_data_stand_on_both_sides_of_it(kind: TemplateKind) -> None:
    template = shipped_template(kind)

    assert parted(template.text) is not None
    assert unknown_places(template.text + template.title, places_of(kind)) == []


@pytest.mark.parametrize(
    "text",
    ["Awal.\n\nAkhir.", "Awal.\n{{isi}}", "{{isi}}\nAkhir.", "A\n{{isi}}\nB\n{{ isi }}\nC", "A {{isi}} B"],
)
def test_words_around_data_need_one_place_for_it_between_them(text: str) -> None:
    assert parted(text) is None


def test_words_around_data_are_formatted_and_what_fills_them_stays_plain() -> None:
    sheet = SheetText(
        "rencana\n{{nama_kantor}}", "*Awal* {{tahun}}.\n\nLagi.\n\n{{ isi }}\n\n{{renstra}} {{simpulan}}"
    )

    made = worded(sheet, {"nama_kantor": "Kec. A", "tahun": "2027", "simpulan": "*Semua* {{tahun}}."})

    assert made.title == ("rencana", "KEC. A")
    first, again, last = [*read_words(made.opening), *read_words(made.closing)]
    assert [run["text"] for run in first["text"] if run["italic"]] == ["Awal"]
    assert again["text"] == "Lagi."
    assert (last["type"], last["text"]) == ("paragraph", "- *Semua* {{tahun}}.")


def test_words_around_data_know_lists_and_nothing_bigger() -> None:
    text = "# Judul\n\nCatatan: **penting**\n\n| A |\n\n---\n\n1. satu\n2. dua\n\n- butir"

    found = read_words(text)

    assert [one["type"] for one in found] == ["paragraph"] * 4 + ["list"] * 2
    assert found[0]["text"] == "# Judul"
    assert found[1]["text"][1] == {"text": "penting", "bold": True, "italic": False}
    assert (found[4]["ordered"], found[4]["items"]) == (True, ["satu", "dua"])


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_preview_of_a_paper_around_data_is_formatted_on_both_sides(kind: TemplateKind) -> None:
    sheet = Template(kind, "JUDUL", "**Awal**\n\n{{isi}}\n\n1. satu\n2. dua", is_letter=False)

    above, data, below = blocks_of(sheet, {"isi": "(tabel)"})

    assert above["text"] == [{"text": "Awal", "bold": True, "italic": False}]
    assert (data["text"], below["type"]) == ("(tabel)", "list")


def test_a_place_on_a_line_of_its_own_is_filled_with_a_list_or_a_table() -> None:
    listed = "1. Kasi *A*\n2. Kasi B"

    text = fill_places("<< Yth.\n{{penerima}}\ndi Tempat", {"penerima": "semua"}, {"penerima": listed})

    yth, called, place = read_blocks(text)
    assert (yth["text"], place["text"]) == ("Yth.", "di Tempat")
    assert len(called["items"]) == 2
    within = fill_places("Kepada {{penerima}}.", {"penerima": "semua"}, {"penerima": listed})
    assert within == "Kepada semua."


def test_a_composed_paper_tells_what_nobody_knows_by_a_dash() -> None:
    template = replace(shipped_template("undangan"), title="{{rapat}}", text="Dasar : {{surat_nomor}}")

    made = filled_template(template=template, values={"rapat": "Rapat kerja"}, parts={})

    assert made == {
        "form": "surat",
        "title": ["RAPAT KERJA"],
        "blocks": [{"type": "facts", "rows": [["Dasar", "-"]]}],
    }
