"""The audit entries of this room, in one stream of the region. A password never enters them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from runtut.accounts.models import Actor, User
from runtut.core import audit

STREAM = "accounts"


def note(*, user: User, action: str, actor: Actor | None, at: datetime, data: Mapping[str, object]) -> None:
    """Append an act on an account; without an actor, the person themselves did it."""
    audit.record(
        region=user.region,
        stream=STREAM,
        action=f"accounts.{action}",
        subject=user.uid,
        user_id=actor.user_id if actor else user.pk,
        position_id=actor.position_id if actor else None,
        capacity=actor.capacity if actor else "",
        at=at,
        data=data,
    )
