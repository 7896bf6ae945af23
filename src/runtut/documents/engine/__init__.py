"""Keys, certificates and signatures on PDF files. Pure: no Django, no database, no clock."""

from runtut.documents.engine.apart import inspect_apart
from runtut.documents.engine.certificates import (
    Credential,
    fingerprint,
    found_authority,
    issue_certificate,
    new_key,
    public_key_of,
)
from runtut.documents.engine.pades import SignedPart, inspect_pdf, sign_pdf
from runtut.documents.engine.sealing import SealBroken, installation_key, lock, open_seal, seal, unlock

__all__ = [
    "Credential",
    "SealBroken",
    "SignedPart",
    "fingerprint",
    "found_authority",
    "inspect_apart",
    "inspect_pdf",
    "installation_key",
    "issue_certificate",
    "lock",
    "new_key",
    "open_seal",
    "public_key_of",
    "seal",
    "sign_pdf",
    "unlock",
]
