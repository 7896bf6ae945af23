from __future__ import annotations

from django.db import models


class LoginAttempt(models.Model):
    """Failed logins under one username within one window of time, whether or not that person exists.

    A table and not a cache: every process of the server must see the same count.
    """

    id = models.BigAutoField(primary_key=True)
    username = models.CharField(max_length=60, unique=True)
    count = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.username}: {self.count}"
