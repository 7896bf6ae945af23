"""Mulai kerja: choose the SOP, give the letter and the period, see who will do what and by when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from runtut.cases.actions import NewLetter, start_with_letter
from runtut.cases.errors import CalledProcedureMissing, MayNotStart
from runtut.cases.queries import (
    RunPlan,
    latest_runs,
    period_to_run,
    plan_run,
    runs_of_letters,
    runs_under_way,
    start_obstacle,
    steps_done_by,
)
from runtut.core.errors import DomainError
from runtut.core.uids import uuid7
from runtut.documents.actions import store_file
from runtut.documents.enums import Urgency
from runtut.documents.models import IncomingLetter
from runtut.documents.queries import agenda, file_given_by, letters_open_to
from runtut.evaluation.queries import evaluates_a_year
from runtut.organisations.models import Position
from runtut.organisations.queries import holders_of, office_of
from runtut.organisations.rules import can_see_unit
from runtut.performance.queries import covers_a_year, plans_a_year
from runtut.procedures.models import Procedure, ProcedureVersion
from runtut.procedures.queries import effective_procedures, effective_version, ends_of, graph_of
from runtut.web.forms.start import DAY_OF_ARRIVAL, NEW_LETTER, StartForm
from runtut.web.frame.authority import acting_in, authorities, moment, today
from runtut.web.frame.errors import attempt
from runtut.web.frame.pages import Crumb, page
from runtut.web.frame.parsing import NIL, uid_of
from runtut.web.frame.selectors import selection
from runtut.web.showing.library_page import is_in_library

CRUMBS = ("Kerja berjalan", "Mulai kerja")


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The form for one SOP (`?sop=`), or the SOPs to choose from."""
    if not request.GET.get("sop"):
        return choice(request)
    procedure = chosen_procedure(request)
    version = effective_version(procedure)
    if version is None:
        raise Http404
    form = start_form(request, procedure, version)
    if request.method == "POST":
        started = begin(request, version, form)
        if started:
            return redirect("web:run", started)
    plan = plan_run(version=version, unit=procedure.unit, at=moment(request))
    obstacle = foreseen(request, form, plan)
    letter = letter_chosen(form)
    steps = who_and_when(request, plan.steps)
    taken = len(steps_done_by(plan=plan, letter=letter)) if letter else 0
    context = {
        "taken": steps[:taken],
        "first": steps[taken],
        "letter": letter,
        "procedure": procedure,
        "version": version,
        "form": form,
        "plan": plan,
        "steps": steps,
        "under_way": runs_under_way(procedure),
        "obstacle": obstacle,
        "is_of_period": obstacle is not None and obstacle.field in form.fields,
        "way_out": way_out(obstacle, procedure),
        "key": request.POST.get("kunci") or str(uuid7()),
    }
    crumbs = (Crumb(CRUMBS[0], reverse("web:kerja")), Crumb(CRUMBS[1]), Crumb(procedure.title))
    status = 422 if form.errors else 200
    return page(request, "web/kerja/mulai.html", context, section="kerja", crumbs=crumbs, status=status)


def letter_chosen(form: StartForm) -> IncomingLetter | None:
    """The letter of the agenda that the page begins from."""
    found = form.cleaned_data.get("letter") if form.is_bound else form.initial["letter"]
    return found if isinstance(found, IncomingLetter) else None


def foreseen(request: HttpRequest, form: StartForm, plan: RunPlan) -> DomainError | None:
    """What would stop a run of the proposed period, told before anything is filled in; what was sent is
    answered by its own refusals."""
    if form.is_bound:
        return None
    return start_obstacle(
        plan=plan,
        year=form.initial["year"],
        quarter=form.initial["quarter"] if "quarter" in form.fields else None,
        authority=acting_in(request, plan.unit),
        at=moment(request),
    )


def way_out(obstacle: DomainError | None, procedure: Procedure) -> tuple[str, str]:
    """The page on which an obstacle can be cleared away, and what to press; empty where there is none."""
    if obstacle is None or obstacle.field or isinstance(obstacle, MayNotStart):
        return "", ""
    if isinstance(obstacle, CalledProcedureMissing):
        key = str(obstacle.details["key"])
        if not is_in_library(key):
            return reverse("web:sop"), "Buka daftar SOP"
        return reverse("web:pustaka_rinci", args=[key]), "Lihat SOP itu di pustaka"
    return reverse("web:sop_rinci", args=[procedure.uid]), "Buka halaman SOP"


def begin(request: HttpRequest, version: ProcedureVersion, form: StartForm) -> UUID | None:
    """Start the run that a valid form asks for and return its uid. The scan is kept first, whatever comes."""
    unit = version.procedure.unit
    authority, at = acting_in(request, unit), moment(request)
    upload = request.FILES.get("file")
    if upload:
        scan = {"unit": unit, "name": upload.name or "", "content": upload.read()}
        form.keep(attempt(form, lambda: store_file(**scan, authority=authority, at=at), "file") or form.kept)
    if not form.is_valid():
        return None
    case = attempt(
        form,
        lambda: start_with_letter(
            procedure_version=version,
            year=form.cleaned_data["year"],
            quarter=form.cleaned_data.get("quarter"),
            letter=letter_of(form),
            key=uid_of(request.POST.get("kunci", "")),
            authority=authority,
            at=at,
        ),
    )
    return case.uid if case else None


def letter_of(form: StartForm) -> IncomingLetter | NewLetter | None:
    """The letter that a valid form chooses or enters."""
    typed = form.cleaned_data
    if not form.has_new_letter:
        return typed["letter"]
    facts = {name: typed[name] for name in (*NEW_LETTER, DAY_OF_ARRIVAL)}
    return NewLetter(**facts, urgency=typed["urgency"] or Urgency.BIASA, file=form.kept)


def chosen_procedure(request: HttpRequest) -> Procedure:
    """The SOP named in the address; 404 when it is not there or not open to the reader."""
    found = Procedure.objects.select_related("unit").filter(uid=uid_of(request.GET["sop"]) or NIL).first()
    if found is None or not any(can_see_unit(one, found.unit) for one in authorities(request)):
        raise Http404
    return found


def start_form(request: HttpRequest, procedure: Procedure, version: ProcedureVersion) -> StartForm:
    """The form with the period that is likely meant: a plan is made for the next year, a yearly report of the
    last one, everything else of the quarter whose turn it is."""
    on = today(request)
    period = period_to_run(procedure=procedure, on=on)
    plan = plans_a_year(version=version)
    of_year = covers_a_year(version=version) or evaluates_a_year(version=version)
    year = on.year + 1 if plan else on.year - 1 if of_year else period.year
    letters = with_named(request, procedure, agenda(authority=acting_in(request, procedure.unit), limit=20))
    named = next((one for one in letters if str(one.uid) == request.GET.get("surat", "")), None)
    initial = {"year": year, "quarter": period.number, "letter": named, DAY_OF_ARRIVAL: on}
    given: dict[str, Any] = {
        "years": (on.year + 1, on.year, on.year - 1),
        "letters": letters,
        "led_to": runs_of_letters(letter_ids=[one.pk for one in letters]),
        "on": on,
        "needs_letter": graph_of(version).needs_letter,
        "of_year": of_year,
    }
    if request.method != "POST":
        return StartForm(initial=initial, **given)
    uid = uid_of(request.POST.get("file_simpan", "")) or NIL
    kept = file_given_by(unit=procedure.unit, uid=uid, authority=acting_in(request, procedure.unit))
    return StartForm(request.POST, request.FILES, kept=kept, **given)


def with_named(
    request: HttpRequest, procedure: Procedure, letters: list[IncomingLetter]
) -> list[IncomingLetter]:
    """The newest letters, and the one named in the address (`?surat=`) however old it is."""
    named = uid_of(request.GET.get("surat", ""))
    if named is None or any(one.uid == named for one in letters):
        return letters
    rows = letters_open_to(authorities=authorities(request)).filter(unit=procedure.unit)
    return [*rows.filter(uid=named), *letters]


def who_and_when(request: HttpRequest, steps: tuple) -> list[dict[str, object]]:
    """The plan with names: who acts for each position today."""
    ids = {position for step in steps for position in (*step.positions, *step.participants)}
    positions = Position.objects.in_bulk(ids)
    holders = holders_of(position_ids=ids, on=today(request))
    return [
        {
            "step": step,
            "who": [
                (positions[key].short_title, ", ".join(one.label for one in holders[key]))
                for key in step.positions
            ],
        }
        for step in steps
    ]


def choice(request: HttpRequest) -> HttpResponse:
    """The office's SOPs in force."""
    chosen = selection(request)
    if chosen.unit is None:
        raise Http404
    procedures = effective_procedures(office_of(chosen.unit))
    ends = ends_of([one.version for one in procedures])
    latest = latest_runs(procedure_ids=[one.procedure.pk for one in procedures])
    rows = [(one, *ends[one.version.pk], latest.get(one.procedure.pk)) for one in procedures]
    crumbs = (Crumb(CRUMBS[0], reverse("web:kerja")), Crumb(CRUMBS[1]))
    context = {"rows": rows, "unit": chosen.unit}
    return page(request, "web/kerja/pilih.html", context, section="kerja", crumbs=crumbs, selection=chosen)
