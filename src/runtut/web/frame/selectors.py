"""Unit, Tahun and Triwulan: a plain GET form. The values live in the URL; a cookie remembers them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from runtut.core.periods import Quarter
from runtut.organisations.enums import UnitKind
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import units_within
from runtut.web.frame.authority import authorities, today
from runtut.web.frame.parsing import whole_number

COOKIE: Final = "pilihan"
COOKIE_AGE: Final = 180 * 24 * 3600
FIRST_YEAR: Final = 2024
OFFICES: Final = (
    UnitKind.KABUPATEN,
    UnitKind.SEKRETARIAT_DAERAH,
    UnitKind.BAGIAN,
    UnitKind.INSPEKTORAT,
    UnitKind.DINAS,
    UnitKind.BADAN,
    UnitKind.KECAMATAN,
    UnitKind.KELURAHAN,
)

HOMES: Final = frozenset(OFFICES) - {UnitKind.KELURAHAN}
"""A kelurahan is part of its kecamatan, whose SOPs and figures it works with."""


@dataclass(frozen=True)
class Selection:
    """What the page is about. `unit` is None only for a person who may see no unit; a page of whole years
    `asks_quarter` not, and keeps the one that was chosen for the next page."""

    units: tuple[OrganisationUnit, ...]
    unit: OrganisationUnit | None
    quarter: Quarter
    years: tuple[int, ...]
    asks_quarter: bool = True

    @property
    def year(self) -> int:
        return self.quarter.year

    @cached_property
    def quarters(self) -> tuple[Quarter, ...]:
        return tuple(Quarter(self.year, number) for number in (1, 2, 3, 4))

    @property
    def query(self) -> str:
        """The selection as a query string without a question mark."""
        unit = f"unit={self.unit.uid}&" if self.unit else ""
        return f"{unit}tahun={self.year}&tw={self.quarter.number}"


def remembered(request: HttpRequest) -> dict[str, str]:
    """The last selection, from the cookie; anything unreadable counts as none."""
    parts = request.COOKIES.get(COOKIE, "").split("_")
    return dict(zip(("unit", "tahun", "tw"), parts, strict=True)) if len(parts) == 3 else {}


def offices_open_to(request: HttpRequest) -> tuple[OrganisationUnit, ...]:
    """Offices that the person may see, and the units in which they hold something, in tree order."""
    held = authorities(request)
    own = {one.unit_id for one in held}
    open_units = units_within(one.opens for one in held)
    wanted = open_units.filter(Q(kind__in=OFFICES) | Q(pk__in=own), is_active=True)
    return tuple(wanted.order_by("path"))


def home_of(request: HttpRequest, units: tuple[OrganisationUnit, ...]) -> OrganisationUnit | None:
    """The nearest office around the person's first position, else the first unit they may see."""
    first = next(iter(authorities(request)), None)
    around = [
        unit for unit in units if first and first.unit_path.startswith(unit.path) and unit.kind in HOMES
    ]
    return max(around, key=lambda unit: len(unit.path), default=None) or next(iter(units), None)


def selection(request: HttpRequest, *, by_year: bool = False) -> Selection:
    """The selection of the URL, completed from the cookie, completed from the person and the day. `by_year`:
    the page is about a whole year.

    One query. A unit that the person may not see is treated as if it had not been named.
    """
    wanted = {
        **remembered(request),
        **{key: request.GET[key] for key in ("unit", "tahun", "tw") if key in request.GET},
    }
    units = offices_open_to(request)
    named = next((unit for unit in units if str(unit.uid) == wanted.get("unit")), None)
    now = Quarter.of(today(request))
    year = whole_number(wanted.get("tahun", ""), now.year, FIRST_YEAR, now.year + 1)
    quarter = Quarter(year, whole_number(wanted.get("tw", ""), now.number, 1, 4))
    years = tuple(range(now.year + 1, FIRST_YEAR - 1, -1))
    return Selection(units, named or home_of(request, units), quarter, years, not by_year)


def remember(request: HttpRequest, response: HttpResponse, chosen: Selection) -> None:
    """Keep a selection that the URL named for the next page."""
    if chosen.unit and {"unit", "tahun", "tw"} & set(request.GET):
        value = f"{chosen.unit.uid}_{chosen.year}_{chosen.quarter.number}"
        response.set_cookie(
            COOKIE, value, max_age=COOKIE_AGE, samesite="Lax", httponly=True, secure=request.is_secure()
        )
