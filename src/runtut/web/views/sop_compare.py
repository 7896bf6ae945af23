"""Two versions of an SOP beside each other, and what changed between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from runtut.procedures.graph import STEP_FIELDS, StepPair, field_words
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import comparison_of
from runtut.web.frame.crumbs import sop_crumbs
from runtut.web.frame.pages import Crumb, page
from runtut.web.showing.sop_view import versions_of
from runtut.web.views.sop import address, find_procedure

SHOWN = ("performers", "kind", "requirements", "time", "outputs", "return_to", "note", "calls")


@dataclass(frozen=True)
class Line:
    """One field of a step as it was and as it is."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class PairRow:
    """Two steps side by side."""

    pair: StepPair

    @property
    def activity(self) -> Line:
        return self.line("activity")

    @property
    def lines(self) -> list[Line]:
        lines = [self.line(name) for name in SHOWN]
        return [line for line in lines if line.before or line.after]

    def line(self, name: str) -> Line:
        old, new = self.pair.older, self.pair.newer
        before, after = (field_words(one, name) if one else "" for one in (old, new))
        return Line(STEP_FIELDS[name], before, after)


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
        "back": address(procedure),
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
