#!/usr/bin/env python3
"""The project's commands, for a machine that has Python and nothing else: `python3 project.py help`."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import NamedTuple

OLDEST_PYTHON = (3, 11)
HELP = {"help", "-h", "--help"}


class Command(NamedTuple):
    """A command: the module that does it, what it is for, and what may follow its name.

    `settings` are written NAME=value, as make takes them, and reach the command through the environment;
    `options` are read by the command itself, which refuses what it does not know.
    """

    module: str
    meaning: str
    settings: tuple[str, ...] = ()
    options: str = ""


COMMANDS = {
    "run": Command("tools.server", "start Runtut with demonstration data (PORT=8000)", settings=("PORT",)),
    "install": Command("tools.environment", "prepare .venv, with .venv/bin/runtut"),
    "test": Command("tools.suite", "everything: linters, types, contracts, both databases, browser"),
    "test-fast": Command("tools.fast", "the unit layer, in seconds"),
    "lint": Command("tools.quality", "linters, types, import contracts, migrations check"),
    "fmt": Command("tools.formatting", "format the code and sort the imports"),
    "bench": Command(
        "tools.benchmark",
        "measure against the budgets",
        options="[--quick] [--scale N] [--only papers|imports|sqlite|postgresql]",
    ),
    "lock": Command(
        "tools.locks",
        "resolve requirements/*.in into requirements/*.lock (maintainers)",
        options="[--upgrade] [--upgrade-package NAME]",
    ),
    "vendor": Command("tools.vendor", "compare the vendored front-end files with vendor.json (maintainers)"),
    "help": Command("", "this list"),
}


def usage() -> str:
    lines = [f"  {name:<10} {command.meaning}" for name, command in COMMANDS.items()]
    return "\n".join(["python3 project.py <command>, or make <command>:", *lines])


def usage_of(name: str) -> str:
    """How one command is written, and what it does."""
    command = COMMANDS[name]
    settings = [f"[{setting}=...]" for setting in command.settings]
    written = " ".join(filter(None, ["python3 project.py", name, *settings, command.options]))
    return f"{written}\n  {command.meaning}"


def main(arguments: list[str]) -> int:
    if sys.version_info[:2] < OLDEST_PYTHON:
        print(f"Runtut needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    name, given = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name in HELP:
        print(usage())
        return 0
    if name not in COMMANDS:
        print(f"There is no command {name!r}.\n{usage()}", file=sys.stderr)
        return 2
    return _carry_out(name, given)


def _carry_out(name: str, given: list[str]) -> int:
    if HELP & set(given):
        print(usage_of(name))
        return 0
    command = COMMANDS[name]
    if not command.options:
        for argument in given:
            setting, equals, value = argument.partition("=")
            if not equals or setting not in command.settings:
                print(f"{name!r} does not know {argument!r}.\n{usage_of(name)}", file=sys.stderr)
                return 2
            os.environ[setting] = value
        given = []
    console = import_module("tools.console")
    return int(console.guarded(import_module(command.module).main, given))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
