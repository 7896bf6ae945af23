"""The page of a run, and the acts that its buttons stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from runtut.cases import actions
from runtut.cases.models import Case, Task
from runtut.cases.queries import RunView, case_by_uid, run_page, task_by_uid
from runtut.cases.rules import can_see_case, can_steer
from runtut.core.errors import DomainError
from runtut.organisations.models import Position
from runtut.organisations.queries import calendar_for, positions_in
from runtut.web.authority import acting_for, acting_in, authorities, moment
from runtut.web.deadlines import deadline
from runtut.web.pages import Crumb, done, page
from runtut.web.runs import button, here, line, marks, started
from runtut.web.work import Sheet, hand_over, keep, sheet_key, sheet_of


def visible_case(request: HttpRequest, uid: UUID) -> Case:
    """The run; 404 for whoever may not see it, who so does not learn that it exists."""
    case = case_by_uid(uid)
    if not any(can_see_case(one, case) for one in authorities(request)):
        raise Http404
    return case


def own_task(request: HttpRequest, view: RunView) -> Task | None:
    """The open task of the run that waits for the reader, if any; `?tugas=` picks one of several."""
    mine = [one for one in view.current if acting_for(request, one.seat.position)]
    wanted = request.GET.get("tugas", "")
    chosen = next((one for one in mine if str(one.uid) == wanted), None) or next(iter(mine), None)
    return task_by_uid(chosen.uid) if chosen else None


@require_http_methods(["GET", "HEAD"])
def run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A run: where it stands, the reader's own task, papers, history."""
    case = visible_case(request, uid)
    view = run_page(case=case, at=moment(request))
    task = own_task(request, view)
    authority = acting_for(request, task.position) if task else None
    sheet = sheet_of(request, task, authority) if task and authority else None
    return shown(request, view, sheet)


@sensitive_post_parameters("passphrase")
@require_POST
def work(request: HttpRequest, uid: UUID, task_uid: UUID) -> HttpResponse:
    """Keep what was typed; with the main button, hand the task over."""
    case = visible_case(request, uid)
    task = task_by_uid(task_uid)
    if task.case_id != case.pk:
        raise Http404
    authority = acting_for(request, task.position) or acting_in(request, case.unit)
    sheet = sheet_of(request, task, authority)
    keep(request, sheet)
    if request.POST.get("kerjakan") == "simpan" and not sheet.problems and sheet.form.is_valid():
        return done(request, "Tersimpan sebagai draf. Belum diteruskan.", "web:run", case.uid)
    if request.POST.get("kerjakan") != "simpan" and hand_over(request, sheet):
        return done(request, f"Langkah {task.step_no} selesai.", "web:run", case.uid)
    return shown(request, run_page(case=case, at=moment(request)), sheet, status=422)


@require_POST
def send_back(request: HttpRequest, uid: UUID, task_uid: UUID) -> HttpResponse:
    """Return the run to an earlier step, with a reason."""
    case = visible_case(request, uid)
    task = task_by_uid(task_uid)
    target = request.POST.get("ke", "")
    return pressed(
        request,
        case,
        lambda: actions.return_task(
            task_uid=task.uid,
            case_version=case.version,
            target_no=int(target) if target.isdecimal() else 0,
            reason=request.POST.get("alasan", ""),
            key=sheet_key(request.POST.get("kunci", "")),
            authority=acting_for(request, task.position) or acting_in(request, case.unit),
            at=moment(request),
        ),
        "Dikembalikan. Penerima tugas membaca alasan Anda.",
    )


@require_POST
def steer(request: HttpRequest, uid: UUID, act: str) -> HttpResponse:
    """Pause, resume, extend, reassign, cancel."""
    case = visible_case(request, uid)
    common: dict[str, Any] = {"authority": acting_in(request, case.unit), "at": moment(request)}
    reason = request.POST.get("alasan", "")
    deeds: dict[str, tuple[Callable[[], Any], str]] = {
        "jeda": (lambda: actions.pause_case(case_uid=case.uid, reason=reason, **common), "Kerja dijeda."),
        "lanjut": (lambda: actions.resume_case(case_uid=case.uid, **common), "Kerja dilanjutkan."),
        "batal": (
            lambda: actions.cancel_case(case_uid=case.uid, reason=reason, **common),
            "Kerja dibatalkan.",
        ),
        "perpanjang": (lambda: extend(request, reason, common), "Tenggat diperpanjang."),
        "alihkan": (lambda: reassign(request, case, reason, common), "Tugas dialihkan."),
    }
    if act not in deeds:
        raise Http404
    return pressed(request, case, *deeds[act])


def chosen_task(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("tugas", ""))
    except ValueError as error:
        raise Http404 from error


def extend(request: HttpRequest, reason: str, common: dict[str, Any]) -> Any:
    hours = request.POST.get("jam", "")
    minutes = int(hours) * 60 if hours.isdecimal() else 0
    return actions.extend_task(task_uid=chosen_task(request), minutes=minutes, reason=reason, **common)


def reassign(request: HttpRequest, case: Case, reason: str, common: dict[str, Any]) -> Any:
    chosen = request.POST.get("jabatan", "")
    position = (
        Position.objects.select_related("unit").filter(uid=chosen).first() if len(chosen) == 36 else None
    )
    if position is None:
        raise Http404
    return actions.reassign_task(task_uid=chosen_task(request), position=position, reason=reason, **common)


def pressed(request: HttpRequest, case: Case, act: Callable[[], Any], success: str) -> HttpResponse:
    """Make the one domain call; a refusal comes back to the page of the run with what was typed."""
    try:
        act()
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        view = run_page(case=case_by_uid(case.uid), at=moment(request))
        task = own_task(request, view)
        authority = acting_for(request, task.position) if task else None
        sheet = sheet_of(request, task, authority) if task and authority else None
        return shown(request, view, sheet, refusal=refusal.sentence, status=refusal.status)
    messages.success(request, success)
    return redirect("web:run", case.uid)


def shown(
    request: HttpRequest, view: RunView, sheet: Sheet | None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Draw the page."""
    case, at = view.case, moment(request)
    calendar = calendar_for(unit=case.unit)
    limits = {one.uid: deadline(due_at=one.due_at, at=at, calendar=calendar) for one in view.current}
    current = next((one for one in view.steps if any(a.is_open for a in one.attempts)), None)
    first = view.current[0].uid if view.current else None
    steers = any(can_steer(one, case.unit) for one in authorities(request))
    context = {
        "view": view,
        "case": case,
        "marks": marks(view),
        "here": here(view),
        "lines": [(line(one), limits.get(first) if one is current and first else None) for one in view.steps],
        "current": current,
        "sheet": sheet,
        "limit": limits.get(sheet.task.uid) if sheet else None,
        "button": button(view, sheet.step) if sheet else "",
        "last_return": next((event for event in view.history if event.kind == "returned"), None),
        "used": started(view, at),
        "can_steer": steers and bool(view.current),
        "positions": positions_in(unit=case.unit) if steers and view.current else (),
        "problems": [*(sheet.problems if sheet else ()), *([(refusal, "")] if refusal else ())],
        "reason": request.POST.get("alasan", ""),
        "badge": {1: "berjalan", 2: "selesai", 3: "dibatalkan"}[case.state],
    }
    crumbs = (
        Crumb("Kerja berjalan", reverse("web:kerja")),
        Crumb(case.unit.short_name),
        Crumb(case.title),
    )
    return page(request, "web/kerja/rinci.html", context, section="kerja", crumbs=crumbs, status=status)
