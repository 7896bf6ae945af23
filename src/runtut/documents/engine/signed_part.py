"""What a signature on a PDF file turned out to be worth, and the room kept for one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class SignedPart:
    """A signature found on a file.

    `intact`: what it covers is as it was signed. `trusted`: the certificate comes from one of the roots and
    was valid at the moment the signature claims. `covers_file`: nothing was appended after it; `unchanged`:
    what was appended are further signatures at most.
    """

    person: str
    position: str
    serial: str
    signed_at: str
    intact: bool
    trusted: bool
    covers_file: bool
    unchanged: bool

    @property
    def is_good(self) -> bool:
        return self.intact and self.trusted and self.unchanged

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


Box = tuple[float, float, float, float]
"""Left, low, right, high, in points from below left."""


@dataclass(frozen=True)
class FieldRoom:
    """An empty field kept on a page (counted from 0) for somebody who signs later, and whose it is."""

    field: str
    label: str
    page: int
    box: Box
