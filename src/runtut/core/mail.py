"""Sending mail: one message a key, whichever backend carries it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from runtut.core.durable import write_whole

DOMAIN = "runtut.invalid"
"""Right half of every Message-ID; a name that no host can have (RFC 6761)."""


def send_mail(*, key: str, to: str, subject: str, text: str) -> None:
    """Hand a plain message to the mail backend, under a Message-ID made of `key`.

    Whoever repeats a key after a crash sends the same Message-ID: the folder backend overwrites, and mail
    servers that drop repeated identifiers deliver once. Raises what the backend raises when it cannot.
    """
    name = "".join(sign if sign.isalnum() else "-" for sign in key)
    message = EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [to])
    message.extra_headers["Message-ID"] = f"<{name}@{DOMAIN}>"
    message.send()


class FolderBackend(BaseEmailBackend):
    """Keeps every message as a file named by its Message-ID: an office without a mail server loses nothing,
    and the same message sent twice is one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = message.extra_headers["Message-ID"].strip("<>").partition("@")[0]
            write_whole(folder / f"{name}.eml", message.message().as_bytes())
        return len(email_messages)
