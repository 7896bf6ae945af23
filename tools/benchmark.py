from __future__ import annotations

import subprocess

from tools.console import Refused
from tools.environment import prepare
from tools.places import PYTHON, ROOT
from tools.quality import clean_environment


def main(arguments: list[str]) -> int:
    """Run the measurements of `bench/`; arguments go on to it."""
    if not (ROOT / "bench" / "__main__.py").is_file():
        raise Refused("There is no bench/ in this checkout.")
    prepare(tests=True)
    command = [str(PYTHON), "-m", "bench", *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean_environment(), check=False).returncode
