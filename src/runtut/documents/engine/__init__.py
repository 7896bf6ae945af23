"""Keys, certificates and signatures on PDF files. Pure: no Django, no database, no clock.

`pades` is not imported here: it brings pyHanko, which takes a third of every start, and few processes sign.
"""

from runtut.documents.engine.apart import inspect_apart
from runtut.documents.engine.certificates import (
    Credential,
    fingerprint,
    found_authority,
    issue_certificate,
    new_key,
    public_key_of,
)
from runtut.documents.engine.sealing import SealBroken, installation_key, lock, open_seal, seal, unlock
from runtut.documents.engine.signed_part import Box, FieldRoom, SignedPart

__all__ = [
    "Box",
    "Credential",
    "FieldRoom",
    "SealBroken",
    "SignedPart",
    "fingerprint",
    "found_authority",
    "inspect_apart",
    "installation_key",
    "issue_certificate",
    "lock",
    "new_key",
    "open_seal",
    "public_key_of",
    "seal",
    "unlock",
]
