"""Examining a quarter's figures: somebody else verifies each handed-over figure or gives it back; the head
approves them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from runtut.core.errors import DomainError
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.performance.actions import approve_realisations, return_realisations, verify_realisations
from runtut.performance.enums import RealisationState
from runtut.performance.formulas import early_warning
from runtut.performance.queries import (
    GridRow,
    OwnerStatus,
    awaits_approval,
    grid,
    owner_statuses,
    period_lock,
)
from runtut.performance.rules import can_approve, can_review, is_anothers
from runtut.web.frame.authority import acting_in, authorities, moment, today
from runtut.web.frame.errors import refusal_of
from runtut.web.frame.pages import Crumb, done, page
from runtut.web.frame.parsing import whole_number
from runtut.web.frame.selectors import Selection, selection
from runtut.web.views.kinerja import chosen_office

RETURN: Final = "kembalikan"
APPROVE: Final = "setujui"


@dataclass(frozen=True)
class ExaminedRow:
    """A figure as it is examined. `can_choose`: it was handed over, and the reader may judge it. `is_ticked`:
    it was chosen to be given back when that was refused."""

    row: GridRow
    can_choose: bool
    is_ticked: bool = False

    @property
    def key(self) -> str:
        return str(self.row.indicator.uid)

    @property
    def badge(self) -> str:
        state = self.row.state
        return "menunggu" if state == RealisationState.SUBMITTED else state.value


@dataclass(frozen=True)
class ExaminedOwner:
    """An owner with the quarter's figures. `reason` is what was typed when a return was refused, `field` what
    the refusal is about: "indicators", "reason", or neither."""

    owner: OwnerStatus
    rows: tuple[ExaminedRow, ...]
    reason: str = ""
    problem: str = ""
    field: str = ""

    @property
    def chosen(self) -> tuple[ExaminedRow, ...]:
        return tuple(one for one in self.rows if one.can_choose)

    @property
    def unverified(self) -> tuple[ExaminedRow, ...]:
        return tuple(one for one in self.chosen if not one.row.is_verified)


@require_http_methods(["GET", "HEAD", "POST"])
def examine(request: HttpRequest) -> HttpResponse:
    """The figures handed over for the chosen quarter, by owner; POST verifies, gives back, or approves."""
    chosen = selection(request)
    office = chosen_office(chosen)
    rows = grid(unit=office, quarter=chosen.quarter)
    owners = owner_statuses(rows=rows, quarter=chosen.quarter, on=today(request))
    refusal = None
    if request.method == "POST":
        refusal = refusal_of(act(request, office, chosen, rows, owners))
        if refusal is None:
            return done(request, told(request, chosen), f"{request.path}?{chosen.query}")
    return shown(request, office, chosen, rows, owners, refusal)


def act(
    request: HttpRequest,
    office: OrganisationUnit,
    chosen: Selection,
    rows: list[GridRow],
    owners: list[OwnerStatus],
) -> Callable[[], Any]:
    """The one domain call that the pressed button stands for."""
    pressed = request.POST.get("kerjakan", "")
    may = can_approve if pressed == APPROVE else can_review
    fitting = next((one for one in authorities(request) if may(one, office)), None)
    given: dict[str, Any] = {
        "unit": office,
        "quarter": chosen.quarter,
        "authority": fitting or acting_in(request, office),
        "at": moment(request),
    }
    if pressed == APPROVE:
        return lambda: approve_realisations(**given)
    owner = next((one for one in owners if str(one.position.uid) == request.POST.get("pemilik")), None)
    if owner is None:
        raise Http404
    wanted = set(request.POST.getlist("indikator"))
    given["indicators"] = [
        row.indicator
        for row in rows
        if row.indicator.owner_id == owner.position.pk and str(row.indicator.uid) in wanted
    ]
    if pressed == RETURN:
        return lambda: return_realisations(reason=request.POST.get("alasan", ""), **given)
    seen = {
        one.pk: version
        for one in given["indicators"]
        if (version := whole_number(request.POST.get(f"versi-{one.uid}", ""), None)) is not None
    }
    return lambda: verify_realisations(owner=owner.position, seen=seen, **given)


def told(request: HttpRequest, chosen: Selection) -> str:
    """What the press has done."""
    pressed, period = request.POST.get("kerjakan", ""), chosen.quarter.label
    if pressed == APPROVE:
        return f"Realisasi {period} disetujui."
    if pressed == RETURN:
        return "Dikembalikan. Pemiliknya diberi tahu, beserta alasan Anda."
    return f"Diverifikasi: angka {period} sesuai dengan buktinya."


def shown(
    request: HttpRequest,
    office: OrganisationUnit,
    chosen: Selection,
    rows: list[GridRow],
    owners: list[OwnerStatus],
    refusal: DomainError | None,
) -> HttpResponse:
    back = f"{reverse('web:kinerja')}?{chosen.query}"
    mine = [one for one in authorities(request) if can_review(one, office)]
    lock = period_lock(unit=office, quarter=chosen.quarter)
    judged = [] if lock else mine
    lines = [line_of(one, rows, judged, request, refusal) for one in owners]
    at_line = any(line.problem for line in lines)
    context = {
        "office": office,
        "quarter": chosen.quarter,
        "lines": lines,
        "problems": [(refusal.sentence, "")] if refusal and not at_line else [],
        "reviews": bool(mine),
        "early": "" if lock else early_warning(chosen.quarter, today(request)),
        "is_locked": lock is not None,
        "may_approve": not lock and awaits_approval(rows) and any(can_approve(one, office) for one in mine),
        "tab": "realisasi",
    }
    return page(
        request,
        "web/kinerja/periksa.html",
        context,
        section="kinerja",
        crumbs=(Crumb("Kinerja", back), Crumb(f"Periksa {chosen.quarter.label}")),
        selection=chosen,
        status=refusal.status if refusal else 200,
    )


def line_of(
    owner: OwnerStatus,
    rows: list[GridRow],
    judged: list[Authority],
    request: HttpRequest,
    refusal: DomainError | None,
) -> ExaminedOwner:
    """An owner's figures, with the refusal of a press on its form."""
    own = [row for row in rows if row.is_due and row.indicator.owner_id == owner.position.pk]
    pressed = refusal is not None and request.POST.get("pemilik") == str(owner.position.uid)
    returns = pressed and request.POST.get("kerjakan") == RETURN
    ticked = set(request.POST.getlist("indikator")) if returns else set()
    return ExaminedOwner(
        owner=owner,
        rows=tuple(ExaminedRow(row, may_judge(row, judged), str(row.indicator.uid) in ticked) for row in own),
        reason=request.POST.get("alasan", "") if pressed else "",
        problem=refusal.sentence if refusal and pressed else "",
        field=(refusal.field or "") if refusal and pressed else "",
    )


def may_judge(row: GridRow, judged: list[Authority]) -> bool:
    """Whether the reader may verify or give back a figure: it was handed over by somebody else."""
    realisation = row.realisation
    if realisation is None or not row.is_handed_over:
        return False
    realisation.indicator = row.indicator
    return bool(judged) and all(is_anothers(one, realisation) for one in judged)
