"""What this machine has: PostgreSQL, Chromium, the document oracles; and apt, when we may use it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.console import Refused, run_quietly, say
from tools.places import exclusive

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES_PROGRAMS = ("initdb", "postgres")


def can_install() -> bool:
    """Root on Debian (or a relative) may install packages; RUNTUT_NO_APT=1 forbids it."""
    return (
        os.geteuid() == 0
        and Path("/etc/debian_version").is_file()
        and shutil.which("apt-get") is not None
        and not os.environ.get("RUNTUT_NO_APT")
    )


def install_packages(names: Sequence[str]) -> None:
    """Install Debian packages; raise Refused with apt's own words when that fails."""
    say(f"Installing Debian packages: {' '.join(names)} ...")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    patience = ("-o", "DPkg::Lock::Timeout=600")
    with exclusive("apt"):
        run_quietly(["apt-get", *patience, "-q", "update"], what="apt-get update", env=env)
        command = ["apt-get", *patience, "-q", "install", "-y", "--no-install-recommends", *names]
        run_quietly(command, what="apt-get install", env=env)


def find_chromium() -> str | None:
    """The browser for the tests: CHROMIUM= first, then the usual names."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def find_postgres() -> Path | None:
    """The folder with `initdb` and `postgres`, newest version first."""
    for folder in _postgres_folders():
        if all(os.access(folder / program, os.X_OK) for program in POSTGRES_PROGRAMS):
            return folder
    return None


def has_calc() -> bool:
    """Whether LibreOffice opens spreadsheets: `soffice` alone may have come with Writer only."""
    soffice = shutil.which("soffice")
    return soffice is not None and (Path(soffice).resolve().parent / "libsclo.so").is_file()


def has_tesseract() -> bool:
    """Whether Tesseract is here with its Indonesian model."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    answer = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    return "ind" in answer.stdout.split()


def _postgres_folders() -> list[Path]:
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    folders = sorted(versions, key=lambda folder: _number(folder.parent.name), reverse=True)
    if shutil.which("pg_config"):
        answer = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(answer.stdout.strip()))
    folders += [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    return folders


def _number(version: str) -> int:
    found = re.match(r"\d+", version)
    return int(found.group()) if found else 0


@dataclass(frozen=True)
class Equipment:
    """Something the full test run wants; `missing` is the sentence said when it cannot be had."""

    name: str
    packages: tuple[str, ...]
    missing: str
    is_here: Callable[[], bool]


def on_path(name: str) -> Callable[[], bool]:
    """Whether the program of this name is on the path."""
    return lambda: shutil.which(name) is not None


EQUIPMENT = (
    Equipment(
        "PostgreSQL",
        ("postgresql",),
        "the tests on PostgreSQL: no initdb was found (Debian package postgresql)",
        lambda: find_postgres() is not None,
    ),
    Equipment(
        "Chromium",
        ("chromium", "fonts-liberation"),
        "the browser tests: no Chromium was found (Debian package chromium, or CHROMIUM=/path/to/it)",
        lambda: find_chromium() is not None,
    ),
    Equipment(
        "LibreOffice Writer",
        ("libreoffice-writer-nogui",),
        "the tests that open Word files in LibreOffice (Debian package libreoffice-writer-nogui)",
        on_path("soffice"),
    ),
    Equipment(
        "LibreOffice Calc",
        ("libreoffice-calc-nogui",),
        "the tests that open workbooks in LibreOffice (Debian package libreoffice-calc-nogui)",
        has_calc,
    ),
    Equipment(
        "Poppler",
        ("poppler-utils",),
        "the tests that read PDF files with Poppler (Debian package poppler-utils)",
        on_path("pdftotext"),
    ),
    Equipment(
        "Tesseract",
        ("tesseract-ocr", "tesseract-ocr-ind"),
        "the tests that read scans (Debian packages tesseract-ocr and tesseract-ocr-ind)",
        has_tesseract,
    ),
)


def equip() -> list[Equipment]:
    """Install what is missing if we may, and return what is still not here."""
    missing = [item for item in EQUIPMENT if not item.is_here()]
    if missing and can_install():
        try:
            install_packages([package for item in missing for package in item.packages])
        except Refused as refusal:
            say(str(refusal))
    return [item for item in missing if not item.is_here()]
