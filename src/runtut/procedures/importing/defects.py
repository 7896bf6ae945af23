from __future__ import annotations
from collections.abc import Sequence
from runtut.procedures.importing.result import ReadSop


def compare(sops: Sequence[ReadSop]) -> None:
    pass
