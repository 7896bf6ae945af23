"""The gate at the login: counts failures, and keeps made-up people out of a real installation."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser

from runtut.accounts.actions import count_login_attempt, forget_login_attempts
from runtut.accounts.models import User
from runtut.accounts.queries import attempt_key
from runtut.accounts.rules import can_log_in, ensure_can_log_in
from runtut.core import clock


class GuardedBackend(ModelBackend):
    """Username and password. Refusals (LoginLocked, AccountClosed, DemoLoginClosed) pass through
    `authenticate` to the form, which shows their sentence."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **credentials: Any
    ) -> User | None:
        if not username or password is None:
            return None
        count_login_attempt(username=username, at=clock.now())
        user = User.objects.filter(username=attempt_key(username)).first()
        if user is None:
            # An unknown name takes as long as a wrong password.
            User().set_password(password)
            return None
        if not user.check_password(password):
            return None
        forget_login_attempts(username=username)
        ensure_can_log_in(user)
        return user

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        """Asked with every request: a session of somebody who may no longer log in is nobody's."""
        return isinstance(user, User) and can_log_in(user)
