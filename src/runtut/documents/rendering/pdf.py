"""PDF/A-3a and PDF/UA-1 by Typst, in a child process; the content JSON travels in the file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from runtut.documents.errors import RenderingFailed
from runtut.documents.rendering.content import check_content
from runtut.documents.rendering.pictures import Pictures, as_svg, logo_bytes
from runtut.documents.rendering.shape import qr_code, shaped

HERE = Path(__file__).resolve().parent
FONTS = HERE.parents[1] / "core" / "fonts"
TIMEOUT = 60


@dataclass(frozen=True)
class Room:
    """Where a position's signature belongs on a page: counted from 0, the box in points from below left."""

    key: str
    page: int
    box: tuple[float, float, float, float]


def render_pdf(content: Mapping[str, Any], *, at: datetime, pictures: Pictures | None = None) -> bytes:
    """Return the document as PDF/A-3a, tagged (PDF/UA-1), A4 or F4.

    The same content and instant give the same bytes. `at` becomes the file's date; nothing reads the clock.
    `pictures` are those that the content names, by hash.
    Raises ContentRefused for content that is not of the format, RenderingFailed when the process ends
    without a document.
    """
    done = run_child(ordered(content, at=at, pictures=pictures))
    if not done.startswith(b"%PDF-"):
        raise RenderingFailed("no document")
    return done


def signing_rooms(
    content: Mapping[str, Any], *, at: datetime, pictures: Pictures | None = None
) -> list[Room]:
    """Return the rooms that render_pdf leaves for those who have not signed electronically: of every block
    with a position, in their order. Raises as render_pdf does."""
    wanted = {**ordered(content, at=at, pictures=pictures), "query": "<room>"}
    return [
        Room(
            key=one["key"],
            page=one["page"] - 1,
            box=(
                one["x"],
                one["tall"] - one["y"] - one["height"],
                one["x"] + one["width"],
                one["tall"] - one["y"],
            ),
        )
        for one in json.loads(run_child(wanted))
    ]


def ordered(content: Mapping[str, Any], *, at: datetime, pictures: Pictures | None) -> dict[str, Any]:
    checked = check_content(content)
    logo = logo_bytes(checked["letterhead"], pictures or {})
    return order("document.typ", {**shaped(checked), "logo": as_svg(logo)}, at=at, source=checked)


def render_look(
    *,
    lines: Sequence[str],
    code: str,
    address: str,
    size: tuple[float, float],
    at: datetime,
    turned: bool = False,
) -> bytes:
    """Return the stamp of an electronic signature as a page of the size of its room (points), read sideways
    when `turned`. Raises RenderingFailed."""
    look = {
        "lines": list(lines),
        "qr": qr_code(address),
        "verification": {"code": code, "url": address},
        "width": size[0],
        "height": size[1],
        "turned": turned,
    }
    return run_child({**order("look.typ", look, at=at), "standards": []})


def order(
    template: str,
    content: Mapping[str, Any],
    *,
    at: datetime,
    source: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what the child is told to do."""
    return {
        "template": str(HERE / template),
        "root": str(HERE),
        "fonts": str(FONTS),
        "content": written(content),
        "source": written(source or {}),
        "timestamp": int(at.timestamp()),
    }


def written(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)


def run_child(wanted: Mapping[str, Any]) -> bytes:
    """Run the child in a process group of its own: Ctrl-C in a terminal is for the worker, which finishes
    what is in hand."""
    try:
        done = subprocess.run(  # noqa: S603 - our own script with our own interpreter, no shell
            [sys.executable, "-I", str(HERE / "child.py")],
            input=json.dumps(wanted).encode(),
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
            env={"RAYON_NUM_THREADS": "1"},
            process_group=0,
        )
    except subprocess.TimeoutExpired:
        raise RenderingFailed(f"no document within {TIMEOUT} s") from None
    if done.returncode or not done.stdout:
        raise RenderingFailed(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
