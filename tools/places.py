"""Where things are, and one holder at a time for what two commands must not do together."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
VAR = ROOT / "var"
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def private_folder(folder: Path) -> Path:
    """Make the folder, and close it to other accounts."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    return folder


@contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Wait until no other command of this checkout holds `name`; the system frees it when we die."""
    with (private_folder(VAR) / f".{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
