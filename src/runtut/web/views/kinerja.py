"""Kinerja: the quarter of an office in the official table; owners type their figures into it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import office_of
from runtut.organisations.rules import can_see_unit
from runtut.performance.actions import remove_evidence
from runtut.performance.formulas import early_warning
from runtut.performance.models import Evidence, PeriodLock
from runtut.performance.queries import (
    GridRow,
    form_note,
    grid,
    last_opening,
    lock_notice,
    period_lock,
    renstra_gap,
    summarise,
)
from runtut.performance.rules import can_enter, can_plan, can_unlock
from runtut.web.forms.entries import Entry, entries_of, grouped, save_entries
from runtut.web.frame.authority import authorities, moment, today
from runtut.web.frame.pages import Crumb, done, page, posted
from runtut.web.frame.safe_return import way_back
from runtut.web.frame.selectors import Selection, selection
from runtut.web.showing.owing import (
    OwnerLine,
    hand_over_figures,
    own_tasks,
    owner_lines,
    position_asked,
    tasks_of_quarter,
)
from runtut.web.showing.saving import saved_in_passing


def chosen_office(chosen: Selection) -> OrganisationUnit:
    """The office of the selected unit; a seksi or kelurahan is measured with its office."""
    if chosen.unit is None:
        raise Http404
    return office_of(chosen.unit)


def plans_for(request: HttpRequest, office: OrganisationUnit) -> bool:
    """Whether the reader writes the plans of an office."""
    return any(can_plan(one, office) for one in authorities(request))


def enters_for(request: HttpRequest) -> Callable[[GridRow], Authority | None]:
    """Return what tells in which position the reader may fill a row."""
    mine = authorities(request)
    return lambda row: next((one for one in mine if can_enter(one, row.indicator)), None)


def entries_on(request: HttpRequest, rows: list[GridRow]) -> list[Entry]:
    return entries_of(rows, enters_for(request), posted(request))


@require_http_methods(["GET", "HEAD", "POST"])
def kinerja(request: HttpRequest) -> HttpResponse:
    """The grid of a quarter; POST saves what was typed, row by row."""
    chosen = selection(request)
    office = chosen_office(chosen)
    rows = partial(grid, unit=office, quarter=chosen.quarter)
    entries = entries_on(request, rows())
    tasks = tasks_of_quarter(office, chosen.quarter)
    lines = owner_lines(request, office, chosen.quarter, tasks)
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        saved = save_entries(entries, request.FILES, moment(request), rows)
        if "otomatis" in request.POST:
            return saved_in_passing(request, entries)
        handed = position_asked(lines, request.POST.get("ajukan", ""))
        problems = [problem for entry in entries for problem in entry.problems]
        if saved and handed:
            problems = hand_over_figures(request, handed, office, chosen.quarter)
        if not problems:
            return done(request, told(handed, chosen), f"{request.path}?{chosen.query}")
    lock = period_lock(unit=office, quarter=chosen.quarter)
    context = {
        "office": office,
        "quarter": chosen.quarter,
        "groups": grouped(entries),
        "problems": problems,
        "can_save": any(entry.editable for entry in entries) and not lock,
        "lock": lock and lock_notice(lock=lock, on=today(request)),
        "may_open": may_open(request, lock),
        "opened": None if lock else last_opening(unit=office, quarter=chosen.quarter),
        "notes": sorted({form_note(case) for case in {task.case for task in tasks}} - {""}),
        "early": "" if lock else early_warning(chosen.quarter, today(request)),
        "gap": renstra_gap(unit=office, year=chosen.year, on=today(request)),
        "may_plan": plans_for(request, office),
        "summary": summarise([entry.row for entry in entries], chosen.quarter),
        "lines": lines,
        "owing": any(not line.owner.is_complete for line in lines),
        "open_lines": [] if lock else [line for line in lines if line.can_hand_over],
        "own_tasks": own_tasks(request, tasks),
        "run_lines": [line for line in lines if line.authority and line.task_url],
    }
    crumbs = (Crumb("Kinerja", reverse("web:kinerja")), Crumb(office.short_name), Crumb(chosen.quarter.label))
    status = 422 if context["problems"] else 200
    return page(
        request,
        "web/kinerja.html",
        context,
        section="kinerja",
        crumbs=crumbs,
        selection=chosen,
        status=status,
    )


def may_open(request: HttpRequest, lock: PeriodLock | None) -> bool:
    return lock is not None and any(can_unlock(one, lock) for one in authorities(request))


def told(handed: OwnerLine | None, chosen: Selection) -> str:
    """What happened, and what comes next."""
    if handed is None:
        return "Tersimpan. Isian belum diajukan."
    what = f"Realisasi {chosen.quarter.label} {handed.owner.position.short_title}"
    return f"{what} diajukan. Berikutnya angkanya diukur; angka hanya berubah bila dikembalikan."


@require_POST
def drop_evidence(request: HttpRequest, uid: str) -> HttpResponse:
    """Take a file off a figure and go back to where it was shown."""
    evidence = get_object_or_404(
        Evidence.objects.select_related(
            "file", "realisation__indicator__unit", "realisation__indicator__owner"
        ),
        uid=uid,
    )
    indicator = evidence.realisation.indicator
    mine = [one for one in authorities(request) if can_see_unit(one, indicator.unit)]
    if not mine:
        raise Http404
    authority = next((one for one in mine if can_enter(one, indicator)), mine[0])
    remove_evidence(evidence=evidence, authority=authority, at=moment(request))
    return redirect(way_back(request, reverse("web:kinerja")))
