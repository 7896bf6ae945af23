"""What every request goes through: one instant, the zone of the person's office, refusals, headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runtut.core.errors import DomainError
from runtut.organisations.models import OrganisationUnit
from runtut.web.frame.authority import current, moment, person, zone_of
from runtut.web.frame.errors import refusal_page

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TOUCH_SECONDS: Final = 300
Next = Callable[[HttpRequest], HttpResponse]


class HeadersMiddleware:
    """Nothing from elsewhere, nothing inline, nothing framed."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class SessionMiddleware:
    """End sessions that were revoked; keep a used one alive.

    The cookie carries the person's stamp; raising it in the database ends every older session. The cookie is
    written anew only once in five minutes, so that ordinary answers stay small.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            stamp = request.session.setdefault("stamp", person(request).session_stamp)
            if stamp != person(request).session_stamp:
                logout(request)
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            self.touch(request)
        return self.get_response(request)

    def touch(self, request: HttpRequest) -> None:
        seconds = int(moment(request).timestamp())
        if seconds - int(request.session.get("seen", 0)) >= TOUCH_SECONDS:
            request.session["seen"] = seconds


class PageMiddleware:
    """Fix the instant, show times in the zone of the person's office, turn refusals into pages."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        moment(request)
        with timezone.override(self.zone(request)):
            return self.get_response(request)

    def zone(self, request: HttpRequest) -> str:
        """The office's zone, read once per session."""
        if not request.user.is_authenticated:
            return str(zone_of(None))
        if "zone" not in request.session:
            me = current(request)
            unit = OrganisationUnit.objects.filter(pk=me.unit_id).first() if me else None
            request.session["zone"] = str(zone_of(unit))
        return str(request.session["zone"])

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal_page(request, exception) if isinstance(exception, DomainError) else None


class PasswordMiddleware:
    """A person who must change the password reaches no other page before doing so."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        allowed = {reverse("web:kata_sandi"), reverse("web:keluar")}
        if (
            request.user.is_authenticated
            and person(request).must_change_password
            and request.path not in allowed
        ):
            return redirect("web:kata_sandi")
        return self.get_response(request)
