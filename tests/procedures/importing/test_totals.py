"""The printed sum of times, and thin digits that recognition lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.procedures.importing import drawn

from runtut.procedures.importing import ReadSop, parse, totals
from runtut.procedures.importing.result import ReadStep
from runtut.procedures.importing.source import Place
from runtut.procedures.importing.times import parse as parse_time


def read(text: str) -> ReadSop:
    return parse("sop.txt", text.encode()).sops[0]


def with_total(said: str, *, cut: str = "\t") -> str:
    """An SOP of three steps of 15 minutes with one more row below."""
    sop, style = drawn.example()
    text = drawn.as_text(sop, replace(style, cut=cut))
    lines = text.split("\n")
    last = max(index for index, line in enumerate(lines) if line.startswith("3"))
    return "\n".join([*lines[: last + 1], said, *lines[last + 1 :]])


def scanned(*texts: str) -> ReadSop:
    steps = [
        ReadStep(no=no, activity="Menyusun", place=Place(1, no), time=parse_time(text))
        for no, text in enumerate(texts, start=1)
    ]
    return ReadSop(source="pindaian.pdf", steps=steps)


def whys(sop: ReadSop) -> list[str]:
    return [doubt.why for doubt in sop.doubts if "jumlah" in doubt.why.lower()]


@pytest.mark.parametrize(
    "said",
    [
        "\tJumlah\t\t\t\t45 menit\t\t",
        "\tJUMLAH WAKTU\t\t\t\t45 Menit\t\t",
        "Total\t\t\t\t\t45 menit\t\t",
        "\tTotal waktu: 45 menit\t\t\t\t\t\t",
    ],
)
def test_sum_of_times_is_no_step(said: str) -> None:
    sop = read(with_total(said))

    assert [step.no for step in sop.steps] == [1, 2, 3]
    assert sop.minutes == 45
    assert whys(sop) == []


def test_sum_that_differs_is_told() -> None:
    sop = read(with_total("\tJumlah\t\t\t\t1 jam\t\t"))

    assert [step.time.minutes for step in sop.steps] == [15, 15, 15]
    assert whys(sop) == [
        "Jumlah waktu tercetak “1 jam” (60 menit kerja), sedangkan langkah-langkahnya berjumlah 45 menit "
        "kerja."
    ]


@pytest.mark.parametrize("number", ["l", "I", "|.", "/"])
def test_step_whose_thin_number_was_misread_is_a_step_of_its_own(number: str) -> None:
    sop, style = drawn.example()
    text = drawn.as_text(sop, style).replace("\n2\t", f"\n{number}\t").replace("15 menit", "segera")
    found = read(text)

    assert [step.no for step in found.steps] == [1, 2, 3]
    assert [step.activity for step in found.steps] == [step.activity for step in sop.steps]


def test_sum_without_a_time_is_not_dropped() -> None:
    sop = read(with_total("\tJumlah\t\t\t\tsesuai beban\t\t"))

    assert len(sop.steps) == 3
    assert any("sesuai beban" in one.text for one in sop.unread)


def test_sum_of_cells_one_below_another() -> None:
    sop, style = drawn.example()
    found = read(drawn.as_stacked(sop, style) + "\nJumlah waktu\n45 menit\nMengetahui\n")

    assert (len(found.steps), whys(found)) == (3, [])


@pytest.mark.parametrize(
    ("texts", "total", "wanted"),
    [
        (("5 menit", "30 menit", "1 hari"), "1 hari 45 menit", [15, 30, 450]),
        (("1 jam", "1 menit", "30 menit"), "1 jam 37 menit", [60, 7, 30]),
        (("2 hari", "20 menit"), "12 hari 20 menit", [5400, 20]),
    ],
    ids=["a 1 lost", "a 7 read as 1", "a 1 lost before days"],
)
def test_one_misread_digit_is_mended_by_the_sum(
    texts: tuple[str, ...], total: str, wanted: list[int]
) -> None:
    sop = scanned(*texts)
    totals.compare(sop, total, "", certain=False)

    assert [step.time.minutes for step in sop.steps] == wanted
    assert [step.time.sure for step in sop.steps].count(False) == 1
    assert "menurut jumlah yang tercetak" in whys(sop)[0]


@pytest.mark.parametrize(
    ("texts", "certain"),
    [(("5 menit", "5 menit", "1 hari"), False), (("5 menit", "30 menit", "1 hari"), True)],
    ids=["two could be it", "nothing was recognised"],
)
def test_times_are_not_mended_by_guessing(texts: tuple[str, ...], certain: bool) -> None:
    sop = scanned(*texts)
    before = [step.time for step in sop.steps]
    total = f"1 hari {sop.minutes - 450 + 10} menit"
    totals.compare(sop, total, "", certain=certain)

    assert [step.time for step in sop.steps] == before
    assert whys(sop)[0].startswith("Jumlah waktu tercetak")


@pytest.mark.parametrize(("text", "minutes"), [("hari", 450), ("| jam", 60), ("! menit", 1), ("] Hari", 450)])
def test_unit_whose_digit_is_lost_is_one_unsurely(text: str, minutes: int) -> None:
    time = totals.without_digit(text)

    assert time is not None
    assert (time.minutes, time.sure, time.text) == (minutes, False, text)


@pytest.mark.parametrize("text", ["", "sehari-hari", "jam kerja", "hari ini", "tiap hari"])
def test_words_are_no_lost_digit(text: str) -> None:
    assert totals.without_digit(text) is None
