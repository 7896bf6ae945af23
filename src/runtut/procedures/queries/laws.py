"""The table of regulations against which a legal basis is checked."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from runtut.procedures.graph import LawTable, read_laws

FILE = Path(__file__).resolve().parents[1] / "data" / "laws.json"


@cache
def law_table() -> LawTable:
    """Return the regulations that ship with Runtut; read once per process."""
    return read_laws(json.loads(FILE.read_text(encoding="utf-8")))
