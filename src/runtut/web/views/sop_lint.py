"""Setting a finding of lint aside with a reason, and taking it up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from runtut.procedures.actions import silence_finding, voice_finding
from runtut.procedures.models import ProcedureVersion
from runtut.web.forms.sop import SilenceForm, SopForm
from runtut.web.frame.authority import moment
from runtut.web.views.sop_edit import draft_address, find_managed
from runtut.web.views.sop_life import change


@require_POST
def silence(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """Set one finding aside."""
    authority, found = find_managed(request, uid, version)
    return judged(
        request,
        found,
        SilenceForm(request.POST),
        lambda data: silence_finding(version=found, **data, authority=authority, at=moment(request)),
        "Temuan dikesampingkan; alasannya tercatat.",
    )


@require_POST
def voice(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """Let one finding speak again."""
    authority, found = find_managed(request, uid, version)
    key = request.POST.get("key", "")
    return judged(
        request,
        found,
        SopForm(request.POST),
        lambda data: voice_finding(version=found, key=key, authority=authority, at=moment(request)),
        "Temuan ditampilkan lagi.",
    )


def judged(
    request: HttpRequest,
    version: ProcedureVersion,
    form: SopForm,
    act: Callable[[dict[str, Any]], Any],
    sentence: str,
) -> HttpResponse:
    """Make one act on a finding and come back to the findings."""
    back = f"{draft_address(version)}#h-temuan"
    return change(request, version.procedure, form, act, sentence, back=back, number=version.number)
