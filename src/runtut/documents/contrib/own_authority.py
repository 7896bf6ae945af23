"""The default gateway: PAdES with the installation's own certificate authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType

from runtut.documents.actions.certificates import certificate_for
from runtut.documents.actions.signing_keys import open_key
from runtut.documents.engine import Box, Credential, FieldRoom, SignedPart, inspect_apart
from runtut.documents.models import Certificate
from runtut.documents.queries import authority_certificates
from runtut.documents.registry import Pen, SignatureGateway, SignedPdf
from runtut.organisations.models import Authority


def pades() -> ModuleType:
    """Return the module that knows pyHanko, loaded at its first use: it would slow every start."""
    from runtut.documents.engine import pades  # noqa: PLC0415

    return pades


@dataclass(frozen=True)
class OwnPen(Pen):
    """A person's opened key, for one request."""

    certificate: Certificate
    key: bytes

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
        """Sign with the person's own certificate."""
        content = pades().sign_pdf(
            pdf,
            credential=Credential(bytes(self.certificate.content), self.certificate.serial, self.key),
            authority=bytes(self.certificate.authority.certificate),
            field=field,
            reason=reason,
            place=place,
            at=at,
            rooms=rooms,
            look=look,
        )
        return SignedPdf(content, self.certificate)


class OwnAuthority(SignatureGateway):
    """Signs with keys kept here and certificates issued here: proves to whoever trusts this installation who
    signed, and that nothing changed since."""

    note = (
        "Ditandatangani secara elektronik dengan sertifikat terbitan kantor ini, bukan sertifikat PSrE "
        "Indonesia. Keasliannya diperiksa lewat kode QR."
    )

    def take_pen(self, *, authority: Authority, passphrase: str, at: datetime) -> Pen:
        """Open the person's key; see open_key and certificate_for for the refusals."""
        key, opened = open_key(authority=authority, passphrase=passphrase, at=at)
        return OwnPen(certificate_for(key=key, authority=authority, at=at), opened)

    def room_of(self, *, pdf: bytes, field: str) -> tuple[float, float] | None:
        """Read it from a file of our own."""
        found: tuple[float, float] | None = pades().room_of(pdf, field=field)
        return found

    def taken_rooms(self, *, pdf: bytes) -> Sequence[tuple[int, Box]]:
        """Read them from a file of our own."""
        found: Sequence[tuple[int, Box]] = pades().taken_rooms(pdf)
        return found

    def inspect(self, *, pdf: bytes) -> Sequence[SignedPart]:
        """Inspect a file of our own in this process."""
        found: Sequence[SignedPart] = pades().inspect_pdf(pdf, roots=authority_certificates())
        return found

    def inspect_strange(self, *, pdf: bytes) -> Sequence[SignedPart]:
        """Inspect anybody's file in a process of its own."""
        return inspect_apart(pdf, roots=authority_certificates())
