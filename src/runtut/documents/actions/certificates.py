"""The installation's own authority and the certificates it issues."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max

from runtut.core.locks import write_transaction
from runtut.documents.actions.trail import leave_trail
from runtut.documents.engine import (
    Credential,
    SealBroken,
    found_authority,
    installation_key,
    issue_certificate,
    open_seal,
    seal,
)
from runtut.documents.errors import SigningKeysSealed
from runtut.documents.models import Certificate, CertificateAuthority, SigningKey
from runtut.documents.rules import writer_of
from runtut.organisations.models import Appointment, Authority, Mandate, OrganisationUnit, Position
from runtut.organisations.queries import in_force, office_of

AUTHORITY_YEARS = 10
PERSON_YEARS = 2


def sealing_key() -> bytes:
    """Return the key that private keys are sealed with, from the environment."""
    return installation_key(settings.SIGNING_SECRET)


def years(at: datetime, count: int) -> datetime:
    return at + timedelta(days=365 * count + count // 4)


def ensure_authority(*, region: int, at: datetime) -> CertificateAuthority:
    """Return the authority that issues for a region, founded now where there is none or its time is over."""
    newest = CertificateAuthority.objects.filter(region=region).order_by("-sequence").first()
    if newest and newest.valid_until > at:
        return newest
    return renew_authority(region=region, at=at)


def renew_authority(*, region: int, at: datetime) -> CertificateAuthority:
    """Found the next authority of a region; what older ones issued stays valid. Making the key takes a
    moment, so it is made before the transaction; of two that found at once, one stands."""
    root = region_unit(region)
    name, until = f"Runtut, {root.name}", years(at, AUTHORITY_YEARS)
    made = found_authority(name=name, organisation=root.name, at=at, until=until)
    sealed = seal(made.key, key=sealing_key())
    before = CertificateAuthority.objects.filter(region=region).aggregate(last=Max("sequence"))["last"] or 0
    with write_transaction():
        authority, _ = CertificateAuthority.objects.get_or_create(
            region=region,
            sequence=before + 1,
            defaults={
                "name": name,
                "certificate": made.certificate,
                "sealed_key": sealed,
                "founded_at": at,
                "valid_until": until,
            },
        )
    return authority


def region_unit(region: int) -> OrganisationUnit:
    """Return the topmost unit of a region."""
    return OrganisationUnit.objects.filter(region=region).earliest("path")


def unsealed(sealed: bytes | memoryview, key: bytes | None = None) -> bytes:
    """Open what the installation's key has sealed. Raises SigningKeysSealed."""
    try:
        return open_seal(bytes(sealed), key=key or sealing_key())
    except SealBroken:
        raise SigningKeysSealed from None


def certificate_for(*, key: SigningKey, authority: Authority, at: datetime) -> Certificate:
    """Return the certificate of the acting person in the position acted in, issued now where none is valid.

    It ends with the appointment or mandate as far as that is known. Raises SigningKeysSealed.
    """
    standing = Certificate.objects.filter(
        key=key, position=authority.position_id, revoked_at__isnull=True, valid_until__gt=at
    )
    found = standing.select_related("authority").order_by("-id").first()
    if found:
        return found
    position = Position.objects.select_related("unit").get(pk=writer_of(authority).position_id)
    issuer = ensure_authority(region=position.region, at=at)
    until = min(years(at, PERSON_YEARS), issuer.valid_until, term_end(authority, position))
    secret = unsealed(issuer.sealed_key)
    title = f"{authority.acting.strip('()')} {position.title}".strip()
    made = issue_certificate(
        authority=Credential(bytes(issuer.certificate), "", secret),
        public_key=bytes(key.public_key),
        person=authority.full_name,
        position=title,
        organisation=office_of(position.unit).name,
        at=at,
        until=until,
    )
    return keep_certificate(made, issuer, key, position, authority, until, at)


def keep_certificate(
    made: Credential,
    issuer: CertificateAuthority,
    key: SigningKey,
    position: Position,
    authority: Authority,
    until: datetime,
    at: datetime,
) -> Certificate:
    with write_transaction():
        certificate = Certificate.objects.create(
            region=position.region,
            authority=issuer,
            key=key,
            user_id=key.user_id,
            position=position,
            serial=made.serial,
            content=made.certificate,
            issued_at=at,
            valid_until=until,
        )
        leave_trail(
            unit=position.unit,
            action="signing.certificate_issued",
            subject=certificate.uid,
            authority=authority,
            at=at,
            data={"serial": made.serial, "position": position.uid, "until": until},
        )
    return certificate


def term_end(authority: Authority, position: Position) -> datetime:
    """Return the instant at which the acting person's appointment or mandate ends, far away when open."""
    rows = (
        Mandate.objects.filter(pk=authority.mandate_id)
        if authority.mandate_id
        else Appointment.objects.filter(user=authority.user_id, position=position).order_by("-valid_from")
    )
    end = rows.values_list("valid_until", flat=True).first()
    last = end or date(9999, 1, 1)
    return datetime.combine(last, time(), ZoneInfo(position.unit.zone))


def revoke_lapsed(*, at: datetime, user_id: int | None = None) -> int:
    """Revoke every certificate (of one person, or of all) whose person no longer holds the position; return
    how many. What was signed before stays signed."""
    standing = Certificate.objects.filter(revoked_at__isnull=True, valid_until__gt=at)
    if user_id is not None:
        standing = standing.filter(user=user_id)
    lapsed = [one.pk for one in standing.select_related("position__unit").iterator() if not holds(one, at)]
    with write_transaction():
        rows = Certificate.objects.filter(pk__in=lapsed, revoked_at__isnull=True)
        return rows.update(revoked_at=at, revoke_reason="Masa jabatan berakhir.")


def holds(certificate: Certificate, at: datetime) -> bool:
    """Tell whether the person of a certificate holds its position on that day, by appointment or mandate."""
    on = certificate.position.unit.local_date(at)
    return any(
        kind.objects.filter(in_force(on), user=certificate.user_id, position=certificate.position_id).exists()
        for kind in (Appointment, Mandate)
    )


def reseal_keys(*, before: str) -> int:
    """Seal every private key with the installation's present key instead of the one before; return how many.
    Passphrases and certificates stay as they are. All or none.

    Raises SigningKeysSealed when one was not sealed with `before`.
    """
    old, new = installation_key(before), sealing_key()
    authorities = CertificateAuthority.objects.select_for_update()
    persons = SigningKey.objects.select_for_update().filter(given_up_at__isnull=True)
    with write_transaction():
        for authority in authorities:
            authority.sealed_key = seal(unsealed(authority.sealed_key, old), key=new)
            authority.save(update_fields=["sealed_key"])
        for person in persons:
            person.sealed_key = seal(unsealed(person.sealed_key, old), key=new)
            person.save(update_fields=["sealed_key"])
        return len(authorities) + len(persons)


def sealed_away() -> bool:
    """Tell whether the key of some authority does not open with the installation's present key."""
    for authority in CertificateAuthority.objects.order_by("region", "-sequence"):
        try:
            unsealed(authority.sealed_key)
        except SigningKeysSealed:
            return True
    return False
