from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.procedures.importing import drawn
from tests.procedures.importing.test_limits import multiplying_forms

pytestmark = pytest.mark.slow

KEYS = {
    "title", "number", "dates", "approver", "institution", "unit", "legal_basis", "related_sops",
    "qualifications", "equipment", "warnings", "records", "performers", "steps", "unread", "doubts",
}  # fmt: skip
STEP = {"no", "activity", "performers", "requirements", "time", "outputs", "note", "return_to", "calls"}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in an empty environment: no settings, no database."""
    source = Path(__file__).resolve().parents[3] / "src"
    environment = {"PYTHONPATH": str(source), "PATH": os.environ["PATH"]}
    return subprocess.run(
        [sys.executable, "-m", "runtut.cli", "sop", "parse", *arguments],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip


def test_command_prints_a_list_and_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    good, bad = tmp_path / "baik.txt", tmp_path / "rusak.pdf"
    good.write_text(drawn.as_text(*drawn.example()))
    bad.write_bytes(b"%PDF-1.7")
    done = run(str(bad), str(good), str(tmp_path / "tiada.txt"), "--json")
    entries = json.loads(done.stdout)
    assert done.returncode == 1
    assert "rusak" in entries[0]["error"]
    assert entries[1].keys() >= KEYS
    assert entries[1]["steps"][0].keys() >= STEP
    assert entries[1]["steps"][0]["time"].keys() >= {"text", "value", "unit", "minutes"}
    assert entries[1]["steps"][0]["performers"][0].keys() == {"name", "mode", "confidence"}
    assert "tidak dapat dibuka" in entries[2]["error"]


def test_command_succeeds_when_every_file_is_read(tmp_path: Path) -> None:
    good = tmp_path / "baik.txt"
    good.write_text(drawn.as_text(*drawn.example()))
    done = run(str(good))
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 langkah, 45 menit" in done.stdout


def test_a_pdf_whose_forms_multiply_ends_with_a_sentence(tmp_path: Path) -> None:
    """Ten forms of ten forms, twelve deep, in 3 KB: PDFium would take all the memory of the machine."""
    bomb = tmp_path / "bom.pdf"
    bomb.write_bytes(multiplying_forms(12))
    (entry,) = json.loads(run(str(bomb), "--json").stdout)
    assert "dihentikan" in entry["error"]
