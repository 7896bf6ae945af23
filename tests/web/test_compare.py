"""The page that shows two versions beside each other."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.documents.factories import make_version
from tests.web.conftest import Visit
from tests.web.stage import Stage

from runtut.documents.actions import endorse, new_version
from runtut.documents.enums import EndorsementKind
from runtut.documents.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(stage: Stage, at: datetime) -> Document:
    """Two versions; a paraf stood on the first."""
    first = make_version(
        stage.cast, at=at, content={"blocks": [{"type": "paragraph", "text": "Bahan dikirim 6 Maret."}]}
    )
    planner = stage.cast.office.authority("perencanaan")
    endorse(version=first, kind=EndorsementKind.PARAF, note="", authority=planner, at=at)
    content = {"blocks": [{"type": "paragraph", "text": "Bahan dikirim <b>9</b> Maret."}]}
    new_version(document=first.document, content=content, authority=planner, at=at + timedelta(minutes=1))
    return first.document


def test_words_that_came_and_went_are_marked(document: Document, stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.sari).get(f"/dokumen/{document.uid}/banding/?dari=1&ke=2").text

    assert "<del>6</del>" in page
    assert "<ins>&lt;b&gt;9&lt;/b&gt;</ins>" in page
    assert "Satu paragraf berubah." in page


def test_paraf_that_the_change_voided_is_named(document: Document, stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.sari).get(f"/dokumen/{document.uid}/banding/").text

    assert "pada versi 1 tidak berlaku lagi" in page
    assert "Isi diubah menjadi versi 2" in page


@pytest.mark.parametrize("query", ["?dari=9&ke=x", "?dari=-1", "?ke=99999999999999999999", "?dari=²"])
def test_a_version_that_is_none_falls_back_to_the_last_two(
    query: str, document: Document, stage: Stage, visit: Visit
) -> None:
    answer = visit(stage.cast.sari).get(f"/dokumen/{document.uid}/banding/{query}")

    assert answer.status_code == 200
    assert "<del>6</del>" in answer.text


def test_a_document_with_one_version_says_that_nothing_changed(stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.sari).get(f"/dokumen/{stage.document.document.uid}/banding/").text

    assert "Tidak ada yang berubah." in page
