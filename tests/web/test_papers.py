"""The papers of a run in one row each."""

from __future__ import annotations

from runtut.cases.models import TaskOutput
from runtut.documents.models import Document, DocumentVersion
from runtut.web.showing.papers import papers_of


def version(document: int, number: int) -> DocumentVersion:
    return DocumentVersion(document=Document(pk=document), number=number)


def output(pk: int, name: str, made: DocumentVersion | None = None) -> TaskOutput:
    return TaskOutput(pk=pk, name=name, document_version=made)


def test_document_is_one_row_with_its_names_and_earlier_versions() -> None:
    first, second = version(1, 1), version(1, 2)
    newest_first = [
        output(4, "Dokumen disetujui", second),
        output(3, "Dokumen diparaf", second),
        output(2, "Catatan"),
        output(1, "Konsep", first),
    ]

    rows = papers_of(newest_first)

    assert [row.output.pk for row in rows] == [4, 2]
    assert rows[0].names == ("Dokumen disetujui", "Dokumen diparaf", "Konsep")
    assert rows[0].earlier == (first,)


def test_newest_version_is_shown_even_when_an_older_one_was_handed_on_last() -> None:
    first, second = version(1, 1), version(1, 2)

    row = papers_of([output(2, "Diarsipkan", first), output(1, "Konsep", second)])[0]

    assert row.output.document_version == second
    assert row.earlier == (first,)


def test_two_documents_stay_two_rows() -> None:
    assert len(papers_of([output(2, "A", version(1, 1)), output(1, "B", version(2, 1))])) == 2
