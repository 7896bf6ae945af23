"""Another day, hour or place for a meeting."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from runtut.cases import actions
from runtut.cases.models import Meeting
from runtut.core.dates import clock_time
from runtut.web.forms.meeting import MoveForm
from runtut.web.frame.authority import moment
from runtut.web.frame.crumbs import run_crumbs
from runtut.web.frame.errors import attempt
from runtut.web.frame.pages import Crumb, done, page, posted
from runtut.web.views.meeting import keeper_of, visible_meeting


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Move a meeting, for a reason; everybody called is told."""
    found = visible_meeting(request, uid)
    form = MoveForm(meeting=found, data=posted(request))
    if form.is_valid():
        starts_at = form.instant("start")
        assert starts_at is not None, "required"

        def act() -> Meeting:
            return actions.move_meeting(
                meeting=found,
                starts_at=starts_at,
                ends_at=form.instant("end"),
                place=form.cleaned_data["place"],
                reason=form.cleaned_data["reason"],
                authority=keeper_of(request, found),
                at=moment(request),
                off_hours=form.cleaned_data["off_hours"],
            )

        moved = attempt(form, act)
        if moved is not None:
            when = clock_time(moved.starts_at.astimezone(form.zone))
            return done(
                request,
                f"Rapat dipindahkan, mulai pukul {when}. Yang diundang diberi tahu.",
                "web:rapat",
                uid,
            )
    to_meeting = Crumb("Rapat", reverse("web:rapat", args=[uid]))
    crumbs = run_crumbs(found.case, to_meeting, Crumb("Pindahkan"))
    status = 422 if form.errors else 200
    context = {"form": form, "meeting": found}
    return page(request, "web/rapat/pindah.html", context, section="kerja", crumbs=crumbs, status=status)
