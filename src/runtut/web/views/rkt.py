"""The RKT of a year: targets per quarter, programmes and activities, beside the Renstra."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from runtut.cases.models import Case
from runtut.core.errors import DomainError
from runtut.organisations.models import OrganisationUnit
from runtut.performance import actions
from runtut.performance.enums import PlanState
from runtut.performance.models import Rkt, RktItem
from runtut.performance.queries import first_locked, renstra_gap, renstra_of, rkt_by_uid, rkt_of, rkt_view
from runtut.web.forms.cells import kept_now, refused
from runtut.web.forms.plans import ItemForm
from runtut.web.forms.rkt_rows import PlanRow, plan_cells, plan_rows, save_rows
from runtut.web.frame.authority import acting_in, moment, today
from runtut.web.frame.errors import refusal_of
from runtut.web.frame.pages import Crumb, FormText, form_page, page, posted
from runtut.web.frame.parsing import uid_of
from runtut.web.frame.selectors import Selection, selection
from runtut.web.showing.saving import saved_in_passing
from runtut.web.views.kinerja import chosen_office, plans_for
from runtut.web.views.renstra import SECTION, common, ensure_visible


@require_http_methods(["GET", "HEAD", "POST"])
def rkt(request: HttpRequest) -> HttpResponse:
    """The plan of the year chosen; POST draws it from the Renstra, or saves the targets typed."""
    chosen = selection(request, by_year=True)
    office = chosen_office(chosen)
    found = rkt_of(unit=office, year=chosen.year)
    if request.method == "POST" and found is None:
        return drawn(request, chosen, office)
    rows = plan_rows(rkt_view(rkt=found), request.POST if request.method == "POST" else None) if found else []
    if request.method == "POST" and found is not None:
        return saved(request, chosen, found, rows)
    return shown(request, chosen, office, found, rows)


def drawn(request: HttpRequest, chosen: Selection, office: OrganisationUnit) -> HttpResponse:
    """Draw the plan from the Renstra."""
    refusal = refusal_of(
        lambda: actions.open_rkt(
            unit=office, year=chosen.year, authority=acting_in(request, office), at=moment(request)
        )
    )
    if refusal:
        return shown(request, chosen, office, None, [], refusal=refusal.sentence, status=refusal.status)
    messages.success(request, f"RKT {chosen.year} disusun dari Renstra. Periksa dan lengkapi.")
    return redirect(request.get_full_path())


def saved(request: HttpRequest, chosen: Selection, found: Rkt, rows: list[PlanRow]) -> HttpResponse:
    """Save the rows that were typed into; what is refused stays typed."""
    try:
        clean = save_rows(rows, found, authority=acting_in(request, found.unit), at=moment(request))
    except DomainError as refusal:
        if refusal.status == 403 or "otomatis" in request.POST:
            raise
        return shown(
            request, chosen, found.unit, found, rows, refusal=refusal.sentence, status=refusal.status
        )
    if "otomatis" in request.POST:
        fresh = plan_rows(rkt_view(rkt=found))
        versions = kept_now(plan_cells(rows), plan_cells(fresh))
        return saved_in_passing(request, problems=refused(plan_cells(rows)), versions=versions)
    if clean:
        messages.success(request, "Target tersimpan.")
        return redirect(request.get_full_path())
    return shown(request, chosen, found.unit, found, rows, status=422)


def shown(
    request: HttpRequest,
    chosen: Selection,
    office: OrganisationUnit,
    found: Rkt | None,
    rows: list[PlanRow],
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    view = rkt_view(rkt=found) if found else None
    may_plan = plans_for(request, office)
    context = {
        "office": office,
        "found": found,
        "view": view,
        "rows": rows,
        "open": bool(found and PlanState(found.state).is_open and may_plan),
        "may_plan": may_plan,
        "renstra": renstra_of(unit=office, year=chosen.year),
        "gap": renstra_gap(unit=office, year=chosen.year, on=today(request)),
        "locked": None if found else first_locked(unit=office, year=chosen.year),
        "case": run_beside(request, office),
        "problems": [
            *refused(plan_cells(rows)),
            *([(refusal, "")] if refusal else ()),
        ],
        "tab": "rkt",
    }
    return page(
        request,
        "web/kinerja/rkt.html",
        context,
        section=SECTION,
        crumbs=(
            Crumb("Kinerja", reverse("web:kinerja")),
            Crumb(f"RKT {chosen.year}"),
            Crumb(office.short_name),
        ),
        selection=chosen,
        status=status,
    )


def run_beside(request: HttpRequest, office: OrganisationUnit) -> Case | None:
    """The run from which the reader came, to go back to."""
    wanted = uid_of(request.GET.get("kerja", ""))
    return Case.objects.filter(unit=office, uid=wanted).first() if wanted else None


def find_rkt(request: HttpRequest, uid: UUID) -> Rkt:
    found = rkt_by_uid(uid)
    if found is None:
        raise Http404
    ensure_visible(request, found.unit)
    return found


def address(request: HttpRequest, found: Rkt) -> str:
    """The page of a plan, with the way back to the run from which the reader came."""
    case = run_beside(request, found.unit)
    beside = f"&kerja={case.uid}" if case else ""
    return f"{reverse('web:rkt')}?unit={found.unit.uid}&tahun={found.year}{beside}"


@require_POST
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back a plan that was handed in, with a reason."""
    found = find_rkt(request, uid)
    actions.reopen_rkt(rkt=found, reason=request.POST.get("alasan", ""), **common(request, found.unit))
    messages.success(request, "RKT ditarik kembali. Perbaiki, lalu ajukan lagi dari langkah kerjanya.")
    return redirect(address(request, found))


@require_http_methods(["GET", "POST"])
def new_item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new programme, activity or sub-activity."""
    found = find_rkt(request, uid)
    given = common(request, found.unit)
    return form_page(
        request,
        form=ItemForm(posted(request), office=found.unit, year=found.year),
        act=lambda data: actions.put_item(rkt=found, facts=ItemForm.facts(data), **given),
        words=FormText("Tambah program atau kegiatan", "Tambah", "Baris ditambahkan."),
        back=address(request, found),
        section=SECTION,
        crumbs=trail(request, found),
    )


def trail(request: HttpRequest, found: Rkt) -> tuple[Crumb, ...]:
    return (Crumb("Kinerja", reverse("web:kinerja")), Crumb(f"RKT {found.year}", address(request, found)))


def find_item(request: HttpRequest, uid: UUID) -> RktItem:
    found = get_object_or_404(
        RktItem.objects.select_related("rkt__unit", "rkt__document", "objective", "owner"), uid=uid
    )
    ensure_visible(request, found.rkt.unit)
    return found


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a programme, activity or sub-activity."""
    found = find_item(request, uid)
    plan = found.rkt
    given = common(request, plan.unit)
    return form_page(
        request,
        form=ItemForm(posted(request), office=plan.unit, year=plan.year, initial=ItemForm.initial_of(found)),
        act=lambda data: actions.put_item(rkt=plan, item=found, facts=ItemForm.facts(data), **given),
        words=FormText(f"Ubah {found.code}", "Simpan", "Baris diubah."),
        back=address(request, plan),
        section=SECTION,
        crumbs=trail(request, plan),
    )


@require_POST
def drop_item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take an item out of the plan."""
    found = find_item(request, uid)
    plan = found.rkt
    actions.remove_item(item=found, **common(request, plan.unit))
    messages.success(request, f"{found.code} dihapus dari RKT.")
    return redirect(address(request, plan))
