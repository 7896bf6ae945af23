"""Indicators: what they mean, and the Renstra's targets with their versions."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from runtut.performance import actions
from runtut.performance.models import Indicator
from runtut.performance.queries import indicator_by_uid, target_versions, targets_in_force
from runtut.web.forms.plans import IndicatorForm
from runtut.web.frame.pages import Crumb, FormText, form_page, page, posted
from runtut.web.views.kinerja import plans_for
from runtut.web.views.renstra import (
    SECTION,
    back_to,
    common,
    crumbs,
    ensure_visible,
    find_objective,
)


def find_indicator(request: HttpRequest, uid: UUID) -> Indicator:
    found = indicator_by_uid(uid)
    if found is None:
        raise Http404
    ensure_visible(request, found.unit)
    return found


@require_safe
def shown(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One indicator: its meaning, and every version of its Renstra targets."""
    found = find_indicator(request, uid)
    objective = found.objective
    years = range(objective.valid_from_year, objective.valid_until_year + 1)
    in_force = targets_in_force([found.pk])
    context = {
        "indicator": found,
        "years": [(year, in_force.get((found.pk, year))) for year in years],
        "versions": target_versions(indicator=found),
        "may_plan": plans_for(request, found.unit),
        "tab": "renstra",
    }
    trail = crumbs(Crumb(found.short_name))
    return page(request, "web/kinerja/indikator.html", context, section=SECTION, crumbs=trail)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new indicator of an objective."""
    objective = find_objective(request, uid)
    given = common(request, objective.unit)
    renstra = back_to(request, objective.unit, objective.valid_from_year, objective.valid_until_year)
    return form_page(
        request,
        form=IndicatorForm(posted(request), office=objective.unit),
        act=lambda data: actions.add_indicator(objective=objective, facts=IndicatorForm.facts(data), **given),
        words=FormText(
            "Tambah indikator",
            "Tambah indikator",
            "Indikator ditambahkan. Isi kondisi awal dan target tiap tahunnya di tabel.",
            sentence=f"Sasaran {objective.sequence}. {objective.text}",
        ),
        back=f"{renstra}#s-{objective.uid}",
        section=SECTION,
        crumbs=crumbs(),
    )


def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change an indicator."""
    found = find_indicator(request, uid)
    given = common(request, found.unit)
    return form_page(
        request,
        form=IndicatorForm(posted(request), office=found.unit, initial=IndicatorForm.initial_of(found)),
        act=lambda data: actions.change_indicator(indicator=found, facts=IndicatorForm.facts(data), **given),
        words=FormText("Ubah indikator", "Simpan indikator", "Indikator diubah."),
        back=reverse("web:indikator", args=[uid]),
        section=SECTION,
        crumbs=crumbs(Crumb(found.short_name, reverse("web:indikator", args=[uid]))),
    )
