"""Reading settings from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on", "ya"}
PREPARE_AFTER = 5


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in TRUE_WORDS


def number(name: str, default: int) -> int:
    """A whole number; a word in its place stops the start with a sentence."""
    value = os.environ.get(name, "").strip()
    if value and not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value) if value else default


def words(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def public_address(host: str, *, https: bool) -> str:
    """Where visitors reach the pages when nothing else is said; plain HTTP is this machine's own port."""
    return f"https://{host}" if https else f"http://{host}:8000"


def mail_from_url(url: str) -> dict[str, Any]:
    """Django's mail settings for `folder`, `console`, or `smtp://user:password@host:port` (`smtps://` for a
    server that speaks TLS from the start; plain `smtp://` asks for STARTTLS)."""
    if url in {"folder", "console"}:
        backends = {
            "folder": "runtut.core.mail.FolderBackend",
            "console": "django.core.mail.backends.console.EmailBackend",
        }
        return {"EMAIL_BACKEND": backends[url]}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            f"RUNTUT_MAIL must be folder, console, or smtp://user:password@host:port, not {url!r}."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_TIMEOUT": 30,
    }


def database_from_url(url: str, sqlite_file: Path) -> dict[str, Any]:
    """Django's database settings for `postgres://user:password@host:port/name?option=value`.

    Without a URL: SQLite in WAL mode, every transaction IMMEDIATE (a deferred one that reads first fails
    with "database is locked" under load), synchronous FULL.
    """
    if not url or url.startswith("sqlite:"):
        path = unquote(urlsplit(url).path) if url else str(sqlite_file)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL must start with postgres:// or sqlite:, not {parts.scheme}://"
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Each connection prepares a statement on its sixth use: planning an act's statements anew every time
        # costs more than carrying them out (docs/performance.md).
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": PREPARE_AFTER, **options},
    }
