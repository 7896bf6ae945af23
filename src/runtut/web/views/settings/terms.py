"""Pengaturan: who holds a position, and for how long."""

from __future__ import annotations

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
from runtut.organisations.enums import MandateKind
from runtut.organisations.models import Appointment, Authority, Mandate
from runtut.organisations.rules import can_administer
from runtut.web.authority import ensure_administration, moment, today
from runtut.web.forms.base import until
from runtut.web.forms.people import AppointForm, ExtendForm, MandateForm
from runtut.web.forms.settings import LastDayForm, NoForm
from runtut.web.pages import FormText, form_page
from runtut.web.views.settings.common import SECTION, find_position, position_crumbs


def appointment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Appoint a person to a position."""
    authority, found = find_position(request, uid)
    form = AppointForm(request.POST or None, region=found.region, initial={"valid_from": today(request)})

    def act(data: dict[str, Any]) -> object:
        return appoint(
            user=form.person,
            position=found,
            valid_from=data["valid_from"],
            valid_until=until(data["last_day"]),
            decree=data["decree"],
            authority=authority,
            at=moment(request),
        )

    return form_page(
        request,
        form=form,
        act=act,
        words=FormText(f"Angkat pejabat: {found.title}", "Angkat", "Pengangkatan dicatat."),
        back=reverse("web:jabatan", args=[uid]),
        section=SECTION,
        crumbs=position_crumbs(found),
    )


def mandate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a person act for a position."""
    authority, found = find_position(request, uid)
    form = MandateForm(request.POST or None, region=found.region, initial={"valid_from": today(request)})

    def act(data: dict[str, Any]) -> object:
        return give_mandate(
            kind=MandateKind(data["kind"]),
            user=form.person,
            position=found,
            valid_from=data["valid_from"],
            valid_until=until(data["last_day"]),
            decree=data["decree"],
            authority=authority,
            at=moment(request),
        )

    return form_page(
        request,
        form=form,
        act=act,
        words=FormText(
            f"Tunjuk Plt. atau Plh. {found.title}",
            "Tunjuk",
            "Mandat dicatat.",
            "Selama mandat berlaku, hanya pemegang mandat yang bertindak untuk jabatan ini.",
        ),
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
    form = NoForm(request.POST if request.method == "POST" else None) if pending else LastDayForm(
        request.POST or None, initial={"last_day": today(request)}
    )

    def act(data: dict[str, Any]) -> object:
        shared: dict[str, Any] = {"authority": authority, "at": moment(request)}
        if kind == "mandat":
            shared["mandate"] = found
            return withdraw_mandate(**shared) if pending else end_mandate(
                **shared, valid_until=until(data["last_day"])
            )
        shared["appointment"] = found
        return withdraw_appointment(**shared) if pending else end_appointment(
            **shared, valid_until=until(data["last_day"])
        )

    return form_page(
        request,
        form=form,
        act=act,
        words=end_words(found, kind, pending),
        back=reverse("web:jabatan", args=[found.position.uid]),
        section=SECTION,
        crumbs=position_crumbs(found.position),
    )


def end_words(found: Any, kind: str, pending: bool) -> FormText:
    what = found.get_kind_display() if kind == "mandat" else "pengangkatan"
    name, title = found.user.display_name, found.position.title
    if pending:
        return FormText(
            f"Hapus {what} {name}", "Hapus", "Dihapus.", f"Sebagai {title}; belum mulai berlaku.", is_risky=True
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

    def act(data: dict[str, Any]) -> object:
        return extend_mandate(
            mandate=found,
            valid_until=until(data["last_day"]),
            decree=data["decree"],
            authority=authority,
            at=moment(request),
        )

    return form_page(
        request,
        form=ExtendForm(request.POST or None),
        act=act,
        words=FormText(f"Perpanjang Plt. {found.user.display_name}", "Perpanjang", "Perpanjangan dicatat."),
        back=reverse("web:jabatan", args=[found.position.uid]),
        section=SECTION,
        crumbs=position_crumbs(found.position),
    )
