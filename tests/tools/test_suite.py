from __future__ import annotations

from pathlib import Path

import pytest
from tools.console import Refused, guarded
from tools.layers import Outcome, read_report
from tools.machine import EQUIPMENT, equip

from tools import machine, suite

REPORT = """<testsuites><testsuite tests="10" failures="2" errors="1" skipped="3"/></testsuites>"""


def test_report_counts_errors_as_failures(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)

    assert read_report(report) == (4, 3, 3)


def test_report_that_was_not_written_counts_nothing(tmp_path: Path) -> None:
    assert read_report(tmp_path / "report.xml") == (0, 0, 0)


def test_summary_adds_the_layers_up(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [Outcome("Checks", passed=5), Outcome("Tests on SQLite", passed=7, skipped=1)]

    assert suite.summary(outcomes, [], 12.4) == 0

    assert capsys.readouterr().out.splitlines()[-1] == "OK: 12 passed, 0 failed, 1 skipped in 12 s"


def test_summary_fails_with_one_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert suite.summary([Outcome("Checks", passed=4, failed=1)], [], 1) == 1

    assert capsys.readouterr().out.splitlines()[-1] == "FAILED: 4 passed, 1 failed, 0 skipped in 1 s"


def test_summary_says_last_and_loudly_what_was_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert suite.summary([Outcome("Checks", passed=5)], list(EQUIPMENT[:2]), 1) == 0

    first, second, last = capsys.readouterr().out.splitlines()[-3:]
    assert first.startswith("!!! NOT RUN: the tests on PostgreSQL")
    assert second.startswith("!!! NOT RUN: the browser tests")
    assert last == "OK: 5 passed, 0 failed, 2 skipped in 1 s"


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nothing is installed; what would be installed is listed."""
    installed: list[str] = []
    monkeypatch.setattr(machine, "find_postgres", lambda: None)
    monkeypatch.setattr(machine, "find_chromium", lambda: None)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(machine, "install_packages", installed.extend)
    return installed


def test_equip_asks_apt_for_everything_missing(
    bare_machine: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "can_install", lambda: True)

    equip()

    assert set(bare_machine) == {
        "postgresql",
        "chromium",
        "fonts-liberation",
        "libreoffice-writer-nogui",
        "libreoffice-calc-nogui",
        "poppler-utils",
        "tesseract-ocr",
        "tesseract-ocr-ind",
    }


def test_writer_alone_is_not_calc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's package of Writer brings `soffice` too, which then ends well and converts no workbook."""
    programs = tmp_path / "program"
    programs.mkdir()
    (programs / "soffice").touch()
    (tmp_path / "soffice").symlink_to(programs / "soffice")
    monkeypatch.setattr("shutil.which", lambda name: str(tmp_path / name))

    assert not machine.has_calc()
    (programs / "libsclo.so").touch()
    assert machine.has_calc()


@pytest.mark.parametrize(("languages", "there"), [("eng osd", False), ("eng ind", True)])
def test_tesseract_counts_with_its_indonesian_model(
    languages: str, there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tesseract = tmp_path / "tesseract"
    tesseract.write_text(f"#!/bin/sh\nprintf '%s\\n' 'List of available languages:' {languages}\n")
    tesseract.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda name: str(tmp_path / name))

    assert machine.has_tesseract() is there


def test_equip_of_an_ordinary_user_only_says_what_is_missing(
    bare_machine: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "can_install", lambda: False)

    assert equip() == list(EQUIPMENT)
    assert bare_machine == []


def test_equip_goes_on_when_apt_fails(bare_machine: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(names: list[str]) -> None:
        raise Refused("apt-get install failed (exit code 100).")

    monkeypatch.setattr(machine, "can_install", lambda: True)
    monkeypatch.setattr(machine, "install_packages", fail)

    assert equip() == list(EQUIPMENT)


def test_guarded_turns_a_refusal_into_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(arguments: list[str]) -> int:
        raise Refused("Port 8000 is taken.")

    assert guarded(refuse, []) == 1
    assert capsys.readouterr().err.strip() == "Port 8000 is taken."


def test_guarded_ends_quietly_on_interrupt() -> None:
    def interrupt(arguments: list[str]) -> int:
        raise KeyboardInterrupt

    assert guarded(interrupt, []) == 130
