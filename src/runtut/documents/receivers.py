from __future__ import annotations

from datetime import datetime

from django.dispatch import receiver

from runtut.documents.actions import load_archive_classes, load_retention, revoke_lapsed
from runtut.organisations.events import term_ended


def load_reference_data(**kwargs: object) -> None:
    """After every migration the shipped classification and retention table are there."""
    load_archive_classes()
    load_retention()


@receiver(term_ended, dispatch_uid="documents.certificates")
def revoke_certificates(user_id: int, at: datetime, **kwargs: object) -> None:
    """An appointment or mandate ended before its time: what was certified for it ends with it."""
    revoke_lapsed(at=at, user_id=user_id)
