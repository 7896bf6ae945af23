"""Reading words off pictures by Tesseract with its Indonesian model, where that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import lru_cache
from typing import Final

LANGUAGE: Final = "ind"
SECONDS: Final = 90


@lru_cache(maxsize=1)
def is_installed() -> bool:
    """Say whether Tesseract is there with the Indonesian model."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run(  # noqa: S603 - a fixed program, no shell
        [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
    )
    return LANGUAGE in listed.stdout.split()


def recognised(picture: bytes, *, layout: int, form: str = "txt", letters: str = "") -> str:
    """Return what Tesseract reads off a picture, "" without it or when it takes too long. `layout` is its
    page segmentation mode, `form` "txt" or "tsv" (a line for every word, with its place), `letters` are all
    that can stand there where that is known."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", str(layout)]
    command += ["-c", f"tessedit_char_whitelist={letters}"] if letters else []
    command.append(form)
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell
            command, input=picture, capture_output=True, timeout=SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", errors="replace")
