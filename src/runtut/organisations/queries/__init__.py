from runtut.organisations.queries.authorities import Grant, authorities_of, authority_for, grants_of
from runtut.organisations.queries.calendars import calendar_for, calendar_row_of, holidays_of
from runtut.organisations.queries.dates import in_force, overlapping
from runtut.organisations.queries.demo import DemoLogin, demo_logins
from runtut.organisations.queries.holders import Holder, holders_of
from runtut.organisations.queries.people import (
    administrators,
    mandates_ending,
    people_matching,
    unit_paths_of,
)
from runtut.organisations.queries.powers import Power, my_powers
from runtut.organisations.queries.units import (
    Letterhead,
    ancestors_of,
    has_open,
    letterhead_of,
    office_of,
    positions_in,
    signing_place,
    supervising_unit_of,
    topmost,
    units_open_to,
    units_within,
)

__all__ = [
    "DemoLogin",
    "Grant",
    "Holder",
    "Letterhead",
    "Power",
    "administrators",
    "ancestors_of",
    "authorities_of",
    "authority_for",
    "calendar_for",
    "calendar_row_of",
    "demo_logins",
    "grants_of",
    "has_open",
    "holders_of",
    "holidays_of",
    "in_force",
    "letterhead_of",
    "mandates_ending",
    "my_powers",
    "office_of",
    "overlapping",
    "people_matching",
    "positions_in",
    "signing_place",
    "supervising_unit_of",
    "topmost",
    "unit_paths_of",
    "units_open_to",
    "units_within",
]
