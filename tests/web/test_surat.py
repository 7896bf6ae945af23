"""Incoming letters in the pages: entering, the chain of disposisi, its lembar, and the run it starts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.documents.factories import JPEG, make_letter
from tests.web.conftest import Visit
from tests.web.stage import Stage

from runtut.cases.models import Case, Task
from runtut.cases.queries import verify_events
from runtut.documents.models import Disposisi, DisposisiRecipient, IncomingLetter, StoredFile

pytestmark = pytest.mark.django_db

QUERIES = 9
ROW = 'role="rowheader"'


@pytest.fixture(autouse=True)
def files_root(settings: object, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]  # pytest-django's settings


def letter_form(**changes: object) -> dict[str, object]:
    return {
        "sender": "Sekretaris Daerah",
        "number": "000.8.6.3/120",
        "date": "2026-02-27",
        "received_on": "2026-03-02",
        "subject": "Permintaan data kinerja",
        "urgency": "segera",
    } | changes


def give(stage: Stage, visit: Visit, letter: IncomingLetter, sender: str, *to: str, **fields: object):
    """Post the disposisi form: Budi is Plt. Camat and Sekcam at once."""
    office = stage.cast.office
    data = {
        "turn": str(office.positions[sender].pk),
        "to_positions": [str(office.positions[one].pk) for one in to],
        "instruction": "Siapkan bahan",
    } | fields
    return visit(stage.cast.budi).post(f"/surat/{letter.uid}/disposisi/", data)


def test_letter_is_entered_with_its_photo_and_numbered_at_once(stage: Stage, visit: Visit) -> None:
    eko = visit(stage.cast.office.people["umum"])
    photo = SimpleUploadedFile("surat.jpg", JPEG, content_type="image/jpeg")

    answer = eko.post("/surat/catat/", letter_form(file=photo), follow=True)

    letter = IncomingLetter.objects.get()
    assert (letter.register_number, letter.urgency, letter.file.name) == ("1/2026", "segera", "surat.jpg")
    assert answer.redirect_chain == [(f"/surat/{letter.uid}/", 302)]
    assert "nomor agenda 1/2026" in answer.text


def test_refused_letter_keeps_what_was_typed_and_takes_no_number(stage: Stage, visit: Visit) -> None:
    eko = visit(stage.cast.office.people["umum"])

    answer = eko.post("/surat/catat/", letter_form(date="2027-01-01"))

    assert answer.status_code == 422
    assert "belum terjadi" in answer.text
    assert 'value="Sekretaris Daerah"' in answer.text
    assert not IncomingLetter.objects.exists()


def test_a_refusal_keeps_the_photo_that_was_chosen(stage: Stage, visit: Visit) -> None:
    eko = visit(stage.cast.office.people["umum"])
    photo = SimpleUploadedFile("surat.jpg", JPEG, content_type="image/jpeg")

    answer = eko.post("/surat/catat/", letter_form(date="2027-01-01", file=photo))

    kept = StoredFile.objects.get(name="surat.jpg")
    assert answer.status_code == 422
    assert f'name="file_simpan" value="{kept.uid}"' in answer.text
    assert "Sudah terlampir" in answer.text

    eko.post("/surat/catat/", letter_form(file_simpan=str(kept.uid)))

    assert IncomingLetter.objects.get().file == kept


def test_an_empty_scan_is_told_at_its_field_beside_other_refusals(stage: Stage, visit: Visit) -> None:
    eko = visit(stage.cast.office.people["umum"])
    empty = SimpleUploadedFile("surat.jpg", b"", content_type="image/jpeg")

    answer = eko.post("/surat/catat/", letter_form(number="", file=empty))

    assert 'id="id_file_error"' in answer.text
    assert 'id="id_number_error"' in answer.text
    assert not IncomingLetter.objects.exists()


def test_the_choice_and_the_own_words_of_a_disposisi_are_both_kept(stage: Stage, visit: Visit) -> None:
    letter = make_letter(stage.cast)

    give(stage, visit, letter, "camat", "sekcam", instruction="Hadiri atau wakili", other="Bawa data 2025")

    assert Disposisi.objects.get().instruction == "Hadiri atau wakili; Bawa data 2025"


def test_letter_of_friday_is_entered_on_monday(stage: Stage, visit: Visit) -> None:
    eko = visit(stage.cast.office.people["umum"])
    assert 'name="received_on" value="2026-03-02"' in eko.get("/surat/catat/").text

    answer = eko.post("/surat/catat/", letter_form(received_on="2026-02-27"), follow=True)

    assert "diterima 27 Februari 2026" in answer.text
    assert "<dt>Dicatat</dt><dd>Senin, 2 Mar 09.05" in answer.text
    assert "Jumat, 27 Feb<small>dicatat Senin, 2 Mar</small>" in eko.get("/surat/").text


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-03-03", "Tanggal diterima 3 Maret 2026 belum terjadi."),
        ("2026-02-26", "tidak mungkin diterima 26 Februari 2026."),
        ("", "Tanggal diterima belum diisi."),
    ],
)
def test_impossible_day_of_arrival_is_refused_at_its_field(
    day: str, sentence: str, stage: Stage, visit: Visit
) -> None:
    eko = visit(stage.cast.office.people["umum"])

    answer = eko.post("/surat/catat/", letter_form(received_on=day))

    assert answer.status_code == 422
    said = answer.text.split('id="id_received_on_error"')[1].split("</p>")[0]
    assert sentence in said
    assert not IncomingLetter.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_number_of_queries(count: int, stage: Stage, visit: Visit) -> None:
    for number in range(count):
        letter = make_letter(stage.cast, number=f"00{number}")
        give(stage, visit, letter, "camat", "sekcam")
    sari = visit(stage.cast.sari)
    sari.get("/surat/")

    with CaptureQueriesContext(connection) as queries:
        text = sari.get("/surat/").text

    assert text.count(ROW) == count
    assert len(queries) == QUERIES


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {1, 2}),
        ("keadaan=baru", {2}),
        ("keadaan=saya", {1}),
        ("keadaan=entah", {1, 2}),
        ("sifat=segera", {2}),
        ("sifat=entah", {1, 2}),
        ("q=ke-2", {2}),
        ("q=1/2026", {1}),
        ("q=tak+ada", set()),
    ],
)
def test_filters_of_the_address(query: str, numbers: set[int], stage: Stage, visit: Visit) -> None:
    first = make_letter(stage.cast, subject="Surat ke-1")
    make_letter(stage.cast, subject="Surat ke-2", number="99", urgency="segera")
    give(stage, visit, first, "camat", "perencanaan")

    text = visit(stage.cast.sari).get(f"/surat/?{query}").text

    assert {number for number in (1, 2) if f">Surat ke-{number}<" in text} == numbers


def test_second_page_begins_after_the_first(stage: Stage, visit: Visit) -> None:
    letters = [make_letter(stage.cast, number=str(number)) for number in range(26)]
    sari = visit(stage.cast.sari)

    first = sari.get("/surat/").text
    second = sari.get(f"/surat/?setelah={letters[1].pk}").text

    assert (first.count(ROW), second.count(ROW)) == (25, 1)
    assert f'rel="next" href="?setelah={letters[1].pk}"' in first


def test_stranger_and_the_confidential(stage: Stage, visit: Visit) -> None:
    plain = make_letter(stage.cast, subject="Surat biasa")
    sealed = make_letter(stage.cast, number="7", subject="Surat rahasia", urgency="rahasia")
    joko, sari = visit(stage.cast.joko), visit(stage.cast.sari)

    assert ROW not in joko.get("/surat/").text
    assert joko.get(f"/surat/{plain.uid}/").status_code == 404
    assert joko.get(f"/surat/{plain.uid}/lembar/pdf/").status_code == 404
    assert "Surat rahasia" not in sari.get("/surat/").text
    assert sari.get(f"/surat/{sealed.uid}/").status_code == 404


def test_disposisi_is_passed_on_read_and_acted_upon(stage: Stage, visit: Visit) -> None:
    letter = make_letter(stage.cast)
    give(stage, visit, letter, "camat", "sekcam", note="Sebelum Jumat.")
    give(stage, visit, letter, "sekcam", "perencanaan", "kasi1", instruction="", other="Buat konsepnya")
    sari = visit(stage.cast.sari)

    seen = sari.get(f"/surat/{letter.uid}/").text
    mine = DisposisiRecipient.objects.get(position=stage.cast.office.positions["perencanaan"])
    assert "Untuk Anda" in seen
    assert "Buat konsepnya" in seen
    assert "Plt." in seen
    assert mine.read_at is None

    sari.post(f"/surat/{letter.uid}/baca/")
    mine.refresh_from_db()
    assert mine.read_at is not None
    assert mine.acted_at is None

    sari.post(f"/surat/{letter.uid}/kerjakan/")
    mine.refresh_from_db()
    assert mine.acted_at is not None
    first, second = Disposisi.objects.order_by("id")
    assert second.previous == first
    assert first.recipients.get().acted_at is not None


def test_disposisi_form_refuses_at_its_fields(stage: Stage, visit: Visit) -> None:
    letter = make_letter(stage.cast)

    nobody = give(stage, visit, letter, "camat")
    silent = give(stage, visit, letter, "camat", "sekcam", instruction="")

    assert nobody.status_code == silent.status_code == 422
    assert "Penerima disposisi belum dipilih" in nobody.text
    assert "Instruksi" in silent.text
    assert not Disposisi.objects.exists()


def test_who_received_nothing_gives_no_disposisi(stage: Stage, visit: Visit) -> None:
    letter = make_letter(stage.cast)
    sari = visit(stage.cast.sari)

    assert "Beri disposisi" not in sari.get(f"/surat/{letter.uid}/").text
    assert sari.post(f"/surat/{letter.uid}/disposisi/", {"turn": "1"}).status_code == 404


def test_run_starts_from_the_letter_with_the_disposisi_given_already(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    letter = make_letter(stage.cast)
    give(stage, visit, letter, "camat", "sekcam")
    give(stage, visit, letter, "sekcam", "perencanaan")
    sari = visit(stage.cast.sari)
    page = sari.get(f"/surat/{letter.uid}/").text
    where = f"/kerja/mulai/?sop={stage.version.procedure.uid}&surat={letter.uid}"
    assert where.replace("&", "&amp;") in page
    assert f'<option value="{letter.pk}" selected>' in sari.get(where).text

    sari.post(where, {"year": "2026", "quarter": "1", "letter": str(letter.pk)})

    case = Case.objects.get()
    task = Task.objects.get(case=case, state=1)
    assert (case.letter, task.step_no, task.position) == (
        letter,
        3,
        stage.cast.office.positions["perencanaan"],
    )
    given = [output.disposisi for step in (1, 2) for output in case.tasks.get(step_no=step).outputs.all()]
    assert given == list(Disposisi.objects.order_by("id"))
    assert verify_events() == []
    assert case.title in sari.get(f"/surat/{letter.uid}/").text


def test_run_waits_for_the_disposisi_that_nobody_has_given(stage: Stage, visit: Visit) -> None:
    letter = make_letter(stage.cast)
    give(stage, visit, letter, "camat", "kasi1")
    where = f"/kerja/mulai/?sop={stage.version.procedure.uid}"

    visit(stage.cast.sari).post(where, {"year": "2026", "quarter": "1", "letter": str(letter.pk)})

    assert Task.objects.get(state=1).step_no == 1


@pytest.mark.parametrize(("form", "magic"), [("pdf", b"%PDF-1.7"), ("docx", b"PK")])
def test_lembar_disposisi_comes_as_a_file(form: str, magic: bytes, stage: Stage, visit: Visit) -> None:
    letter = make_letter(stage.cast)
    give(stage, visit, letter, "camat", "sekcam")

    answer = visit(stage.cast.sari).get(f"/surat/{letter.uid}/lembar/{form}/")

    assert answer.content.startswith(magic)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert visit(stage.cast.sari).get(f"/surat/{letter.uid}/lembar/exe/").status_code == 404
