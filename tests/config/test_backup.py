from __future__ import annotations

import json
import stat
import tarfile
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from runtut.accounts.models import User
from runtut.cli import build_parser
from runtut.config.commands import Failed
from runtut.config.commands.backup import DATABASE, backup, restore

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    settings.VAR = tmp_path / "var"
    settings.FILES_ROOT = tmp_path / "var" / "files"
    folder = Path(settings.FILES_ROOT) / "ab"
    folder.mkdir(parents=True)
    (folder / "abcd").write_bytes(b"isi surat")
    return Path(settings.FILES_ROOT)


def person(username: str) -> User:
    return User.objects.create(username=username, full_name=username.title(), region=3399)


def run(*arguments: str) -> int:
    options = build_parser().parse_args(arguments)
    return backup(options) if arguments[0] == "backup" else restore(options)


def test_restore_brings_back_rows_and_files(files: Path, tmp_path: Path) -> None:
    person("sari")
    archive = tmp_path / "cadangan.tar"
    run("backup", str(archive))
    person("budi")
    (files / "ab" / "abcd").write_bytes(b"rusak")
    (files / "baru").write_bytes(b"sesudah cadangan")

    run("restore", str(archive), "--replace")

    assert list(User.objects.values_list("username", flat=True)) == ["sari"]
    assert (files / "ab" / "abcd").read_bytes() == b"isi surat"
    assert not (files / "baru").exists()
    set_aside = list(files.parent.glob("files.before-*/baru"))
    assert [path.read_bytes() for path in set_aside] == [b"sesudah cadangan"]


def test_backup_is_readable_by_its_owner_only_and_names_what_it_holds(tmp_path: Path) -> None:
    archive = tmp_path / "cadangan.tar"

    run("backup", str(archive))

    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with tarfile.open(archive) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type] - it is a file
        assert "files/ab/abcd" in tar.getnames()
    assert manifest["database"] == DATABASE[connection.vendor]
    assert [path.name for path in tmp_path.iterdir() if "runtut-backup" in path.name] == []


def test_backup_never_overwrites(tmp_path: Path) -> None:
    archive = tmp_path / "cadangan.tar"
    archive.write_text("lama")

    with pytest.raises(Failed, match="exists already"):
        run("backup", str(archive))

    assert archive.read_text() == "lama"


def test_restore_over_data_needs_replace(tmp_path: Path) -> None:
    person("sari")
    archive = tmp_path / "cadangan.tar"
    run("backup", str(archive))
    person("budi")

    with pytest.raises(Failed, match="holds data already; --replace"):
        run("restore", str(archive))

    assert User.objects.count() == 2


def test_restore_refuses_what_is_no_backup(tmp_path: Path) -> None:
    archive = tmp_path / "surat.tar"
    archive.write_bytes(b"bukan cadangan")

    with pytest.raises(Failed, match="is no backup of Runtut, or it is damaged"):
        run("restore", str(archive))


def test_restore_refuses_a_database_that_differs_from_its_checksum(tmp_path: Path) -> None:
    database = tmp_path / DATABASE[connection.vendor]
    database.write_bytes(b"diubah")
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"database": database.name, "sha256": "0" * 64}))
    archive = tmp_path / "cadangan.tar"
    with tarfile.open(archive, "w") as tar:
        tar.add(database, database.name)
        tar.add(manifest, manifest.name)

    with pytest.raises(Failed, match="checksum differs from the manifest"):
        run("restore", str(archive))


def test_restore_refuses_an_archive_of_the_other_database(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"database": "database.other", "sha256": ""}))
    archive = tmp_path / "cadangan.tar"
    with tarfile.open(archive, "w") as tar:
        tar.add(manifest, manifest.name)

    with pytest.raises(Failed, match="holds database"):
        run("restore", str(archive))


def planted(name: str, **fields: object) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(member, field, value)
    return member


@pytest.mark.parametrize(
    "member",
    [
        planted("../keluar"),
        planted("/tmp/keluar"),
        planted("files/tautan", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
        planted("files/keras", type=tarfile.LNKTYPE, linkname="manifest.json"),
    ],
    ids=lambda member: member.name,
)
def test_restore_refuses_an_archive_that_leads_out(tmp_path: Path, member: tarfile.TarInfo) -> None:
    archive = tmp_path / "cadangan.tar"
    with tarfile.open(archive, "w") as tar:
        tar.addfile(member)

    with pytest.raises(Failed, match="which no backup does"):
        run("restore", str(archive))

    assert not (tmp_path / "keluar").exists()
    assert not Path("/tmp/keluar").exists()
