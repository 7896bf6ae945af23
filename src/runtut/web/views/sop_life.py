"""What is done with an SOP: bound, sent to review, ratified, put in force, drafted anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from runtut.organisations.models import Position
from runtut.organisations.queries import positions_in
from runtut.procedures.actions import (
    accept_suggested_bindings,
    bind_performer,
    draft_next_version,
    make_effective,
    ratify,
    reopen_draft,
    submit_for_review,
)
from runtut.procedures.models import Performer, Procedure
from runtut.procedures.queries import bound_positions, suggest_bindings
from runtut.web.forms.sop import BindingForm, RatifyForm, SendBackForm, SopForm
from runtut.web.frame.authority import acting_in, moment
from runtut.web.frame.crumbs import sop_crumbs
from runtut.web.frame.errors import succeeds
from runtut.web.frame.pages import Crumb, FormText, form_page, posted
from runtut.web.showing.sop_view import managing, may_ratify, render_sop, version_in_making
from runtut.web.views.sop import address, find_procedure


@require_http_methods(["GET", "POST"])
def bind(request: HttpRequest, uid: UUID, version: int, sequence: int) -> HttpResponse:
    """Which positions stand for a performer."""
    procedure = find_procedure(request, uid)
    performer = find_performer(procedure, version, sequence)
    authority = managing(request, procedure.unit)
    form = BindingForm(
        posted(request),
        office=list(positions_in(unit=procedure.unit)),
        initial={"positions": [position.pk for position in proposed(performer)]},
    )
    return form_page(
        request,
        form=form,
        act=lambda data: bind_performer(
            performer=performer, positions=form.chosen(), authority=authority, at=moment(request)
        ),
        words=bind_words(performer, procedure),
        back=f"{address(procedure)}?versi={version}",
        section="sop",
        crumbs=sop_crumbs(Crumb(procedure.title, address(procedure))),
    )


def find_performer(procedure: Procedure, number: int, sequence: int) -> Performer:
    """A performer of a version; 404 when there is none."""
    rows = Performer.objects.select_related("version__procedure__unit")
    found = rows.filter(version__procedure=procedure, version__number=number, sequence=sequence).first()
    if found is None:
        raise Http404
    return found


def proposed(performer: Performer) -> list[Position]:
    """The positions bound to a performer, else those that would be suggested."""
    bound = bound_positions(performer.version)[performer.pk]
    unit = performer.version.procedure.unit
    return bound or suggest_bindings(performer.version, unit)[performer.pk]


def bind_words(performer: Performer, procedure: Procedure) -> FormText:
    return FormText(
        f"Siapa {performer.name} di {procedure.unit.short_name}?",
        "Simpan pasangan",
        "Pasangan pelaksana disimpan.",
        "Kerja yang sedang berjalan tetap memakai pasangan saat dimulai.",
    )


def change(
    request: HttpRequest,
    procedure: Procedure,
    form: SopForm,
    act: Callable[[dict[str, Any]], Any],
    sentence: str,
    *,
    back: str = "",
    number: int | None = None,
) -> HttpResponse:
    """Make one change of an SOP and go on to the page of the version with that `number`, or `back`; a refusal
    comes back there, at its form."""
    if form.is_valid() and succeeds(form, lambda: act(form.cleaned_data)):
        messages.success(request, sentence)
        return redirect(back or page_of_version(procedure, number))
    return render_sop(request, procedure, refused=form, number=number)


def page_of_version(procedure: Procedure, number: int | None) -> str:
    """The page of one version: the SOP's own shows the one in force."""
    return f"{address(procedure)}?versi={number}" if number else address(procedure)


def manage(
    request: HttpRequest, uid: UUID, act: Callable[..., Any], sentence: str, form: SopForm | None = None
) -> HttpResponse:
    """Let who manages the office's SOPs make one change of the version in the making: `act` takes that
    version, what the form asked, the authority and the moment."""
    procedure = find_procedure(request, uid)
    authority = managing(request, procedure.unit)
    version = version_in_making(procedure)
    return change(
        request,
        procedure,
        form or SopForm(request.POST),
        lambda data: act(version=version, **data, authority=authority, at=moment(request)),
        sentence,
        number=version.number,
    )


@require_POST
def accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Accept every suggested binding."""
    return manage(request, uid, accept_suggested_bindings, "Semua usulan diterima.")


@require_POST
def submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send the draft to review."""
    return manage(request, uid, submit_for_review, "SOP dikirim untuk ditelaah.")


@require_POST
def send_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send a version in review back to its authors."""
    form = SendBackForm(request.POST)
    return manage(request, uid, reopen_draft, "SOP dikembalikan ke penyusunnya.", form)


@require_POST
def enforce(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put the ratified version in force."""
    return manage(request, uid, make_effective, "SOP diberlakukan.")


@require_POST
def ratification(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ratify the version in review."""
    procedure = find_procedure(request, uid)
    version = version_in_making(procedure)
    authority = may_ratify(request, version) or acting_in(request, procedure.unit)
    return change(
        request,
        procedure,
        RatifyForm(request.POST),
        lambda data: ratify(version=version, **data, authority=authority, at=moment(request)),
        "SOP disahkan.",
        number=version.number,
    )


@require_POST
def draft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin the next version."""
    procedure = find_procedure(request, uid)
    authority = managing(request, procedure.unit)
    newest = version_in_making(procedure)
    return change(
        request,
        procedure,
        SopForm(request.POST),
        lambda data: draft_next_version(procedure=procedure, authority=authority, at=moment(request)),
        "Versi berikutnya dibuat sebagai draf. Versi yang berlaku tetap dipakai sampai draf ini disahkan.",
        back=page_of_version(procedure, newest.number + 1),
    )
