"""Pengaturan: who holds a position, and for how long."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from runtut.organisations.actions import (
    appoint,
    end_appointment,
    end_mandate,
    extend_mandate,
    give_mandate,
    withdraw_appointment,
    withdraw_mandate,
)
from runtut.organisations.models import Appointment, Authority, Mandate
from runtut.organisations.rules import can_administer
from runtut.web.forms.base import day_after
from runtut.web.forms.people import AppointForm, ExtendForm, MandateForm
from runtut.web.forms.settings import LastDayForm, NoForm
from runtut.web.frame.authority import ensure_administration, moment, today
from runtut.web.frame.pages import FormText, form_page, posted
from runtut.web.views.settings.common import SECTION, find_position, position_crumbs

MANDATE_BINDS = "Selama mandat berlaku, hanya pemegang mandat yang bertindak untuk jabatan ini."


def appointment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Appoint a person to a position; `?orang=` names the person."""
    authority, found = find_position(request, uid)
    initial = {"valid_from": today(request), "username": request.GET.get("orang", "")}
    form = AppointForm(posted(request), region=found.region, initial=initial)
    return form_page(
        request,
        form=form,
        act=lambda data: appoint(position=found, **form.arguments(), authority=authority, at=moment(request)),
        words=FormText(f"Angkat pejabat: {found.title}", "Angkat", "Pengangkatan dicatat."),
        back=reverse("web:jabatan", args=[uid]),
        section=SECTION,
        crumbs=position_crumbs(found),
    )


def mandate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a person act for a position."""
    authority, found = find_position(request, uid)
    form = MandateForm(posted(request), region=found.region, initial={"valid_from": today(request)})
    return form_page(
        request,
        form=form,
        act=lambda data: give_mandate(
            position=found, **form.arguments(), authority=authority, at=moment(request)
        ),
        words=FormText(f"Tunjuk Plt. atau Plh. {found.title}", "Tunjuk", "Mandat dicatat.", MANDATE_BINDS),
        back=reverse("web:jabatan", args=[uid]),
        section=SECTION,
        crumbs=position_crumbs(found),
    )


def find_term(
    request: HttpRequest, model: type[Appointment] | type[Mandate], uid: UUID
) -> tuple[Authority, Any]:
    """The administrator's authority and a dated row of a position of theirs; 404 for any other."""
    authority = ensure_administration(request)
    found = model._default_manager.select_related("position__unit", "user").filter(uid=uid).first()
    if found is None or not can_administer(authority, found.position.unit):
        raise Http404
    return authority, found


def end(request: HttpRequest, uid: UUID, *, kind: str) -> HttpResponse:
    """End an appointment or a mandate; one that has not begun is withdrawn."""
    authority, found = find_term(request, Mandate if kind == "mandat" else Appointment, uid)
    pending = found.valid_from > today(request)
    filled = posted(request)
    return form_page(
        request,
        form=NoForm(filled) if pending else LastDayForm(filled, initial={"last_day": today(request)}),
        act=lambda data: finish(found, data.get("last_day"), authority=authority, at=moment(request)),
        words=end_words(found, kind, pending),
        back=reverse("web:jabatan", args=[found.position.uid]),
        section=SECTION,
        crumbs=position_crumbs(found.position),
    )


def finish(
    found: Appointment | Mandate, last_day: date | None, *, authority: Authority, at: datetime
) -> None:
    """The one domain call: withdraw without a last day, else end after it."""
    if isinstance(found, Mandate) and last_day:
        end_mandate(mandate=found, valid_until=day_after(last_day), authority=authority, at=at)
    elif isinstance(found, Mandate):
        withdraw_mandate(mandate=found, authority=authority, at=at)
    elif last_day:
        end_appointment(appointment=found, valid_until=day_after(last_day), authority=authority, at=at)
    else:
        withdraw_appointment(appointment=found, authority=authority, at=at)


def end_words(found: Any, kind: str, pending: bool) -> FormText:
    what = found.get_kind_display() if kind == "mandat" else "pengangkatan"
    name, title = found.user.display_name, found.position.title
    if pending:
        return FormText(
            f"Hapus {what} {name}",
            "Hapus",
            "Dihapus.",
            f"Sebagai {title}; belum mulai berlaku.",
            is_risky=True,
        )
    return FormText(
        f"Akhiri {what} {name}",
        "Akhiri",
        "Tanggal berakhir dicatat.",
        f"Sebagai {title}.",
        ("Sesudah hari itu ia tidak lagi melihat dan mengerjakan tugas jabatan ini.",),
        is_risky=True,
    )


def extend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Extend a Plt. once."""
    authority, found = find_term(request, Mandate, uid)
    form = ExtendForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda data: extend_mandate(
            mandate=found, **form.arguments(), authority=authority, at=moment(request)
        ),
        words=FormText(f"Perpanjang Plt. {found.user.display_name}", "Perpanjang", "Perpanjangan dicatat."),
        back=reverse("web:jabatan", args=[found.position.uid]),
        section=SECTION,
        crumbs=position_crumbs(found.position),
    )
