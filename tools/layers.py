"""Layers of the test suite, each one pytest run."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools.console import say
from tools.machine import find_chromium
from tools.places import PYTHON, ROOT
from tools.quality import clean_environment


@dataclass(frozen=True)
class Outcome:
    """What one layer came to."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"{self.name:<22} {counts(self)} in {self.seconds:.0f} s"


def counts(outcome: Outcome) -> str:
    return f"{outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped"


def run_layer(
    name: str, select: str, *, workers: int = 0, options: Sequence[str] = (), **settings: str
) -> Outcome:
    """Run the tests that the marker expression selects, in workers of xdist where a number is given; a run
    that ends badly without a failed test (a crash, nothing collected) counts as one failure."""
    say(f"\n{name}")
    started = time.monotonic()
    chromium = find_chromium()
    env = clean_environment(**settings, **({"CHROMIUM": chromium} if chromium else {}))
    with tempfile.TemporaryDirectory(prefix="runtut-report-") as folder:
        report = Path(folder) / "report.xml"
        command = [
            PYTHON,
            "-m",
            "pytest",
            "-q",
            "-m",
            select,
            *(("-n", workers) if workers else ("-p", "no:xdist")),
            f"--junit-xml={report}",
            "--durations=15",
            *options,
        ]
        code = subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode
        passed, failed, skipped = read_report(report)
    if code and not failed:
        failed = 1
    return Outcome(name, passed, failed, skipped, time.monotonic() - started)


def read_report(report: Path) -> tuple[int, int, int]:
    if not report.is_file():
        return 0, 0, 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    number = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for suite in suites:
        for key in number:
            number[key] += int(suite.get(key, 0))
    failed = number["failures"] + number["errors"]
    return number["tests"] - failed - number["skipped"], failed, number["skipped"]
