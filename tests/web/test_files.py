"""Files leave through an access check, as downloads."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.http import FileResponse
from tests.cast import Cast
from tests.documents.factories import PDF, make_file, make_letter
from tests.documents.test_thumbnails import picture
from tests.performance.factories import make_file as make_evidence_file
from tests.performance.factories import make_indicator, make_objective, make_targets
from tests.web.conftest import Visit
from tests.web.stage import Stage

from runtut.core.periods import Quarter
from runtut.documents.actions import make_thumbnail, render_version
from runtut.performance.actions import add_evidence
from runtut.web.templatetags.runtut import kecil

pytestmark = pytest.mark.django_db


def test_file_is_a_download_that_no_browser_guesses_about(stage: Stage, visit: Visit) -> None:
    answer = visit(stage.cast.sari).get(f"/berkas/{stage.file.uid}/")

    assert isinstance(answer, FileResponse)
    assert answer.getvalue() == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bukti.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_pdf_is_shown_in_the_browser_on_demand(stage: Stage, visit: Visit) -> None:
    answer = visit(stage.cast.sari).get(f"/berkas/{stage.file.uid}/?lihat")

    assert answer.headers["Content-Disposition"] == 'inline; filename="bukti.pdf"'


def test_text_is_never_shown_in_the_browser(cast: Cast, visit: Visit) -> None:
    file = make_file(cast, name="catatan.txt", content=b"<script>alert(1)</script> isi biasa")

    answer = visit(cast.sari).get(f"/berkas/{file.uid}/?lihat")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="catatan.txt"'


def test_scan_of_a_confidential_letter_stays_closed_to_its_own_office(cast: Cast, visit: Visit) -> None:
    file = make_file(cast, key="umum")
    make_letter(cast, urgency="rahasia", file=file)

    assert visit(cast.office.people["kasi1"]).get(f"/berkas/{file.uid}/").status_code == 404
    assert visit(cast.office.people["umum"]).get(f"/berkas/{file.uid}/").status_code == 200


def test_small_picture_goes_through_the_check_of_its_file(stage: Stage, visit: Visit) -> None:
    file = make_file(stage.cast, name="foto.png", content=picture(300, 200))
    address = f"/berkas/{file.uid}/kecil/"
    sari = visit(stage.cast.sari)
    before = sari.get(address)
    make_thumbnail(file=file)
    after = sari.get(address)

    assert (before.headers["Content-Type"], before.headers["Cache-Control"]) == (
        "image/svg+xml",
        "private, no-store",
    )
    assert after.headers["Content-Type"] == "image/webp"
    assert isinstance(after, FileResponse)
    assert after.getvalue()[8:12] == b"WEBP"
    assert visit(stage.cast.joko).get(address).status_code == 404


def test_small_picture_of_a_confidential_scan_stays_closed_to_its_own_office(
    cast: Cast, visit: Visit
) -> None:
    file = make_file(cast, key="umum")
    make_letter(cast, urgency="rahasia", file=file)

    assert visit(cast.sari).get(f"/berkas/{file.uid}/kecil/").status_code == 404
    assert visit(cast.office.people["umum"]).get(f"/berkas/{file.uid}/kecil/").status_code == 200


def test_file_in_a_list_keeps_a_place_for_its_picture(cast: Cast) -> None:
    shown = kecil(make_file(cast))

    assert 'width="56" height="56"' in shown
    assert 'loading="lazy"' in shown
    assert "<svg" in kecil(make_file(cast, name="catatan.txt", content=b"Catatan rapat"))


def test_document_without_its_file_says_that_it_is_being_made(stage: Stage, visit: Visit) -> None:
    answer = visit(stage.cast.sari).get(f"/dokumen/{stage.document.uid}/pdf/")

    assert answer.status_code == 409
    assert "sedang dibuat" in answer.text


def test_document_is_handed_out_as_pdf_and_word(stage: Stage, visit: Visit) -> None:
    render_version(version=stage.document, at=stage.document.made_at)
    sari = visit(stage.cast.sari)

    pdf = sari.get(f"/dokumen/{stage.document.uid}/pdf/")
    word = sari.get(f"/dokumen/{stage.document.uid}/docx/")

    assert isinstance(pdf, FileResponse) and isinstance(word, FileResponse)
    assert pdf.getvalue()[:5] == b"%PDF-"
    assert word.getvalue()[:2] == b"PK"
    assert 'v1.docx"' in word.headers["Content-Disposition"]


def test_document_in_another_form_is_not_there(stage: Stage, visit: Visit) -> None:
    assert visit(stage.cast.sari).get(f"/dokumen/{stage.document.uid}/html/").status_code == 404


def test_letter_and_evidence_are_shown_small(cast: Cast, at: datetime, visit: Visit) -> None:
    letter = make_letter(cast, file=make_file(cast))
    indicator = make_indicator(make_objective(cast.office.unit), cast.office.positions["kasi1"])
    make_targets(indicator, "87", "84", "85", "86.5", "87")
    given = make_evidence_file(cast.office.unit)
    owner = cast.office.authority("kasi1")
    add_evidence(indicator=indicator, quarter=Quarter(2026, 1), file=given, authority=owner, at=at)
    on_letter = visit(cast.sari).get(f"/surat/{letter.uid}/").content.decode()
    in_table = visit(cast.sari).get("/kinerja/?tahun=2026&tw=1").content.decode()

    assert letter.file is not None
    assert f'src="/berkas/{letter.file.uid}/kecil/"' in on_letter
    assert f'src="/berkas/{given.uid}/kecil/"' in in_table
    assert f'href="/berkas/{given.uid}/?lihat"' in in_table
