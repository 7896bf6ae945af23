from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
CONFTEST = """
import os
from tests.copies import run_in_copies

def pytest_runtestloop(session):
    os.environ["FIRST"] = str(os.getpid())
    run_in_copies(session, 2)
    return True
"""
MODULE = """
import os

def test_first_process_waits_for_its_copy():
    if os.getpid() == int(os.environ["FIRST"]):
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    else:
        {act}

def test_fails():
    print("said by", __name__)
    raise ValueError("as process", os.getpid())
"""


def run(folder: Path, *, modules: int, act: str) -> tuple[int, dict[str, str]]:
    """Run so many modules in two processes; return the exit code and what is said of each test."""
    (folder / "conftest.py").write_text(CONFTEST)
    for name in "abc"[:modules]:
        (folder / f"test_{name}.py").write_text(MODULE.format(act=act))
    without = ("django", "hypothesispytest", "xdist", "playwright", "cacheprovider")
    options = [*(f"-pno:{name}" for name in without), "--rootdir=.", "-ojunit_logging=all"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", "/dev/null", "--junit-xml=report.xml", *options],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    cases = ElementTree.parse(folder / "report.xml").iter("testcase")
    told = {f"{case.get('classname')}.{case.get('name')}": "".join(case.itertext()) for case in cases}
    return done.returncode, told


def test_every_test_is_told_once_with_what_it_said(tmp_path: Path) -> None:
    code, told = run(tmp_path, modules=3, act="pass")

    failed = {name: text for name, text in told.items() if "ValueError" in text}
    assert code == pytest.ExitCode.TESTS_FAILED
    assert len(told) == 6
    assert {*failed} == {f"test_{name}.test_fails" for name in "abc"}
    assert all(f"said by {name.split('.')[0]}" in text for name, text in failed.items())
    assert len({text.split("'as process', ")[1].split(")")[0] for text in failed.values()}) == 2


def test_a_copy_that_dies_fails_the_run(tmp_path: Path) -> None:
    code, told = run(tmp_path, modules=2, act="os._exit(0)")

    assert code == pytest.ExitCode.INTERNAL_ERROR
    assert len(told) < 4
