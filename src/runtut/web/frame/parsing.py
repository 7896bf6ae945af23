"""What addresses and forms carry as text: whole numbers and uids. Anything else counts as not given."""

from __future__ import annotations

from typing import Final, TypeVar
from uuid import UUID

LARGEST: Final = 2**63 - 1
"""The largest number that a column of ours holds."""
NIL: Final = UUID(int=0)
"""The uid that nothing of ours bears."""

Otherwise = TypeVar("Otherwise")


def whole_number(text: str, otherwise: Otherwise, low: int = 0, high: int = LARGEST) -> int | Otherwise:
    """The number within bounds that plain digits write; `otherwise` for anything else, however long it is."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(high)):
        return otherwise
    number = int(text)
    return number if low <= number <= high else otherwise


def uid_of(text: str) -> UUID | None:
    """The uid that a text writes."""
    try:
        return UUID(text)
    except ValueError:
        return None
