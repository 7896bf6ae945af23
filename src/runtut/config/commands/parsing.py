"""`runtut sop parse`: read SOP documents without settings or database."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from runtut.procedures.importing import Unreadable, read_apart
from runtut.procedures.importing.limits import MAX_BYTES, too_large


def parse_files(options: argparse.Namespace) -> int:
    """Print what every file holds; exit 1 when one could not be read, 0 otherwise."""
    entries: list[dict[str, Any]] = []
    for name in options.files:
        entries += _entries(Path(name))
    if options.json:
        print(json.dumps(entries, ensure_ascii=False, indent=2))
    else:
        for entry in entries:
            print(_line(entry))
    return 1 if any("error" in entry for entry in entries) else 0


def _entries(path: Path) -> list[dict[str, Any]]:
    """The SOPs of one file, or one entry that says why there are none; a bad file never stops the rest."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_large(path.stat().st_size)
        found = read_apart(path.name, path.read_bytes())
    except Unreadable as refusal:
        return [{"source": path.name, "error": str(refusal)}]
    except OSError as failure:
        return [{"source": path.name, "error": f"Berkas tidak dapat dibuka: {failure.strerror}."}]
    if not found["sops"]:
        why = " ".join(["Tidak ditemukan SOP di berkas ini.", *found["notes"]])
        return [{"source": path.name, "error": why, "unread": found["unread"]}]
    sops: list[dict[str, Any]] = found["sops"]
    return sops


def _line(entry: dict[str, Any]) -> str:
    if "error" in entry:
        return f"{entry['source']}: {entry['error']}"
    steps, doubts = len(entry["steps"]), len(entry["doubts"])
    return (
        f"{entry['source']}: {entry['title']} - {steps} langkah, {entry['minutes']} menit, {doubts} keraguan"
    )
