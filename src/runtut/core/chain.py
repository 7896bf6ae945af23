"""Hash chains: every entry's hash covers the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

START = "0" * 64


def plain(value: object) -> object:
    """Turn a value into one that JSON writes in exactly one way (datetimes as UTC with microseconds)."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(fields: Mapping[str, object]) -> str:
    """Write fields as JSON with sorted keys and without spaces."""
    return json.dumps(plain(fields), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def entry_hash(previous: str, fields: Mapping[str, object]) -> str:
    """Return the SHA-256 (hex) of the previous hash and the canonical fields."""
    return hashlib.sha256(f"{previous}\n{canonical(fields)}".encode()).hexdigest()
