"""A whole installation, put back into an empty place: everything in it is as it was, and goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings
from tests.cases.database import postgres_url
from tests.cast import AT, TODAY, Cast, make_cast
from tests.documents.factories import approve, make_file, make_png, make_version
from tests.documents.signing import LATER, camat, keep, prepare, signed_paper

from runtut.cases.queries import verify_events
from runtut.cli import build_parser
from runtut.config.commands.backup import backup
from runtut.config.commands.copies import database_name
from runtut.core.audit import verify_streams
from runtut.core.models import AuditEntry
from runtut.documents.actions import keep_scan, load_archive_classes, set_document_template, set_logo
from runtut.documents.enums import DocumentKind
from runtut.documents.models import DocumentTemplate, OfficeLogo, Signature, StoredFile
from runtut.documents.queries import path_of, read_file, verify_archive

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def everything(cast: Cast) -> tuple[Signature, Signature]:
    """Every kind of thing that lies outside plain rows: a paper signed electronically with the authority and
    the key behind it, one signed by hand with its scan, a logo, a template, a picture."""
    admin = cast.authority(cast.admin)
    set_logo(unit=cast.office.unit, name="lambang.png", content=make_png(), authority=admin, at=AT)
    set_document_template(
        unit=cast.office.unit,
        kind=DocumentKind.NOTA_DINAS,
        title="Nota dinas",
        text="Bersama ini kami sampaikan.",
        is_letter=False,
        authority=admin,
        at=AT,
    )
    signed = signed_paper(cast)
    by_hand = make_version(cast)
    approve(by_hand, camat(cast), LATER)
    scanned = keep_scan(
        version=by_hand,
        position=cast.office.positions["camat"],
        file=make_file(cast, key="umum"),
        signed_on=TODAY,
        authority=cast.office.authority("umum"),
        at=LATER,
    )
    make_file(cast, name="foto.png", content=make_png())
    return signed, scanned


def runtut(*arguments: str, var: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in another place, as whoever restores on a new machine."""
    kept = {"RUNTUT_VAR": str(var), "RUNTUT_LOCAL": "1", "RUNTUT_SECRET_KEY": "k" * 50}
    env = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH")}
    if connection.vendor == "postgresql":
        kept["DATABASE_URL"] = postgres_url().replace(database_name(), f"{database_name()}_baru")
    command = [sys.executable, "-m", "runtut.cli", *arguments]
    return subprocess.run(command, env=env | kept, capture_output=True, text=True, check=False)


@contextmanager
def empty_place(folder: Path) -> Iterator[Path]:
    """A place in which nothing was ever installed; on PostgreSQL with an empty database of its own."""
    connection.ensure_connection()
    fresh = f"{database_name()}_baru"
    if connection.vendor != "postgresql":
        yield folder
        return
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{fresh}"')
        cursor.execute(f'CREATE DATABASE "{fresh}"')
    try:
        yield folder
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{fresh}"')


@contextmanager
def moved_into(var: Path, settings: Settings) -> Iterator[None]:
    """Look at the restored database and files with this process."""
    name, root = database_name(), settings.FILES_ROOT
    connection.close()
    restored = f"{name}_baru" if connection.vendor == "postgresql" else str(var / "runtut.sqlite3")
    connection.settings_dict["NAME"], settings.FILES_ROOT = restored, var / "files"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], settings.FILES_ROOT = name, root


def test_a_whole_installation_comes_back_in_an_empty_place(
    files: Path, tmp_path: Path, settings: Settings
) -> None:
    cast = make_cast()
    load_archive_classes()
    signed, scanned = everything(cast)
    entries, kept = AuditEntry.objects.count(), StoredFile.objects.count()
    paper = read_file(file=signed.file)
    archive = tmp_path / "cadangan.tar"
    backup(build_parser().parse_args(["backup", str(archive)]))

    with empty_place(tmp_path / "baru") as var:
        done = runtut("restore", str(archive), var=var)
        assert (done.returncode, done.stderr) == (0, "")
        assert "All chains are whole." in done.stdout
        assert "Everything is as it was kept." in done.stdout
        for check in ("audit", "archive"):
            assert runtut(check, "verify", var=var).returncode == 0
        with moved_into(var, settings):
            assert (AuditEntry.objects.count(), StoredFile.objects.count()) == (entries, kept)
            assert list(verify_archive()) == [*verify_streams(), *verify_events()] == []
            assert read_file(file=Signature.objects.get(pk=signed.pk).file) == paper
            assert Signature.objects.get(pk=scanned.pk).way == "basah"
            assert OfficeLogo.objects.get().file.sha256 in {one.name for one in (var / "files").rglob("*")}
            assert DocumentTemplate.objects.get().text == "Bersama ini kami sampaikan."
            sign_again(cast)


def sign_again(cast: Cast) -> None:
    """The authority and the person's key came with the backup: the next paper is signed by the same."""
    version, authority = make_version(cast), camat(cast)
    later = keep(prepare(version, authority), version, authority)
    first = Signature.objects.exclude(certificate=None).earliest("pk")
    assert later.certificate is not None and first.certificate is not None
    assert later.certificate.authority_id == first.certificate.authority_id
    assert list(verify_archive()) == []


def test_what_was_altered_before_the_backup_is_told_after_the_restore(
    files: Path, tmp_path: Path, settings: Settings
) -> None:
    cast = make_cast()
    load_archive_classes()
    stored = make_file(cast)
    path_of(stored.sha256).write_bytes(b"diganti")
    archive = tmp_path / "cadangan.tar"
    backup(build_parser().parse_args(["backup", str(archive)]))

    with empty_place(tmp_path / "baru") as var:
        done = runtut("restore", str(archive), var=var)

    assert done.returncode == 1
    assert f"File {stored.name}" in done.stdout
    assert "What was restored is not whole." in done.stdout
