"""Cari: one question over runs, letters, documents, SOPs, people and indicators."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from runtut.web.frame.authority import authorities, today
from runtut.web.frame.pages import page
from runtut.web.frame.paging import page_start, window
from runtut.web.frame.parsing import whole_number
from runtut.web.frame.selectors import FIRST_YEAR
from runtut.web.showing.finding import KINDS, LONGEST, PAGE, SHORTEST, Asked, found_groups, found_page


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """The first answers of every kind, or all of one kind."""
    asked = question(request)
    context: dict[str, Any] = {
        "asked": asked,
        "kinds": KINDS,
        "years": range(today(request).year, FIRST_YEAR - 1, -1),
        "shortest": SHORTEST,
    }
    if asked.wanted:
        context |= found(request, asked)
    return page(request, "web/cari.html", context, section="cari")


def question(request: HttpRequest) -> Asked:
    kind = request.GET.get("jenis", "")
    year = whole_number(request.GET.get("tahun", ""), 0, FIRST_YEAR, today(request).year)
    return Asked(
        text=" ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST],
        kind=next((one for one in KINDS if one.key == kind), None),
        year=year or None,
    )


def found(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    mine, on = authorities(request), today(request)
    if asked.kind is None:
        return {"groups": found_groups(asked, mine, on)}
    start = page_start(request)
    hits = found_page(asked, mine, on, start)
    return {"window": window(request, hits, start, PAGE)}
