"""The one door to electronic signatures: whoever signs for an installation registers here.

The default is the installation's own certificate authority (`contrib.own_authority`); an adapter of a
certified provider takes its place without a change anywhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from runtut.documents.engine import Box, FieldRoom, SignedPart
from runtut.documents.models import Certificate
from runtut.organisations.models import Authority


@dataclass(frozen=True)
class SignedPdf:
    """A signed file, and the certificate where it is one of ours."""

    content: bytes
    certificate: Certificate | None


class Pen(Protocol):
    """A signer whose secret has been checked; lives for one request, holds what must never be stored."""

    def sign(
        self,
        *,
        pdf: bytes,
        field: str,
        reason: str,
        place: str,
        at: datetime,
        rooms: Sequence[FieldRoom] = (),
        look: bytes = b"",
    ) -> SignedPdf:
        """Return the file with one more signature, those before it left whole. `rooms` are kept for those who
        sign after; `look` is drawn in the room that was kept for this field. Never repeated by itself: a
        doubtful one is for a person to look at."""


class SignatureGateway(Protocol):
    """Who signs. `note` is printed at the foot of the paper and says what the signature is worth."""

    note: str

    def take_pen(self, *, authority: Authority, passphrase: str, at: datetime) -> Pen:
        """Check the signer's secret. Raises PassphraseMissing, PassphraseWrong, PassphraseHeld, NoSigningKey,
        SigningKeysSealed."""

    def room_of(self, *, pdf: bytes, field: str) -> tuple[float, float] | None:
        """Return the size, in points, of the room that a signed file keeps for a field."""

    def taken_rooms(self, *, pdf: bytes) -> Sequence[tuple[int, Box]]:
        """Return every box of a signed file that is kept for a signature or bears one, with its page."""

    def inspect(self, *, pdf: bytes) -> Sequence[SignedPart]:
        """Return what the signatures on a file of our own are worth. Raises ValueError for what is no PDF."""

    def inspect_strange(self, *, pdf: bytes) -> Sequence[SignedPart]:
        """The same for a file from anybody: read where it can do no harm; nothing found when unreadable."""


_gateways: list[SignatureGateway] = []


class GatewayMissing(RuntimeError):
    """No room has offered to sign: a fault of the installation."""


def register_gateway(gateway: SignatureGateway) -> None:
    """Take over signing from whoever did it before."""
    _gateways[:] = [gateway]


def gateway() -> SignatureGateway:
    if not _gateways:
        raise GatewayMissing
    return _gateways[0]
