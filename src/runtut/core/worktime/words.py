"""Durations of work as people say them."""

from __future__ import annotations

MINUTES_A_DAY = 450
"""One "hari" of an SOP in working minutes: 37 h 30 min over five days (Perpres 21/2023 Pasal 4)."""

UNITS = ((MINUTES_A_DAY, "hari"), (60, "jam"), (1, "menit"))


def humanise(minutes: int) -> str:
    """Say working minutes in the two largest units that are not nothing: "2 hari 5 jam", "15 hari 10 menit".

    What is smaller is cut off, never rounded up. The sign is dropped: the caller says "lagi" or "terlambat".
    """
    rest = abs(minutes)
    words = []
    for size, name in UNITS:
        count, rest = divmod(rest, size)
        if count:
            words.append(f"{count} {name}")
    return " ".join(words[:2]) or "0 menit"
