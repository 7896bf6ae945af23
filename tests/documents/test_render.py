from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
from pypdf import PdfReader
from tests.cast import AT, Cast, make_cast
from tests.documents.factories import approve, make_version

from runtut.core import jobs
from runtut.core.models import OutboxMessage
from runtut.documents.actions import endorse, render, render_version
from runtut.documents.actions.render import StillChanging
from runtut.documents.models import DocumentVersion, StoredFile
from runtut.documents.queries import Presentation, presentation_of, read_file, verify_files

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


def words(version: DocumentVersion) -> str:
    assert version.pdf is not None
    reader = PdfReader(io.BytesIO(read_file(file=version.pdf)))
    return " ".join(page.extract_text() for page in reader.pages)


def test_render_version_keeps_both_files(cast: Cast) -> None:
    version = render_version(version=make_version(cast), at=AT)

    assert version.pdf is not None
    assert version.docx is not None
    assert version.pdf.name == "Pengukuran Kinerja Triwulan III 2026 versi 1.pdf"
    assert version.pdf.unit == cast.office.unit
    assert read_file(file=version.docx).startswith(b"PK")
    assert "KONSEP" in words(version)
    assert list(verify_files()) == []


def test_render_version_does_nothing_the_second_time(cast: Cast) -> None:
    version = render_version(version=make_version(cast), at=AT)

    again = render_version(version=version, at=LATER)

    assert (again.pdf_id, StoredFile.objects.count()) == (version.pdf_id, 2)


def test_render_version_shows_the_approval_and_keeps_the_draft_file(cast: Cast) -> None:
    version = make_version(cast)
    draft = render_version(version=version, at=AT)
    approve(version, cast.authority(cast.budi, "plt"), LATER)

    final = render_version(version=version, at=LATER)

    assert "KONSEP" not in words(final)
    assert "Disetujui 2 Maret 2026 pukul 10.00 WIB" in words(final)
    assert "bukan tanda tangan elektronik" in words(final)
    assert "KONSEP" in words(draft)


def test_render_version_gives_the_same_bytes_whenever_it_runs(cast: Cast) -> None:
    version = make_version(cast)
    first = render_version(version=version, at=AT)
    version.rendered_sha256 = ""
    DocumentVersion.objects.filter(pk=version.pk).update(rendered_sha256="")

    second = render_version(version=version, at=LATER)

    assert (first.pdf.sha256, first.docx.sha256) == (second.pdf.sha256, second.docx.sha256)
    assert hashlib.sha256(read_file(file=second.pdf)).hexdigest() == second.pdf.sha256


def test_render_version_never_keeps_files_of_an_older_state(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paraf given while the files are made: they are made again."""
    version = make_version(cast)
    real, calls = render.render_pdf, []

    def slow_pdf(content: dict, *, at: object, pictures: object) -> bytes:
        calls.append(content["parafs"])
        if len(calls) == 1:
            sekcam = cast.office.authority("sekcam")
            endorse(version=version, kind="paraf", note="", authority=sekcam, at=LATER)
        return real(content, at=at)

    monkeypatch.setattr(render, "render_pdf", slow_pdf)
    done = render_version(version=version, at=LATER)

    assert [len(parafs) for parafs in calls] == [0, 1]
    assert done.rendered_sha256 == presentation_of(version=version).sha256


def test_render_version_gives_up_when_it_never_catches_up(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = make_version(cast)
    count = iter(range(100))

    def restless(*, version: DocumentVersion) -> Presentation:
        return Presentation({"place": str(next(count))}, AT)

    monkeypatch.setattr(render, "presentation_of", restless)
    with pytest.raises(StillChanging):
        render_version(version=version, at=AT)

    assert StoredFile.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_worker_renders_after_the_commit_once_for_each_act() -> None:
    cast = make_cast()
    version = make_version(cast)
    approve(version, cast.authority(cast.budi, "plt"), AT)

    jobs.drain(at=LATER)

    version.refresh_from_db()
    assert OutboxMessage.objects.filter(sent_at__isnull=False).count() == 2
    assert OutboxMessage.objects.filter(sent_at__isnull=True).count() == 0
    assert "KONSEP" not in words(version)
    assert StoredFile.objects.count() == 2
