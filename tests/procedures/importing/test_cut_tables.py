"""Tables that pages have cut, down their length or across it, and steps that are counted in parts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.procedures.importing.test_variety import HEAD, page, plain

from runtut.procedures.importing import ReadSop, parse

STEPS = (
    ("1", "Menyusun konsep", "v", "", "Data", "1 jam", "Konsep"),
    ("2", "Memeriksa konsep", "", "v", "Konsep", "30 menit", "Konsep diperiksa"),
    ("3", "Menetapkan konsep", "", "v", "Konsep diperiksa", "1 hari", "Keputusan"),
)
WHOLE = [("Data", 60, "Konsep"), ("Konsep", 30, "Konsep diperiksa"), ("Konsep diperiksa", 450, "Keputusan")]


def table(*rows: Sequence[str]) -> str:
    lines = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def read(*parts: str) -> ReadSop:
    found = parse("sop.html", f"<!doctype html><html><body>{''.join(parts)}</body></html>".encode())
    assert len(found.sops) == 1
    return found.sops[0]


def standards(sop: ReadSop) -> list[tuple[str, int | None, str]]:
    return [(" ".join(step.requirements), step.time.minutes, " ".join(step.outputs)) for step in sop.steps]


LEFT = ("No", "Kegiatan", "Staf", "Kepala")
RIGHT = ("Kelengkapan", "Waktu", "Output")


@pytest.mark.parametrize("numbered", [True, False])
def test_a_table_cut_between_performers_and_standards_is_joined(numbered: bool) -> None:
    first = 0 if numbered else 1
    left = table(LEFT, *(step[:4] for step in STEPS))
    right = table(("No", *RIGHT)[first:], *((step[0], *step[4:])[first:] for step in STEPS))

    sop = read(left, "<p>2</p>", right)

    assert sop.performers == ["Staf", "Kepala"]
    assert [[who.name for who in step.performers] for step in sop.steps] == [["Staf"], ["Kepala"], ["Kepala"]]
    assert standards(sop) == WHOLE
    assert not any("tidak sama" in doubt.why for doubt in sop.doubts)


def test_pages_that_are_cut_both_ways_are_joined_in_their_order() -> None:
    parts = [table(LEFT, *(step[:4] for step in STEPS[at : at + 2])) for at in (0, 2)]
    rights = [table(RIGHT, *(step[4:] for step in STEPS[at : at + 2])) for at in (0, 2)]

    assert standards(read(parts[0], rights[0], parts[1], rights[1])) == WHOLE
    assert standards(read(*parts, *rights)) == WHOLE


def test_a_right_half_of_other_length_is_a_doubt_and_nothing_is_lost() -> None:
    right = table(RIGHT, *(step[4:] for step in STEPS), ("Surat lain", "5 menit", "Arsip lain"))

    sop = read(table(LEFT, *(step[:4] for step in STEPS)), right)

    assert standards(sop) == WHOLE
    assert any("tidak sama" in doubt.why for doubt in sop.doubts)
    assert any("Surat lain" in entry.text for entry in sop.unread)


FULL = ("No", "Kegiatan", "Staf", "Kepala", *RIGHT)


def test_a_table_goes_on_over_a_page_without_its_head() -> None:
    begun = ("2", "Memeriksa", "", "v", "Konsep", "30 menit", "Konsep")
    rest = ("", "konsep", "", "", "", "", "diperiksa")

    sop = read(table(FULL, STEPS[0], begun), "<p>Halaman 1 dari 2</p><p>Lanjutan</p>", table(rest, STEPS[2]))

    assert [step.activity for step in sop.steps] == [step[1] for step in STEPS]
    assert standards(sop) == WHOLE


def test_a_table_of_another_kind_below_is_no_part_of_it() -> None:
    other = ("7", "Buku agenda", "", "", "", "", "Rak")

    sop = read(table(FULL, *STEPS), "<p>Lampiran</p>", table(other))

    assert len(sop.steps) == 3


@pytest.mark.parametrize("form", ["{}.{}", "{}.{}.", "({}.{})", "{}-{}"])
def test_parts_of_steps_are_steps_and_their_numbers_are_told(form: str) -> None:
    rows = [(form.format(*at), *step[1:], "") for at, step in zip(("11", "12", "21"), STEPS, strict=True)]

    sop = page(plain(*HEAD), *rows)

    assert [(step.no, step.activity) for step in sop.steps] == [
        (at, step[1]) for at, step in enumerate(STEPS, start=1)
    ]
    assert standards(sop) == WHOLE
    assert any("Langkah 2 tercetak sebagai nomor 1" in doubt.why for doubt in sop.doubts)


@pytest.mark.parametrize("form", ["{}.{}", "{}{}", "{}. {}."])
def test_parts_of_steps_may_be_counted_by_letters_between_whole_ones(form: str) -> None:
    numbers = ("1", form.format(2, "a"), form.format(2, "b"))
    rows = [(number, *step[1:], "") for number, step in zip(numbers, STEPS, strict=True)]

    sop = page(plain(*HEAD), *rows, ("3", "Mengirim keputusan", "v", "", "Keputusan", "5 menit", "Surat", ""))

    assert [step.activity for step in sop.steps] == [*(step[1] for step in STEPS), "Mengirim keputusan"]


def test_a_row_that_only_heads_parts_is_no_step_and_is_kept() -> None:
    heading = ("1", "Tahap penyusunan", "", "", "", "", "", "")
    rows = [(f"1.{at}", *step[1:], "") for at, step in enumerate(STEPS, start=1)]

    sop = page(plain(*HEAD), heading, *rows)

    assert [step.activity for step in sop.steps] == [step[1] for step in STEPS]
    assert any("Tahap penyusunan" in entry.text for entry in sop.unread)


@pytest.mark.parametrize(("words", "target"), [("langkah 1.2", 2), ("nomor 2.1", 3), ("langkah 2", 3)])
def test_words_that_name_a_step_mean_its_printed_number(words: str, target: int) -> None:
    numbers = ("1.1", "1.2", "2.1")
    rows = [(number, *step[1:], "") for number, step in zip(numbers, STEPS, strict=True)]
    last = ("2.2", f"Memeriksa; bila keliru kembali ke {words}", "", "v", "Surat", "5 menit", "Surat", "")

    sop = page(plain(*HEAD), *rows, last)

    assert sop.steps[3].return_to == [target]
