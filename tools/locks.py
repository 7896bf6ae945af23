"""`make lock`: names, versions and hashes of every dependency; never an address."""

from __future__ import annotations

import os
from pathlib import Path

from tools.console import Refused, run_quietly, say
from tools.environment import prepare
from tools.places import REQUIREMENTS, ROOT, VENV

OPTIONS = (
    *("--universal", "--generate-hashes", "--only-binary", ":all:"),
    *("--no-header", "--no-annotate", "--python-version", "3.11", "--quiet"),
)
GROUPS = ("base", "test")


def main(arguments: list[str]) -> int:
    """Resolve both groups; versions in the present locks are kept unless --upgrade is given."""
    prepare(tests=True)
    for group in GROUPS:
        source, lock = REQUIREMENTS / f"{group}.in", REQUIREMENTS / f"{group}.lock"
        command: list[str | Path] = [
            VENV / "bin" / "uv",
            "pip",
            "compile",
            *OPTIONS,
            *arguments,
            source.name,
            "-o",
            lock.name,
        ]
        run_quietly(command, what=f"Resolving {source.name}", cwd=REQUIREMENTS, env=dict(os.environ))
        say(f"{lock.relative_to(ROOT)}: {len(pinned(lock))} packages")
        refuse_addresses(lock)
    return 0


def pinned(lock: Path) -> list[str]:
    return [line for line in lock.read_text().splitlines() if line and line[0].isalnum()]


def refuse_addresses(lock: Path) -> None:
    """A lock that names a host would tie everybody to it; pip is told by its own configuration."""
    for line in lock.read_text().splitlines():
        if "://" in line or line.strip().startswith(("--index", "--extra-index", "--find-links")):
            raise Refused(f"{lock.name} names an address: {line.strip()}")
