from __future__ import annotations

import re
import subprocess
import sys

import pytest
from project import COMMANDS
from tools.places import ROOT

NOTES = {
    "run": ["[PORT=...]"],
    "bench": ["[--quick] [--scale N] [--only papers|imports|sqlite|postgresql]"],
    "lock": ["[--upgrade] [--upgrade-package NAME]"],
}


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


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "help"])
def test_help_of_a_command_is_printed_and_nothing_is_done(name: str) -> None:
    done = run(name, "--help")

    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        " ".join(filter(None, [f"python3 project.py {name}", *NOTES.get(name, ())])),
        f"  {COMMANDS[name].meaning}",
    ]


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in {"help", "bench", "lock"}])
@pytest.mark.parametrize("argument", ["tests/cases", "--quick", "LUAS=9"])
def test_argument_that_a_command_does_not_take_is_refused(name: str, argument: str) -> None:
    done = run(name, argument)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[0] == f"{name!r} does not know {argument!r}."


def test_port_is_taken_as_make_takes_it() -> None:
    done = run("run", "PORT=delapan")

    assert done.returncode == 1
    assert "PORT must be a number from 1 to 65535, not 'delapan'." in done.stderr


def test_makefile_wraps_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)

    assert targets is not None
    assert set(targets.group(1).split()) == set(COMMANDS)
