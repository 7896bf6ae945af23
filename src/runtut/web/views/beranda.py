"""Beranda: what waits for the reader today."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from runtut.cases.queries import PAGE, count_open, inbox, waiting_for_others
from runtut.core.dates import full_day_date
from runtut.core.periods import Quarter
from runtut.performance.queries import summary
from runtut.web.authority import authorities, moment, today
from runtut.web.beranda_words import bars, next_obligation, sentence
from runtut.web.finding import address
from runtut.web.pages import page
from runtut.web.selectors import Selection, selection
from runtut.web.work_rows import Desk, calendar_shown, desk, sops_of, waiting_rows

MOST: Final = 2 * PAGE


@require_GET
def beranda(request: HttpRequest) -> HttpResponse:
    """The steps that wait for the reader, those that wait for others, and the figures of the quarter."""
    chosen = selection(request)
    context = work(request, chosen)
    figures = summary(unit=chosen.unit, quarter=chosen.quarter) if chosen.unit else None
    positions = positions_of(request)
    context |= {
        "day": full_day_date(today(request)),
        "figures": figures,
        "bars": bars(figures) if figures else [],
        "next": next_obligation(figures, context["waiting"], positions, Quarter.of(today(request))),
        "start": address("web:kerja_mulai") if positions else "",
    }
    return page(request, "web/beranda.html", context, section="beranda", selection=chosen)


def positions_of(request: HttpRequest) -> list[int]:
    return [one.position_id for one in authorities(request) if one.position_id]


def work(request: HttpRequest, chosen: Selection) -> dict[str, Any]:
    """The reader's own steps, and those of others in runs that the reader has worked on."""
    at, positions = moment(request), positions_of(request)
    mine = inbox(position_ids=positions, at=at, limit=MOST)
    units = [unit.pk for unit in chosen.units]
    others = waiting_for_others(position_ids=positions, unit_ids=units, at=at)
    lines = (*mine.lines, *others.lines)
    calendar = calendar_shown(request, chosen) if lines else None
    if calendar is None:
        nothing = Desk((), (), ())
        return {"desk": nothing, "waiting": [], "sentence": sentence(nothing), "total": 0, "most": MOST}
    sops = sops_of({line.procedure_version_id for line in lines})
    shown = desk(mine.lines, sops, calendar=calendar, at=at, several=len(positions) > 1)
    return {
        "desk": shown,
        "waiting": waiting_rows(others.lines, sops, calendar=calendar, at=at),
        "sentence": sentence(shown),
        "total": count_open(position_ids=positions, at=at)[0] if mine.after else 0,
        "most": MOST,
    }
