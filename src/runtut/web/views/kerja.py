"""Kerja berjalan: the runs of an office and of everything below it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from runtut.cases.queries import running_cases
from runtut.procedures.queries import procedures_within
from runtut.web.frame.addresses import address
from runtut.web.frame.authority import current, moment
from runtut.web.frame.pages import page
from runtut.web.frame.selectors import selection
from runtut.web.showing.queue import waiting_papers
from runtut.web.showing.run_list import (
    STATE_LABELS,
    asked,
    filter_of,
    page_address,
    run_rows,
    trail_of,
    unit_ids,
)
from runtut.web.showing.work_rows import calendar_shown


@require_GET
def kerja(request: HttpRequest) -> HttpResponse:
    """A page of runs, narrowed by the filters of the address, the newest first."""
    chosen, wanted, at = selection(request), asked(request), moment(request)
    units = unit_ids(chosen.unit) if chosen.unit else []
    procedures = procedures_within(units)
    trail = trail_of(request)
    found = running_cases(
        filters=filter_of(wanted, chosen, units, procedures), at=at, after=trail[-1] if trail else None
    )
    calendar = calendar_shown(request, chosen) if found.lines else None
    me = current(request)
    home = chosen.unit.short_name if chosen.unit else ""
    rows = run_rows(found.lines, calendar=calendar, at=at, home=home)
    context = {
        "rows": rows,
        "shows_state": wanted.state != "berjalan" or any(row.badge != "berjalan" for row in rows),
        "asked": wanted,
        "states": STATE_LABELS,
        "procedures": procedures,
        "previous": page_address(request, trail[:-1]) if trail else "",
        "following": page_address(request, [*trail, found.after]) if found.after else "",
        "start": address("web:kerja_mulai") if me and me.position_id else "",
    }
    return page(request, "web/kerja/daftar.html", context, section="kerja", selection=chosen)


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The papers that wait for the reader's paraf or signature, in one column."""
    return page(request, "web/kerja/antrean.html", {"papers": waiting_papers(request)}, section="beranda")
