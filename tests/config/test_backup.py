from __future__ import annotations

import io
import json
import stat
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from runtut.accounts.models import User
from runtut.cli import build_parser
from runtut.config.commands import Failed
from runtut.config.commands.backup import backup
from runtut.config.commands.copies import DATABASE
from runtut.config.commands.restore import restore

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


def rewrite(archive: Path, changes: Mapping[str, bytes | None]) -> None:
    """Write an archive anew with other contents under some names; None leaves one out."""
    with tarfile.open(archive) as tar:
        kept = {
            member.name: tar.extractfile(member).read()  # type: ignore[union-attr] - they are files
            for member in tar
            if member.isfile()
        }
    with tarfile.open(archive, "w") as tar:
        for name, content in {**kept, **changes}.items():
            if content is not None:
                member = tarfile.TarInfo(name)
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))


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
    archive = tmp_path / "cadangan.tar"
    run("backup", str(archive))
    rewrite(archive, {DATABASE[connection.vendor]: b"diubah"})

    with pytest.raises(Failed, match="checksum differs from the manifest"):
        run("restore", str(archive))


def test_restore_refuses_an_archive_of_the_other_database(tmp_path: Path) -> None:
    archive = tmp_path / "cadangan.tar"
    run("backup", str(archive))
    rewrite(archive, {"manifest.json": json.dumps({"database": "database.other", "sha256": ""}).encode()})

    with pytest.raises(Failed, match="holds database"):
        run("restore", str(archive))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"files/ab/abcd": b"isi lain"}, "1 files are wrong \\(files/ab/abcd altered\\)"),
        ({"files/ab/abcd": None}, "files/ab/abcd missing"),
        ({"files/ab/lain": b"sisipan"}, "files/ab/lain added"),
        ({"checksums.json": None}, "it was cut off: it holds no checksums.json"),
        ({"manifest.json": b"[]"}, "manifest.json is no list of names"),
    ],
)
def test_restore_refuses_damaged_files_and_leaves_everything_as_it_was(
    files: Path, tmp_path: Path, changes: Mapping[str, bytes | None], said: str
) -> None:
    person("sari")
    archive = tmp_path / "cadangan.tar"
    run("backup", str(archive))
    rewrite(archive, changes)
    person("budi")

    with pytest.raises(Failed, match=said):
        run("restore", str(archive), "--replace")

    assert User.objects.count() == 2
    assert (files / "ab" / "abcd").read_bytes() == b"isi surat"
    assert [path.name for path in files.parent.iterdir()] == ["files"]


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_restore_refuses_an_archive_that_was_cut_off(tmp_path: Path, share: float) -> None:
    archive = tmp_path / "cadangan.tar"
    run("backup", str(archive))
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(Failed, match="is no backup of Runtut, or it "):
        run("restore", str(archive))


def test_backup_leaves_out_what_somebody_is_just_writing(files: Path, tmp_path: Path) -> None:
    (files / "ab" / ".new-xyz").write_bytes(b"setengah")
    archive = tmp_path / "cadangan.tar"

    run("backup", str(archive))

    with tarfile.open(archive) as tar:
        assert [name for name in tar.getnames() if name.startswith("files")] == ["files/ab/abcd"]


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
