#!/usr/bin/env python3
"""The project's commands, for a machine that has Python and nothing else: `python3 project.py help`."""

from __future__ import annotations

import sys
from importlib import import_module

OLDEST_PYTHON = (3, 11)
COMMANDS = {
    "run": ("tools.server", "start Runtut with demonstration data (PORT=8000)"),
    "install": ("tools.environment", "prepare .venv, with .venv/bin/runtut"),
    "test": ("tools.suite", "everything: linters, types, contracts, both databases, browser"),
    "test-fast": ("tools.fast", "the unit layer, in seconds"),
    "lint": ("tools.quality", "linters, types, import contracts, migrations check"),
    "fmt": ("tools.formatting", "format the code and sort the imports"),
    "bench": ("tools.benchmark", "measure against the budgets"),
    "lock": ("tools.locks", "resolve requirements/*.in into requirements/*.lock (maintainers)"),
    "vendor": ("tools.vendor", "compare the vendored front-end files with vendor.json (maintainers)"),
    "help": ("", "this list"),
}


def usage() -> str:
    lines = [f"  {name:<10} {meaning}" for name, (_module, meaning) in COMMANDS.items()]
    return "\n".join(["python3 project.py <command>, or make <command>:", *lines])


def main(arguments: list[str]) -> int:
    if sys.version_info[:2] < OLDEST_PYTHON:
        print(f"Runtut needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    name = arguments[0] if arguments else "help"
    if name in {"help", "-h", "--help"}:
        print(usage())
        return 0
    if name not in COMMANDS:
        print(f"There is no command {name!r}.\n{usage()}", file=sys.stderr)
        return 2
    console = import_module("tools.console")
    return int(console.guarded(import_module(COMMANDS[name][0]).main, arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
