"""The page on which a respondent answers an instrument, and the reminding of those who have not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from runtut.core.dates import clock_time
from runtut.core.errors import DomainError
from runtut.evaluation import actions
from runtut.evaluation.errors import AnswersLeft
from runtut.evaluation.models import AnswerFile, Instrument
from runtut.evaluation.queries import collecting_of
from runtut.web.forms.answer_sheet import AnswerSheet, keep_answers, own_sheet
from runtut.web.frame.authority import acting_for, acting_in, moment, zone_of
from runtut.web.frame.crumbs import run_crumbs
from runtut.web.frame.pages import Crumb, page
from runtut.web.views.instrument import address, pressed, visible_instrument
from runtut.web.views.run import visible_case


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The reader's own answers. POST keeps them, or sends them."""
    found = visible_instrument(request, uid)
    sheet = own_sheet(request, found)
    if request.method != "POST":
        return shown(request, found, sheet)
    if sheet is None:
        raise Http404
    kept = keep_answers(request, sheet)
    if request.POST.get("kerjakan") == "otomatis":
        return kept_silently(request, found, sheet)
    if kept and sent(request, sheet):
        return redirect(f"{reverse('web:instrumen_isi', args=[uid])}?jabatan={sheet.position.uid}")
    return shown(request, found, own_sheet(request, found, sheet.problems), status=422)


def kept_silently(request: HttpRequest, found: Instrument, sheet: AnswerSheet) -> HttpResponse:
    """What the script is told: the new version, how much is answered, what was refused."""
    fresh = own_sheet(request, found)
    local = moment(request).astimezone(zone_of(found.case.unit))
    told = {
        "versi": str(sheet.version),
        "kabar": sheet.problems[0][0] if sheet.problems else f"Tersimpan {clock_time(local)}",
        "terjawab": fresh.answered if fresh else 0,
        "salah": [anchor for _, anchor in sheet.problems],
    }
    return JsonResponse(told, status=422 if sheet.problems else 200)


def sent(request: HttpRequest, sheet: AnswerSheet) -> bool:
    """Send the answers when that was the button; tell in words what happened."""
    if request.POST.get("kerjakan") != "kirim":
        messages.success(request, "Tersimpan. Belum dikirim.")
        return True
    try:
        actions.submit_response(
            instrument=sheet.instrument,
            position=sheet.position,
            authority=sheet.authority,
            at=moment(request),
        )
    except AnswersLeft as refusal:
        left: Any = refusal.details["left"]
        sheet.problems += [(f"Butir {number} belum dijawab.", field) for number, field in left]
        return False
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        sheet.problems.append((refusal.sentence, refusal.field or ""))
        return False
    messages.success(request, f"Isian dikirim kepada {sheet.collecting.task.position.short_title}.")
    return True


def shown(
    request: HttpRequest, found: Instrument, sheet: AnswerSheet | None, status: int = 200
) -> HttpResponse:
    crumbs = run_crumbs(found.case, Crumb("Instrumen", address(found)), Crumb("Isian"))
    context = {"instrument": found, "case": found.case, "sheet": sheet}
    return page(request, "web/instrumen/isi.html", context, section="kerja", crumbs=crumbs, status=status)


@require_POST
def drop_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a file off before the answers are sent."""
    kept = get_object_or_404(
        AnswerFile.objects.select_related(
            "response__instrument__case__unit", "response__position__unit", "file"
        ),
        uid=uid,
    )
    found = kept.response.instrument
    visible_case(request, found.case.uid)
    authority = acting_for(request, kept.response.position) or acting_in(request, found.case.unit)
    actions.remove_answer_file(kept=kept, authority=authority, at=moment(request))
    messages.success(request, "Berkas dilepas.")
    where = reverse("web:instrumen_isi", args=[found.uid])
    return redirect(f"{where}?jabatan={kept.response.position.uid}#j-{kept.question.uid}")


@require_POST
def remind(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Remind everybody who has not answered."""
    found = visible_instrument(request, uid)
    collecting = collecting_of(found)
    own = acting_for(request, collecting.task.position) if collecting else None
    authority = own or acting_in(request, found.case.unit)
    return pressed(
        request,
        found,
        lambda: actions.remind_respondents(instrument=found, authority=authority, at=moment(request)),
        "Pengingat dikirim: tampak di Beranda dan pemberitahuan yang bersangkutan.",
        "responden",
    )
