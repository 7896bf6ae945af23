"""Number and date of a document inside its own text: known only once it has been given a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

PLACE: Final = re.compile(r"\{\{\s*(nomor_surat|tanggal_surat)\s*\}\}")
NUMBER: Final = "nomor_surat"
BLANK: Final = "." * 24


def fill_late(value: Any, words: Mapping[str, str]) -> Any:
    """Return a block with number and date in their places, or a blank to write on."""
    if isinstance(value, str):
        return PLACE.sub(lambda match: words[match[1]] or BLANK, value)
    if isinstance(value, list):
        return [fill_late(item, words) for item in value]
    return {key: fill_late(item, words) for key, item in value.items()} if isinstance(value, dict) else value


def names_number(value: Any) -> bool:
    """Tell whether a text says itself where its number stands."""
    if isinstance(value, str):
        return any(match[1] == NUMBER for match in PLACE.finditer(value))
    if isinstance(value, dict):
        return any(names_number(item) for item in value.values())
    return isinstance(value, list) and any(names_number(item) for item in value)
