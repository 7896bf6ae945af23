from __future__ import annotations

USERNAME_LENGTH = 60


def attempt_key(username: str) -> str:
    """Return what failures are counted under: spellings that reach the same person count together."""
    return username.strip().lower()[:USERNAME_LENGTH]
