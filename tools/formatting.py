from __future__ import annotations

import subprocess

from tools.environment import prepare
from tools.places import ROOT, VENV


def main(arguments: list[str]) -> int:
    """Format everything, then mend what the linter can mend by itself."""
    prepare(tests=True)
    ruff = str(VENV / "bin" / "ruff")
    subprocess.run([ruff, "format", "."], cwd=ROOT, check=True)
    return subprocess.run([ruff, "check", "--fix", "."], cwd=ROOT, check=False).returncode
