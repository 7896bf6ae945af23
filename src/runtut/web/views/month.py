"""Kalender tugas: a month of the reader's duties."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from runtut.core.periods import Quarter
from runtut.performance.queries import summary
from runtut.web.frame.authority import authorities, moment, today
from runtut.web.frame.pages import page
from runtut.web.frame.selectors import home_of, selection
from runtut.web.showing.month import Reader, following, month_named, month_of, previous
from runtut.web.showing.work_rows import calendar_shown


@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """A month as the address names it, the present one otherwise."""
    chosen, on = selection(request), today(request)
    unit = home_of(request, chosen.units)
    reader = Reader(
        authorities=authorities(request),
        unit=unit,
        unit_ids=[one.pk for one in chosen.units],
        calendar=calendar_shown(request, chosen),
        figures=summary(unit=unit, quarter=Quarter.of(on)) if unit else None,
    )
    first = month_named(request.GET.get("bulan", ""), on)
    context = {
        "month": month_of(reader, first, moment(request)),
        "unit": unit,
        "before": previous(first),
        "after": following(first),
        "is_present": first == on.replace(day=1),
    }
    return page(request, "web/kalender_tugas.html", context, section="beranda")
