"""Coming in, going out, and the password."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from runtut.accounts.actions import change_password, end_sessions
from runtut.organisations.actions import DEMO_PASSWORD
from runtut.organisations.queries import DemoLogin, demo_logins
from runtut.web.forms.access import EnterForm, PasswordForm
from runtut.web.frame.authority import moment, person, today
from runtut.web.frame.errors import succeeds
from runtut.web.frame.pages import Crumb, done, page, posted


def wanted_page(request: HttpRequest) -> str:
    """Where to go after login: `next`, when it is ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours else ""


def demonstration(request: HttpRequest) -> dict[str, Any]:
    """The made-up people to log in as, by office, the opened one first; nothing outside a demonstration."""
    if not settings.DEMO:
        return {}
    groups: dict[str, list[DemoLogin]] = {}
    for login in demo_logins(on=today(request)):
        groups.setdefault(login.unit, []).append(login)
    chosen = request.GET.get("nama", "")
    names = [name for name, group in groups.items() if chosen in {login.username for login in group}]
    opened = names[0] if names else next((name for name in groups if name.startswith("Kec.")), "")
    offices = sorted(groups.items(), key=lambda item: item[0] != opened)
    return {"offices": offices, "chosen": chosen, "opened": opened, "demo_password": DEMO_PASSWORD}


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Masuk. A wrong password, and the limit on attempts, are said on the page."""
    wanted = wanted_page(request)
    if request.user.is_authenticated:
        return redirect(wanted or settings.LOGIN_REDIRECT_URL)
    if request.method == "POST" and (refused := consume_or_429(request, action="login")):
        return refused
    form = EnterForm(posted(request), request=request, initial={"login": request.GET.get("nama", "")})
    if request.method == "POST" and form.is_valid():
        try:
            return form.login(request, redirect_url=wanted or settings.LOGIN_REDIRECT_URL)
        except ImmediateHttpResponse as answer:
            return answer.response
    context = {"form": form, "next": wanted, **demonstration(request)}
    return page(request, "web/access/masuk.html", context, status=422 if form.errors else 200)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Keluar."""
    logout(request)
    return redirect("web:masuk")


@sensitive_post_parameters("present", "fresh", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Ganti kata sandi; every other session of the person ends."""
    form = PasswordForm(posted(request), user=person(request))
    if request.method == "POST" and (
        refused := consume_or_429(request, action="change_password", user=person(request))
    ):
        return refused
    if form.is_valid() and succeeds(form, lambda: take_password(request, form.cleaned_data["fresh"])):
        return done(request, "Kata sandi diganti. Sesi di perangkat lain sudah diakhiri.", "web:saya")
    crumbs = (Crumb("Saya", reverse("web:saya")), Crumb("Ganti kata sandi"))
    status = 422 if form.errors else 200
    return page(
        request, "web/access/kata_sandi.html", {"form": form}, section="saya", crumbs=crumbs, status=status
    )


def take_password(request: HttpRequest, fresh: str) -> None:
    change_password(user=person(request), password=fresh, at=moment(request))
    keep_session(request)


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End every session of the person but this one."""
    end_sessions(user=person(request), at=moment(request))
    keep_session(request)
    return done(request, "Semua sesi Anda di perangkat lain sudah diakhiri.", "web:saya")


def keep_session(request: HttpRequest) -> None:
    """Carry this session over a change of password or stamp."""
    person(request).refresh_from_db()
    update_session_auth_hash(request, person(request))
    request.session["stamp"] = person(request).session_stamp
