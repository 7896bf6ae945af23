"""All checks over the SOPs of one document, those that compare them with each other included."""

from __future__ import annotations

from collections.abc import Sequence

from runtut.procedures.importing.defects import identity, laws, neighbours, spelling, steps
from runtut.procedures.importing.result import ReadSop


def compare(sops: Sequence[ReadSop]) -> None:
    """Add every doubt that the understood SOPs give rise to."""
    for sop in sops:
        identity.check(sop)
        laws.check(sop)
        steps.check(sop)
        spelling.check(sop)
    neighbours.check(sops)
