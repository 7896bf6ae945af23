"""A paper of the cast signed electronically by Budi, Plt. Camat, and what makes it so."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.cast import AT, Cast
from tests.documents.factories import make_version, sakip_class

from runtut.accounts.models import User
from runtut.core.locks import write_transaction
from runtut.documents.actions import (
    PreparedSignature,
    endorse,
    keep_signature,
    prepare_signature,
    set_passphrase,
)
from runtut.documents.enums import EndorsementKind
from runtut.documents.models import DocumentVersion, Signature, SigningKey
from runtut.organisations.models import Authority

PASSPHRASE = "kuda laut makan siang"
PASSWORD = "empat kata yang panjang"
LATER = AT + timedelta(hours=1)


def camat(cast: Cast) -> Authority:
    return cast.authority(cast.budi, "plt")


def give_code(cast: Cast) -> None:
    """Give the office the code that its numbers want."""
    cast.office.unit.code = "KEC.SKM"
    cast.office.unit.save(update_fields=["code"])


def give_key(user: User, authority: Authority, at: datetime = AT) -> SigningKey:
    user.set_password(PASSWORD)
    user.save()
    return set_passphrase(user=user, passphrase=PASSPHRASE, password=PASSWORD, authority=authority, at=at)


def prepare(
    version: DocumentVersion, authority: Authority, at: datetime = LATER, passphrase: str = PASSPHRASE
) -> PreparedSignature:
    return prepare_signature(
        version=version, archive_class=sakip_class(), passphrase=passphrase, authority=authority, at=at
    )


def keep(
    prepared: PreparedSignature, version: DocumentVersion, authority: Authority, at: datetime = LATER
) -> Signature:
    """Approve and take the signed paper in, as a run does."""
    with write_transaction():
        endorse(version=version, kind=EndorsementKind.APPROVAL, note="", authority=authority, at=at)
        return keep_signature(prepared=prepared, authority=authority, at=at)


def signed_paper(cast: Cast, at: datetime = LATER) -> Signature:
    """Version 1 of a new document, signed by Budi as Plt. Camat."""
    give_code(cast)
    version, authority = make_version(cast), camat(cast)
    if not SigningKey.objects.filter(user=cast.budi).exists():
        give_key(cast.budi, authority)
    return keep(prepare(version, authority, at), version, authority, at)
