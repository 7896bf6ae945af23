"""The himpunan SOP: asked for by who shapes SOPs, made by the worker, with everything that belongs to it."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from docx import Document
from pypdf import PdfReader
from tests.cast import AT, Cast, make_cast
from tests.procedures.factories import make_draft, make_effective_version

from runtut.core import jobs
from runtut.documents.queries import open_file
from runtut.documents.rendering import check_content, render_docx
from runtut.procedures.actions import make_collection, request_collection
from runtut.procedures.errors import NothingInForce, NotManager
from runtut.procedures.models import Collection
from runtut.procedures.queries import decree_of, register_content, register_of

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=1)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def asked(cast: Cast, who: str = "sari", **changes: object) -> Collection:
    authority = cast.authority(cast.sari if who == "sari" else cast.office.people[who])
    given = {"year": 2026, "sheet": "a4", "decree_number": "12/2026", "decree_date": date(2026, 3, 5)}
    return request_collection(unit=cast.office.unit, **{**given, **changes}, authority=authority, at=AT)  # type: ignore[arg-type]


def pages_of(collection: Collection) -> list[str]:
    with open_file(file=collection.file) as stream:
        return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(stream.read())).pages]


def test_worker_binds_what_is_in_force(cast: Cast) -> None:
    for key in ("s2", "s3"):
        make_effective_version(cast, key, f"{key}/KEC.SKM/2026")
    make_draft(cast, "s5")
    collection = asked(cast)
    assert collection.file is None

    jobs.drain(at=LATER)

    collection.refresh_from_db()
    pages = pages_of(collection)
    assert (collection.count, collection.made_at) == (2, LATER)
    assert collection.file.name.endswith(".pdf") and collection.file.unit == cast.office.unit
    assert "TAHUN 2026" in pages[0]
    assert "KEPUTUSAN" in pages[1] and "12/2026" in pages[1] and "5 Maret 2026" in pages[1]
    assert "DAFTAR ISI" in pages[2] and "PENGUMPULAN DATA KINERJA" in pages[2]
    assert "PENJELASAN SINGKAT PENGGUNAAN" in pages[3]
    forms = " ".join(pages[4:])
    assert "s2/KEC.SKM/2026" in forms and "s3/KEC.SKM/2026" in forms
    assert "RENCANA KINERJA TAHUNAN" not in " ".join(pages)
    assert f"Halaman {len(pages)} dari {len(pages)}" in pages[-1]


def test_worker_that_comes_twice_makes_one_file(cast: Cast) -> None:
    make_effective_version(cast)
    collection = make_collection(collection=asked(cast), at=LATER)

    again = make_collection(collection=collection, at=LATER + timedelta(hours=1))

    assert (again.file_id, again.made_at) == (collection.file_id, LATER)


def test_collection_of_nothing_is_refused(cast: Cast) -> None:
    make_draft(cast)
    with pytest.raises(NothingInForce):
        asked(cast)


def test_collection_is_asked_for_by_who_shapes_sops(cast: Cast) -> None:
    make_effective_version(cast)
    with pytest.raises(NotManager):
        asked(cast, "kasi1")
    assert not Collection.objects.exists()


def test_decree_names_every_sop_and_its_signer(cast: Cast) -> None:
    make_effective_version(cast)
    made = check_content(decree_of(asked(cast), on=date(2026, 3, 6)))

    (table,) = [block for block in made["blocks"] if block["type"] == "table"]
    (signature,) = made["signatures"]
    assert table["rows"] == [["1", "Pengukuran Data Kinerja", "010/KEC.SKM/2026", "2 Maret 2026"]]
    assert (signature["position"], signature["acting"]) == ("CAMAT", "Plt.")
    assert signature["role_line"] == "Ditetapkan di Sukamaju\npada tanggal 5 Maret 2026"
    assert made["title"][1:3] == ["NOMOR 12/2026", "TENTANG"]


def test_signature_of_the_decree_in_word_goes_with_its_last_words(cast: Cast) -> None:
    make_effective_version(cast)
    word = Document(io.BytesIO(render_docx(decree_of(asked(cast), on=date(2026, 3, 6)))))
    (dicta,) = [table for table in word.tables if table.rows[-1].cells[0].text == "KEEMPAT"]

    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in dicta.rows[-1].cells)
    assert not dicta.rows[0].cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_names_of_the_dicta_in_word_have_room_for_their_capitals(cast: Cast) -> None:
    make_effective_version(cast)
    word = Document(io.BytesIO(render_docx(decree_of(asked(cast), on=date(2026, 3, 6)))))
    (dicta,) = [table for table in word.tables if table.rows[-1].cells[0].text == "KEEMPAT"]

    assert dicta.rows[-1].cells[0].width.mm > 21


def test_decree_without_number_and_day_leaves_room_for_them(cast: Cast) -> None:
    make_effective_version(cast)
    made = decree_of(asked(cast, decree_number="", decree_date=None), on=date(2026, 3, 6))

    assert made["title"][1] == "NOMOR ........................"
    assert made["signatures"][0]["role_line"].endswith("...")


def test_register_has_a_line_for_every_sop(cast: Cast) -> None:
    make_effective_version(cast)
    make_draft(cast, "s5")

    book = register_of(cast.office.unit, year=2026)

    assert [(row[1], row[2], row[8], row[10]) for row in book.rows] == [
        ("010/KEC.SKM/2026", "Pengukuran Data Kinerja", 9, "Berlaku"),
        ("belum bernomor", "Penyusunan Rencana Kinerja Tahunan", 13, "Draf"),
    ]
    assert {len(row) for row in book.rows} == {len(book.columns)}


def test_register_on_paper_writes_quantities_with_their_thousands(cast: Cast) -> None:
    make_effective_version(cast)

    (table,) = register_content(register_of(cast.office.unit, year=2026))["blocks"]

    assert table["rows"][0][8:10] == ["9", "6.760"]
    assert table["rows"][0][3] == "1"
