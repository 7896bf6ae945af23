from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.cast import AT, Cast
from tests.documents.factories import make_file, make_letter

from runtut.core.errors import DomainError
from runtut.core.models import AuditEntry
from runtut.documents.actions import store_file
from runtut.documents.errors import (
    DateInFuture,
    DateTooOld,
    FileOfAnotherOffice,
    LetterAlreadyRegistered,
    ReceivedBeforeLetter,
)
from runtut.documents.models import IncomingLetter, RegisterEntry
from runtut.documents.queries import BOOKS
from runtut.organisations.errors import NameMissing, TextTooLong, UnitNotOpen

pytestmark = pytest.mark.django_db


def test_register_letter_takes_its_agenda_number_at_once(cast: Cast) -> None:
    first, second = make_letter(cast), make_letter(cast, number="lain")

    assert [first.register_number, second.register_number] == ["1/2026", "2/2026"]
    assert first.unit == cast.office.unit
    assert RegisterEntry.objects.filter(register__kind="masuk").count() == 2
    entry = AuditEntry.objects.get(action="documents.letter.registered", subject=first.uid)
    assert entry.stream == f"unit:{cast.office.unit.pk}"


def test_register_letter_of_a_desk_goes_into_the_office_register(cast: Cast) -> None:
    letter = make_letter(cast, unit=cast.office.units["umum"])

    assert letter.unit == cast.office.unit


def test_register_letter_begins_each_year_with_one(cast: Cast) -> None:
    make_letter(cast)
    new_year = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)

    letter = make_letter(cast, at=new_year, number="lain", key="umum")

    assert letter.register_number == "1/2027"


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"date": date(2026, 3, 3)}, DateInFuture, "date"),
        ({"date": date(1999, 12, 31)}, DateTooOld, "date"),
        ({"received_on": date(2026, 3, 3)}, DateInFuture, "received_on"),
        ({"received_on": date(2026, 2, 26)}, ReceivedBeforeLetter, "received_on"),
        ({"sender": "  "}, NameMissing, "sender"),
        ({"number": ""}, NameMissing, "number"),
        ({"subject": ""}, NameMissing, "subject"),
        ({"subject": "x" * 241}, TextTooLong, "subject"),
    ],
)
def test_register_letter_refuses_at_the_field(
    cast: Cast, changes: dict[str, Any], refusal: type[DomainError], field: str
) -> None:
    with pytest.raises(refusal) as caught:
        make_letter(cast, **changes)

    assert caught.value.field == field
    assert (IncomingLetter.objects.count(), RegisterEntry.objects.count()) == (0, 0)


def test_letter_that_lay_over_the_weekend_keeps_its_day_and_the_order_of_entry(cast: Cast) -> None:
    today = make_letter(cast)
    friday = make_letter(cast, number="lain", received_on=date(2026, 2, 27))

    assert (today.received_on, today.entered_later) == (date(2026, 3, 2), None)
    assert (friday.received_on, friday.entered_later) == (date(2026, 2, 27), date(2026, 3, 2))
    assert friday.register_number == "2/2026"
    trail = AuditEntry.objects.get(action="documents.letter.registered", subject=friday.uid)
    assert '"received_on":"2026-02-27"' in trail.data


def test_letter_of_last_year_stands_in_the_book_of_its_number(cast: Cast) -> None:
    """Arrived on New Year's Eve, entered on the first working day: no gap in either year's book."""
    entered = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)
    make_letter(cast, at=entered, received_on=date(2026, 12, 31), key="umum")
    given = {"unit": cast.office.unit, "authorities": [cast.office.authority("umum")]}

    assert BOOKS["masuk"](year=2026, **given).rows == ()
    assert [row[:3] for row in BOOKS["masuk"](year=2027, **given).rows] == [
        ("1/2027", date(2026, 12, 31), date(2027, 1, 4))
    ]


def test_register_letter_counts_days_in_the_office_zone(cast: Cast) -> None:
    """23.30 UTC on 1 March is 2 March in Java: a letter of 2 March has arrived, one of 3 March has not."""
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)

    assert make_letter(cast, at=late, date=date(2026, 3, 2)).date == date(2026, 3, 2)
    with pytest.raises(DateInFuture):
        make_letter(cast, at=late, date=date(2026, 3, 3), number="lain")


def test_register_letter_twice_names_the_first_and_takes_no_number(cast: Cast) -> None:
    make_letter(cast)

    with pytest.raises(LetterAlreadyRegistered, match="1/2026") as caught:
        make_letter(cast, number="000.8.6.3/114 ")

    assert caught.value.field == "number"
    assert make_letter(cast, number="lain").register_number == "2/2026"


def test_register_letter_refuses_a_file_of_another_office(cast: Cast) -> None:
    other = store_file(
        unit=cast.other_office.unit,
        name="a.txt",
        content=b"isi",
        authority=cast.other_office.authority("perencanaan"),
        at=AT,
    )

    with pytest.raises(FileOfAnotherOffice):
        make_letter(cast, file=other)
    assert make_letter(cast, file=make_file(cast)).file is not None


def test_register_letter_refuses_a_stranger(cast: Cast) -> None:
    with pytest.raises(UnitNotOpen):
        make_letter(cast, unit=cast.other_office.unit)
