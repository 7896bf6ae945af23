"""What makes an installation unsafe, one sentence each; `runtut check` prints them and serving refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from runtut.accounts.models import User
from runtut.documents.actions import sealed_away

SECRET_LENGTH = 40
SECRET_VARIETY = 10
LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
OTHERS_MAY_READ = 0o004
OTHERS_MAY_ENTER = 0o001


class Unsafe(Exception):
    """Serving was refused; the sentences say why."""


def problems() -> list[str]:
    """Every reason not to serve, each a sentence with what to do; empty when all is well."""
    return [
        *_secret(),
        *_hosts(),
        *_transport(),
        *_processes(),
        *_folders(),
        *_signing(),
        *database_problems(),
    ]


def refuse_unsafe() -> None:
    """Raise Unsafe with every problem, or return."""
    found = problems()
    if found:
        raise Unsafe("\n".join(found))


def _secret() -> Iterator[str]:
    if settings.DEBUG:
        yield "DEBUG is on: it shows settings and code to visitors; leave it off."
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:
        yield "RUNTUT_SECRET_KEY is not set: give it 50 random characters, and keep them."
        return
    if is_weak(secret):
        yield "RUNTUT_SECRET_KEY is weak: give it 50 random characters, and keep them."


def is_weak(secret: str) -> bool:
    """Whether a secret is too short, or of too few different characters, to be random."""
    return len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_VARIETY


def _signing() -> Iterator[str]:
    secret = settings.SIGNING_KEY
    if secret and is_weak(secret):
        yield "RUNTUT_SIGNING_KEY is weak: give it 50 random characters, and keep them."
    if settings.HTTPS and urlsplit(settings.PUBLIC_ADDRESS).scheme != "https":
        yield (
            f"RUNTUT_PUBLIC_ADDRESS is {settings.PUBLIC_ADDRESS}, which is not https: signed papers carry it "
            "in their QR code for years; give it the https address of these pages."
        )


def _hosts() -> Iterator[str]:
    hosts = set(settings.ALLOWED_HOSTS)
    if "*" in hosts:
        yield "RUNTUT_ALLOWED_HOSTS contains '*': name the hosts this installation answers for."
    elif settings.LOCAL and not hosts <= LOOPBACK:
        yield "RUNTUT_LOCAL=1 means this machine only, but RUNTUT_ALLOWED_HOSTS names others: drop one."
    elif not settings.LOCAL and hosts <= LOOPBACK:
        yield "RUNTUT_ALLOWED_HOSTS is not set: name the hosts this installation answers for."


def _transport() -> Iterator[str]:
    if not settings.HTTPS and not settings.LOCAL:
        yield (
            "RUNTUT_HTTPS is not set: passwords would travel in the open; serve over HTTPS and set "
            "RUNTUT_HTTPS=1 (RUNTUT_LOCAL=1 allows plain HTTP for this machine only)."
        )
    insecure = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if urlsplit(origin).scheme != "https"]
    if settings.HTTPS and insecure:
        yield f"RUNTUT_TRUSTED_ORIGINS holds {insecure[0]}, which is not https: correct or remove it."


def _processes() -> Iterator[str]:
    if connection.vendor == "sqlite" and settings.PROCESSES != 1:
        yield (
            f"RUNTUT_PROCESSES is {settings.PROCESSES}, but SQLite is served by one process with threads: "
            "set it to 1, or give DATABASE_URL a PostgreSQL."
        )


def _folders() -> Iterator[str]:
    for name, folder in (("RUNTUT_VAR", settings.VAR), ("RUNTUT_FILES_ROOT", settings.FILES_ROOT)):
        if open_to_others(Path(folder)):
            yield f"{name} ({folder}) can be read by every account of this machine: chmod 700 it."
    files, static = Path(settings.FILES_ROOT).resolve(), Path(settings.STATIC_ROOT).resolve()
    if files == static or static in files.parents:
        yield "RUNTUT_FILES_ROOT lies within RUNTUT_STATIC_ROOT, which everybody may download: move it."


def open_to_others(folder: Path) -> bool:
    """Whether an unprivileged account can get at the folder: it and all its parents let others through."""
    if not folder.is_dir() or not folder.stat().st_mode & (OTHERS_MAY_READ | OTHERS_MAY_ENTER):
        return False
    return all(parent.stat().st_mode & OTHERS_MAY_ENTER for parent in folder.resolve().parents)


def database_problems() -> Iterator[str]:
    """Say why the database cannot be used as it is."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield "The database is not up to date: run `runtut prepare`."
            return
    except DatabaseError as error:
        yield f"The database cannot be reached ({str(error).strip().splitlines()[0]}): check DATABASE_URL."
        return
    yield from _demonstration_logins()
    if sealed_away():
        yield (
            "RUNTUT_SIGNING_KEY does not open the keys of the certificate authority: give the key that they "
            "were sealed with, or run `runtut signing reseal` (docs/operate.md)."
        )


def _demonstration_logins() -> Iterator[str]:
    if settings.DEMO:
        return
    people = User.objects.filter(is_demo=True, is_active=True)
    usable = [user.username for user in people.iterator() if user.has_usable_password()]
    if usable:
        yield (
            f"{len(usable)} demonstration logins with a known password are open (for example {usable[0]}): "
            "use a database without them, or set RUNTUT_DEMO=1 on a trial installation."
        )
