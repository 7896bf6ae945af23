from __future__ import annotations

from datetime import datetime

from django.db.models import F

from runtut.accounts.actions.logins import forget_login_attempts
from runtut.accounts.actions.trail import note
from runtut.accounts.models import Actor, User
from runtut.accounts.rules import ensure_password_fits, ensure_password_is_own
from runtut.core.locks import write_transaction


def change_password(*, user: User, password: str, at: datetime) -> User:
    """Set the password that a person has chosen, and end their other sessions.

    That the present password is known is asked by the page. Raises DemoPasswordFixed, PasswordTooWeak.
    """
    return store_password(
        user=user, password=password, must_change=False, action="password.changed", actor=None, at=at
    )


def set_password(*, user: User, password: str, authority: Actor, at: datetime) -> User:
    """Set a first password for somebody, who must change it at the next login; their sessions end and held
    logins are freed.

    Who may do this is asked by the room above. Raises DemoPasswordFixed, PasswordTooWeak.
    """
    user = store_password(
        user=user, password=password, must_change=True, action="password.set", actor=authority, at=at
    )
    forget_login_attempts(username=user.username)
    return user


def store_password(
    *, user: User, password: str, must_change: bool, action: str, actor: Actor | None, at: datetime
) -> User:
    """Hash outside the transaction (it is slow on purpose), store inside."""
    ensure_password_is_own(user)
    ensure_password_fits(password, user)
    user.set_password(password)
    with write_transaction():
        User.objects.filter(pk=user.pk).update(
            password=user.password,
            must_change_password=must_change,
            session_stamp=F("session_stamp") + 1,
        )
        note(user=user, action=action, actor=actor, at=at, data={"must_change": must_change})
    user.refresh_from_db()
    return user


def end_sessions(*, user: User, at: datetime, authority: Actor | None = None) -> User:
    """End every session of a person: cookies carry the stamp that is raised here."""
    with write_transaction():
        User.objects.filter(pk=user.pk).update(session_stamp=F("session_stamp") + 1)
        note(user=user, action="sessions.ended", actor=authority, at=at, data={})
    user.refresh_from_db()
    return user
