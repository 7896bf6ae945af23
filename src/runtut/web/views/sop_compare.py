"""Two versions of an SOP beside each other, and what changed between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from runtut.procedures.graph import StepPair, field_words
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import comparison_of
from runtut.web.frame.crumbs import sop_crumbs
from runtut.web.frame.pages import Crumb, page
from runtut.web.showing.sop_view import versions_of
from runtut.web.views.sop import address, find_procedure

SHOWN = ("performers", "time", "requirements", "outputs", "return_to")


@dataclass(frozen=True)
class PairRow:
    """Two steps side by side; `lines` are (before, after, differs) of what is shown of them."""

    pair: StepPair

    @property
    def lines(self) -> list[tuple[str, str, bool]]:
        old, new = self.pair.older, self.pair.newer
        words = [
            (field_words(old, name) if old else "", field_words(new, name) if new else "") for name in SHOWN
        ]
        return [(before, after, before != after) for before, after in words if before or after]


def picked(versions: list[ProcedureVersion], text: str, otherwise: ProcedureVersion) -> ProcedureVersion:
    return next((one for one in versions if str(one.number) == text), otherwise)


@require_GET
def compare(request: HttpRequest, uid: UUID) -> HttpResponse:
    """`?dari=1&ke=2`: the older and the newer; without them, the last two."""
    procedure = find_procedure(request, uid)
    versions = versions_of(procedure)
    newer = picked(versions, request.GET.get("ke", ""), versions[0])
    before = next((one for one in versions if one.number < newer.number), versions[-1])
    older = picked(versions, request.GET.get("dari", ""), before)
    found = comparison_of(older, newer)
    context: dict[str, Any] = {
        "procedure": procedure,
        "versions": list(reversed(versions)),
        "older": older,
        "newer": newer,
        "comparison": found,
        "pairs": [PairRow(pair) for pair in found.steps],
    }
    crumbs = sop_crumbs(
        Crumb(procedure.title, address(procedure)),
        Crumb("Bandingkan versi"),
    )
    return page(request, "web/sop/banding.html", context, section="sop", crumbs=crumbs)
