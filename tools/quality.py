"""The checks that need no test: linters, types, import contracts, migrations."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.console import say
from tools.environment import prepare
from tools.places import PYTHON, ROOT, VENV, exclusive


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str | Path, ...]


CHECKS = (
    Check("ruff check", (VENV / "bin" / "ruff", "check", "--quiet", ".")),
    Check("ruff format", (VENV / "bin" / "ruff", "format", "--check", "--quiet", ".")),
    Check("mypy", (PYTHON, "-m", "mypy", "--no-error-summary")),
    Check("import contracts", (VENV / "bin" / "lint-imports",)),
    Check("migrations", (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run")),
)


def clean_environment(**settings: str) -> dict[str, str]:
    """The caller's environment without the settings that would change what is being checked."""
    ours = ("RUNTUT_", "DATABASE_URL", "DJANGO_", "PYTHON", "PYTEST_", "WEB_CONCURRENCY", "MYPY")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "RUNTUT_SECRET_KEY": "only-for-checks", "RUNTUT_LOCAL": "1", **settings}


def passes(check: Check) -> bool:
    """Run one check; its output is shown only when it fails."""
    done = subprocess.run(
        [str(part) for part in check.command],
        cwd=ROOT,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        say(done.stdout.rstrip())
    return done.returncode == 0


def run_checks() -> dict[str, bool]:
    """Every check by name, whether it passed; two runs in one checkout share caches, so one at a time."""
    results = {}
    with exclusive("checks"):
        for check in CHECKS:
            results[check.name] = passes(check)
            say(f"{check.name}: {'ok' if results[check.name] else 'FAILED'}")
    return results


def main(arguments: list[str]) -> int:
    prepare(tests=True)
    return 0 if all(run_checks().values()) else 1
