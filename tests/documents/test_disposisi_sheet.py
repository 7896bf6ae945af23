from __future__ import annotations

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.cast import AT, TODAY, Cast
from tests.documents.factories import make_letter
from tests.organisations.factories import make_mandate, make_position

from runtut.accounts.models import User
from runtut.documents.actions import give_disposisi, mark_read
from runtut.documents.models import IncomingLetter
from runtut.documents.queries import BOOKS, book_content, disposisi_sheet, letter_view
from runtut.documents.rendering import check_content, render_pdf
from runtut.organisations.enums import Capacity, MandateKind, Role
from runtut.organisations.models import Position

pytestmark = pytest.mark.django_db


def disposed(cast: Cast) -> IncomingLetter:
    """A letter that went from Plt. Camat to the planner, who has read it."""
    letter = make_letter(cast)
    link = give_disposisi(
        letter=letter,
        previous=None,
        to_positions=[cast.office.positions["perencanaan"]],
        instruction="Siapkan bahan",
        note="Sebelum Jumat.",
        authority=cast.authority(cast.budi, Capacity.PLT),
        at=AT + timedelta(minutes=1),
    )
    mark_read(disposisi=link, authority=cast.office.authority("perencanaan"), at=AT + timedelta(minutes=9))
    return letter


def text_of(pdf: bytes, folder: Path) -> str:
    """What another program reads on the paper."""
    (folder / "a.pdf").write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", str(folder / "a.pdf"), "-"], check=True, capture_output=True, timeout=60
    )
    return done.stdout.decode()


def test_sheet_shows_the_chain_and_is_dated_by_its_last_act(cast: Cast, tmp_path: Path) -> None:
    User.objects.filter(pk=cast.budi.pk).update(nip="198001012005011001", title_suffix="S.Sos.")
    shown = disposisi_sheet(view=letter_view(letter=disposed(cast)))

    text = text_of(render_pdf(shown.content, at=shown.at), tmp_path)
    assert shown.at == AT + timedelta(minutes=9)
    for words in ("LEMBAR DISPOSISI", "000.8.6.3/114", "1/2026", "Plt. Camat", "Siapkan bahan", "dibaca"):
        assert words in text
    assert "bukan persetujuan" not in text
    [block] = shown.content["signatures"]
    assert (block["acting"], block["nip"]) == ("Plt.", "198001012005011001")
    assert text.count("S.Sos.") == 2
    assert "NIP. 19800101 200501 1 001" in text
    assert "Tanggal 2 Maret 2026" in text
    assert "Paraf:" in text


def test_sheet_is_signed_by_who_gave_the_disposisi_whoever_acts_for_the_position_later_that_day(
    cast: Cast,
) -> None:
    letter = make_letter(cast)
    give_disposisi(
        letter=letter,
        previous=None,
        to_positions=[cast.office.positions["perencanaan"]],
        instruction="Siapkan bahan",
        note="",
        authority=cast.office.authority("sekcam"),
        at=AT,
    )
    make_mandate(
        cast.sari, cast.office.positions["sekcam"], MandateKind.PLH, TODAY, TODAY + timedelta(days=3)
    )

    [block] = disposisi_sheet(view=letter_view(letter=letter)).content["signatures"]

    assert (block["name"], block["acting"]) == (cast.budi.full_name, "")


def test_form_for_the_pen_names_the_head_of_today_not_a_position_that_was_closed(cast: Cast) -> None:
    Position.objects.filter(pk=cast.office.positions["camat"].pk).update(is_active=False)
    make_position(cast.office.unit, Role.CAMAT, "Camat Baru", is_head=True)

    [block] = disposisi_sheet(view=letter_view(letter=make_letter(cast))).content["signatures"]

    assert block["position"] == "CAMAT BARU"


@pytest.mark.parametrize(
    ("received", "words"),
    [(2, "2 Maret 2026"), (1, "1 Maret 2026, dicatat 2 Maret 2026 pukul 09.00 WIB")],
)
def test_sheet_names_the_day_of_arrival_and_that_of_a_later_entry(
    received: int, words: str, cast: Cast
) -> None:
    letter = make_letter(cast, received_on=date(2026, 3, received))

    facts = disposisi_sheet(view=letter_view(letter=letter)).content["blocks"][0]["rows"]

    assert ["Diterima", words] in facts


@pytest.mark.parametrize("page", ["a5", "a4"])
def test_sheet_without_a_chain_is_a_form_for_the_pen(page: str, cast: Cast) -> None:
    content = check_content(disposisi_sheet(view=letter_view(letter=make_letter(cast)), page=page).content)

    rows = content["blocks"][1]["rows"]
    assert content["page"] == page
    assert rows[0] == ["1.", "(   ) Untuk ditindaklanjuti"]
    assert content["signatures"][0]["position"] == "CAMAT"
    assert content["signatures"][0]["acting"] == "Plt."


@pytest.mark.parametrize("name", list(BOOKS))
def test_empty_book_is_a_document_too(name: str, cast: Cast) -> None:
    book = BOOKS[name](unit=cast.office.unit, year=2026, authorities=[cast.office.authority("umum")])

    assert book.rows == ()
    assert "Belum ada isinya." in str(check_content(book_content(book=book)))


def test_book_of_a_year_in_the_zone_of_the_office(cast: Cast, tmp_path: Path) -> None:
    disposed(cast)
    given = {"unit": cast.office.unit, "authorities": [cast.office.authority("umum")]}

    book = BOOKS["masuk"](year=2026, **given)

    assert [row[0] for row in book.rows] == ["1/2026"]
    assert BOOKS["masuk"](year=2025, **given).rows == ()
    text = text_of(render_pdf(book_content(book=book), at=AT), tmp_path)
    assert "BUKU AGENDA SURAT MASUK TAHUN 2026" in text
    assert "Kasubbag Perencanaan" in " ".join(text.split())


def test_sheet_of_a_confidential_letter_does_not_tell_its_matter(cast: Cast) -> None:
    letter = make_letter(cast, subject="Dugaan penyimpangan", urgency="rahasia")

    shown = disposisi_sheet(view=letter_view(letter=letter))

    rows = dict(shown.content["blocks"][0]["rows"])
    assert (rows["Hal"], rows["Sifat"]) == ("(rahasia)", "Rahasia")
