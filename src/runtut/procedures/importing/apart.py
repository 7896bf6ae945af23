"""Reading a file, or drawing a page of it, in a process of its own, for servers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from runtut.procedures.importing.limits import MAX_BYTES, Unreadable, too_large
from runtut.procedures.importing.parse import parse
from runtut.procedures.importing.pictures import page_picture
from runtut.procedures.importing.result import to_json
from runtut.procedures.importing.source import Row

HERE = Path(__file__).resolve().parent
TIMEOUT = 300
DRAWING_TIMEOUT = 30
SHOWN_LINES = 1500
EXHAUSTED = (
    "Berkas ini menghabiskan waktu atau memori saat dibaca, sehingga dihentikan. "
    "Pecah per SOP lalu impor lagi."
)

UNEXPECTED = "Berkas ini tidak terduga isinya dan tidak dapat dibaca ({kind})."


def understood(name: str, content: bytes) -> dict[str, Any]:
    """What a file holds as plain data: `sops`, `unread`, `lines` of the source, and
    how many `sheets` of it can be shown as pictures; or `error`."""
    try:
        found = parse(name, content)
    except Unreadable as refusal:
        return {"error": str(refusal)}
    except MemoryError:
        return {"error": EXHAUSTED}
    except Exception as failure:
        # Whatever a broken document brings about must not stop the files after it.
        return {"error": UNEXPECTED.format(kind=type(failure).__name__)}
    rows = [row for row in found.source.rows if not row.is_blank][:SHOWN_LINES]
    return {
        "sops": [to_json(sop) for sop in found.sops],
        "unread": [{"text": entry.text, "place": entry.place} for entry in found.unread],
        "notes": list(found.notes),
        "lines": [_line(row) for row in rows],
        "sheets": found.source.sheets,
    }


def _line(row: Row) -> dict[str, Any]:
    return {
        "place": str(row.place),
        "cells": [cell.text for cell in row.filled if cell.text and not cell.below],
    }


def _read(name: str, content: bytes) -> bytes:
    return json.dumps(understood(name, content)).encode()


def _draw(number: str, content: bytes) -> bytes:
    return page_picture(content, int(number))


TASKS: dict[str, Callable[[str, bytes], bytes]] = {"read": _read, "draw": _draw}
"""What the child process may be asked to do with a file, each with one word about it."""


def read_apart(name: str, content: bytes, *, timeout: float = TIMEOUT) -> dict[str, Any]:
    """Read a file in a child process with limits. Raises Unreadable, also when the limits are reached.

    The child has a process group of its own: Ctrl-C in a terminal is for the worker, and must not pass for a
    file that cannot be read.
    """
    if len(content) > MAX_BYTES:
        raise too_large(len(content))
    found: dict[str, Any] = json.loads(_apart("read", name, content, timeout))
    if "error" in found:
        raise Unreadable(found["error"])
    return found


def picture_apart(number: int, content: bytes, *, timeout: float = DRAWING_TIMEOUT) -> bytes:
    """Draw a page of a PDF in a child process with limits. Raises Unreadable when that cannot be done."""
    return _apart("draw", str(number), content, timeout)


def _apart(task: str, about: str, content: bytes, timeout: float) -> bytes:
    command = [sys.executable, "-I", str(HERE / "stranger.py"), str(HERE.parents[2]), task, about]
    kept = {key: os.environ[key] for key in ("PATH", "TESSDATA_PREFIX") if key in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own script with our own interpreter, no shell
            command,
            input=content,
            capture_output=True,
            timeout=timeout,
            check=False,
            env=kept,
            process_group=0,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(EXHAUSTED) from None
    if done.returncode:
        raise Unreadable(EXHAUSTED)
    return done.stdout
