from __future__ import annotations

import argparse

from django.conf import settings

from runtut.config.commands import Failed
from runtut.core import clock
from runtut.documents.actions import ensure_authority, renew_authority, reseal_keys
from runtut.documents.models import CertificateAuthority
from runtut.documents.queries import authority_fingerprint
from runtut.organisations.models import OrganisationUnit


def setup(options: argparse.Namespace) -> int:
    """Found the certificate authority of every region that has none; print what each is recognised by."""
    regions = OrganisationUnit.objects.filter(parent=None).values_list("region", flat=True)
    if not regions:
        raise Failed("There is no region yet: run `runtut createadmin` first.")
    for region in sorted(set(regions)):
        found = renew_authority if options.renew else ensure_authority
        tell(found(region=region, at=clock.now()))
    return 0


def tell(authority: CertificateAuthority) -> None:
    print(f"{authority.name}, until {authority.valid_until:%Y-%m-%d}")
    print(f"  SHA-256 {authority_fingerprint(authority=authority)}")


def reseal(options: argparse.Namespace) -> int:
    """Seal the private keys anew after RUNTUT_SIGNING_KEY was changed."""
    if not settings.SIGNING_SECRET_BEFORE:
        raise Failed("RUNTUT_SIGNING_KEY_BEFORE is not set: give it the key that was in use until now.")
    print(
        f"{reseal_keys(before=settings.SIGNING_SECRET_BEFORE)} keys sealed with the new RUNTUT_SIGNING_KEY."
    )
    return 0
