from runtut.organisations.queries.authorities import Grant, authorities_of, authority_for, grants_of
from runtut.organisations.queries.dates import in_force, overlapping
from runtut.organisations.queries.holders import Holder, holders_of
from runtut.organisations.queries.units import (
    Letterhead,
    ancestors_of,
    has_open,
    letterhead_of,
    office_of,
    positions_in,
    supervising_unit_of,
    units_open_to,
    units_within,
)

__all__ = [
    "Grant",
    "Holder",
    "Letterhead",
    "ancestors_of",
    "authorities_of",
    "authority_for",
    "grants_of",
    "has_open",
    "holders_of",
    "in_force",
    "letterhead_of",
    "office_of",
    "overlapping",
    "positions_in",
    "supervising_unit_of",
    "units_open_to",
    "units_within",
]
