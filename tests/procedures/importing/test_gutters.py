"""Tables without borders, told by the white between their columns."""

from __future__ import annotations

from collections.abc import Sequence

from runtut.procedures.importing.assembly import assemble
from runtut.procedures.importing.readers.cells import read_page
from runtut.procedures.importing.readers.geometry import Box, Sheet, Word
from runtut.procedures.importing.source import Layout, Source

STOPS = (20, 40, 140, 190, 240, 320, 370)
HEAD = ("No", "Kegiatan", "Petugas", "Kepala", "Kelengkapan", "Waktu", "Output")
BODY = (
    (("1", "Mencatat berkas yang"), ("", "diterima loket"), ("v", "", "Berkas", "5 menit", "Catatan")),
    (
        ("2", "Meneliti berkas dan"),
        ("", "memberi paraf"),
        ("", "v", "Catatan", "10 menit", "Berkas diteliti"),
    ),
    (("3", "Mengirim berkas ke"), ("", "bagian lain"), ("v", "", "Berkas", "1 jam", "Tanda terima")),
)


def line(y: float, texts: Sequence[str]) -> list[Word]:
    """Words of a line, 4 points wide a letter, each text from where its column begins."""
    words = []
    for start, text in zip(STOPS, texts, strict=False):
        x = float(start)
        for part in text.split():
            words.append(Word(part, Box(x, y, x + 4 * len(part), y + 7)))
            x += 4 * len(part) + 2
    return words


def page(pitch: float) -> Sheet:
    """The table with lines that stand 9 points apart, and rows this far."""
    sheet = Sheet(600, 800)
    sheet.words = [Word("Nama", Box(20, 20, 36, 27)), Word("SOP", Box(38, 20, 50, 27))]
    sheet.words += [Word("Penelitian", Box(80, 20, 120, 27)), Word("berkas", Box(122, 20, 146, 27))]
    sheet.words += line(60, HEAD)
    y = 75.0
    for upper, lower, rest in BODY:
        sheet.words += line(y, (*upper, *rest))
        sheet.words += line(y + 9, lower)
        y += 9 + pitch
    return sheet


def test_columns_stand_apart_by_the_white_that_no_line_crosses() -> None:
    rows = read_page(page(16), 1).rows
    source = Source("sop.pdf", tuple(rows))
    (draft,) = assemble(source)

    assert {row.layout for row in rows if len(row.cells) == len(HEAD)} == {Layout.GRID}
    assert draft.flow is not None
    assert [" ".join(step.activity.split()) for step in draft.flow.steps] == [
        "Mencatat berkas yang diterima loket", "Meneliti berkas dan memberi paraf",
        "Mengirim berkas ke bagian lain",
    ]  # fmt: skip
    assert [[*step.performers] for step in draft.flow.steps] == [["Petugas"], ["Kepala"], ["Petugas"]]
    assert [(step.requirements, step.time, step.outputs) for step in draft.flow.steps] == [
        rest[2:] for *_, rest in BODY
    ]


def test_rows_that_stand_no_further_apart_than_lines_are_read_line_by_line() -> None:
    rows = [row for row in read_page(page(9), 1).rows if len(row.cells) == len(HEAD)]
    (draft,) = assemble(Source("sop.pdf", tuple(rows)))

    assert {row.layout for row in rows} == {Layout.GAP}
    assert draft.flow is not None
    assert [step.no for step in draft.flow.steps] == [1, 2, 3]
    assert [step.time for step in draft.flow.steps] == [rest[3] for *_, rest in BODY]


def test_sentences_are_no_table() -> None:
    sheet = Sheet(600, 800)
    texts = ("Kegiatan dan Waktu serta Output", "ditetapkan oleh kepala kantor", "menurut beban kerja")
    for at in range(8):
        x = 20.0
        for part in texts[at % 3].split():
            sheet.words.append(Word(part, Box(x, 20 + 12 * at, x + 4 * len(part), 27 + 12 * at)))
            x += 4 * len(part) + 2
    assert {row.layout for row in read_page(sheet, 1).rows} == {Layout.LINE}
