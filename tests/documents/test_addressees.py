"""Whom the agenda keluar names for a paper that says so itself."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast
from tests.documents.factories import make_version, sakip_class

from runtut.documents.actions import number_document
from runtut.documents.formulas.addressees import LONGEST, addressees
from runtut.documents.models import DocumentVersion, OutgoingLetter

NOTE = {"blocks": [{"type": "facts", "rows": [["Yth.", "1. Kasi Satu\n2. Kasi Dua"], ["Dari", "Sekcam"]]}]}
LETTER = {
    "blocks": [
        {"type": "facts", "rows": [["Nomor", "1"]]},
        {"type": "paragraph", "text": "Yth."},
        {"type": "list", "items": ["Kasi Satu", "Kasi Dua"]},
    ]
}
REPORT = {"blocks": [{"type": "paragraph", "text": "Isi laporan."}, {"type": "list", "items": ["Satu"]}]}


@pytest.mark.parametrize(
    ("content", "found"),
    [(NOTE, "Kasi Satu; Kasi Dua"), (LETTER, "Kasi Satu; Kasi Dua"), (REPORT, ""), ({}, "")],
)
def test_addressees_are_read_from_the_paper(content: dict[str, object], found: str) -> None:
    assert addressees(content) == found


def test_more_than_the_book_has_room_for_are_counted() -> None:
    names = "\n".join(f"Kepala Seksi yang bernama panjang nomor {number}" for number in range(20))

    text = addressees({"blocks": [{"type": "facts", "rows": [["Yth.", names]]}]})

    assert len(text) <= LONGEST
    assert text.startswith("Kepala Seksi yang bernama panjang nomor 0; ")
    assert text.endswith(f"dan {20 - text.count('Kepala')} lainnya")


@pytest.mark.django_db
def test_a_paper_that_is_numbered_alone_stands_in_the_agenda_with_its_addressees(cast: Cast) -> None:
    cast.office.unit.code = "Kec.Skm"
    cast.office.unit.save(update_fields=["code"])
    version = make_version(cast)
    DocumentVersion.objects.filter(pk=version.pk).update(content=NOTE)

    number_document(
        document=version.document,
        archive_class=sakip_class(),
        authority=cast.office.authority("perencanaan"),
        at=AT,
    )

    assert OutgoingLetter.objects.get().recipient == "Kasi Satu; Kasi Dua"
