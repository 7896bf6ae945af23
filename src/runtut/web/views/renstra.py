"""The Renstra of an office: its page, and the forms that write it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from runtut.documents.rendering import render_workbook
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import office_of
from runtut.organisations.rules import can_see_unit
from runtut.performance import actions
from runtut.performance.models import Goal, Objective, Renstra
from runtut.performance.queries import (
    renstra_columns,
    renstra_gap,
    renstra_lines,
    renstra_of,
    renstra_view,
)
from runtut.web.forms.cells import kept_now, refused
from runtut.web.forms.plans import LinesForm, ObjectiveForm, RenstraForm, RenstraTextForm, WordingForm
from runtut.web.forms.renstra_rows import GoalRows, cells_of, renstra_rows, save_renstra
from runtut.web.frame.authority import acting_in, authorities, moment, today
from runtut.web.frame.handing import hand_out
from runtut.web.frame.pages import Crumb, FormText, done, form_page, page, posted
from runtut.web.frame.selectors import Selection, selection
from runtut.web.showing.saving import saved_in_passing
from runtut.web.views.kinerja import chosen_office, plans_for

SECTION = "kinerja"


def ensure_visible(request: HttpRequest, office: OrganisationUnit) -> None:
    """404 for whoever may not see the office, who so does not learn what is there."""
    if not any(can_see_unit(one, office) for one in authorities(request)):
        raise Http404


def crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    return (Crumb("Kinerja", reverse("web:kinerja")), Crumb("Renstra", reverse("web:renstra")), *more)


@require_http_methods(["GET", "HEAD", "POST"])
def renstra(request: HttpRequest) -> HttpResponse:
    """The Renstra that covers the year chosen: goals, objectives, indicators, and the targets of every year
    in one table; POST saves the figures typed, each on its own."""
    chosen = selection(request, by_year=True)
    office = chosen_office(chosen)
    found = renstra_of(unit=office, year=chosen.year)
    if request.method == "POST" and found is not None:
        return saved(request, chosen, found)
    return shown(request, chosen, office, found, renstra_rows(renstra_view(renstra=found)) if found else [])


def saved(request: HttpRequest, chosen: Selection, found: Renstra) -> HttpResponse:
    """Save what was typed; what is refused stays typed."""
    groups = renstra_rows(renstra_view(renstra=found), request.POST)
    clean = save_renstra(groups, reason=request.POST.get("alasan", ""), **common(request, found.unit))
    fresh = renstra_rows(renstra_view(renstra=found))
    if "otomatis" in request.POST:
        return saved_in_passing(
            request, problems=refused(cells_of(groups)), versions=kept_now(cells_of(groups), cells_of(fresh))
        )
    if clean:
        return done(request, "Target Renstra tersimpan.", f"{request.path}?{chosen.query}")
    return shown(request, chosen, found.unit, found, groups)


def shown(
    request: HttpRequest,
    chosen: Selection,
    office: OrganisationUnit,
    found: Renstra | None,
    groups: list[GoalRows],
) -> HttpResponse:
    """The page of a Renstra, or of an office that has none for the year."""
    problems = refused(cells_of(groups))
    context = {
        "office": office,
        "found": found,
        "groups": groups,
        "problems": problems,
        "reason": request.POST.get("alasan", ""),
        "gap": None if found else renstra_gap(unit=office, year=chosen.year, on=today(request)),
        "may_plan": plans_for(request, office),
        "tab": "renstra",
    }
    return page(
        request,
        "web/kinerja/renstra.html",
        context,
        section=SECTION,
        crumbs=(Crumb("Kinerja", reverse("web:kinerja")), Crumb("Renstra"), Crumb(office.short_name)),
        selection=chosen,
        status=422 if problems else 200,
    )


@require_safe
def workbook(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The table of a Renstra for a spreadsheet."""
    found = find_renstra(request, uid)
    view, at = renstra_view(renstra=found), moment(request)
    name = f"Renstra {found.unit.short_name} {found.period}"
    content = render_workbook(
        title=name, sheet="Renstra", columns=renstra_columns(view), rows=renstra_lines(view), at=at
    )
    return hand_out(request, name, "xlsx", content)


def new(request: HttpRequest) -> HttpResponse:
    """A new Renstra for the office chosen."""
    chosen = selection(request, by_year=True)
    office = office_of(chosen.unit) if chosen.unit else None
    if office is None:
        raise Http404
    initial = {
        "title": f"Rencana Strategis {office.name}",
        "first_year": chosen.year,
        "last_year": chosen.year + 4,
    }
    return form_page(
        request,
        form=RenstraForm(posted(request), initial=initial),
        act=lambda data: actions.create_renstra(
            unit=office, **data, authority=acting_in(request, office), at=moment(request)
        ),
        words=FormText(f"Susun Renstra {office.short_name}", "Simpan Renstra", "Renstra disimpan."),
        back=f"{reverse('web:renstra')}?{chosen.query}",
        section=SECTION,
        crumbs=crumbs(),
    )


def find_renstra(request: HttpRequest, uid: UUID) -> Renstra:
    found = get_object_or_404(Renstra.objects.select_related("unit"), uid=uid)
    ensure_visible(request, found.unit)
    return found


def back_to(request: HttpRequest, office: OrganisationUnit, first: int, last: int) -> str:
    """The Renstra of these years, in the year that was chosen before where that is one of them."""
    chosen = selection(request, by_year=True).year
    year = chosen if first <= chosen <= last else first
    return f"{reverse('web:renstra')}?unit={office.uid}&tahun={year}"


@require_http_methods(["GET", "POST"])
def describe(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change title and decree."""
    found = find_renstra(request, uid)
    given = common(request, found.unit)
    return form_page(
        request,
        form=RenstraTextForm(posted(request), initial={"title": found.title, "decree": found.decree}),
        act=lambda data: actions.describe_renstra(renstra=found, **data, **given),
        words=FormText("Ubah judul dan dasar Renstra", "Simpan", "Renstra diubah."),
        back=back_to(request, found.unit, found.first_year, found.last_year),
        section=SECTION,
        crumbs=crumbs(),
    )


def common(request: HttpRequest, office: OrganisationUnit) -> dict[str, Any]:
    return {"authority": acting_in(request, office), "at": moment(request)}


def new_goal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """New goals of a Renstra."""
    found = find_renstra(request, uid)
    given = common(request, found.unit)
    return form_page(
        request,
        form=LinesForm(posted(request), label="Tujuan, satu baris satu tujuan"),
        act=lambda data: actions.add_goals(renstra=found, texts=data["text"], **given),
        words=FormText("Tambah tujuan", "Tambah tujuan", "Tujuan ditambahkan."),
        back=back_to(request, found.unit, found.first_year, found.last_year),
        section=SECTION,
        crumbs=crumbs(),
    )


def find_goal(request: HttpRequest, uid: UUID) -> Goal:
    found = get_object_or_404(Goal.objects.select_related("renstra__unit"), uid=uid)
    ensure_visible(request, found.renstra.unit)
    return found


def goal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the words of a goal."""
    found = find_goal(request, uid)
    office = found.renstra.unit
    given = common(request, office)
    return form_page(
        request,
        form=WordingForm(posted(request), label="Tujuan", initial={"text": found.text}),
        act=lambda data: actions.reword(row=found, **data, **given),
        words=FormText(f"Ubah tujuan {found.sequence}", "Simpan tujuan", "Tujuan diubah."),
        back=back_to(request, office, found.renstra.first_year, found.renstra.last_year),
        section=SECTION,
        crumbs=crumbs(),
    )


def new_objective(request: HttpRequest, uid: UUID) -> HttpResponse:
    """New objectives under a goal."""
    found = find_goal(request, uid)
    office = found.renstra.unit
    given = common(request, office)
    return form_page(
        request,
        form=LinesForm(posted(request), label="Sasaran, satu baris satu sasaran"),
        act=lambda data: actions.add_objectives(goal=found, texts=data["text"], **given),
        words=FormText(
            "Tambah sasaran", "Tambah sasaran", "Sasaran ditambahkan.", sentence=f"Tujuan: {found.text}"
        ),
        back=back_to(request, office, found.renstra.first_year, found.renstra.last_year),
        section=SECTION,
        crumbs=crumbs(),
    )


def find_objective(request: HttpRequest, uid: UUID) -> Objective:
    found = get_object_or_404(Objective.objects.select_related("unit", "goal"), uid=uid)
    ensure_visible(request, found.unit)
    return found


def objective(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the words of an objective, and the goal it serves."""
    found = find_objective(request, uid)
    given = common(request, found.unit)
    return form_page(
        request,
        form=ObjectiveForm(posted(request), objective=found),
        act=lambda data: actions.change_objective(objective=found, **data, **given),
        words=FormText(f"Ubah sasaran {found.sequence}", "Simpan sasaran", "Sasaran diubah."),
        back=back_to(request, found.unit, found.valid_from_year, found.valid_until_year),
        section=SECTION,
        crumbs=crumbs(),
    )
