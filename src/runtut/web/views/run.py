"""The page of a run, and the acts that its buttons stand for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from runtut.cases import actions
from runtut.cases.enums import TaskState
from runtut.cases.models import Case, Task
from runtut.cases.queries import RunView, case_by_uid, run_page, signatures_awaited, step_of, task_by_uid
from runtut.cases.rules import can_see_case
from runtut.organisations.models import Position
from runtut.web.frame.authority import acting_for, acting_in, authorities, moment
from runtut.web.frame.errors import refusal_of
from runtut.web.frame.handing import hand_out_document
from runtut.web.frame.pages import done
from runtut.web.frame.parsing import NIL, uid_of, whole_number
from runtut.web.showing.handed_over import handed_over
from runtut.web.showing.queue import is_queued, next_paper
from runtut.web.showing.refused import RETURNING, refused
from runtut.web.showing.returning import returned_with
from runtut.web.showing.run_page import own_sheet, shown
from runtut.web.showing.saving import saved_in_passing
from runtut.web.showing.work import hand_over, keep, sheet_of

MOST_NAMED: Final = 3
KEEPING: Final = {
    "simpan": "Tersimpan sebagai draf. Belum diteruskan.",
    "kirim": "Kiriman dicatat. Langkah ini belum diteruskan.",
    "usulan": "Usulan yang sekarang dipakai. Langkah ini belum diteruskan.",
}
"""Buttons that keep what is on the sheet without handing the task over, and what is said then."""


def visible_case(request: HttpRequest, uid: UUID) -> Case:
    """The run; 404 for whoever may not see it, who so does not learn that it exists."""
    case = case_by_uid(uid)
    if not any(can_see_case(one, case) for one in authorities(request)):
        raise Http404
    return case


def task_of(case_uid: UUID, task_uid: UUID) -> Task:
    """A task of a run; 404 for a task of another one."""
    task = task_by_uid(task_uid)
    if task.case.uid != case_uid:
        raise Http404
    return task


@require_http_methods(["GET", "HEAD"])
def run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A run: where it stands, the reader's own task, papers, history."""
    view = run_page(case=visible_case(request, uid), at=moment(request))
    desk, sheet = own_sheet(request, view)
    return shown(request, view, sheet, desk=desk)


@sensitive_post_parameters("passphrase")
@require_POST
def work(request: HttpRequest, uid: UUID, task_uid: UUID) -> HttpResponse:
    """Keep what was typed, on its own while somebody types; with the main button, hand the task over."""
    case, task = visible_case(request, uid), task_of(uid, task_uid)
    authority = acting_for(request, task.position) or acting_in(request, case.unit)
    sheet = sheet_of(request, task, authority)
    keep(request, sheet)
    if "otomatis" in request.POST:
        if sheet.is_over:
            return HttpResponse(status=409)
        return saved_in_passing(
            request, sheet.part.entries, sheet.problems, sheet.gates, preview=sheet.preview
        )
    pressed_button = request.POST.get("kerjakan", "").partition(":")[0]
    keeps = pressed_button in KEEPING and not sheet.is_over
    if keeps and not sheet.problems and sheet.form.is_valid():
        return done(request, KEEPING[pressed_button], "web:run", case.uid)
    if not keeps and hand_over(request, sheet):
        return passed_on(request, case, task)
    view = run_page(case=case_by_uid(case.uid), at=moment(request))
    return shown(request, view, sheet, status=409 if sheet.is_over else 422)


@require_http_methods(["GET", "HEAD"])
def preview(request: HttpRequest, uid: UUID, task_uid: UUID) -> HttpResponse:
    """The document of a step as it would be passed on, as PDF; for whoever does the step."""
    visible_case(request, uid)
    task = task_of(uid, task_uid)
    authority = acting_for(request, task.position)
    found = sheet_of(request, task, authority).preview if authority else None
    if found is None or task.state != TaskState.OPEN:
        raise Http404
    return hand_out_document(request, "Pratinjau", "pdf", found.content, at=moment(request))


def passed_on(request: HttpRequest, case: Case, task: Task) -> HttpResponse:
    """Say what was done and who has the run now. Whoever ends a run that another one has called goes back to
    that one, whose step has ended with it."""
    view = run_page(case=case_by_uid(case.uid), at=moment(request))
    said = f"{handed_over(view, task, step_of(task))}{still_to_sign(view.case, task)}"
    if is_queued(request):
        return next_paper(request, said, task.uid)
    if view.current or view.parent is None:
        return done(request, said, "web:run", case.uid)
    above = run_page(case=case_by_uid(view.parent.uid), at=moment(request))
    return done(request, f"“{case.title}” selesai. {whereabouts(above)}", "web:run", view.parent.uid)


def still_to_sign(case: Case, task: Task) -> str:
    """Say which papers of a run ask the position that has just acted for its signature (one query)."""
    mine = [turn for turn in signatures_awaited(case) if turn.position_id == task.position_id]
    names = ", ".join(turn.version.document.title for turn in mine)
    return f" Menunggu tanda tangan Anda di Beranda: {names}." if names else ""


def whereabouts(view: RunView) -> str:
    """Who has the run now."""
    if not view.current:
        return "Seluruh kerja ini selesai."
    desks = list(dict.fromkeys(one.seat.position.short_title for one in view.current))
    return f"Sekarang di meja {', '.join(desks) if len(desks) <= MOST_NAMED else f'{len(desks)} pejabat'}."


@require_POST
def take(request: HttpRequest, uid: UUID, task_uid: UUID) -> HttpResponse:
    """Take a task that colleagues in the same position could do as well."""
    case, task = visible_case(request, uid), task_of(uid, task_uid)
    authority = acting_for(request, task.position) or acting_in(request, case.unit)
    act = partial(actions.claim_task, task_uid=task.uid, authority=authority, at=moment(request))
    return pressed(request, case, act, "Tugas ini Anda ambil. Rekan sejabatan Anda melihatnya.")


@require_POST
def release(request: HttpRequest, uid: UUID, task_uid: UUID) -> HttpResponse:
    """Give a task back to everybody in its position."""
    case, task = visible_case(request, uid), task_of(uid, task_uid)
    authority = acting_for(request, task.position) or acting_in(request, case.unit)
    act = partial(actions.release_task, task_uid=task.uid, authority=authority, at=moment(request))
    return pressed(request, case, act, "Tugas ini dilepas. Siapa pun pada jabatan itu dapat mengerjakannya.")


@require_POST
def send_back(request: HttpRequest, uid: UUID, task_uid: UUID) -> HttpResponse:
    """Return the run to an earlier step, with a reason."""
    case, task = visible_case(request, uid), task_of(uid, task_uid)
    sentence = "Dikembalikan. Penerima tugas membaca alasan Anda."
    return pressed(
        request,
        case,
        lambda: actions.return_task(
            task_uid=task.uid,
            case_version=case.version,
            target_no=whole_number(request.POST.get("ke", ""), 0),
            reason=request.POST.get("alasan", ""),
            key=uid_of(request.POST.get("kunci", "")),
            authority=acting_for(request, task.position) or acting_in(request, case.unit),
            at=moment(request),
            data=returned_with(request.POST),
        ),
        sentence,
        form=RETURNING,
        then=partial(next_paper, request, sentence, task.uid) if is_queued(request) else None,
    )


@require_POST
def call_again(request: HttpRequest, uid: UUID, task_uid: UUID) -> HttpResponse:
    """Run the SOP that a step calls once more, after the run it had called was cancelled."""
    case, task = visible_case(request, uid), task_by_uid(task_uid)
    return pressed(
        request,
        case,
        lambda: actions.start_child_again(
            task_uid=task.uid,
            key=uid_of(request.POST.get("kunci", "")),
            authority=acting_for(request, task.position) or acting_in(request, case.unit),
            at=moment(request),
        ),
        "Rapat dijalankan lagi menurut SOP-nya.",
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
    return pressed(request, case, *deeds[act], form=act)


def chosen_task(request: HttpRequest) -> UUID:
    found = uid_of(request.POST.get("tugas", ""))
    if found is None:
        raise Http404
    return found


def extend(request: HttpRequest, reason: str, common: dict[str, Any]) -> Any:
    hours = whole_number(request.POST.get("jam", ""), 0)
    return actions.extend_task(task_uid=chosen_task(request), minutes=60 * hours, reason=reason, **common)


def reassign(request: HttpRequest, case: Case, reason: str, common: dict[str, Any]) -> Any:
    chosen = uid_of(request.POST.get("jabatan", "")) or NIL
    position = Position.objects.select_related("unit").filter(uid=chosen).first()
    if position is None:
        raise Http404
    return actions.reassign_task(task_uid=chosen_task(request), position=position, reason=reason, **common)


def pressed(
    request: HttpRequest,
    case: Case,
    act: Callable[[], Any],
    success: str,
    *,
    form: str = "",
    then: Callable[[], HttpResponse] | None = None,
) -> HttpResponse:
    """Make the one domain call; a refusal comes back to the page of the run, to the form that was sent, with
    what was typed. `then` says where to go instead of the run."""
    if refusal := refusal_of(act):
        view = run_page(case=case_by_uid(case.uid), at=moment(request))
        desk, sheet = own_sheet(request, view)
        told = refused(refusal, form, request.POST.dict())
        return shown(request, view, sheet, desk=desk, refusal=told, status=refusal.status)
    return then() if then else done(request, success, "web:run", case.uid)
