"""What every request goes through: one instant, the zone of the person's office, refusals, headers."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runtut.core.errors import DomainError
from runtut.organisations.models import OrganisationUnit
from runtut.web.frame.authority import current, moment, person, zone_of
from runtut.web.frame.errors import form_address, refusal_page, session_over

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


def to_login(request: HttpRequest) -> HttpResponse:
    """Ask for the login; a form that was sent shows what had been typed."""
    if request.method == "POST":
        return session_over(request)
    return redirect_to_login(request.get_full_path())


class LoginMiddleware(LoginRequiredMiddleware):
    """Every page asks for a login but those that say otherwise."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        return to_login(request)


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
                return to_login(request)
            self.touch(request)
        return self.get_response(request)

    def touch(self, request: HttpRequest) -> None:
        seconds = int(moment(request).timestamp())
        if seconds - int(request.session.get("seen", 0)) >= TOUCH_SECONDS:
            request.session["seen"] = seconds


class PageMiddleware:
    """Fix the instant, show times in the zone of the person's office, turn refusals into pages.

    The address of a form that was refused stays in the browser; whoever opens it again is led on."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        moment(request)
        with timezone.override(self.zone(request)):
            response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            return form_address(request, response)
        return response

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
