"""Laporan: which office stands where with which SOP."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from runtut.organisations.models import OrganisationUnit
from runtut.performance.queries import unit_sums
from runtut.reports.queries import office_matrix
from runtut.web.frame.authority import moment
from runtut.web.frame.pages import page
from runtut.web.frame.selectors import Selection, selection
from runtut.web.showing.standing import standing_rows


@require_GET
def monitoring(request: HttpRequest) -> HttpResponse:
    """The chosen office and all below it against their SOPs, for the chosen quarter, with what each has
    achieved up to it. Whoever looks after others and has no SOP at home begins with all of them."""
    chosen, at = selection(request), moment(request)
    matrix = office_matrix(units=chosen_offices(chosen), quarter=chosen.quarter, at=at)
    sums = unit_sums(units=[row.unit for row in matrix.rows], quarter=chosen.quarter)
    above = next((unit for unit in chosen.units[:1] if unit != chosen.unit), None)
    if above and not matrix.rows and "unit" not in request.GET:
        return redirect(f"{request.path}?unit={above.uid}&tahun={chosen.year}&tw={chosen.quarter.number}")
    context = {"matrix": matrix, "rows": standing_rows(matrix, sums), "above": above}
    return page(request, "web/laporan/pemantauan.html", context, section="laporan", selection=chosen)


def chosen_offices(chosen: Selection) -> list[OrganisationUnit]:
    """Of the offices that the person may see, those at or below the chosen one."""
    if chosen.unit is None:
        return []
    return [unit for unit in chosen.units if unit.path.startswith(chosen.unit.path)]
