from __future__ import annotations

import pytest

from runtut.procedures.importing import dates, times
from runtut.procedures.importing.words import clean


@pytest.mark.parametrize(
    ("text", "value", "unit", "minutes"),
    [
        ("30 Menit", 30, "menit", 30),
        ("S menit", 5, "menit", 5),
        ("lO menit", 10, "menit", 10),
        ("1 (satu) hari", 1, "hari", 450),
        ("1 (satu) hari kerja sejak berkas lengkap", 1, "hari", 450),
        ("10x24 jam", 240, "jam", 14400),
        ("3 x 24 Jam", 72, "jam", 4320),
        ("1 minggu", 5, "hari", 2250),
        ("1,5 jam", 1.5, "jam", 90),
        ("1 jam 30 menit", 90, "menit", 90),
        ("30\nMenit", 30, "menit", 30),
        ("setengah jam", 0.5, "jam", 30),
        ("dua hari", 2, "hari", 900),
        ("½ jam", 0.5, "jam", 30),
        ("1½ jam", 1.5, "jam", 90),
        ("1 ½ hari", 1.5, "hari", 675),
        ("1/2 hari", 0.5, "hari", 225),
        ("3 HK", 3, "hari", 1350),
    ],
)
def test_time_is_understood(text: str, value: float, unit: str, minutes: int) -> None:
    read = times.parse(clean(text))
    assert (read.value, read.unit, read.minutes) == (value, unit, minutes)
    assert "½" in text or read.text == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "low", "high", "minutes"),
    [
        ("2-3 hari", 2, 3, 1350),
        ("1 – 20 Hari Kerja", 1, 20, 9000),
        ("5 s/d 10 menit", 5, 10, 10),
        ("1 hari - 2 hari", 1, 2, 900),
        ("1 – 2 HK", 1, 2, 900),
    ],
)
def test_range_keeps_both_ends(text: str, low: float, high: float, minutes: int) -> None:
    read = times.parse(text)
    assert (read.low, read.high, read.minutes) == (low, high, minutes)


@pytest.mark.parametrize(
    "text", ["Disesuaikan", "-", "", "1 bulan", "Sebelum periode revisi", "Sesuai kebutuhan"]
)
def test_free_text_stays_text(text: str) -> None:
    read = times.parse(text)
    assert (read.text, read.value, read.unit, read.minutes) == (text, None, "", None)


def test_bare_number_takes_the_unit_of_the_heading() -> None:
    assert times.unit_of_heading("Waktu (menit)") == "menit"
    assert times.parse("2", "jam").minutes == 120
    assert times.parse("2", "jam").sure
    assert not times.parse("2").sure


def test_two_times_of_one_unit_are_not_added() -> None:
    read = times.parse("5 menit 10 menit")
    assert read.minutes == 5
    assert not read.sure


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("9 Januari 2024", "2024-01-09"),
        (": 22 Januari 2024", "2024-01-22"),
        ("Desember 2021", "2021-12"),
        ("02-06-2025", "2025-06-02"),
        ("2 Nop. 2023", "2023-11-02"),
        ("01/XII/2020", "2020-12-01"),
        ("2024-02-30", "2024-02"),
        ("2019", "2019"),
        ("belum ada", ""),
        ("-", ""),
    ],
)
def test_date_keeps_its_precision(text: str, iso: str) -> None:
    assert dates.parse(text) == iso
