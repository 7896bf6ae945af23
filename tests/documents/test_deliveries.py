from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, Cast
from tests.documents.factories import PDF, PNG, make_delivery, make_file

from runtut.documents.actions import accept_delivery, prove_delivery, void_number
from runtut.documents.errors import (
    ActsWithoutPosition,
    AddresseeMissing,
    AlreadyReceived,
    CopiesOutOfRange,
    NotForYourUnit,
    ProofMissing,
    SystemNeedsUnit,
)
from runtut.documents.models import Delivery, IncomingLetter, RegisterEntry
from runtut.documents.queries import (
    awaited_deliveries,
    can_open_delivery,
    deliveries_of,
    deliveries_to_take_in,
    read_file,
)
from runtut.organisations.enums import Capacity
from runtut.organisations.errors import UnitNotOpen

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=2)


def photo(cast: Cast, content: bytes = PNG):
    return make_file(cast, key="staf", name="terima.png" if content == PNG else "a.pdf", content=content)


def prove(cast: Cast, delivery: Delivery, **fields: object) -> Delivery:
    given = {"received_by": "Ibu Ratna", "receipt": "foto", "authority": cast.office.authority("staf")}
    return prove_delivery(delivery=delivery, at=LATER, **(given | fields))


def test_deliveries_are_numbered_one_by_one(cast: Cast) -> None:
    first = make_delivery(cast)
    second = make_delivery(cast, errand=first.errand, addressee="Bappeda")

    assert [one.number for one in deliveries_of(errand=first.errand)] == ["1/2026", "2/2026"]
    assert second.unit == cast.office.unit


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"addressee": " "}, AddresseeMissing),
        ({"means": "sistem"}, SystemNeedsUnit),
        ({"copies": 0}, CopiesOutOfRange),
        ({"copies": 1000}, CopiesOutOfRange),
    ],
)
def test_send_paper_refuses_and_takes_no_number(fields: dict, refusal: type, cast: Cast) -> None:
    with pytest.raises(refusal):
        make_delivery(cast, **fields)

    assert not RegisterEntry.objects.exists()


def test_proof_is_a_picture_and_given_once(cast: Cast) -> None:
    delivery = make_delivery(cast)

    with pytest.raises(ProofMissing):
        prove(cast, delivery, proof=None)
    with pytest.raises(ProofMissing):
        prove(cast, delivery, proof=photo(cast, PDF))
    with pytest.raises(UnitNotOpen):
        prove(cast, delivery, proof=photo(cast), authority=cast.authority(cast.joko))
    held = prove(cast, delivery, proof=photo(cast))

    assert (held.received_by, held.received_at) == ("Ibu Ratna", LATER)
    with pytest.raises(AlreadyReceived, match=r"Ibu Ratna pada 2 Maret 2026 pukul 11\.00 WIB"):
        prove(cast, delivery, proof=photo(cast))


def test_other_office_accepts_the_paper_with_its_file(cast: Cast) -> None:
    other = cast.other_office
    sent = make_delivery(
        cast, to_unit=other.unit, addressee="", means="sistem", file=make_file(cast, key="staf")
    )
    umum = other.authority("umum")
    assert awaited_deliveries(authorities=[umum]) == [sent]
    assert awaited_deliveries(authorities=[cast.office.authority("umum")]) == []

    with pytest.raises(UnitNotOpen):
        accept_delivery(delivery=sent, authority=cast.office.authority("umum"), at=LATER)
    with pytest.raises(ActsWithoutPosition):
        accept_delivery(delivery=sent, authority=cast.authority(cast.wati), at=LATER)
    held = accept_delivery(delivery=sent, authority=umum, at=LATER)

    letter = IncomingLetter.objects.get()
    assert (held.letter, letter.unit, letter.register_number) == (letter, other.unit, "1/2026")
    assert letter.file is not None
    assert letter.file.unit == other.unit
    assert read_file(file=letter.file) == PDF
    assert awaited_deliveries(authorities=[umum]) == []
    with pytest.raises(AlreadyReceived):
        accept_delivery(delivery=sent, authority=umum, at=LATER)


def test_paper_that_the_agenda_has_already_is_received_without_another_number(cast: Cast) -> None:
    other = cast.other_office
    umum = other.authority("umum")
    wanted = {"addressee": "", "means": "sistem", "paper_number": "000.8.6.3/7/Kec.Skm/2026"}
    first = make_delivery(cast, to_unit=other.unit, **wanted)
    second = make_delivery(cast, to_unit=other.units["kasi1"], **wanted)

    taken = accept_delivery(delivery=first, authority=umum, at=LATER)
    held = accept_delivery(delivery=second, authority=umum, at=LATER)

    assert (held.received_at, held.letter) == (LATER, None)
    assert IncomingLetter.objects.get() == taken.letter
    assert awaited_deliveries(authorities=[umum]) == []


def test_unit_of_the_same_office_accepts_without_a_letter(cast: Cast) -> None:
    sent = make_delivery(cast, to_unit=cast.office.units["kasi1"], addressee="", means="sistem")

    held = accept_delivery(delivery=sent, authority=cast.office.authority("kasi1"), at=LATER)

    assert held.letter is None
    assert held.received_by == "Kepala Seksi · Dedi Kurnia"
    assert not IncomingLetter.objects.exists()


@pytest.mark.parametrize(
    ("key", "takes"), [("kasi1", True), ("sekcam", False), ("umum", True), ("kasi2", False), ("staf", False)]
)
def test_what_came_for_a_section_is_taken_in_by_it_and_those_above_it(
    key: str, takes: bool, cast: Cast
) -> None:
    sent = make_delivery(cast, to_unit=cast.office.units["kasi1"], addressee="", means="sistem")
    authority = cast.office.authority(key)

    assert awaited_deliveries(authorities=[authority]) == ([sent] if takes else [])
    if takes:
        assert accept_delivery(delivery=sent, authority=authority, at=LATER).received_at == LATER
        return
    with pytest.raises(NotForYourUnit):
        accept_delivery(delivery=sent, authority=authority, at=LATER)


@pytest.mark.parametrize(
    ("key", "where", "told"),
    [
        ("kasi1", "kasi1", True),
        ("umum", "kasi1", True),
        ("kasi2", "kasi1", False),
        ("umum", "", True),
        ("kasi1", "", False),
    ],
)
def test_taking_in_is_told_to_the_unit_itself_and_to_who_keeps_the_registers(
    key: str, where: str, told: bool, cast: Cast
) -> None:
    unit = cast.office.units[where] if where else cast.office.unit
    sent = make_delivery(cast, to_unit=unit, addressee="", means="sistem")
    authority = cast.office.authority(key)

    assert deliveries_to_take_in(authorities=[authority]) == ([sent] if told else [])


def test_taking_in_is_not_told_to_the_position_that_sent_it(cast: Cast) -> None:
    sent = make_delivery(cast, key="umum", to_unit=cast.office.units["kasi1"], addressee="", means="sistem")

    assert deliveries_to_take_in(authorities=[cast.office.authority("umum")]) == []
    assert deliveries_to_take_in(authorities=[cast.office.authority("kasi1")]) == [sent]


def test_taking_in_is_told_to_whoever_acts_for_the_head(cast: Cast) -> None:
    to_office = make_delivery(cast, to_unit=cast.office.unit, addressee="", means="sistem")
    make_delivery(cast, to_unit=cast.office.units["kasi1"], addressee="", means="sistem")
    acting = cast.authority(cast.budi, Capacity.PLT)

    assert deliveries_to_take_in(authorities=[acting]) == [to_office]
    accept_delivery(delivery=to_office, authority=acting, at=LATER)
    assert deliveries_to_take_in(authorities=[acting]) == []


def test_the_acting_head_takes_in_what_came_for_a_section(cast: Cast) -> None:
    sent = make_delivery(cast, to_unit=cast.office.units["kasi1"], addressee="", means="sistem")
    acting = cast.authority(cast.budi, Capacity.PLT)

    assert awaited_deliveries(authorities=[acting]) == [sent]
    assert accept_delivery(delivery=sent, authority=acting, at=LATER).received_at == LATER


def test_what_went_outside_is_accepted_by_nobody_here(cast: Cast) -> None:
    with pytest.raises(NotForYourUnit):
        accept_delivery(delivery=make_delivery(cast), authority=cast.office.authority("umum"), at=LATER)


def test_can_open_delivery_is_for_sender_and_receiver(cast: Cast) -> None:
    outside = make_delivery(cast)
    inside = make_delivery(cast, to_unit=cast.other_office.unit, addressee="", means="sistem")
    joko = [cast.authority(cast.joko)]

    assert can_open_delivery(authorities=[cast.office.authority("kasi1")], delivery=outside)
    assert can_open_delivery(authorities=joko, delivery=inside)
    assert not can_open_delivery(authorities=joko, delivery=outside)


def test_voided_number_of_the_expedition_keeps_its_reason(cast: Cast) -> None:
    make_delivery(cast)
    entry = RegisterEntry.objects.get(register__kind="ekspedisi")

    void_number(entry=entry, reason="Salah kirim.", authority=cast.office.authority("umum"), at=LATER)

    assert make_delivery(cast).number == "2/2026"
    assert RegisterEntry.objects.get(pk=entry.pk).void_reason == "Salah kirim."
