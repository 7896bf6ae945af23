"""The lock of a quarter: its reason, who may open it, and locking it again afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from runtut.core.dates import long_date
from runtut.organisations.models import OrganisationUnit
from runtut.performance.actions import lock_period, unlock_period
from runtut.performance.errors import PeriodIsNotLocked
from runtut.performance.models import PeriodLock
from runtut.performance.queries import last_opening, lock_notice, period_lock
from runtut.performance.rules import can_review, can_unlock
from runtut.web.forms.base import PageForm
from runtut.web.forms.figures import LockAgainForm, OpeningForm
from runtut.web.frame.authority import acting_in, authorities, moment, today
from runtut.web.frame.errors import succeeds
from runtut.web.frame.pages import Crumb, done, page, posted
from runtut.web.frame.selectors import Selection, selection
from runtut.web.views.kinerja import chosen_office


@require_http_methods(["GET", "HEAD", "POST"])
def locking(request: HttpRequest) -> HttpResponse:
    """What stands of the quarter's lock; POST opens it with a reason, or locks it again."""
    chosen = selection(request)
    office = chosen_office(chosen)
    lock = period_lock(unit=office, quarter=chosen.quarter)
    opened = last_opening(unit=office, quarter=chosen.quarter)
    if request.method == "POST" and not (lock or opened):
        raise PeriodIsNotLocked(period=chosen.quarter.label, unit=office.short_name)
    form = OpeningForm(posted(request)) if lock else LockAgainForm(posted(request), initial=again(opened))
    if form.is_valid() and succeeds(form, act(request, form, chosen, office, lock)):
        told = "dibuka. Angkanya kembali kepada pemiliknya." if lock else "dikunci lagi."
        return done(request, f"{chosen.quarter.label} {told}", f"{reverse('web:kinerja')}?{chosen.query}")
    return shown(request, chosen, office, form=form, lock=lock, opened=opened)


def act(
    request: HttpRequest,
    form: PageForm,
    chosen: Selection,
    office: OrganisationUnit,
    lock: PeriodLock | None,
) -> Callable[[], Any]:
    """The one domain call: open what is locked, lock what was opened."""
    given = {
        "unit": office,
        "quarter": chosen.quarter,
        "authority": fitting(request, office, lock),
        "at": moment(request),
    }
    if lock:
        return lambda: unlock_period(reason=form.cleaned_data["reason"], **given)
    return lambda: lock_period(rule=form.cleaned_data["rule"], **given)


def fitting(request: HttpRequest, office: OrganisationUnit, lock: PeriodLock | None) -> Any:
    """The authority that may, if the reader has one; else any, whom the action refuses."""
    allowed = [one for one in authorities(request) if may(one, office, lock)]
    return next(iter(allowed), None) or acting_in(request, office)


def may(authority: Any, office: OrganisationUnit, lock: PeriodLock | None) -> bool:
    return can_unlock(authority, lock) if lock else can_review(authority, office)


def again(opened: PeriodLock | None) -> dict[str, str]:
    """The rule proposed for locking again."""
    if opened is None or opened.opened_at is None:
        return {}
    day = long_date(opened.unit.local_date(opened.opened_at))
    return {"rule": f"{opened.rule}, dikunci lagi setelah dibuka {day}"[:200]}


def shown(
    request: HttpRequest,
    chosen: Selection,
    office: OrganisationUnit,
    *,
    form: PageForm,
    lock: PeriodLock | None,
    opened: PeriodLock | None,
) -> HttpResponse:
    back = f"{reverse('web:kinerja')}?{chosen.query}"
    context = {
        "office": office,
        "quarter": chosen.quarter,
        "form": form,
        "lock": lock and lock_notice(lock=lock, on=today(request)),
        "locked_in": lock and lock.locked_in,
        "opened": opened,
        "may": any(may(one, office, lock) for one in authorities(request)),
        "back": back,
        "tab": "realisasi",
    }
    return page(
        request,
        "web/kinerja/kunci.html",
        context,
        section="kinerja",
        crumbs=(Crumb("Kinerja", back), Crumb(f"Kunci {chosen.quarter.label}")),
        selection=chosen,
        status=422 if form.errors else 200,
    )
