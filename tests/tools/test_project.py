from __future__ import annotations

import re
import subprocess
import sys

from project import COMMANDS
from tools.places import ROOT


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "project.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_help_lists_every_command() -> None:
    done = run("help")

    assert done.returncode == 0
    assert re.findall(r"^  ([a-z-]+)", done.stdout, re.MULTILINE) == list(COMMANDS)


def test_unknown_command_is_refused_with_the_list() -> None:
    done = run("lari")

    assert done.returncode == 2
    assert "There is no command 'lari'." in done.stderr


def test_makefile_wraps_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)

    assert targets is not None
    assert set(targets.group(1).split()) == set(COMMANDS)
