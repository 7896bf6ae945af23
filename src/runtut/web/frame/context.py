"""What the masthead of every page needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from runtut.web.frame.authority import administration, current, moment
from runtut.web.frame.navigation import items


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, person in position and the instant of the page.

    A request that is refused before anybody was recognised (a foreign host name) has no user yet.
    """
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return {"at": moment(request), "nav": ()}
    return {
        "at": moment(request),
        "me": current(request),
        "nav": items(administrator=administration(request) is not None),
    }
