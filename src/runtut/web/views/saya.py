"""Saya: which positions and mandates one holds, what they allow, and why something is not allowed."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from runtut.organisations.enums import Capacity
from runtut.organisations.queries import Power, my_powers
from runtut.web.frame.authority import person, today
from runtut.web.frame.pages import page
from runtut.web.showing.beranda_words import in_words
from runtut.web.showing.duties import duties_of


@require_GET
def saya(request: HttpRequest) -> HttpResponse:
    """The person's positions, mandates and powers today, and the steps of SOPs that come with them."""
    powers = my_powers(user=person(request), on=today(request))
    awake = {power.authority.position_id for power in powers if not power.is_sleeping}
    duties = duties_of([key for key in awake if key])
    return page(
        request,
        "web/saya.html",
        {
            "powers": [(power, duties.get(power.authority.position_id or 0, ())) for power in powers],
            "held": held(powers),
            "idle": settings.SESSION_COOKIE_AGE // 60,
        },
        section="saya",
    )


def held(powers: Sequence[Power]) -> str:
    """ "Hari ini Anda memegang satu jabatan dan satu mandat."; empty for a person without any."""
    kinds = [power.authority.capacity for power in powers]
    mandates = sum(kind.is_mandate for kind in kinds)
    counts = (
        (kinds.count(Capacity.DEFINITIVE), "jabatan"),
        (mandates, "mandat"),
        (kinds.count(Capacity.OVERSIGHT), "akses pembina"),
    )
    named = [f"{in_words(count)} {what}" for count, what in counts if count]
    if not named:
        return ""
    return (
        f"Hari ini Anda memegang {' dan '.join([', '.join(named[:-1]), named[-1]] if named[1:] else named)}."
    )
