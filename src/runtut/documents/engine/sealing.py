"""Private keys at rest: sealed with the installation's key, and a person's also with a passphrase."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SALT = 16
NONCE = 12
KEY = 32
WORK = 2**15
"""Cost of trying one passphrase: 32 MiB and about a tenth of a second."""


class SealBroken(ValueError):
    """The key or the passphrase is not the one it was sealed with, or the sealed bytes were altered."""


def installation_key(secret: str) -> bytes:
    """Return the key of an installation, derived from its secret; long random secrets need no stretching."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=KEY, salt=None, info=b"runtut signing keys")
    return kdf.derive(secret.encode())


def seal(content: bytes, *, key: bytes) -> bytes:
    """Encrypt with the installation's key (AES-256-GCM)."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def open_seal(sealed: bytes, *, key: bytes) -> bytes:
    """Return what was sealed. Raises SealBroken."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], None)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("wrong key, or altered bytes") from error


def lock(content: bytes, *, passphrase: str) -> bytes:
    """Encrypt with a person's passphrase. With the installation's seal around it, a copy of the database
    gives no chance to guess a short one, and the seal can be changed without the passphrase."""
    salt = os.urandom(SALT)
    return salt + seal(content, key=stretched(passphrase, salt))


def unlock(locked: bytes, *, passphrase: str) -> bytes:
    """Return what was locked. Raises SealBroken."""
    return open_seal(locked[SALT:], key=stretched(passphrase, locked[:SALT]))


def stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY, n=WORK, r=8, p=1).derive(passphrase.encode())
