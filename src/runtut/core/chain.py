"""Hash chains: every entry's hash covers the one before it, and the head covers the last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

START = "0" * 64

AS_IT_IS = frozenset({str, int, bool, type(None)})
AS_TEXT = (Decimal, UUID)

ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plain(value: object) -> object:
    """Turn a value into one that JSON writes in exactly one way (datetimes as UTC with microseconds).

    Raises TypeError for what has no such form, floats among them, and for a datetime without a zone.
    """
    if type(value) in AS_IT_IS:
        return value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("a datetime without a zone has no canonical form")
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, AS_TEXT):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(fields: Mapping[str, object]) -> str:
    """Write fields as JSON with sorted keys and without spaces."""
    return ENCODER.encode(plain(fields))


def entry_hash(previous: str, fields: Mapping[str, object]) -> str:
    """Return the SHA-256 (hex) of the previous hash and the canonical fields."""
    return hashlib.sha256(f"{previous}\n{canonical(fields)}".encode()).hexdigest()


class Problem(StrEnum):
    """What is wrong with a chain."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    HEAD_MISSING = "head_missing"
    STREAM_MISSING = "stream_missing"


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as read back: `fields` is what its hash covers, sequence numbers begin with 1."""

    sequence: int
    previous_hash: str
    entry_hash: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """What the owner of a chain remembers of it: how many entries, and the hash of the last."""

    length: int
    entry_hash: str


def verify_chain(links: Iterable[Link], head: Head | None) -> Iterator[tuple[Problem, int]]:
    """Walk a chain in order and name every problem with the sequence number it was found at.

    One wrong entry is one finding: the walk goes on from the hash that the entry carries. A run of missing
    entries is one finding, at the first. An entry that is sound in itself but on which the next one (or the
    head) does not build was rewritten together with its hash: ALTERED as well.
    """
    expected, previous, doubted = 1, START, False
    for link in links:
        if link.sequence < expected or (head is not None and link.sequence > head.length):
            yield Problem.INSERTED, link.sequence
            continue
        gap = link.sequence > expected
        if gap:
            yield Problem.REMOVED, expected
        elif link.previous_hash != previous and not doubted:
            yield Problem.ALTERED, max(expected - 1, 1)
        doubted = link.entry_hash != entry_hash(link.previous_hash, link.fields)
        if doubted:
            yield Problem.ALTERED, link.sequence
        expected, previous = link.sequence + 1, link.entry_hash
    if head is None:
        if expected > 1:
            yield Problem.HEAD_MISSING, expected - 1
    elif expected <= head.length:
        yield Problem.REMOVED, expected
    elif previous != (head.entry_hash or START) and not doubted:
        yield Problem.ALTERED, head.length
