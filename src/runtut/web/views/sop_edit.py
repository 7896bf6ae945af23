"""Changing the words of an SOP's draft: its identity, and one step at a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from runtut.organisations.models import Authority
from runtut.procedures.actions import edit_identity, edit_step
from runtut.procedures.models import Procedure, ProcedureVersion, Step
from runtut.procedures.rules import ensure_draft
from runtut.web.forms.sop import IdentityForm, StepForm
from runtut.web.frame.authority import moment
from runtut.web.frame.crumbs import sop_crumbs
from runtut.web.frame.pages import Crumb, FormText, form_page, posted
from runtut.web.showing.sop_steps import step_view
from runtut.web.showing.sop_view import manager
from runtut.web.views.sop import address, find_version

ONE_PER_LINE = "Satu hal per baris; nomornya ditulis sendiri oleh aplikasi."


def find_managed(request: HttpRequest, uid: UUID, number: int) -> tuple[Authority, ProcedureVersion]:
    """A version and the authority that may shape it; 404 for one that is not there. Raises NotManager."""
    version = find_version(request, uid, number)
    return manager(request, version.procedure.unit), version


def find_draft(request: HttpRequest, uid: UUID, number: int) -> tuple[Authority, ProcedureVersion]:
    """A draft and the authority that may change it; 404 for a version that is not there. Raises NotManager
    and VersionNotDraft."""
    authority, version = find_managed(request, uid, number)
    ensure_draft(version)
    return authority, version


def draft_address(version: ProcedureVersion) -> str:
    return f"{address(version.procedure)}?versi={version.number}"


def edit_crumbs(procedure: Procedure, back: str) -> tuple[Crumb, ...]:
    return sop_crumbs(Crumb(procedure.title, back))


@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """The six lists of the identity page."""
    authority, draft = find_draft(request, uid, version)
    initial = {name: "\n".join(getattr(draft, name)) for name in IdentityForm.base_fields}
    back = draft_address(draft)
    return form_page(
        request,
        form=IdentityForm(posted(request), initial=initial),
        act=lambda data: edit_identity(version=draft, changes=data, authority=authority, at=moment(request)),
        words=FormText("Ubah identitas SOP", "Simpan identitas", "Identitas SOP disimpan.", ONE_PER_LINE),
        back=back,
        section="sop",
        crumbs=edit_crumbs(draft.procedure, back),
    )


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, uid: UUID, version: int, no: int) -> HttpResponse:
    """The words of one step; saving leads to the next one when that is asked for."""
    authority, draft = find_draft(request, uid, version)
    steps = list(draft.steps.prefetch_related("step_performers__performer").order_by("no"))
    found = next((one for one in steps if one.no == no), None)
    if found is None:
        raise Http404
    following = next((step_address(draft, one) for one in steps if one.no == no + 1), "")
    return form_page(
        request,
        form=StepForm(posted(request), initial=initial_of(found)),
        act=lambda data: edit_step(step=found, changes=data, authority=authority, at=moment(request)),
        words=FormText(f"Ubah langkah {no} dari {len(steps)}", "Simpan langkah", f"Langkah {no} disimpan."),
        back=following if following and "lanjut" in request.POST else draft_address(draft),
        section="sop",
        crumbs=edit_crumbs(draft.procedure, draft_address(draft)),
        template="web/sop/ubah_langkah.html",
        extra={"step": step_view(found), "following": following, "table": in_table(draft, found)},
    )


def in_table(version: ProcedureVersion, found: Step) -> str:
    """Where performers, time and ways back of a step are changed."""
    where = reverse("web:sop_susun", args=[version.procedure.uid, version.number])
    return f"{where}#{found.uid}-time"


def initial_of(found: Step) -> dict[str, Any]:
    return {
        "activity": found.activity,
        "label": found.label,
        "requirements": "\n".join(found.requirements),
        "outputs": "\n".join(found.outputs),
        "note": found.note,
    }


def step_address(version: ProcedureVersion, found: Step) -> str:
    return reverse("web:sop_langkah", args=[version.procedure.uid, version.number, found.no])
