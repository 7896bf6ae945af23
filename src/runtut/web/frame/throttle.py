"""Slowing down whoever asks too much of a page that needs no login."""

from __future__ import annotations

from typing import Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from runtut.web.frame.authority import moment
from runtut.web.frame.errors import Trouble, trouble_page

PERIOD: Final = 60
TROUBLE: Final = Trouble(
    "Terlalu banyak permintaan",
    "Dari jaringan Anda datang terlalu banyak permintaan dalam satu menit.",
    "Tunggu satu menit, lalu coba lagi.",
)


def slowed(request: HttpRequest, action: str, limit: int) -> HttpResponse | None:
    """Count one request of an address; above `limit` in a minute, return the page that says so.

    An office stands behind one address, so limits are generous: they stop machines, not people.
    """
    minute = int(moment(request).timestamp()) // PERIOD
    key = f"slow:{action}:{get_adapter().get_client_ip(request)}:{minute}"
    cache.add(key, 0, timeout=2 * PERIOD)
    return trouble_page(request, 429, TROUBLE) if cache.incr(key) > limit else None
