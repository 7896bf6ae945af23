"""Chance that falls the same way every time: drawn from names, not from a generator."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def chance(*names: object) -> float:
    """Return a number from 0 (included) to 1 that depends on the names alone."""
    digest = hashlib.sha256("|".join(map(str, names)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def pick(choices: Sequence[T], *names: object) -> T:
    """Return one of the choices, always the same for the same names."""
    return choices[int(chance(*names) * len(choices))]
