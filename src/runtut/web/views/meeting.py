"""A meeting: prepared, attended, written down. One page, made for the phone of whoever keeps the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtut.cases import actions
from runtut.cases.models import Meeting
from runtut.cases.queries import MeetingView, meeting_by_uid, meeting_page, task_by_uid
from runtut.cases.rendering import calendar_file
from runtut.cases.rules import can_see_case, can_see_meeting
from runtut.documents.actions import store_file
from runtut.web.addresses import run_address
from runtut.web.authority import acting_for, acting_in, authorities, moment, today
from runtut.web.crumbs import run_crumbs
from runtut.web.errors import attempt, refusal_of
from runtut.web.forms.meeting import MeetingForm, PlanFields
from runtut.web.meetings import (
    STATES,
    DecisionRow,
    attendee_rows,
    decision_rows,
    drafts_in,
    own_lines,
    papers_of,
    positions_for,
    posted_rows,
    runner,
    ticks_in,
)
from runtut.web.pages import Crumb, done, page, posted
from runtut.web.parsing import whole_number


def visible_meeting(request: HttpRequest, uid: UUID) -> Meeting:
    """The meeting; 404 for whoever may not see it, who so does not learn that it exists."""
    found = meeting_by_uid(uid)
    if not any(can_see_meeting(one, found) for one in authorities(request)):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, task_uid: UUID) -> HttpResponse:
    """Plan the meeting of a step that holds it without an invitation step before, or change the plan."""
    task = task_by_uid(task_uid)
    if not any(can_see_case(one, task.case) for one in authorities(request)):
        raise Http404
    fields = PlanFields(task)
    form = MeetingForm(fields=fields, data=posted(request))
    if form.is_valid():
        authority = acting_for(request, task.position) or acting_in(request, task.case.unit)

        def act() -> Meeting:
            return actions.prepare_meeting(
                task=task, plan=fields.plan(form.cleaned_data.get), authority=authority, at=moment(request)
            )

        made = attempt(form, act)
        if made is not None:
            return done(request, "Rapat disiapkan. Buat undangannya di bawah.", "web:rapat", made.uid)
    crumbs = run_crumbs(task.case, Crumb("Siapkan rapat"))
    context = {"form": form, "case": task.case, "back": run_address(task.case.uid)}
    status = 422 if form.errors else 200
    return page(request, "web/rapat/siapkan.html", context, section="kerja", crumbs=crumbs, status=status)


@require_http_methods(["GET", "HEAD"])
def meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The meeting: when and where, who came, what was decided."""
    return shown(request, visible_meeting(request, uid))


def shown(
    request: HttpRequest,
    found: Meeting,
    *,
    rows: list[DecisionRow] | None = None,
    problems: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page, with what was typed and refused."""
    view = meeting_page(meeting=found, at=moment(request))
    keeper = runner(request, found)
    mine = own_lines(request, view)
    lines = attendee_rows(request, view)
    open_list = found.closed_at is None
    context = {
        "view": view,
        "meeting": found,
        "lines": lines,
        "own": [line for line in lines if line.is_mine] if open_list and not keeper else [],
        "states": STATES,
        "keeper": keeper,
        "may_tick": keeper is not None and open_list,
        "may_write": keeper is not None and not view.minutes_are_settled,
        "has_come": found.unit.local_date(found.starts_at) <= today(request),
        "decisions": rows if rows is not None else decision_rows(view.decisions),
        "discussion": request.POST.get("discussion", found.discussion),
        "positions": positions_for(found, view) if keeper else {},
        "papers": papers_of(found, keeper),
        "problems": problems or [],
        "reader_is_called": bool(mine),
    }
    crumbs = run_crumbs(found.case, Crumb("Rapat"))
    return page(request, "web/rapat/rinci.html", context, section="kerja", crumbs=crumbs, status=status)


def pressed(
    request: HttpRequest, found: Meeting, act: Callable[[], Any], success: str, anchor: str = ""
) -> HttpResponse:
    """Make the one domain call and come back to the page; a refusal comes back with what was typed."""
    if refusal := refusal_of(act):
        problems = [(refusal.sentence, refusal.field or anchor)]
        return shown(request, meeting_by_uid(found.uid), problems=problems, status=refusal.status)
    answer = done(request, success, "web:rapat", found.uid)
    answer["Location"] += f"#{anchor}" if anchor else ""
    return answer


@require_POST
def attend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note who came: the whole list by whoever keeps it, one's own line by everybody else."""
    found = visible_meeting(request, uid)
    view: MeetingView = meeting_page(meeting=found, at=moment(request))
    ticks = ticks_in(request.POST, view)
    keeper = runner(request, found)
    called = {one.invitee.uid: one.invitee.position_id for one in view.attendees}
    mine = own_lines(request, view)
    own = next((mine[key] for uid in ticks if (key := called[uid]) in mine), None)
    authority = keeper or own or acting_in(request, found.unit)

    def act() -> int:
        return actions.record_attendance(meeting=found, ticks=ticks, authority=authority, at=moment(request))

    return pressed(request, found, act, "Kehadiran tersimpan.", "hadir")


@require_POST
def guest(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put somebody who came uninvited on the list."""
    found = visible_meeting(request, uid)
    person = actions.Guest(request.POST.get("guest", ""), request.POST.get("agency", ""))

    def act() -> Any:
        return actions.add_attendee(
            meeting=found, guest=person, authority=keeper_of(request, found), at=moment(request)
        )

    return pressed(request, found, act, "Peserta ditambahkan.", "hadir")


def keeper_of(request: HttpRequest, found: Meeting) -> Any:
    """The authority that looks after the meeting; another one is refused by the action."""
    return runner(request, found) or acting_in(request, found.unit)


@require_POST
def upload(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the scan or photo of a signed list."""
    found = visible_meeting(request, uid)
    given = request.FILES.get("daftar")
    authority, at = keeper_of(request, found), moment(request)

    def act() -> Any:
        name, content = (given.name or "", given.read()) if given else ("", b"")
        file = store_file(unit=found.unit, name=name, content=content, authority=authority, at=at)
        return actions.attach_list(meeting=found, file=file, authority=authority, at=at)

    return pressed(request, found, act, "Daftar hadir terlampir.", "hadir")


@require_POST
def minutes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep what was said and decided, finished or not."""
    found = visible_meeting(request, uid)
    rows = posted_rows(request.POST)
    view = meeting_page(meeting=found, at=moment(request))
    refusal = refusal_of(
        lambda: actions.save_minutes(
            meeting=found,
            discussion=request.POST.get("discussion", ""),
            decisions=drafts_in(rows, positions_for(found, view)),
            version=whole_number(request.POST.get("versi", ""), 0),
            authority=keeper_of(request, found),
            at=moment(request),
        )
    )
    if refusal:
        name, _, number = (refusal.field or "").partition("-")
        for row in rows:
            if str(row.number) == number:
                row.errors[name] = refusal.sentence
        problems = [(refusal.sentence, refusal.field or "notulen")]
        return shown(request, meeting_by_uid(found.uid), rows=rows, problems=problems, status=refusal.status)
    answer = done(request, "Notulen tersimpan.", "web:rapat", found.uid)
    answer["Location"] += "#notulen"
    return answer


@require_POST
def invitation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make the Undangan of the plan, or its next version; the chair's own press approves it."""
    found = visible_meeting(request, uid)

    def act() -> Any:
        return actions.issue_meeting_invitation(
            meeting=found, authority=keeper_of(request, found), at=moment(request)
        )

    return pressed(request, found, act, "Undangan dibuat.")


@require_GET
def calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The invitation as a calendar file."""
    found = visible_meeting(request, uid)
    text = calendar_file(
        uid=found.uid,
        title=found.title,
        place=found.place,
        agenda=found.agenda,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        version=found.version,
        made_at=moment(request),
    )
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="rapat.ics"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
