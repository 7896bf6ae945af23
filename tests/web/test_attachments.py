"""The files that go with a paper: for whoever reads it in the office, and wherever it was sent."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.documents.factories import PDF, make_delivery, make_version
from tests.web.conftest import Visit
from tests.web.stage import Stage

from runtut.documents.actions import store_file
from runtut.documents.models import DocumentVersion, VersionAttachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(stage: Stage, at: datetime) -> DocumentVersion:
    """A paper with two files."""
    version = make_version(stage.cast)
    for number, title in enumerate(("Format isian", "Jadwal"), start=1):
        file = store_file(
            unit=stage.cast.office.unit,
            name=f"{number}.pdf",
            content=PDF + bytes([number]),
            authority=stage.cast.office.authority("staf"),
            at=at,
        )
        VersionAttachment.objects.create(
            region=version.region, version=version, file=file, title=title, sequence=number
        )
    return version


def test_attachments_are_opened_from_the_pages_of_their_paper(
    version: DocumentVersion, stage: Stage, visit: Visit
) -> None:
    sari = visit(stage.cast.sari)

    for where in ("", "baca/"):
        page = sari.get(f"/dokumen/{version.document.uid}/{where}").text
        for one in version.attachments.select_related("file"):
            assert f'<a href="/berkas/{one.file.uid}/?lihat">{one.title}</a>' in page
            assert sari.get(f"/berkas/{one.file.uid}/").status_code == 200


def test_attachments_travel_with_what_was_sent(version: DocumentVersion, stage: Stage, visit: Visit) -> None:
    other = stage.cast.other_office.unit
    sent = make_delivery(stage.cast, version=version, to_unit=other, addressee="", means="sistem")
    stray = make_delivery(stage.cast)
    joko, one = visit(stage.cast.joko), version.attachments.get(sequence=2)

    page = joko.get(f"/surat/ekspedisi/{sent.uid}/").text
    opened = joko.get(f"/surat/ekspedisi/{sent.uid}/berkas/{one.uid}/")

    assert f'/surat/ekspedisi/{sent.uid}/berkas/{one.uid}/?lihat">Jadwal</a>' in page
    assert b"".join(opened.streaming_content) == PDF + bytes([2])
    assert joko.get(f"/berkas/{one.file.uid}/").status_code == 404
    assert joko.get(f"/surat/ekspedisi/{stray.uid}/berkas/{one.uid}/").status_code == 404
    sari = visit(stage.cast.sari)
    assert sari.get(f"/surat/ekspedisi/{stray.uid}/berkas/{one.uid}/").status_code == 404
