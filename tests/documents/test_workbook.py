"""The workbook opened by another program."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tools.machine import has_calc

from runtut.documents.rendering import render_workbook
from runtut.documents.rendering.workbook import neutral

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def workbook(rows: list[tuple[object, ...]]) -> bytes:
    columns = [("Nomor", 10), ("Hal", 30), ("Tanggal", 12)]
    return render_workbook(title="Buku agenda", sheet="Buku", columns=columns, rows=rows, at=AT)


@pytest.mark.parametrize("words", ["=1+1", "+62812", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_dangerous_text_is_neutralised(words: str) -> None:
    assert neutral(words) == f"'{words}"


def test_harmless_text_stays() -> None:
    assert neutral("000.8.6.3/1/2026") == "000.8.6.3/1/2026"
    assert len(neutral("a" * 40_000)) == 32_767


def test_row_is_as_high_as_its_longest_text_needs() -> None:
    long = "Penyelenggaraan pengukuran, pengumpulan, dan pelaporan kinerja"
    content = workbook([(1, "Surat", None), (2, long, None), (3, "satu\ndua", None)])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    rows = [re.search(r' ht="(\d+)"', row) for row in re.findall(r"<row [^>]*>", sheet)[2:]]
    assert [found and found.group(1) for found in rows] == [None, "45", "30"]


def test_row_of_the_heads_is_as_high_as_the_longest_needs() -> None:
    columns = [("No", 5), ("Waktu standar (menit)", 12)]
    content = render_workbook(title="Daftar", sheet="Daftar", columns=columns, rows=[(1, 60)], at=AT)
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()

    assert 'r="3"' in sheet
    assert re.search(r'<row r="3"[^>]* ht="45"', sheet)


def test_same_rows_give_the_same_bytes() -> None:
    rows = [(1, "Surat", date(2026, 3, 2))]

    assert workbook(rows) == workbook(rows)


@pytest.mark.slow
@pytest.mark.skipif(not has_calc(), reason="LibreOffice Calc is not installed")
def test_libreoffice_reads_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "buku.xlsx").write_bytes(workbook([(7, '=HYPERLINK("http://x")', date(2026, 3, 2))]))

    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "buku.xlsx")], check=True, capture_output=True, timeout=120)

    rows = list(csv.reader((tmp_path / "buku.csv").open(encoding="utf-8")))
    assert rows[2] == ["Nomor", "Hal", "Tanggal"]
    assert rows[3][:2] == ["7", '\'=HYPERLINK("http://x")']
    assert rows[3][2] in {"02-03-2026", "03/02/2026"}, "a day, written as the reader's locale has it"
