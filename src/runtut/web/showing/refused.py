"""A press on the page of a run that was refused: which of its forms it was, why, and what had been typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from runtut.core.errors import DomainError

RETURNING: Final = "kembalikan"
STEERING: Final = ("jeda", "lanjut", "perpanjang", "alihkan", "batal")
CONTROLS: Final[Mapping[tuple[str, str], str]] = {
    (RETURNING, "reason"): "alasan",
    (RETURNING, "indicators"): "ikut",
    ("jeda", "reason"): "a-jeda",
    ("perpanjang", "minutes"): "p-jam",
    ("perpanjang", "reason"): "p-alasan",
    ("alihkan", "position"): "l-jabatan",
    ("alihkan", "reason"): "l-alasan",
    ("batal", "reason"): "b-alasan",
}
"""The control on the page that an act's argument was typed into."""


@dataclass(frozen=True)
class Refused:
    """`act` names the form, `anchor` its control; empty where the refusal is about none."""

    act: str
    sentence: str
    anchor: str
    typed: Mapping[str, str]

    @property
    def is_steering(self) -> bool:
        return self.act in STEERING


def refused(refusal: DomainError, act: str, typed: Mapping[str, str]) -> Refused:
    """Find where on the page a refusal belongs."""
    return Refused(act, refusal.sentence, CONTROLS.get((act, refusal.field or ""), ""), typed)
