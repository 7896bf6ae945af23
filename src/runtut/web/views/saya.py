"""Saya: which positions and mandates one holds, what they allow, and why something is not allowed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from runtut.organisations.queries import my_powers
from runtut.web.authority import person, today
from runtut.web.pages import page


@require_GET
def saya(request: HttpRequest) -> HttpResponse:
    """The person's positions, mandates and powers today."""
    powers = my_powers(user=person(request), on=today(request))
    return page(
        request,
        "web/saya.html",
        {"powers": powers, "idle": settings.SESSION_COOKIE_AGE // 60},
        section="saya",
    )
