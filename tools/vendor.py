"""`make vendor`: whether the front-end files are the ones that vendor.json names."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.console import say
from tools.places import SOURCE

FOLDER = SOURCE / "runtut" / "web" / "static" / "vendor"


def checksum(content: bytes) -> str:
    """The SHA-512 in the notation of subresource integrity."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def entries(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "vendor.json").read_text())["files"]
    return found


def differences(folder: Path = FOLDER) -> Iterator[str]:
    """One sentence for each file that is missing, changed, or not listed."""
    listed = {entry["file"]: entry["sha512"] for entry in entries(folder)}
    present = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {
        "vendor.json"
    }
    for name in sorted(listed.keys() | present):
        if name not in present:
            yield f"{name} is listed in vendor.json, but not here."
        elif name not in listed:
            yield f"{name} is here, but not listed in vendor.json."
        elif checksum((folder / name).read_bytes()) != listed[name]:
            yield f"{name} differs from its checksum in vendor.json."


def main(arguments: list[str]) -> int:
    found = list(differences())
    for sentence in found:
        say(sentence)
    if not found:
        say(f"All {len(entries(FOLDER))} vendored files are as listed.")
    return 1 if found else 0
