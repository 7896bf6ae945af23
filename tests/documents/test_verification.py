"""`runtut archive verify`: every kind of damage is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.documents.factories import sakip_class
from tests.documents.signing import LATER, keep, prepare, signed_paper

from runtut.config.commands.reading import verify_papers
from runtut.documents.actions import archive_version
from runtut.documents.models import ArchiveRecord, DocumentVersion, Signature, StoredFile
from runtut.documents.queries import path_of, verify_archive

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(cast: Cast) -> Signature:
    """A paper that is signed and archived."""
    signature = signed_paper(cast)
    archive_version(
        version=signature.version,
        archive_class=sakip_class(),
        location="Lemari 2",
        authority=cast.office.authority("umum"),
        at=LATER + timedelta(minutes=5),
    )
    return signature


def problems() -> set[str]:
    return {finding.problem for finding in verify_archive()}


def alter_file(signature: Signature) -> None:
    place = path_of(signature.sha256)
    place.write_bytes(place.read_bytes()[:-1] + b"!")


def lose_file(signature: Signature) -> None:
    path_of(signature.sha256).unlink()


def alter_text(signature: Signature) -> None:
    version = signature.version
    DocumentVersion.objects.filter(pk=version.pk).update(
        content={**version.content, "place": "Di tempat lain"}
    )


def alter_text_and_hash(signature: Signature) -> None:
    alter_text(signature)
    DocumentVersion.objects.filter(pk=signature.version_id).update(sha256="0" * 64)


def alter_record(signature: Signature) -> None:
    ArchiveRecord.objects.update(sha256="1" * 64)


def swap_file(signature: Signature) -> None:
    other = StoredFile.objects.exclude(pk=signature.file_id).first()
    Signature.objects.filter(pk=signature.pk).update(file=other)


def swap_for_unsigned(signature: Signature) -> None:
    """A file without signature in its place, hashes and all."""
    docx = signature.version.docx
    Signature.objects.filter(pk=signature.pk).update(file=docx, sha256=docx.sha256)


DAMAGES: list[tuple[Callable[[Signature], None], set[str]]] = [
    (alter_file, {"altered", "the signed file was altered"}),
    (lose_file, {"missing", "the signed file is missing"}),
    (alter_text, {"the archived text was altered", "the signed text was altered"}),
    (alter_text_and_hash, {"does not fit its version", "the signed text was altered"}),
    (alter_record, {"does not fit its version"}),
    (swap_file, {"another file was put in place of the signed one"}),
    (swap_for_unsigned, {"the signature on the file is not valid"}),
]


def test_archive_is_whole(kept: Signature, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(verify_archive()) == []
    assert verify_papers(None) == 0
    assert "Everything is as it was kept." in capsys.readouterr().out


@pytest.mark.parametrize(("damage", "found"), DAMAGES, ids=lambda one: getattr(one, "__name__", ""))
def test_damage_is_found(
    damage: Callable[[Signature], None],
    found: set[str],
    kept: Signature,
    capsys: pytest.CaptureFixture[str],
) -> None:
    damage(kept)

    assert problems() == found
    assert verify_papers(None) == 1
    assert "not as they were kept" in capsys.readouterr().out


def test_signature_of_another_person_is_found(kept: Signature, cast: Cast) -> None:
    other = signed_paper(cast)
    Signature.objects.filter(pk=kept.pk).update(file=other.file, sha256=other.sha256)
    sekcam = cast.office.authority("sekcam")
    second = keep(prepare(other.version, sekcam), other.version, sekcam)
    Signature.objects.filter(pk=kept.pk).update(file=second.file, sha256=second.sha256)

    assert problems() == {"the file bears another person's signature"}
