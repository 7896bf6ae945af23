"""One search box over SOPs, letters, people and indicators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from runtut.web.authority import authorities
from runtut.web.finding import SHORTEST, find
from runtut.web.pages import page


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Cari: everything one may see that contains the words."""
    words = " ".join(request.GET.get("q", "").split())[:80]
    groups = find(words, authorities(request)) if len(words) >= SHORTEST else []
    context = {"words": words, "groups": groups, "too_short": 0 < len(words) < SHORTEST, "shortest": SHORTEST}
    return page(request, "web/cari.html", context, section="cari")
