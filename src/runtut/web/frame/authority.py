"""Who is looking, since when, and in which positions they may act today.

Everything here is worked out once per request and kept on it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from runtut.accounts.models import User
from runtut.core import clock
from runtut.core.errors import NotAllowed
from runtut.organisations.enums import OversightKind
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import authorities_of


def moment(request: HttpRequest) -> datetime:
    """The one instant of this request: read at its start, the same on the whole page."""
    if not hasattr(request, "_at"):
        request._at = clock.now()  # type: ignore[attr-defined]  # one instant per request
    return cast(datetime, request._at)  # type: ignore[attr-defined]


def today(request: HttpRequest) -> date:
    """The day of the request in the zone that the page is shown in."""
    return timezone.localtime(moment(request)).date()


def person(request: HttpRequest) -> User:
    """The person logged in; pages are reached only by one (LoginMiddleware)."""
    return cast(User, request.user)


def authorities(request: HttpRequest) -> list[Authority]:
    """Everything the person may act as today: definitive positions, mandates, then oversight."""
    if not request.user.is_authenticated:
        return []
    if not hasattr(request, "_authorities"):
        found = list(authorities_of(user=person(request), on=today(request)))
        request._authorities = found  # type: ignore[attr-defined]  # asked once per request
    return cast(list[Authority], request._authorities)  # type: ignore[attr-defined]


def current(request: HttpRequest) -> Authority | None:
    """The authority shown in the masthead: the first one; None for a person without any."""
    return next(iter(authorities(request)), None)


def acting(request: HttpRequest) -> Authority:
    """The first authority; raises NotAllowed for a person who holds nothing today."""
    found = current(request)
    if found is None:
        raise NotAllowed(reason="Anda belum memegang jabatan. Hubungi administrator.")
    return found


def acting_for(request: HttpRequest, position: Position | int | None) -> Authority | None:
    """The authority that lets the person act for a position today, if any."""
    wanted = position.pk if isinstance(position, Position) else position
    return next((one for one in authorities(request) if wanted and one.position_id == wanted), None)


def acting_in(request: HttpRequest, unit: OrganisationUnit) -> Authority:
    """The authority in which the person acts for a unit: a position in it or below, else above, else the
    first one. Whether it suffices is decided by the action."""
    everything = authorities(request)
    inside = [one for one in everything if one.unit_path.startswith(unit.path)]
    above = [one for one in everything if unit.path.startswith(one.unit_path)]
    return next(iter([*inside, *above]), None) or acting(request)


def administration(request: HttpRequest) -> Authority | None:
    """The authority that opens Pengaturan, if the person has one."""
    return next(
        (one for one in authorities(request) if one.oversight == OversightKind.ADMINISTRATOR),
        None,
    )


def ensure_administration(request: HttpRequest) -> Authority:
    """The administrator's authority; raises NotAllowed without one."""
    found = administration(request)
    if found is None:
        raise NotAllowed(reason="Pengaturan hanya dibuka oleh administrator kabupaten.")
    return found


def zone_of(unit: OrganisationUnit | None) -> ZoneInfo:
    """The zone in which times are shown."""
    return ZoneInfo(unit.zone) if unit else ZoneInfo("Asia/Jakarta")
