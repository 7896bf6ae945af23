"""The passphrase that a person signs with."""

from __future__ import annotations

from typing import Any

from allauth.core.ratelimit import consume_or_429
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from runtut.documents.actions import set_passphrase
from runtut.documents.queries import certificates_of, signing_key_of
from runtut.web.forms.signing import PassphraseForm
from runtut.web.frame.authority import acting, moment, person
from runtut.web.frame.errors import succeeds
from runtut.web.frame.pages import Crumb, done, page, posted


@sensitive_post_parameters("password", "passphrase", "again")
@require_http_methods(["GET", "POST"])
def passphrase(request: HttpRequest) -> HttpResponse:
    """Make one's signing key, or a new one for a forgotten passphrase; and the certificates there are."""
    if request.method == "POST" and (
        refused := consume_or_429(request, action="change_password", user=person(request))
    ):
        return refused
    form = PassphraseForm(posted(request))
    if form.is_valid() and succeeds(form, lambda: take(request, form.cleaned_data)):
        return done(request, "Frasa sandi tanda tangan dibuat. Ingat baik-baik: tidak disimpan.", "web:frasa")
    context = {
        "form": form,
        "key": signing_key_of(user=person(request)),
        "certificates": certificates_of(user=person(request)),
    }
    crumbs = (Crumb("Saya", reverse("web:saya")), Crumb("Tanda tangan"))
    status = 422 if form.errors else 200
    return page(request, "web/access/frasa.html", context, section="saya", crumbs=crumbs, status=status)


def take(request: HttpRequest, data: dict[str, Any]) -> None:
    set_passphrase(
        user=person(request),
        passphrase=data["passphrase"],
        password=data["password"],
        authority=acting(request),
        at=moment(request),
    )
