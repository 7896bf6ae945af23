"""Drawing the page of a run: everything its template needs, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from runtut.cases.models import Task
from runtut.cases.queries import AttemptView, RunView, meeting_of_run, task_by_uid
from runtut.cases.rules import can_know_letter, can_steer
from runtut.organisations.queries import calendar_for, positions_in
from runtut.web.frame.authority import acting_for, authorities, moment, person
from runtut.web.frame.crumbs import run_crumbs
from runtut.web.frame.deadlines import deadline
from runtut.web.frame.pages import Crumb, page
from runtut.web.showing.asked import asked_of
from runtut.web.showing.deciding import decision_of
from runtut.web.showing.finished import finished
from runtut.web.showing.guidance import guidance_for
from runtut.web.showing.owing import owed_to
from runtut.web.showing.papers import papers_of
from runtut.web.showing.queue import is_queued
from runtut.web.showing.received import is_taken_over, order_for
from runtut.web.showing.refused import Refused
from runtut.web.showing.returning import returning_of
from runtut.web.showing.returns import carried, notice_for
from runtut.web.showing.runs import button, ending, here, line, marks, receiver, started
from runtut.web.showing.work import Sheet, sheet_of

BADGES = {1: "berjalan", 2: "selesai", 3: "dibatalkan"}
TITLES = {
    1: "Tidak ada tugas Anda pada kerja ini sekarang",
    2: "Kerja ini selesai",
    3: "Kerja ini dibatalkan",
}


@dataclass(frozen=True)
class Desk:
    """The reader's open tasks in a run: the one at hand, and the others. `taken` is one that a colleague in
    the same position has taken."""

    task: Task | None = None
    others: tuple[AttemptView, ...] = ()
    taken: AttemptView | None = None


def desk_of(request: HttpRequest, view: RunView) -> Desk:
    """The tasks of the run that wait for the reader; `?tugas=` picks one of several."""
    mine = [one for one in view.current if acting_for(request, one.seat.position)]
    free = [one for one in mine if one.claimed_by_id in {None, person(request).pk}]
    wanted = request.GET.get("tugas", "")
    chosen = next((one for one in free if str(one.uid) == wanted), None) or next(iter(free), None)
    if chosen is None:
        return Desk(taken=next(iter(mine), None))
    return Desk(task_by_uid(chosen.uid), tuple(one for one in free if one is not chosen))


def own_sheet(request: HttpRequest, view: RunView) -> tuple[Desk, Sheet | None]:
    """The reader's desk with the sheet of the task at hand."""
    desk = desk_of(request, view)
    authority = acting_for(request, desk.task.position) if desk.task else None
    return desk, sheet_of(request, desk.task, authority) if desk.task and authority else None


def shown(
    request: HttpRequest,
    view: RunView,
    sheet: Sheet | None,
    *,
    desk: Desk | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page: a document to approve as a decision, everything else as the whole run."""
    decision = None if sheet and sheet.is_over else decision_of(request, sheet)
    context = {
        **run_context(request, view, desk or Desk()),
        **sheet_context(request, view, sheet),
        "decision": decision,
        "is_mine": sheet is not None and not sheet.is_over,
        "meeting": meeting_of_run(view.case),
        "problems": [
            *(sheet.problems if sheet else ()),
            *([(refusal.sentence, refusal.anchor)] if refusal else ()),
        ],
        "refused": refusal,
        "queued": is_queued(request),
    }
    template = "web/kerja/tandatangan.html" if decision else "web/kerja/rinci.html"
    crumbs = () if decision else crumbs_of(view)
    return page(request, template, context, section="kerja", crumbs=crumbs, status=status)


def crumbs_of(view: RunView) -> tuple[Crumb, ...]:
    return run_crumbs(None, Crumb(view.case.unit.short_name), Crumb(view.case.title))


def run_context(request: HttpRequest, view: RunView, desk: Desk) -> dict[str, Any]:
    """What the page says of the run, whoever looks."""
    case, at = view.case, moment(request)
    calendar = calendar_for(unit=case.unit)
    limits = {one.uid: deadline(due_at=one.due_at, at=at, calendar=calendar) for one in view.current}
    current = next((one for one in view.steps if any(a.is_open for a in one.attempts)), None)
    first = limits.get(view.current[0].uid) if view.current else None
    steers = bool(view.current) and any(can_steer(one, case.unit) for one in authorities(request))
    return {
        "view": view,
        "case": case,
        "letter_open": can_know_letter(authorities(request), case),
        "marks": marks(view),
        "here": here(view),
        "ending": ending(view),
        "papers": papers_of(view.outputs),
        "lines": [
            (line(one, is_taken_over=is_taken_over(view, one)), first if one is current else None)
            for one in view.steps
        ],
        "current": current,
        "waiting": [(one, limits[one.uid]) for one in view.current],
        "desk": desk,
        "nothing": TITLES[case.state],
        "asked": () if desk.task or desk.taken else asked_of(request, view),
        "finished": finished(view, authorities(request)),
        "used": started(view, at),
        "can_steer": steers,
        "positions": positions_in(unit=case.unit) if steers else (),
        "extendable": [one for one in view.current if not acting_for(request, one.seat.position)],
        "owed": owed_to(request, view),
        "badge": BADGES[case.state],
    }


def sheet_context(request: HttpRequest, view: RunView, sheet: Sheet | None) -> dict[str, Any]:
    """What the page says of the reader's own task."""
    if sheet is None:
        return {"sheet": None}
    task, user_id = sheet.task, person(request).pk
    limit = deadline(due_at=task.due_at, at=moment(request), calendar=calendar_for(unit=task.case.unit))
    notice = notice_for(view, task, sheet.document, user_id)
    returning = returning_of(request, task, [target.no for target in sheet.targets])
    receivers = [(target, receiver(view, target)) for target in sheet.targets]
    asking = returning.figures.steps if returning else ()
    return {
        "sheet": sheet,
        "limit": limit,
        "button": button(view, sheet.step, sheet.part.deed),
        "guidance": guidance_for(view, task, user_id),
        "order": order_for(view, task),
        "notice": notice,
        "carried": carried(notice, sheet.step),
        "receivers": receivers,
        "forwards": [(target, who) for target, who in receivers if target.no not in asking],
        "returning": returning,
    }
