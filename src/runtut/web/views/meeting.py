"""A meeting: prepared, attended, written down. One page, made for the phone of whoever keeps the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtut.cases import actions
from runtut.cases.models import Meeting
from runtut.cases.queries import (
    may_go_out,
    meeting_by_uid,
    meeting_page,
    run_holding,
    takes_ticks,
    task_by_uid,
)
from runtut.cases.rendering import calendar_file
from runtut.cases.rules import can_see_case, can_see_meeting
from runtut.organisations.models import Authority
from runtut.web.forms.meeting import MeetingForm, PlanFields
from runtut.web.frame.addresses import run_address
from runtut.web.frame.authority import acting_for, acting_in, authorities, moment, today
from runtut.web.frame.crumbs import run_crumbs
from runtut.web.frame.errors import attempt
from runtut.web.frame.pages import Crumb, done, page, posted
from runtut.web.showing.keeping import attempt_beside, keep_sheet, mark_of, now_kept, posted_mark
from runtut.web.showing.meetings import (
    STATES,
    DecisionRow,
    attendee_rows,
    decision_rows,
    material_of,
    own_lines,
    papers_of,
    positions_for,
    posted_rows,
    runner,
)
from runtut.web.showing.saving import saved_in_passing


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
    open_list = found.closed_at is None and found.cancelled_at is None
    holding = run_holding(found)
    kept_rows = decision_rows(view.decisions)
    context = {
        "view": view,
        "meeting": found,
        "lines": lines,
        "own": [line for line in lines if line.is_mine] if open_list and not keeper else [],
        "states": STATES,
        "keeper": keeper,
        "may_plan": keeper is not None and open_list,
        "may_tick": keeper is not None and takes_ticks(found),
        "may_write": keeper is not None and not found.cancelled_at and not view.minutes_are_settled,
        "has_come": found.unit.local_date(found.starts_at) <= today(request),
        "decisions": rows if rows is not None else kept_rows,
        "minutes_mark": mark_of(found.discussion, kept_rows),
        "discussion": request.POST.get("discussion", found.discussion),
        "guest": {"name": request.POST.get("guest", ""), "agency": request.POST.get("agency", "")},
        "positions": positions_for(found, view) if keeper else {},
        "papers": papers_of(found, keeper),
        "problems": problems or [],
        "holding": holding,
        "reader_is_called": bool(mine),
        "material": material_of(found),
        "held_back": found.invitation_id is not None and open_list and not may_go_out(found),
        "reason": request.POST.get("reason", ""),
    }
    inside = [Crumb(holding.title, run_address(holding.uid))] if holding else []
    crumbs = run_crumbs(found.case, *inside, Crumb("Rapat"))
    return page(request, "web/rapat/rinci.html", context, section="kerja", crumbs=crumbs, status=status)


def kept(
    request: HttpRequest,
    uid: UUID,
    part: str = "",
    act: Callable[[Meeting], object] | None = None,
    said: str = "",
) -> HttpResponse:
    """Save the sheet, do what else the button stands for, and come back to the page; what was refused comes
    back with what was typed."""
    found = visible_meeting(request, uid)
    outcome = keep_sheet(request, found, part)
    if act is not None:
        attempt_beside(outcome, partial(act, found), said)
    if outcome.problems:
        again = meeting_by_uid(uid)
        return shown(request, again, rows=outcome.rows, problems=outcome.problems, status=outcome.status)
    answer = done(request, " ".join(outcome.said), "web:rapat", uid)
    answer["Location"] += f"#{'notulen' if part == 'notulen' else 'hadir'}" if part else ""
    return answer


@require_POST
def attend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note who came: the whole list by whoever keeps it, one's own line by everybody else."""
    return kept(request, uid, "hadir")


@require_POST
def guest(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put somebody who came uninvited on the list."""
    return kept(request, uid, "peserta")


@require_POST
def upload(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the scan or photo of a signed list."""
    return kept(request, uid, "daftar")


@require_POST
def minutes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep what was said and decided, finished or not; the whole sheet while somebody types."""
    if "otomatis" not in request.POST:
        return kept(request, uid, "notulen")
    found = visible_meeting(request, uid)
    outcome = keep_sheet(request, found, passing=True)
    view = meeting_page(meeting=meeting_by_uid(uid), at=moment(request))
    kept_now = now_kept(view, posted_rows(request.POST)) if outcome.rows is None else {}
    if outcome.rows is None:
        kept_now["notulen-tadi"] = posted_mark(request.POST)
    problems = [*outcome.problems, *waiting_guest(request)]
    return saved_in_passing(request, problems=problems, versions=kept_now)


def waiting_guest(request: HttpRequest) -> list[tuple[str, str]]:
    """What is said while a guest is typed who is not on the list yet."""
    named = request.POST.get("guest", "").strip()
    return [("Tekan Tambahkan sebagai hadir agar tamu masuk daftar.", "guest")] if named else []


@require_POST
def invitation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make the Undangan of the plan, or its next version; the chair's own press approves it."""

    def issue(found: Meeting) -> object:
        return actions.issue_meeting_invitation(
            meeting=found, authority=keeper_of(request, found), at=moment(request)
        )

    return kept(request, uid, act=issue, said="Undangan dibuat.")


@require_POST
def send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let the Undangan go out before its chair has signed it, for a reason."""

    def act(found: Meeting) -> object:
        return actions.send_unsigned(
            meeting=found,
            reason=request.POST.get("reason", ""),
            authority=keeper_of(request, found),
            at=moment(request),
        )

    return kept(request, uid, act=act, said="Undangan dikirim tanpa tanda tangan; alasannya tercatat.")


def keeper_of(request: HttpRequest, found: Meeting) -> Authority:
    """The authority that looks after the meeting; another one is refused by the action."""
    return runner(request, found) or acting_in(request, found.unit)


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
