from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.procedures.importing import drawn

from runtut.procedures.importing import ReadSop, parse

pytestmark = pytest.mark.slow


def read(text: str) -> ReadSop:
    found = parse("sop.txt", text.encode())
    assert len(found.sops) == 1, [sop.title for sop in found.sops]
    return found.sops[0]


def ensure_same(sop: ReadSop, wanted: drawn.Sop) -> None:
    assert sop.title == wanted.title
    assert sop.number == "000.8.3/12/DC/2024"
    assert sop.dates == {"created": "2024-01-09", "revised": "", "effective": "2024-03-01"}
    assert sop.approver.position == "Kepala Dinas Contoh"
    assert {name: tuple(entries) for name, entries in sop.lists.items()} == drawn.LISTS
    ensure_same_steps(sop, wanted)


def ensure_same_steps(sop: ReadSop, wanted: drawn.Sop) -> None:
    assert [step.no for step in sop.steps] == list(range(1, len(wanted.steps) + 1))
    assert [step.activity for step in sop.steps] == [step.activity for step in wanted.steps]
    assert [step.requirements for step in sop.steps] == [[step.need] for step in wanted.steps]
    assert [step.time.minutes for step in sop.steps] == [step.minutes for step in wanted.steps]
    assert [step.outputs for step in sop.steps] == [[step.output] for step in wanted.steps]


@settings(max_examples=40, deadline=None)
@given(sop=drawn.sops(), style=drawn.styles(cuts=("\t", " | ", "|", ";")))
def test_text_in_any_style_gives_the_same_sop(sop: drawn.Sop, style: drawn.Style) -> None:
    found = read(drawn.as_text(sop, style))
    ensure_same(found, sop)
    assert tuple(found.performers) == sop.performers
    if style.marked:
        assert [[who.name for who in step.performers] for step in found.steps] == [
            [step.performer] for step in sop.steps
        ]


@settings(max_examples=25, deadline=None)
@given(sop=drawn.sops(), style=drawn.styles(cuts=("   ", "    ", "\t\t")))
def test_text_with_lost_empty_cells_gives_the_same_steps(sop: drawn.Sop, style: drawn.Style) -> None:
    style = drawn.Style(**{**vars(style), "numbered_columns": False, "marked": False})
    found = read(drawn.as_text(sop, style).replace("\t\t", "   "))
    ensure_same_steps(found, sop)
    assert found.title == sop.title


def test_cells_that_stand_below_other_headings_by_chance_are_told_by_what_they_hold() -> None:
    step = drawn.Step(
        activity="Menyusun usulan cuti dan menyerahkan hasilnya",
        need="Daftar barang",
        time="15 menit",
        minutes=15,
        output="Berkas usulan",
        performer="Kepala Dinas",
    )
    people = ("Kepala Dinas", "Sekretaris", "Kepala Bidang", "Staf", "Kasubbag Umum")
    lines = ["No   Kegiatan   Pelaksana   Mutu Baku   Keterangan"]
    lines.append("   ".join([*people, "Kelengkapan", "Waktu", "Output"]))
    for no in (1, 2):
        lines.append("   ".join([str(no), step.activity, step.need, step.time, step.output]))
    found = read("\n".join(["Nama SOP   Pengelolaan Barang", *lines]))

    ensure_same_steps(found, drawn.Sop("Pengelolaan Barang", people, (step, step)))


def test_a_text_below_a_performer_says_that_cells_stand_below_their_headings_by_chance() -> None:
    steps = [
        drawn.Step(
            f"{verb} dan menyerahkan hasilnya", "Daftar barang", time, minutes, "Berkas usulan", "Staf"
        )
        for verb, time, minutes in (
            ("Menyusun daftar barang", "15 menit", 15),
            ("Menyusun daftar barang", "1 jam", 60),
            ("Menyusun usulan cuti", "15 menit", 15),
        )
    ]
    people = ("Kepala Dinas", "Kepala Bidang", "Pengelola Data", "Staf")
    lines = ["No   Kegiatan   Pelaksana   Mutu Baku   Keterangan"]
    lines.append("   ".join([*people, "Kelengkapan", "Waktu", "Output"]))
    for no, step in enumerate(steps, start=1):
        lines.append("   ".join([str(no), step.activity, step.need, step.time, step.output]))
    found = read("\n".join(["Nama SOP   Pengelolaan Barang", *lines]))

    ensure_same_steps(found, drawn.Sop("Pengelolaan Barang", people, tuple(steps)))


def test_a_heading_that_looks_like_the_beginning_of_another_head_cuts_no_table() -> None:
    head = ("No", "Kegiatan", "Pelaku Kegiatan", "Mutu Baku", "Camat", "Kelengkapan", "Waktu", "Output")
    body = ("1", "Menyusun", "daftar barang", "Buku barang", "15 menit", "Daftar barang")
    found = read("\n".join(["Nama SOP", "Pengelolaan Barang", *head, *body, "2", *body[1:]]))
    assert [(step.no, step.activity, step.time.minutes) for step in found.steps] == [
        (1, "Menyusun daftar barang", 15),
        (2, "Menyusun daftar barang", 15),
    ]


@settings(max_examples=40, deadline=None)
@given(sop=drawn.sops(), style=drawn.styles(), data=st.data())
def test_cells_one_below_another_give_the_same_steps(
    sop: drawn.Sop, style: drawn.Style, data: st.DataObject
) -> None:
    text = drawn.as_stacked(sop, style)
    for step in sop.steps:
        words = step.activity.split(" ")
        at = data.draw(st.integers(1, len(words)))
        broken = style.newline.join(filter(None, (" ".join(words[:at]), " ".join(words[at:]))))
        text = text.replace(step.activity, broken, 1)
    found = read(text)
    ensure_same_steps(found, sop)
    assert (found.title, tuple(found.performers)) == (sop.title, sop.performers)


@settings(max_examples=40, deadline=None)
@given(
    sops=st.lists(drawn.sops(), min_size=2, max_size=3, unique_by=lambda sop: sop.title),
    style=drawn.styles(cuts=("\t",)),
)
def test_several_sops_in_a_document_stay_apart(sops: list[drawn.Sop], style: drawn.Style) -> None:
    text = "\n\n\n".join(drawn.as_text(sop, style) for sop in sops)
    found = parse("bundel.txt", text.encode()).sops
    assert [sop.title for sop in found] == [sop.title for sop in sops]
    for read_sop, sop in zip(found, sops, strict=True):
        ensure_same_steps(read_sop, sop)


@settings(max_examples=25, deadline=None)
@given(sop=drawn.sops(), style=drawn.styles(cuts=("\t",)), data=st.data())
def test_rows_broken_within_a_cell_are_joined(
    sop: drawn.Sop, style: drawn.Style, data: st.DataObject
) -> None:
    style = drawn.Style(**{**vars(style), "blank_rows": False})
    text = drawn.as_text(sop, style)
    for step in sop.steps:
        words = step.activity.split(" ")
        at = data.draw(st.integers(1, len(words) - 1))
        text = text.replace(step.activity, " ".join(words[:at]) + style.newline + " ".join(words[at:]), 1)
    ensure_same(read(text), sop)


@settings(max_examples=30, deadline=None)
@given(sop=drawn.sops(), style=drawn.styles(), data=st.data())
def test_text_with_pieces_cut_out_never_fails(
    sop: drawn.Sop, style: drawn.Style, data: st.DataObject
) -> None:
    text = drawn.as_text(sop, style)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    noise = data.draw(st.text(st.characters(exclude_characters="\x00"), max_size=20))
    found = parse("sop.txt", (text[:start] + noise + text[end:] + ".").encode(errors="replace"))
    assert all(step.no for read_sop in found.sops for step in read_sop.steps)
