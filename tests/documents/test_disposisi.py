from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import AT, Cast
from tests.documents.factories import make_letter

from runtut.core.errors import DomainError
from runtut.documents.actions import give_disposisi, mark_acted, mark_read
from runtut.documents.errors import (
    DisposisiBeforeLetter,
    DisposisiOfAnotherLetter,
    DisposisiToSelf,
    LetterNotOpen,
    NotDisposisiRecipient,
    RecipientNotReachable,
    RecipientsMissing,
)
from runtut.documents.models import Disposisi, IncomingLetter
from runtut.documents.queries import agenda, letter_view, letters_open_to
from runtut.organisations.errors import NameMissing, UnitNotOpen
from runtut.organisations.models import Authority

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


def camat(cast: Cast) -> Authority:
    return cast.authority(cast.budi, "plt")


def dispose(
    cast: Cast, letter: IncomingLetter, *to: str, by: Authority | None = None, **fields: Any
) -> Disposisi:
    arguments = {
        "previous": None,
        "instruction": "Tindak lanjuti",
        "note": "",
        "at": AT,
        "to_positions": [cast.office.positions[key] for key in to],
    } | fields
    return give_disposisi(letter=letter, authority=by or camat(cast), **arguments)


def test_give_disposisi_passes_a_letter_down_the_chain(cast: Cast) -> None:
    letter = make_letter(cast)
    first = dispose(cast, letter, "sekcam")
    second = dispose(
        cast,
        letter,
        "perencanaan",
        "umum",
        by=cast.authority(cast.budi, "definitif"),
        previous=first,
        at=LATER,
    )

    view = letter_view(letter=letter)
    assert view.chain == (first, second)
    assert [one.position.title for one in second.recipients.order_by("id")] == [
        cast.office.positions["perencanaan"].title,
        cast.office.positions["umum"].title,
    ]
    passed_on = first.recipients.get()
    assert (passed_on.read_at, passed_on.acted_at) == (LATER, LATER)
    assert (first.capacity, second.capacity) == ("plt", "definitif")
    assert len(view.unread) == 2


def test_give_disposisi_counts_a_recipient_once(cast: Cast) -> None:
    link = dispose(cast, make_letter(cast), "sekcam", "sekcam")

    assert link.recipients.count() == 1


@pytest.mark.parametrize(
    ("to", "fields", "refusal", "field"),
    [
        ((), {}, RecipientsMissing, "to_positions"),
        (("camat",), {}, DisposisiToSelf, "to_positions"),
        (("sekcam",), {"instruction": " "}, NameMissing, "instruction"),
        (("sekcam",), {"at": AT - timedelta(minutes=1)}, DisposisiBeforeLetter, None),
    ],
)
def test_give_disposisi_refuses(
    cast: Cast, to: tuple[str, ...], fields: dict[str, Any], refusal: type[DomainError], field: str | None
) -> None:
    letter = make_letter(cast)

    with pytest.raises(refusal) as caught:
        dispose(cast, letter, *to, **fields)

    assert caught.value.field == field
    assert Disposisi.objects.count() == 0


def test_give_disposisi_refuses_positions_out_of_reach(cast: Cast) -> None:
    letter = make_letter(cast)
    closed = cast.office.positions["kasi1"]
    closed.is_active = False

    for position in (closed, cast.other_office.positions["sekcam"]):
        with pytest.raises(RecipientNotReachable):
            dispose(cast, letter, to_positions=[position])


def test_give_disposisi_follows_only_what_one_received(cast: Cast) -> None:
    letter, other = make_letter(cast), make_letter(cast, number="lain")
    first = dispose(cast, letter, "sekcam")

    with pytest.raises(NotDisposisiRecipient, match="Sekretaris Kecamatan"):
        dispose(cast, letter, "umum", by=cast.office.authority("perencanaan"), previous=first)
    with pytest.raises(DisposisiOfAnotherLetter):
        dispose(cast, other, "umum", by=cast.office.authority("sekcam"), previous=first)


def test_give_disposisi_refuses_a_stranger(cast: Cast) -> None:
    letter = make_letter(cast)

    with pytest.raises(UnitNotOpen):
        dispose(cast, letter, "sekcam", by=cast.authority(cast.joko))


def test_mark_read_keeps_the_first_time_and_only_of_recipients(cast: Cast) -> None:
    link = dispose(cast, make_letter(cast), "perencanaan")
    sari = cast.office.authority("perencanaan")

    assert mark_read(disposisi=link, authority=sari, at=LATER)
    assert not mark_read(disposisi=link, authority=sari, at=LATER + timedelta(hours=1))
    assert not mark_read(disposisi=link, authority=cast.office.authority("kasi1"), at=LATER)
    assert not mark_read(disposisi=link, authority=cast.authority(cast.wati), at=LATER)
    assert link.recipients.get().read_at == LATER


def test_mark_acted_closes_the_entry_in_the_inbox(cast: Cast) -> None:
    link = dispose(cast, make_letter(cast), "perencanaan")
    sari = cast.office.authority("perencanaan")

    with pytest.raises(NotDisposisiRecipient):
        mark_acted(disposisi=link, authority=cast.office.authority("kasi1"), at=LATER)
    assert mark_acted(disposisi=link, authority=sari, at=LATER)

    assert link.recipients.get().acted_at == LATER


def test_a_confidential_letter_is_hidden_from_the_rest_of_the_office(cast: Cast) -> None:
    make_letter(cast, number="terbuka")
    secret = make_letter(cast, number="rahasia", urgency="rahasia")
    kasi, sari = cast.office.authority("kasi1"), cast.office.authority("perencanaan")
    dispose(cast, secret, "perencanaan")

    with pytest.raises(LetterNotOpen):
        dispose(cast, secret, "umum", by=kasi)
    assert [one.number for one in agenda(authority=kasi)] == ["terbuka"]
    assert [one.number for one in agenda(authority=sari)] == ["rahasia", "terbuka"]
    assert {one.number for one in letters_open_to(authorities=[kasi, camat(cast)])} == {"rahasia", "terbuka"}
    assert list(letters_open_to(authorities=[cast.authority(cast.joko)])) == []


@pytest.mark.parametrize("letters", [1, 3])
def test_agenda_and_letter_cost_the_same_queries_whatever_the_rows(cast: Cast, letters: int) -> None:
    for number in range(letters):
        letter = make_letter(cast, number=str(number))
        for _ in range(letters):
            dispose(cast, letter, *["sekcam", "umum", "kasi1"][:letters])
    authority = camat(cast)

    with CaptureQueriesContext(
        connection,
    ) as page:
        rows = agenda(authority=authority)
        links = [str(one.from_position) for row in rows for one in row.disposisi.all()]
        names = [str(who) for row in rows for one in row.disposisi.all() for who in one.recipients.all()]
    with CaptureQueriesContext(connection) as single:
        view = letter_view(letter=rows[0])
        str([(str(one.given_by), one.recipients.all()) for one in view.chain])

    assert (len(links), len(names)) == (letters**2, letters**3)
    assert (len(page), len(single)) == (3, 3)


def test_agenda_pages_by_the_last_row_seen(cast: Cast) -> None:
    for number in range(5):
        make_letter(cast, number=str(number), at=AT + timedelta(minutes=number // 2))
    authority = camat(cast)

    first = agenda(authority=authority, limit=2)
    second = agenda(authority=authority, limit=2, before=first[-1])

    assert [one.number for one in [*first, *second]] == ["4", "3", "2", "1"]
    assert [one.number for one in agenda(authority=authority, words="permintaan")] == list("43210")
