"""PDF/A-3a and PDF/UA-1 by Typst, in a child process; the content JSON travels in the file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from runtut.documents.errors import RenderingFailed
from runtut.documents.rendering.content import check_content
from runtut.documents.rendering.pictures import Pictures, as_svg, logo_bytes
from runtut.documents.rendering.shape import shaped

HERE = Path(__file__).resolve().parent
FONTS = HERE.parents[1] / "core" / "fonts"
TIMEOUT = 60


def render_pdf(content: Mapping[str, Any], *, at: datetime, pictures: Pictures | None = None) -> bytes:
    """Return the document as PDF/A-3a, tagged (PDF/UA-1), A4 or F4.

    The same content and instant give the same bytes. `at` becomes the file's date; nothing reads the clock.
    `pictures` are those that the content names, by hash.
    Raises ContentRefused for content that is not of the format, RenderingFailed when the process ends
    without a document.
    """
    checked = check_content(content)
    logo = logo_bytes(checked["letterhead"], pictures or {})
    order = {
        "template": str(HERE / "document.typ"),
        "root": str(HERE),
        "fonts": str(FONTS),
        "content": written({**shaped(checked), "logo": as_svg(logo)}),
        "source": written(checked),
        "timestamp": int(at.timestamp()),
    }
    return run_child(json.dumps(order).encode())


def written(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)


def run_child(order: bytes) -> bytes:
    """Run the child in a process group of its own: Ctrl-C in a terminal is for the worker, which finishes
    what is in hand."""
    try:
        done = subprocess.run(  # noqa: S603 - our own script with our own interpreter, no shell
            [sys.executable, "-I", str(HERE / "child.py")],
            input=order,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
            env={"RAYON_NUM_THREADS": "1"},
            process_group=0,
        )
    except subprocess.TimeoutExpired:
        raise RenderingFailed(f"no document within {TIMEOUT} s") from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise RenderingFailed(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
