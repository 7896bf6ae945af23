"""How the made-up offices sign."""

from __future__ import annotations

from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.documents.actions.certificates import ensure_authority
from runtut.documents.enums import SigningWay
from runtut.documents.models import SigningChoice
from runtut.organisations.models import OrganisationUnit


def load_demo_signing(*, at: datetime) -> None:
    """Have the offices of a trial sign electronically, with an authority of their own. What somebody has
    chosen since stays."""
    for root in OrganisationUnit.objects.filter(parent=None):
        ensure_authority(region=root.region, at=at)
        with write_transaction():
            SigningChoice.objects.get_or_create(unit=root, defaults={"way": SigningWay.ELECTRONIC})
