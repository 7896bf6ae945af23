from __future__ import annotations

from pathlib import Path

import pytest
from tests.cast import AT, TODAY, Cast
from tests.documents.factories import PDF, PNG, make_file, make_letter

from runtut.core.models import AuditEntry
from runtut.documents.actions import give_disposisi, store_file
from runtut.documents.errors import ActsWithoutPosition, EmptyFile, FileIsGone, FileNotOpen
from runtut.documents.models import StoredFile
from runtut.documents.queries import open_file, path_of, read_file, verify_files
from runtut.documents.rules import can_read_file, ensure_can_read
from runtut.organisations.errors import UnitNotOpen
from runtut.organisations.queries import authorities_of

pytestmark = pytest.mark.django_db


def stored(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_store_file_keeps_content_under_its_hash(cast: Cast, files_root: Path) -> None:
    file = make_file(cast, name="../Bukti  dukung.pdf")

    assert file.name == "Bukti dukung.pdf"
    assert (file.size, file.content_type) == (len(PDF), "application/pdf")
    assert stored(files_root) == [files_root / file.sha256[:2] / file.sha256[2:4] / file.sha256]
    assert read_file(file=file) == PDF
    entry = AuditEntry.objects.get(action="documents.file.stored")
    assert (entry.subject, entry.user_id) == (file.uid, cast.sari.pk)


def test_store_file_keeps_the_same_content_once(cast: Cast, files_root: Path) -> None:
    first, second = make_file(cast), make_file(cast, name="salinan.pdf")

    assert first.sha256 == second.sha256
    assert len(stored(files_root)) == 1
    assert StoredFile.objects.count() == 2


def test_store_file_gives_a_name_without_extension_one(cast: Cast) -> None:
    assert make_file(cast, name="foto", content=PNG).name == "foto.png"


def test_store_file_leaves_nothing_behind_when_refused(cast: Cast, files_root: Path) -> None:
    with pytest.raises(EmptyFile):
        make_file(cast, content=b"")

    assert (stored(files_root), StoredFile.objects.count()) == ([], 0)


def test_store_file_leaves_no_half_file_when_the_disk_fails(
    cast: Cast, files_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="no space"):
        make_file(cast)

    assert (stored(files_root), StoredFile.objects.count()) == ([], 0)


def test_store_file_mends_a_content_that_was_altered_on_disk(cast: Cast) -> None:
    file = make_file(cast)
    path_of(file.sha256).write_bytes(b"spoiled")

    make_file(cast)

    assert read_file(file=file) == PDF


def test_store_file_refuses_strangers_and_overseers(cast: Cast) -> None:
    joko, wati = cast.authority(cast.joko), cast.authority(cast.wati)
    for authority, refusal in ((joko, UnitNotOpen), (wati, ActsWithoutPosition)):
        with pytest.raises(refusal):
            store_file(unit=cast.office.unit, name="a.pdf", content=PDF, authority=authority, at=AT)

    assert StoredFile.objects.count() == 0


def test_open_file_says_when_the_content_is_gone(cast: Cast) -> None:
    file = make_file(cast)
    path_of(file.sha256).unlink()

    with pytest.raises(FileIsGone):
        open_file(file=file)


def test_verify_files_finds_what_is_missing_or_altered(cast: Cast) -> None:
    kept, altered, gone = (make_file(cast, content=PDF + bytes([number])) for number in range(3))
    make_file(cast, content=PDF + b"\x00", name="kembar.pdf")
    path_of(altered.sha256).write_bytes(b"spoiled")
    path_of(gone.sha256).unlink()

    found = {(one.sha256, one.problem) for one in verify_files()}

    assert found == {(altered.sha256, "altered"), (gone.sha256, "missing")}
    assert kept.sha256 not in {sha256 for sha256, _ in found}


def test_file_opens_to_its_office_and_its_overseers_only(cast: Cast) -> None:
    file = make_file(cast)

    for person in (cast.sari, cast.budi, cast.wati):
        ensure_can_read(authorities=authorities_of(user=person, on=TODAY), file=file)
    with pytest.raises(FileNotOpen):
        ensure_can_read(authorities=authorities_of(user=cast.joko, on=TODAY), file=file)
    with pytest.raises(FileNotOpen):
        ensure_can_read(authorities=[], file=file)


def test_file_of_a_confidential_letter_opens_along_its_chain(cast: Cast) -> None:
    office = cast.office
    file = make_file(cast, key="umum")
    letter = make_letter(cast, urgency="rahasia", file=file)
    readers = ["umum", "camat", "perencanaan"]
    camat = cast.authority(cast.budi, "plt")

    before = {key: can_read_file(camat if key == "camat" else office.authority(key), file) for key in readers}
    give_disposisi(
        letter=letter,
        previous=None,
        to_positions=[office.positions["perencanaan"]],
        instruction="Siapkan bahan",
        note="",
        authority=camat,
        at=AT,
    )

    assert before == {"umum": True, "camat": True, "perencanaan": False}
    assert can_read_file(office.authority("perencanaan"), file)
    assert not can_read_file(office.authority("kasi1"), file)
