"""The demonstration kabupaten: made-up people in a real structure, from data/demo.json."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.conf import settings
from django.contrib.auth.hashers import make_password

from runtut.accounts.models import User
from runtut.core import search
from runtut.core.locks import write_transaction
from runtut.core.models import RegionRow
from runtut.organisations.actions.calendars import load_standard_calendar
from runtut.organisations.actions.trail import note
from runtut.organisations.actions.units import insert_unit, lock_tree
from runtut.organisations.enums import MandateKind, Role, UnitKind, Zone
from runtut.organisations.errors import DemoNotAllowed
from runtut.organisations.formulas import add_months
from runtut.organisations.models import Appointment, Mandate, OrganisationUnit, Oversight, Position
from runtut.organisations.queries import overlapping
from runtut.organisations.queries.searching import PEOPLE
from runtut.organisations.rules import system_authority

FILE = Path(__file__).resolve().parent.parent / "data" / "demo.json"
NAMESPACE = uuid5(NAMESPACE_DNS, "runtut.example")
DEMO_PASSWORD = "runtut-contoh-2026"  # noqa: S105 - published on purpose, and works only where RUNTUT_DEMO=1

Entry = dict[str, Any]


def load_demo(*, at: datetime) -> dict[str, int]:
    """Load the demonstration kabupaten, and return how many rows of each kind were added.

    Safe to repeat: a row that is there, renamed, ended or moved by a user, is left as it is. A Plt. or Plh.
    that has run its full course is given again, so that one is always there to be seen. Raises
    DemoNotAllowed unless RUNTUT_DEMO=1.
    """
    if not settings.DEMO:
        raise DemoNotAllowed
    data = json.loads(FILE.read_text(encoding="utf-8"))
    with write_transaction():
        lock_tree(data["region"])
        added = {"units": 0, "positions": 0, "people": 0, "appointments": 0, "oversights": 0, "mandates": 0}
        units = load_units(data, added)
        people = load_people(data, at, added)
        positions = load_positions(data, units, added)
        load_appointments(data, positions, people, added)
        load_oversights(data, units, people, added)
        root = units[data["root"]["key"]]
        load_mandates(data, positions, people, root.local_date(at), added)
        if any(added.values()):
            note(
                unit=root,
                action="demo.loaded",
                subject=root.uid,
                authority=system_authority(region=data["region"]),
                at=at,
                data=added,
            )
    return added


def demo_uid(kind: str, key: str) -> UUID:
    """Return the uid that marks a row as this row of the demonstration, whatever it has been renamed to."""
    return uuid5(NAMESPACE, f"{kind}:{key}")


def known(model: type[RegionRow], data: Entry) -> dict[UUID, Any]:
    """Return the rows of the demonstration's region by uid."""
    return {row.uid: row for row in model._default_manager.filter(region=data["region"])}


def unit_entries(entry: Entry, parent: str = "") -> Iterator[tuple[Entry, str]]:
    """Walk the tree from the top, each unit with the key of its parent."""
    yield entry, parent
    for child in entry.get("units", []):
        yield from unit_entries(child, entry["key"])


def position_entries(data: Entry) -> Iterator[tuple[Entry, Entry, int]]:
    """Walk the positions: (unit, position, place in its unit)."""
    for unit, _ in unit_entries(data["root"]):
        for sequence, position in enumerate(unit["positions"]):
            yield unit, position, sequence


def load_units(data: Entry, added: dict[str, int]) -> dict[str, OrganisationUnit]:
    existing = known(OrganisationUnit, data)
    units: dict[str, OrganisationUnit] = {}
    for entry, parent in unit_entries(data["root"]):
        uid = demo_uid("unit", entry["key"])
        if uid not in existing:
            existing[uid] = insert_unit(
                uid=uid,
                region=data["region"],
                parent=units[parent] if parent else None,
                kind=UnitKind(entry["kind"]),
                name=entry["name"],
                short_name=entry["short_name"],
                code=entry.get("code", ""),
                address=entry.get("address", ""),
                contact=entry.get("contact", ""),
                zone=Zone.WIB,
            )
            added["units"] += 1
            if not parent:
                give_calendar(existing[uid])
        units[entry["key"]] = existing[uid]
    return units


def give_calendar(root: OrganisationUnit) -> None:
    root.calendar = load_standard_calendar(region=root.region)
    root.save(update_fields=["calendar"])


def load_people(data: Entry, at: datetime, added: dict[str, int]) -> dict[str, User]:
    """Add the missing people. All share one password, so it is hashed once: eighty slow hashes would make the
    first start wait. A real person who happens to bear a demonstration's username is left out."""
    entries = [person for _, position, _ in position_entries(data) for person in position["people"]]
    entries = [person for person in entries + data["extra_people"] if "name" in person]
    names = [person["username"] for person in entries]
    taken = {user.username: user for user in User.objects.filter(username__in=names)}
    missing = [person for person in entries if person["username"] not in taken]
    if missing:
        password = make_password(DEMO_PASSWORD)
        created = User.objects.bulk_create(
            person_from(person, data["region"], password, at) for person in missing
        )
        added["people"] += len(created)
    people = User.objects.filter(username__in=names, is_demo=True)
    return {user.username: user for user in people}


def person_from(entry: Entry, region: int, password: str, at: datetime) -> User:
    return User(
        region=region,
        username=entry["username"],
        full_name=entry["name"],
        title_prefix=entry.get("prefix", ""),
        title_suffix=entry.get("suffix", ""),
        nip=entry.get("nip", ""),
        rank=entry.get("rank", ""),
        is_demo=True,
        password=password,
        joined_at=at,
    )


def load_positions(
    data: Entry, units: dict[str, OrganisationUnit], added: dict[str, int]
) -> dict[str, Position]:
    existing = known(Position, data)
    positions: dict[str, Position] = {}
    for unit, entry, sequence in position_entries(data):
        uid = demo_uid("position", entry["key"])
        if uid not in existing:
            existing[uid] = Position.objects.create(
                uid=uid,
                region=data["region"],
                unit=units[unit["key"]],
                role=Role(entry["role"]),
                title=entry["title"],
                short_title=entry["short_title"],
                is_head=entry.get("head", False),
                sequence=sequence,
            )
            added["positions"] += 1
        positions[entry["key"]] = existing[uid]
    return positions


def load_appointments(
    data: Entry, positions: dict[str, Position], people: dict[str, User], added: dict[str, int]
) -> None:
    existing = known(Appointment, data)
    missing = []
    for _, entry, _ in position_entries(data):
        for person in entry["people"]:
            uid = demo_uid("appointment", f"{entry['key']}:{person['username']}")
            if uid not in existing and person["username"] in people:
                missing.append(
                    Appointment(
                        uid=uid,
                        region=data["region"],
                        user=people[person["username"]],
                        position=positions[entry["key"]],
                        valid_from=date.fromisoformat(data["appointed_from"]),
                        decree=data["decree"],
                    )
                )
    added["appointments"] += len(Appointment.objects.bulk_create(missing))
    search.mark(PEOPLE, [appointment.uid for appointment in missing])


def load_oversights(
    data: Entry, units: dict[str, OrganisationUnit], people: dict[str, User], added: dict[str, int]
) -> None:
    existing = known(Oversight, data)
    missing = []
    for entry in data["oversights"]:
        uid = demo_uid("oversight", f"{entry['kind']}:{entry['unit']}:{entry['username']}")
        if uid not in existing and entry["username"] in people:
            missing.append(
                Oversight(
                    uid=uid,
                    region=data["region"],
                    kind=entry["kind"],
                    user=people[entry["username"]],
                    unit=units[entry["unit"]],
                    valid_from=date.fromisoformat(data["appointed_from"]),
                    decree=data["decree"],
                )
            )
    added["oversights"] += len(Oversight.objects.bulk_create(missing))


def load_mandates(
    data: Entry, positions: dict[str, Position], people: dict[str, User], today: date, added: dict[str, int]
) -> None:
    start = today.replace(day=1)
    for entry in data["mandates"]:
        position, until = positions[entry["position"]], add_months(start, entry["months"])
        if entry["username"] not in people or not wants_mandate(position, entry, start, until):
            continue
        Mandate.objects.create(
            uid=demo_uid("mandate", f"{entry['position']}:{start}"),
            region=data["region"],
            kind=MandateKind(entry["kind"]),
            user=people[entry["username"]],
            position=position,
            valid_from=start,
            valid_until=until,
            decree=data["decree"],
        )
        added["mandates"] += 1


def wants_mandate(position: Position, entry: Entry, start: date, until: date) -> bool:
    """Tell whether the demonstration's mandate is missing: none overlaps, the definitive holder is there for
    a Plh. and away for a Plt., and nobody has ended the last one early."""
    if not position.is_active or position.mandates.filter(overlapping(start, until)).exists():
        return False
    held = position.appointments.filter(overlapping(start, until)).exists()
    if held != (entry["kind"] == MandateKind.PLH):
        return False
    last = position.mandates.order_by("-valid_from").first()
    return last is None or last.valid_until == add_months(last.valid_from, entry["months"])
