"""Anggaran: the money of a quarter beside its performance; two figures, never averaged."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from runtut.performance.queries import budget_view, lock_notice, period_lock, summary
from runtut.web.forms.budget_rows import money_rows, save_money
from runtut.web.frame.authority import authorities, moment, today
from runtut.web.frame.pages import Crumb, page
from runtut.web.frame.selectors import selection
from runtut.web.views.kinerja import chosen_office, may_open


@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: HttpRequest) -> HttpResponse:
    """The budget of the chosen office up to the chosen quarter; POST saves what was typed, row by row."""
    chosen = selection(request)
    office = chosen_office(chosen)
    view = budget_view(unit=office, year=chosen.year, through=chosen.quarter.number)
    typed = request.POST if request.method == "POST" else None
    reached = summary(unit=office, quarter=chosen.quarter)
    rows = money_rows(view, chosen.quarter, authorities(request), typed, reached) if view else []
    if typed is not None and save_money(rows, moment(request)):
        messages.success(request, "Anggaran tersimpan.")
        return redirect(f"{request.path}?{chosen.query}")
    lock = period_lock(unit=office, quarter=chosen.quarter)
    problems = [problem for row in rows for problem in row.problems]
    context = {
        "office": office,
        "quarter": chosen.quarter,
        "view": view,
        "rows": rows,
        "open": not lock,
        "can_save": not lock and any(row.authority for row in rows),
        "lock": lock and lock_notice(lock=lock, on=today(request)),
        "may_open": may_open(request, lock),
        "summary": reached,
        "problems": problems,
        "tab": "anggaran",
    }
    trail = (Crumb("Kinerja", reverse("web:kinerja")), Crumb("Anggaran"), Crumb(chosen.quarter.label))
    return page(
        request,
        "web/kinerja/anggaran.html",
        context,
        section="kinerja",
        crumbs=trail,
        selection=chosen,
        status=422 if problems else 200,
    )
