from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from runtut.accounts.errors import EmailUnreadable
from runtut.accounts.models import NoticeChoice, User
from runtut.core.locks import write_transaction


def choose_notices(*, user: User, email: str, chosen: Mapping[str, tuple[bool, bool]]) -> None:
    """Keep which notices a person wants, by kind as (in the application, by mail), and where mail goes.

    Raises EmailUnreadable; an empty address is allowed and stops all mail.
    """
    email = email.strip()
    if email:
        try:
            validate_email(email)
        except ValidationError as refusal:
            raise EmailUnreadable(field="email") from refusal
    with write_transaction():
        user.email = email
        user.save(update_fields=["email"])
        for kind, (in_app, by_mail) in chosen.items():
            NoticeChoice.objects.update_or_create(
                user=user, kind=kind, defaults={"in_app": in_app, "by_mail": by_mail}
            )
