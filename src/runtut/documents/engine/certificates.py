"""X.509: an authority of an office's own, and the certificates it issues. Keys and certificates are DER."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)
from cryptography.x509.oid import NameOID

AUTHORITY_BITS = 3072
PERSON_BITS = 2048
SKEW = timedelta(minutes=5)
"""Certificates begin a little earlier: the reader's clock may be slow."""

LIMIT = 64
"""X.520's bound on names; a longer one is cut, readers refuse it otherwise."""


@dataclass(frozen=True)
class Credential:
    """A certificate, its serial number in hexadecimal, and the private key that belongs to it (PKCS#8)."""

    certificate: bytes
    serial: str
    key: bytes = b""


def new_key(bits: int = PERSON_BITS) -> bytes:
    """Return a new private key."""
    return written(rsa.generate_private_key(public_exponent=65537, key_size=bits))


def written(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def read_key(content: bytes) -> rsa.RSAPrivateKey:
    key = load_der_private_key(content, None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("not an RSA key")
    return key


def rsa_key(key: object) -> rsa.RSAPublicKey:
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError("not an RSA key")
    return key


def public_key_of(key: bytes) -> bytes:
    """Return the public half of a private key."""
    return read_key(key).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def found_authority(*, name: str, organisation: str, at: datetime, until: datetime) -> Credential:
    """Return a new self-signed authority that may issue certificates for persons and nothing else."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=AUTHORITY_BITS)
    subject = named(
        (NameOID.COUNTRY_NAME, "ID"), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, name)
    )
    builder = begun(subject, subject, key.public_key(), at, until)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(usage(key_cert_sign=True, crl_sign=True), critical=True)
    return finished(builder, key, written(key))


def issue_certificate(
    *,
    authority: Credential,
    public_key: bytes,
    person: str,
    position: str,
    organisation: str,
    at: datetime,
    until: datetime,
) -> Credential:
    """Return a certificate for a person in a position, signed by the authority. It says no more about the
    person than the paper does, and less: no NIP."""
    issuer = x509.load_der_x509_certificate(authority.certificate)
    subject = named(
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.TITLE, position),
        (NameOID.COMMON_NAME, person),
    )
    builder = begun(
        subject,
        issuer.subject,
        rsa_key(load_der_public_key(public_key)),
        at,
        min(until, issuer.not_valid_after_utc),
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(usage(digital_signature=True, content_commitment=True), critical=True)
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(rsa_key(issuer.public_key()))
    return finished(builder.add_extension(identifier, critical=False), read_key(authority.key))


def named(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, value[:LIMIT]) for oid, value in parts if value])


def begun(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, at: datetime, until: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(at - SKEW).not_valid_after(until)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key)
    return builder.add_extension(identifier, critical=False)


def finished(builder: x509.CertificateBuilder, key: rsa.RSAPrivateKey, private: bytes = b"") -> Credential:
    certificate = builder.sign(key, hashes.SHA256())
    return Credential(certificate.public_bytes(Encoding.DER), f"{certificate.serial_number:x}", private)


def usage(**wanted: bool) -> x509.KeyUsage:
    every = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(**{**every, **wanted})


def fingerprint(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate in pairs, as people compare it: "AB:01:..."."""
    found = x509.load_der_x509_certificate(certificate).fingerprint(hashes.SHA256())
    return found.hex(":").upper()
