"""Hash chains: every entry's hash covers the one before it, and the head covers the last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

START = "0" * 64

QUOTED = json.JSONEncoder(ensure_ascii=False).encode
"""Writes a string as JSON: the one thing here that is better left to C."""


def canonical(fields: Mapping[str, object]) -> str:
    """Write fields as JSON with sorted keys and without spaces: every value in exactly one way.

    Datetimes are UTC with microseconds; days, decimals and UUIDs are text. Raises TypeError for what has no
    such form, floats among them, and for a datetime without a zone.
    """
    return _written(fields)


def _written(value: object) -> str:
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(value)
    for kind, general in _GENERAL:
        if isinstance(value, kind):
            return general(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _mapping(fields: Mapping[object, object]) -> str:
    named = {str(key): value for key, value in fields.items()}
    return "{" + ",".join([f"{QUOTED(name)}:{_written(named[name])}" for name in sorted(named)]) + "}"


def _sequence(items: Iterable[object]) -> str:
    return "[" + ",".join([_written(item) for item in items]) + "]"


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise TypeError("a datetime without a zone has no canonical form")
    moment = value if value.tzinfo is UTC else value.astimezone(UTC)
    return f'"{moment.isoformat(timespec="microseconds")}"'


def _text(value: object) -> str:
    return f'"{value}"'


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: QUOTED,
    int: repr,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _value: "null",
    datetime: _instant,
    date: _text,
    UUID: _text,
    Decimal: _text,
    dict: _mapping,
    list: _sequence,
    tuple: _sequence,
}

_GENERAL: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, lambda value: QUOTED(str.__str__(value))),
    (int, int.__repr__),
    (datetime, _instant),
    (date, _text),
    (UUID, _text),
    (Decimal, _text),
    (Mapping, _mapping),
    (list, _sequence),
    (tuple, _sequence),
)
"""For enums and other kinds of a kind, which are written as what they are at bottom."""


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
