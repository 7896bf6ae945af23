from runtut.accounts.actions.choices import choose_notices
from runtut.accounts.actions.logins import count_login_attempt, forget_login_attempts
from runtut.accounts.actions.passwords import change_password, end_sessions, set_password
from runtut.accounts.actions.people import activate_user, create_user, deactivate_user, describe_user

__all__ = [
    "activate_user",
    "change_password",
    "choose_notices",
    "count_login_attempt",
    "create_user",
    "deactivate_user",
    "describe_user",
    "end_sessions",
    "forget_login_attempts",
    "set_password",
]
