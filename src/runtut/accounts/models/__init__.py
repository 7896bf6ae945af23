from runtut.accounts.models.actor import Actor
from runtut.accounts.models.attempt import LoginAttempt
from runtut.accounts.models.choice import NoticeChoice
from runtut.accounts.models.user import User

__all__ = ["Actor", "LoginAttempt", "NoticeChoice", "User"]
