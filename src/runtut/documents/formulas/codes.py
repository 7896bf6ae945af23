"""Codes that the public types or scans to find a signed paper."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that is taken for a digit."""

LENGTH = 12
"""60 bits: with a thousand million papers and a thousand guesses a second, a hit takes half a week of all
of them together; the page slows guessers far below that."""

LOOKALIKES = str.maketrans("OIL", "011")


def new_code() -> str:
    """Return a code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """Return a code as it is stored from what somebody typed; "" for what cannot be one."""
    found = typed.upper().translate(LOOKALIKES)
    code = "".join(sign for sign in found if sign.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def shown_code(code: str) -> str:
    """Return a code in groups of four, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
