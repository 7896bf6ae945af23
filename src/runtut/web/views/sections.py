"""The page on which every section hands in its part of a run, and on which the others are reminded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from runtut.cases.models import Case
from runtut.organisations.models import Position
from runtut.performance import actions
from runtut.performance.models import SectionFile
from runtut.performance.queries import asking_of, note_asking, renstra_gap, section_matrix
from runtut.web.forms.section_sheet import SectionSheet, keep_section, own_sheet
from runtut.web.frame.authority import acting_in, moment, today
from runtut.web.frame.crumbs import run_crumbs
from runtut.web.frame.errors import refusal_of
from runtut.web.frame.pages import Crumb, page
from runtut.web.frame.parsing import uid_of
from runtut.web.views.kinerja import plans_for
from runtut.web.views.run import visible_case


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the run asks of the sections: the reader's own part, and who has handed in. POST keeps the part,
    or hands it in."""
    case = visible_case(request, uid)
    sheet = own_sheet(request, case)
    if request.method == "POST":
        if sheet is None:
            raise Http404
        if keep_section(request, sheet) and handed_in(request, sheet):
            return redirect(f"{reverse('web:run_bagian', args=[uid])}?jabatan={sheet.position.uid}")
        sheet = own_sheet(request, case, problems=sheet.problems)
    return shown(request, case, sheet, status=422 if sheet and sheet.problems else 200)


def handed_in(request: HttpRequest, sheet: SectionSheet) -> bool:
    """Hand the part in when that was the button; tell in words what happened."""
    if request.POST.get("kerjakan") != "serahkan":
        messages.success(request, "Tersimpan sebagai draf. Belum diserahkan.")
        return True
    refusal = refusal_of(
        lambda: actions.hand_in_section(
            case=sheet.case, position=sheet.position, authority=sheet.authority, at=moment(request)
        )
    )
    if refusal:
        sheet.problems.append((refusal.sentence, refusal.field or ""))
        return False
    messages.success(request, f"Bagian Anda diserahkan kepada {sheet.asking.task.position.short_title}.")
    return True


@require_POST
def remind(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Remind every section that owes its part, or one."""
    case = visible_case(request, uid)
    chosen = uid_of(request.POST.get("jabatan", ""))
    only = get_object_or_404(Position, uid=chosen) if chosen else None
    return pressed(
        request,
        case,
        lambda: actions.remind_sections(
            case=case, authority=acting_in(request, case.unit), at=moment(request), only=only
        ),
        "Pengingat dikirim: tampak di Beranda dan pemberitahuan yang bersangkutan.",
    )


@require_POST
def send_back(request: HttpRequest, uid: UUID, position_uid: UUID) -> HttpResponse:
    """Give back to a section what it has handed in, with a reason."""
    case = visible_case(request, uid)
    position = get_object_or_404(Position, uid=position_uid)
    return pressed(
        request,
        case,
        lambda: actions.return_section(
            case=case,
            position=position,
            reason=request.POST.get("alasan", ""),
            authority=acting_in(request, case.unit),
            at=moment(request),
        ),
        f"Dikembalikan. {position.short_title} membaca alasan Anda.",
    )


@require_POST
def drop_file(request: HttpRequest, uid: UUID, file_uid: UUID) -> HttpResponse:
    """Take a file off before it is handed in."""
    case = visible_case(request, uid)
    kept = get_object_or_404(
        SectionFile.objects.select_related("report__case__unit", "report__position", "file"),
        uid=file_uid,
        report__case=case,
    )
    sheet = own_sheet(request, case, wanted=kept.report.position)
    authority = sheet.authority if sheet else acting_in(request, case.unit)
    return pressed(
        request,
        case,
        lambda: actions.remove_section_file(kept=kept, authority=authority, at=moment(request)),
        "Berkas dilepas.",
    )


def pressed(request: HttpRequest, case: Case, act: Callable[[], Any], success: str) -> HttpResponse:
    """Make the one domain call; a refusal comes back to the page."""
    if refusal := refusal_of(act):
        sheet = own_sheet(request, case)
        return shown(request, case, sheet, refusal=refusal.sentence, status=refusal.status)
    messages.success(request, success)
    return redirect("web:run_bagian", case.uid)


def what_renstra_lacks(request: HttpRequest, case: Case, sheet: SectionSheet | None) -> dict[str, Any]:
    """What the Renstra lacks, for a section that proposes targets beside it."""
    if sheet is None or not sheet.proposes:
        return {}
    return {
        "gap": renstra_gap(unit=case.unit, year=case.year, on=today(request)),
        "may_plan": plans_for(request, case.unit),
        "where": f"unit={case.unit.uid}&tahun={case.year}",
    }


def shown(
    request: HttpRequest, case: Case, sheet: SectionSheet | None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    asking = asking_of(case)
    if asking is None:
        raise Http404
    matrix = section_matrix(asking=asking, on=today(request))
    mine = acting_in(request, case.unit).position_id
    context = {
        "case": case,
        "asking": asking,
        "note": note_asking(asking),
        "matrix": matrix,
        "handed_in": sum(one.has_handed_in for one in matrix),
        "sheet": sheet,
        **what_renstra_lacks(request, case, sheet),
        "collects": asking.is_open and mine == asking.task.position_id,
        "problems": [*(sheet.problems if sheet else ()), *([(refusal, "")] if refusal else ())],
    }
    crumbs = run_crumbs(case, Crumb(asking.kind.label))
    return page(request, "web/kerja/seksi.html", context, section="kerja", crumbs=crumbs, status=status)
