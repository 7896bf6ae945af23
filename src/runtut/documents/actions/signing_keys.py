"""The installation's own authority, the keys that people sign with, and their certificates."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from runtut.accounts.models import User
from runtut.core.locks import write_transaction
from runtut.documents.actions.certificates import sealing_key, unsealed
from runtut.documents.actions.trail import leave_trail
from runtut.documents.engine import (
    SealBroken,
    lock,
    new_key,
    public_key_of,
    seal,
    unlock,
)
from runtut.documents.errors import (
    NoSigningKey,
    PassphraseHeld,
    PassphraseIsPassword,
    PassphraseMissing,
    PassphraseTooShort,
    PassphraseWrong,
    PasswordNotRight,
)
from runtut.documents.models import Certificate, SigningKey
from runtut.documents.queries import local_moment, signing_key_of
from runtut.documents.rules import writer_of
from runtut.organisations.models import (
    Authority,
    OrganisationUnit,
)

SHORTEST = 10
ATTEMPTS = 5
HOLD = timedelta(minutes=15)
DEMO_PASSPHRASE = "tanda-tangan-contoh"  # noqa: S105 - told on the screen, for made-up people only


def set_passphrase(
    *, user: User, passphrase: str, password: str, authority: Authority, at: datetime
) -> SigningKey:
    """Make a person's signing key, sealed with a passphrase that is not stored; an earlier key is given up
    and its certificates are revoked.

    The login password is asked for: an unguarded screen must not be enough to sign in somebody's name.
    Raises PasswordNotRight (field password), PassphraseTooShort, PassphraseIsPassword (field passphrase).
    """
    if not user.check_password(password):
        raise PasswordNotRight(field="password")
    if len(passphrase.strip()) < SHORTEST:
        raise PassphraseTooShort(limit=SHORTEST, field="passphrase")
    if user.check_password(passphrase):
        raise PassphraseIsPassword(field="passphrase")
    return make_key(user=user, passphrase=passphrase, authority=authority, at=at)


def make_key(*, user: User, passphrase: str, authority: Authority, at: datetime) -> SigningKey:
    made = new_key()
    sealed = seal(lock(made, passphrase=passphrase), key=sealing_key())
    with write_transaction():
        User.objects.select_for_update().get(pk=user.pk)
        earlier = signing_key_of(user=user)
        if earlier:
            give_up(earlier, at)
        key = SigningKey.objects.create(
            region=user.region, user=user, sealed_key=sealed, public_key=public_key_of(made), made_at=at
        )
        leave_trail(
            unit=OrganisationUnit.objects.get(pk=authority.unit_id),
            action="signing.key_made",
            subject=key.uid,
            authority=authority,
            at=at,
            data={"replaces": earlier.uid if earlier else None},
        )
    return key


def give_up(key: SigningKey, at: datetime) -> None:
    """Put a key out of use for good; nobody can open it any more."""
    key.given_up_at, key.sealed_key = at, b""
    key.save(update_fields=["given_up_at", "sealed_key"])
    standing = Certificate.objects.filter(key=key, revoked_at__isnull=True)
    standing.update(revoked_at=at, revoke_reason="Diganti dengan kunci baru.")


def open_key(*, authority: Authority, passphrase: str, at: datetime) -> tuple[SigningKey, bytes]:
    """Return the acting person's key, opened. Wrong passphrases are counted; the fifth holds the key for a
    quarter of an hour.

    Raises PassphraseMissing, PassphraseWrong, PassphraseHeld, NoSigningKey (field passphrase),
    SigningKeysSealed.
    """
    if not passphrase:
        raise PassphraseMissing(field="passphrase")
    user = User.objects.get(pk=writer_of(authority).user_id)
    key = signing_key_of(user=user) or demo_key(user, authority, at)
    if key is None:
        raise NoSigningKey(field="passphrase")
    if key.held_until and key.held_until > at:
        raise held(key, authority)
    locked = unsealed(key.sealed_key)
    try:
        opened = unlock(locked, passphrase=passphrase)
    except SealBroken:
        raise failure(key, authority, at) from None
    if key.failures:
        SigningKey.objects.filter(pk=key.pk).update(failures=0, held_until=None)
    return key, opened


def demo_key(user: User, authority: Authority, at: datetime) -> SigningKey | None:
    """Give a made-up person of a trial the passphrase that the page tells."""
    if not (settings.DEMO and user.is_demo):
        return None
    return make_key(user=user, passphrase=DEMO_PASSPHRASE, authority=authority, at=at)


def failure(key: SigningKey, authority: Authority, at: datetime) -> PassphraseWrong | PassphraseHeld:
    """Count a wrong passphrase, outside any larger transaction that the refusal would undo, and say so."""
    with write_transaction():
        row = SigningKey.objects.select_for_update().get(pk=key.pk)
        row.failures += 1
        row.held_until = at + HOLD if row.failures % ATTEMPTS == 0 else None
        row.save(update_fields=["failures", "held_until"])
    if row.held_until:
        return held(row, authority)
    left = ATTEMPTS - row.failures % ATTEMPTS
    return PassphraseWrong(left=left, minutes=HOLD.seconds // 60, field="passphrase")


def held(key: SigningKey, authority: Authority) -> PassphraseHeld:
    unit = OrganisationUnit.objects.get(pk=authority.unit_id)
    until = local_moment(key.held_until, unit) if key.held_until else ""
    return PassphraseHeld(times=key.failures, until=until, field="passphrase")
