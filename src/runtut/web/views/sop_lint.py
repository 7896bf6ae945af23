"""Setting a finding of lint aside with a reason, and taking it up again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from runtut.procedures.actions import silence_finding, voice_finding
from runtut.web.authority import moment
from runtut.web.errors import succeeds
from runtut.web.forms.sop import SilenceForm, SopForm
from runtut.web.sop_view import render_sop
from runtut.web.views.sop_edit import draft_address, find_version


@require_POST
def silence(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """Set one finding aside."""
    authority, found = find_version(request, uid, version)
    form = SilenceForm(request.POST)
    if form.is_valid() and succeeds(
        form,
        lambda: silence_finding(version=found, **form.cleaned_data, authority=authority, at=moment(request)),
    ):
        messages.success(request, "Temuan dikesampingkan; alasannya tercatat.")
        return redirect(f"{draft_address(found)}#h-temuan")
    return render_sop(request, found.procedure, refused=form, number=version)


@require_POST
def voice(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """Let one finding speak again."""
    authority, found = find_version(request, uid, version)
    key = request.POST.get("key", "")
    form = SopForm(request.POST)
    if succeeds(form, lambda: voice_finding(version=found, key=key, authority=authority, at=moment(request))):
        messages.success(request, "Temuan ditampilkan lagi.")
        return redirect(f"{draft_address(found)}#h-temuan")
    return render_sop(request, found.procedure, refused=form, number=version)
