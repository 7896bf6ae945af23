from __future__ import annotations

from datetime import datetime, timedelta

from runtut.accounts.actions.trail import note
from runtut.accounts.errors import LoginLocked
from runtut.accounts.models import LoginAttempt, User
from runtut.accounts.queries import attempt_key
from runtut.accounts.rules import FAILURE_WINDOW, FAILURES_ALLOWED
from runtut.core.locks import write_transaction

KEPT = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def count_login_attempt(*, username: str, at: datetime) -> LoginAttempt:
    """Count an attempt before its password is looked at; raise LoginLocked while the username is held.

    Counted beforehand and under a lock, so that guesses sent all at once are counted one by one.
    forget_login_attempts takes the count back when the password proves right. Unknown usernames are counted
    too: the answer does not tell who exists.
    """
    key = attempt_key(username)
    with write_transaction():
        LoginAttempt.objects.filter(last_at__lt=at - KEPT).delete()
        LoginAttempt.objects.get_or_create(username=key, defaults={"first_at": at, "last_at": at})
        attempt = LoginAttempt.objects.select_for_update().get(username=key)
        ensure_not_locked(attempt, at)
        if at - attempt.first_at >= FAILURE_WINDOW or attempt.locked_until:
            attempt.count, attempt.first_at, attempt.locked_until = 0, at, None
        attempt.count += 1
        attempt.last_at = at
        if attempt.count >= FAILURES_ALLOWED:
            lock(attempt, at)
        attempt.save()
    return attempt


def lock(attempt: LoginAttempt, at: datetime) -> None:
    attempt.locked_until = at + FAILURE_WINDOW
    user = User.objects.filter(username=attempt.username).first()
    if user:
        data = {"attempts": attempt.count, "until": attempt.locked_until}
        note(user=user, action="login.held", actor=None, at=at, data=data)


def ensure_not_locked(attempt: LoginAttempt, at: datetime) -> None:
    if attempt.locked_until and at < attempt.locked_until:
        raise LoginLocked(minutes=-(-(attempt.locked_until - at) // MINUTE))


def forget_login_attempts(*, username: str) -> None:
    """Forget the failures under a username: the password was right, or an administrator has set a new one."""
    with write_transaction():
        LoginAttempt.objects.filter(username=attempt_key(username)).delete()
