"""The fixed cast: the same people in every room's tests.

*Sari* owns the SOPs (Kasubbag Perencanaan of Kecamatan Sukamaju). *Budi* is her Sekcam and acts as Plt. Camat
while the office of Camat is vacant. *Wati* evaluates the whole kabupaten. *Joko* holds the same post as Sari
in Kecamatan Sukasari and sees nothing of hers. *Admin* administers the kabupaten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from tests.organisations.factories import (
    make_appointment,
    make_mandate,
    make_oversight,
    make_position,
    make_unit,
    make_user,
)
from tests.replay import replayed

from runtut.accounts.models import User
from runtut.organisations.enums import Capacity, MandateKind, OversightKind, Role, UnitKind
from runtut.organisations.models import Authority, Mandate, OrganisationUnit, Position
from runtut.organisations.queries import authorities_of

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
PLT_FROM, PLT_UNTIL = date(2026, 1, 5), date(2026, 4, 5)

# key, role, kind of unit, name of unit, person
CHAIRS: list[tuple[str, Role, UnitKind, str, str]] = [
    ("camat", Role.CAMAT, UnitKind.KECAMATAN, "", "Hendra Gunawan"),
    ("sekcam", Role.SEKCAM, UnitKind.SEKRETARIAT, "Sekretariat", "Rina Wahyuni"),
    (
        "perencanaan",
        Role.KASUBBAG_PERENCANAAN,
        UnitKind.SUBBAGIAN,
        "Subbag Perencanaan dan Keuangan",
        "Tuti Lestari",
    ),
    ("umum", Role.KASUBBAG_UMUM, UnitKind.SUBBAGIAN, "Subbag Umum dan Kepegawaian", "Eko Santoso"),
    ("kasi1", Role.KASI, UnitKind.SEKSI, "Seksi Pemerintahan", "Dedi Kurnia"),
    ("kasi2", Role.KASI, UnitKind.SEKSI, "Seksi Pelayanan", "Nur Aini"),
]


@dataclass
class Office:
    """A kecamatan with one person in each chair, by key: camat, sekcam, perencanaan, umum, kasi1, kasi2,
    pengelola, staf."""

    unit: OrganisationUnit
    units: dict[str, OrganisationUnit] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def authority(self, key: str, on: date = TODAY) -> Authority:
        """The authority by which the person of a chair acts for it."""
        found = authorities_of(user=self.people[key], on=on)
        return next(authority for authority in found if authority.position_id == self.positions[key].pk)


@dataclass
class Cast:
    kabupaten: OrganisationUnit
    office: Office
    other_office: Office
    sari: User
    budi: User
    wati: User
    joko: User
    admin: User
    mandate: Mandate

    def authority(self, user: User, capacity: Capacity | None = None, on: date = TODAY) -> Authority:
        """The first authority of a person, or the one in a given capacity."""
        found = authorities_of(user=user, on=on)
        return next(item for item in found if capacity is None or item.capacity == capacity)


def make_office(parent: OrganisationUnit, name: str, people: dict[str, User] | None = None) -> Office:
    """Build the smallest office that can run every SOP of a kecamatan, seating the given people by key."""
    unit = make_unit(f"Kec. {name}", UnitKind.KECAMATAN, parent)
    office = Office(unit)
    for key, role, kind, unit_name, person in CHAIRS:
        home = unit if key == "camat" else make_unit(unit_name, kind, home_of(office, kind))
        office.units[key] = home
        seat(office, key, make_position(home, role, is_head=True), person, people or {})
    clerks = {"pengelola": (Role.PENGELOLA, "perencanaan"), "staf": (Role.STAF, "umum")}
    for key, (role, desk) in clerks.items():
        seat(office, key, make_position(office.units[desk], role), f"{role.label} {name}", people or {})
    return office


def home_of(office: Office, kind: UnitKind) -> OrganisationUnit:
    return office.units["sekcam"] if kind == UnitKind.SUBBAGIAN else office.unit


def seat(office: Office, key: str, position: Position, person: str, people: dict[str, User]) -> None:
    office.positions[key] = position
    office.people[key] = people.get(key) or make_user(full_name=person)
    make_appointment(office.people[key], position)


@replayed
def make_cast() -> Cast:
    """Build the cast: two offices under one kabupaten; in Sukamaju the Camat is vacant and Budi acts."""
    kabupaten = make_unit("Kabupaten Contoh", UnitKind.KABUPATEN)
    sari, budi = make_user("sari", "Sari Utami"), make_user("budi", "Budi Hartono")
    wati, joko = make_user("wati", "Wati Suryani"), make_user("joko", "Joko Prasetyo")
    admin = make_user("admin", "Ani Administrator")
    office = make_office(kabupaten, "Sukamaju", {"perencanaan": sari, "sekcam": budi})
    other = make_office(kabupaten, "Sukasari", {"perencanaan": joko})
    camat = office.positions["camat"]
    camat.appointments.update(valid_until=PLT_FROM)
    mandate = make_mandate(budi, camat, MandateKind.PLT, PLT_FROM, PLT_UNTIL)
    make_oversight(wati, kabupaten, OversightKind.EVALUATOR)
    make_oversight(admin, kabupaten, OversightKind.ADMINISTRATOR)
    return Cast(kabupaten, office, other, sari, budi, wati, joko, admin, mandate)
