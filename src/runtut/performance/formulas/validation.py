"""What a figure is examined for before it is used: each finding is resolved or explained."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from runtut.performance.formulas.figures import HUNDRED, ZERO, figure, percent

JUMP = Decimal(50)
"""A change of more than this share (per cent) of the same quarter last year is a finding. Practice, not
regulation."""


@dataclass(frozen=True)
class Examined:
    """One quarter's figure as it is examined. `value` None is blank; `before` is the figure to compare with,
    and `since` its quarter ("TW III 2025"); `explained` tells that a blank has its reason."""

    value: Decimal | None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    before: Decimal | None = None
    since: str = ""
    has_evidence: bool = False
    explained: bool = False
    decimals: int = 2


@dataclass(frozen=True)
class Finding:
    """A rule that a figure does not keep: its code, and a sentence with the figures."""

    code: str
    text: str


def examine(row: Examined, *, jump: Decimal = JUMP) -> tuple[Finding, ...]:
    """Return every finding on a figure: missing, out of range, a jump, no evidence.
    A blank that is explained has none; a blank is never taken for 0."""
    if row.value is None:
        return () if row.explained else (Finding("missing", "Belum diisi dan belum ada alasannya."),)
    found = [_range(row, row.value), jumped(row, jump=jump)]
    if not row.has_evidence:
        found.append(Finding("no_evidence", "Angka tanpa bukti."))
    return tuple(one for one in found if one is not None)


def _range(row: Examined, value: Decimal) -> Finding | None:
    low, high = row.minimum, row.maximum
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    bounds = " sampai ".join("…" if one is None else figure(one, row.decimals) for one in (low, high))
    return Finding("out_of_range", f"{figure(value, row.decimals)} di luar batas {bounds}.")


def jumped(row: Examined, *, jump: Decimal = JUMP) -> Finding | None:
    """Return the finding that a figure has changed by more than `jump` per cent; None without a figure, or
    without one other than 0 to compare it with."""
    if row.value is None or row.before is None or row.before == ZERO:
        return None
    share = abs(row.value - row.before) / abs(row.before) * HUNDRED
    if share <= jump:
        return None
    shown, before = figure(row.value, row.decimals), figure(row.before, row.decimals)
    return Finding("jump", f"Berubah {percent(share)} % dari {row.since} ({before} menjadi {shown}).")
