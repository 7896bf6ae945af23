"""Six-monthly monitoring and yearly evaluation of an office's SOPs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtut.organisations.models import Position
from runtut.organisations.queries import positions_in
from runtut.organisations.rules import can_see_unit
from runtut.procedures.actions import (
    assign_checkup,
    draft_from_checkup,
    finish_checkup,
    save_checkup,
)
from runtut.procedures.enums import CheckupState
from runtut.procedures.models import Checkup
from runtut.procedures.queries import (
    VERDICTS,
    Judged,
    checkup_content,
    checkups_of,
    units_with_procedures,
)
from runtut.reports.queries import checkup_figures, rows_to_judge
from runtut.web.forms.sop import SopForm
from runtut.web.frame.authority import acting_for, acting_in, authorities, moment, today
from runtut.web.frame.crumbs import sop_crumbs
from runtut.web.frame.errors import succeeds
from runtut.web.frame.handing import hand_out_document
from runtut.web.frame.pages import Crumb, page
from runtut.web.frame.paging import page_start, window
from runtut.web.frame.selectors import selection
from runtut.web.showing.sop_checkups import CheckupLine, judged_in, kept_rows
from runtut.web.showing.sop_view import managing, may_manage
from runtut.web.views.sop_edit import draft_address

TITLE = "Pemantauan dan evaluasi"
PAGE = 50


class AssignForm(SopForm):
    """Whom a checkup is given to."""

    name = "assign"
    position = forms.ModelChoiceField(label="Penilai", queryset=Position.objects.none(), empty_label=None)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is planned and what was found, for the office chosen and those below it."""
    chosen, on, start = selection(request), today(request), page_start(request)
    rows = checkups_of(chosen.unit)[start : start + PAGE + 1] if chosen.unit else []
    lines = window(request, [CheckupLine(one, on) for one in rows], start, PAGE)
    elsewhere = units_with_procedures(chosen.unit) - {chosen.unit.pk} if chosen.unit else set()
    context = {"window": lines, "has_offices": bool(elsewhere)}
    crumbs = sop_crumbs(Crumb(TITLE))
    return page(request, "web/sop/pemantauan.html", context, section="sop", crumbs=crumbs, selection=chosen)


def find_checkup(request: HttpRequest, uid: UUID) -> Checkup:
    """A checkup of an SOP that the person may see; 404 for any other."""
    rows = Checkup.objects.select_related(
        "procedure__unit", "version__procedure__unit", "position", "finished_by", "opened"
    )
    found = rows.filter(uid=uid).first()
    if found is None or not any(can_see_unit(one, found.procedure.unit) for one in authorities(request)):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def checkup(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The form of one checkup, filled with what the runs showed; the judgement is the person's."""
    found = find_checkup(request, uid)
    if found.state == CheckupState.DONE and request.method != "POST":
        return shown(request, found, kept_rows(found), found.summary)
    figures = checkup_figures(checkup=found, at=moment(request))
    rows = rows_to_judge(checkup=found, figures=figures)
    if request.method != "POST":
        return shown(request, found, rows, figures.words)
    judged = judged_in(request.POST, rows)
    authority = acting_for(request, found.position_id) or acting_in(request, found.procedure.unit)
    given: dict[str, Any] = {
        "checkup": found,
        "rows": judged,
        "authority": authority,
        "at": moment(request),
    }
    form, is_last = SopForm(request.POST), "selesai" in request.POST
    if not succeeds(
        form,
        lambda: finish_checkup(summary=figures.words, **given) if is_last else save_checkup(**given),
    ):
        return shown(request, found, judged, figures.words, refused=form)
    messages.success(request, "Penilaian selesai." if is_last else "Penilaian tersimpan.")
    return redirect("web:sop_pantau", found.uid)


def shown(
    request: HttpRequest,
    found: Checkup,
    rows: Sequence[Judged],
    summary: str,
    refused: SopForm | None = None,
) -> HttpResponse:
    is_open = found.state == CheckupState.WAITING
    manager = may_manage(request, found.procedure.unit)
    context = {
        "checkup": found,
        "rows": rows,
        "summary": summary,
        "refused": refused,
        "yes": VERDICTS[found.kind][True],
        "no": VERDICTS[found.kind][False],
        "may_judge": is_open and acting_for(request, found.position_id) is not None,
        "assign": assign_form(found) if is_open and manager else None,
        "may_draft": manager and not is_open and not found.opened and any(row.good is False for row in rows),
        "line": CheckupLine(found, today(request)),
        "sop_url": draft_address(found.version),
    }
    crumbs = sop_crumbs(
        Crumb(TITLE, reverse("web:pemantauan_sop")),
        Crumb(found.version.title),
    )
    status = 422 if refused else 200
    return page(request, "web/sop/pantau.html", context, section="sop", crumbs=crumbs, status=status)


def assign_form(found: Checkup, request: HttpRequest | None = None) -> AssignForm:
    form = AssignForm(request.POST if request else None, initial={"position": found.position_id})
    choice = form.fields["position"]
    assert isinstance(choice, forms.ModelChoiceField)
    choice.queryset = positions_in(unit=found.procedure.unit)
    return form


@require_POST
def assign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a checkup to another position."""
    found = find_checkup(request, uid)
    authority = managing(request, found.procedure.unit)
    form = assign_form(found, request)
    if form.is_valid() and succeeds(
        form,
        lambda: assign_checkup(
            checkup=found,
            position=form.cleaned_data["position"],
            authority=authority,
            at=moment(request),
        ),
    ):
        messages.success(request, "Penilai diganti.")
        return redirect("web:sop_pantau", found.uid)
    figures = checkup_figures(checkup=found, at=moment(request))
    return shown(request, found, rows_to_judge(checkup=found, figures=figures), figures.words, refused=form)


@require_POST
def redraft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin the next version of the SOP from what was found."""
    found = find_checkup(request, uid)
    authority = managing(request, found.procedure.unit)
    form = SopForm(request.POST)
    if succeeds(
        form, lambda: draft_from_checkup(checkup=found, authority=authority, at=moment(request))
    ) and (opened := found.opened):
        messages.success(request, "Draf versi berikutnya dibuat; temuan menjadi komentar pada langkahnya.")
        return redirect(draft_address(opened))
    return shown(request, found, kept_rows(found), found.summary, refused=form)


@require_GET
def paper(request: HttpRequest, uid: UUID, form: str) -> HttpResponse:
    """The form as PDF or Word; before it is finished, with what the runs show and what was kept so far."""
    found = find_checkup(request, uid)
    rows, summary = kept_rows(found), found.summary
    if found.state != CheckupState.DONE:
        figures = checkup_figures(checkup=found, at=moment(request))
        rows, summary = rows_to_judge(checkup=found, figures=figures), figures.words
    name, at = f"{found.get_kind_display()} {found.version.title}", found.finished_at or moment(request)
    return hand_out_document(request, name, form, checkup_content(found, rows, summary), at=at)
