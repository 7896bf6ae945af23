"""Who may look, administer and act. Everything here is answered from the authority alone, without a query."""

from __future__ import annotations

from datetime import date

from runtut.core.dates import long_date
from runtut.organisations.enums import Capacity, OversightKind, StrategicAct
from runtut.organisations.errors import (
    DatesReversed,
    NameMissing,
    NotAdministrator,
    PositionNotHeld,
    StrategicActByMandate,
    TextTooLong,
    UnitNotOpen,
)
from runtut.organisations.models import Authority, OrganisationUnit, Position

MANDATE_LEVEL_NOTE = (
    "Plt. dan Plh. ditunjuk dari pejabat setingkat atau satu tingkat di bawahnya. Tingkat jabatan tidak "
    "tercatat di sini, jadi periksalah sendiri sebelum menyimpan."
)
"""What the form of a mandate says, because the data cannot check it (SE BKN 1/SE/I/2021)."""


def system_authority(*, region: int) -> Authority:
    """Return the authority of the installation itself: set-up, imports and scheduled work, never a page."""
    return Authority(
        user_id=None,
        full_name="Sistem",
        region=region,
        unit_id=0,
        unit_path="",
        capacity=Capacity.SYSTEM,
    )


def covers(path: str, authority: Authority, unit: OrganisationUnit) -> bool:
    """Tell whether a unit lies in the subtree of a path, in the authority's region."""
    if not path and authority.capacity != Capacity.SYSTEM:
        return False
    return authority.region == unit.region and unit.path.startswith(path)


def can_see_unit(authority: Authority, unit: OrganisationUnit) -> bool:
    """Tell whether an authority opens a unit: the office of its position, or what it oversees."""
    return covers(authority.opens, authority, unit)


def ensure_can_see_unit(authority: Authority, unit: OrganisationUnit) -> None:
    """Raise UnitNotOpen unless the authority opens the unit."""
    if not can_see_unit(authority, unit):
        raise UnitNotOpen


def can_administer(authority: Authority, unit: OrganisationUnit) -> bool:
    """Tell whether an authority may change a unit, its positions, people and calendar.

    Administration is an oversight over the unit or one above; no position carries it.
    """
    if authority.capacity == Capacity.SYSTEM:
        return authority.region == unit.region
    return authority.oversight == OversightKind.ADMINISTRATOR and covers(authority.unit_path, authority, unit)


def ensure_can_administer(authority: Authority, unit: OrganisationUnit) -> None:
    """Raise NotAdministrator unless the authority administers the unit."""
    if not can_administer(authority, unit):
        raise NotAdministrator(unit=unit.short_name)


def can_act_strategically(authority: Authority) -> bool:
    """Tell whether an authority reaches strategic acts: a definitive holder does, a Plt. or Plh. does not
    (UU 30/2014 Pasal 14 ayat 7)."""
    return authority.capacity == Capacity.DEFINITIVE


def ensure_no_strategic_act(authority: Authority, act: StrategicAct | str) -> None:
    """Raise StrategicActByMandate when a Plt. or Plh. attempts a strategic act.

    Whether the authority holds the position at all is asked by ensure_holds.
    """
    if authority.capacity.is_mandate:
        raise StrategicActByMandate(
            acting=authority.capacity.label,
            position=authority.position_title,
            act=StrategicAct(act).label,
        )


def holds(authority: Authority, position: Position) -> bool:
    """Tell whether an authority acts for a position."""
    return authority.position_id == position.pk


def ensure_holds(authority: Authority, position: Position) -> None:
    """Raise PositionNotHeld unless the authority acts for the position."""
    if not holds(authority, position):
        raise PositionNotHeld(position=position.title)


def ensure_text(value: str, *, what: str, limit: int, field: str) -> str:
    """Return a required text without surrounding blanks; raise NameMissing or TextTooLong."""
    cleaned = " ".join(value.split())
    if not cleaned:
        raise NameMissing(what=what, field=field)
    return ensure_fits(cleaned, what=what, limit=limit, field=field)


def ensure_fits(value: str, *, what: str, limit: int, field: str) -> str:
    """Return an optional text without surrounding blanks; raise TextTooLong."""
    cleaned = value.strip()
    if len(cleaned) > limit:
        raise TextTooLong(what=what, limit=limit, field=field)
    return cleaned


def ensure_dates(valid_from: date, valid_until: date | None) -> None:
    """Raise DatesReversed unless the end lies after the start (the end is exclusive)."""
    if valid_until is not None and valid_until <= valid_from:
        raise DatesReversed(start=long_date(valid_from), field="valid_until")
