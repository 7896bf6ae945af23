"""The project's own virtual environment, filled from the hash-locked lists by plain pip."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from importlib import import_module
from pathlib import Path

from tools.console import Refused, run_quietly, say
from tools.machine import can_install, install_packages
from tools.places import PYTHON, REQUIREMENTS, ROOT, SOURCE, VENV, exclusive

LAUNCHER = """#!/bin/sh
# Written by project.py: Runtut's command line in this environment.
exec "$(dirname "$(readlink -f "$0")")/python" -P -m runtut.cli "$@"
"""
PIP_INSTALL = (
    *("-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"),
    *("--require-hashes", "--no-deps", "--only-binary", ":all:"),
)


def main(arguments: list[str]) -> int:
    prepare()
    # The schema is made from what is installed here, so that module knows this one.
    import_module("tools.schema").prepared()
    say("Ready: .venv/bin/runtut --help")
    return 0


def prepare(*, tests: bool = False) -> None:
    """Bring `.venv` in line with the lock files; nothing is done when it already is."""
    with exclusive("install"):
        if not Stamp("base").is_current():
            _build()
        if tests and not Stamp("test").is_current():
            say("Installing what the tests need ...")
            _install("test")


class Stamp:
    """A file in `.venv` that names the lock file, the Python and the place it was filled from."""

    def __init__(self, group: str) -> None:
        self.file = VENV / f".filled-from-{group}"
        lock = (REQUIREMENTS / f"{group}.lock").read_bytes()
        self.wanted = hashlib.sha256(b"\0".join([lock, sys.version.encode(), bytes(ROOT)])).hexdigest()

    def is_current(self) -> bool:
        return PYTHON.exists() and self.file.is_file() and self.file.read_text() == self.wanted

    def write(self) -> None:
        self.file.write_text(self.wanted)


def _build() -> None:
    need_ensurepip()
    say("Making .venv and installing the locked dependencies ...")
    run_quietly([sys.executable, "-m", "venv", "--clear", VENV], what="Making .venv")
    _install("base")
    _link_source()


def _install(group: str) -> None:
    lock = REQUIREMENTS / f"{group}.lock"
    run_quietly([PYTHON, *PIP_INSTALL, "-r", lock], what=f"Installing {lock.relative_to(ROOT)}")
    Stamp(group).write()


def _link_source() -> None:
    """Put `src` on the environment's path and write its `runtut` command: no build, nothing copied."""
    packages = run_quietly(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], what="Asking for paths"
    )
    (Path(packages.strip()) / "runtut.pth").write_text(f"{SOURCE}\n")
    launcher = VENV / "bin" / "runtut"
    launcher.write_text(LAUNCHER)
    launcher.chmod(0o755)


def need_ensurepip() -> None:
    if importlib.util.find_spec("ensurepip"):
        return
    package = "python3-venv"
    if can_install():
        install_packages([package])
        importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        raise Refused(
            f"This Python cannot make virtual environments: install the package {package} "
            f"(as root: apt-get install {package}) and run the command again."
        )
