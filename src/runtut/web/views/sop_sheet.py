"""Editing the table of a draft: a page of forms, and the same acts for the page's script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from runtut.core.dates import clock_time
from runtut.core.errors import DomainError
from runtut.organisations.models import Authority
from runtut.procedures.actions import Edited, edit_draft, redo_edit, undo_edit
from runtut.procedures.errors import EditConflict
from runtut.procedures.graph.editing import Sheet
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import edits_since, last_to_redo, last_to_undo, sheet_of
from runtut.web.forms.sop import SopForm
from runtut.web.frame.authority import moment
from runtut.web.frame.errors import put_on
from runtut.web.frame.pages import page
from runtut.web.frame.parsing import whole_number
from runtut.web.showing.sop_official import official_page
from runtut.web.showing.sop_sheet import asked_in, news, sheet_page, typed_in
from runtut.web.views.sop_edit import draft_address, edit_crumbs, find_draft


@require_GET
def edit(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """The editor."""
    authority, draft = find_draft(request, uid, version)
    return editor(request, draft, authority)


def editor(
    request: HttpRequest,
    draft: ProcedureVersion,
    authority: Authority,
    *,
    refused: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; after a refusal with what was typed still in its row."""
    form = SopForm({}) if refused else None
    if form and refused:
        form.is_valid()
        put_on(form, refused)
    context = {
        **shown(draft, typed_in(request.POST) if refused else None),
        "refused": form,
        "may_undo": authority.user_id is not None and last_to_undo(draft, authority.user_id) is not None,
        "may_redo": authority.user_id is not None and last_to_redo(draft, authority.user_id) is not None,
    }
    crumbs = edit_crumbs(draft.procedure, draft_address(draft))
    return page(request, "web/sop/susun.html", context, section="sop", crumbs=crumbs, status=status)


def shown(draft: ProcedureVersion, typed: dict[str, dict[str, str]] | None = None) -> dict[str, Any]:
    """The table, the official page and the findings of the draft as stored."""
    return {
        "draft": draft,
        "table": sheet_page(sheet_of(draft), typed),
        "may_manage": True,
        **official_page(draft).context(draft_address(draft)),
    }


@require_POST
def change(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """Save the cells of a row, and do what its button says."""
    authority, draft = find_draft(request, uid, version)
    return answered(
        request,
        draft,
        authority,
        lambda: edit_draft(
            version=draft,
            revision=whole_number(request.POST.get("revision", ""), 0),
            asked=asked_in(request.POST),
            authority=authority,
            at=moment(request),
        ),
    )


@require_POST
def undo(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """Take back the person's own last change."""
    authority, draft = find_draft(request, uid, version)
    return answered(
        request,
        draft,
        authority,
        lambda: undo_edit(version=draft, authority=authority, at=moment(request)),
    )


@require_POST
def redo(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """Do again what was taken back."""
    authority, draft = find_draft(request, uid, version)
    return answered(
        request,
        draft,
        authority,
        lambda: redo_edit(version=draft, authority=authority, at=moment(request)),
    )


@require_GET
def latest(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """Whether somebody else has edited since a revision, and the page as it stands then."""
    authority, draft = find_draft(request, uid, version)
    revision = whole_number(request.GET.get("revision", ""), draft.revision)
    since = [one for one in edits_since(draft, revision) if one.by_id != authority.user_id]
    if not since:
        return JsonResponse({"revisi": draft.revision, "kabar": []})
    return JsonResponse({**table_news(request, draft, sheet_of(draft)), "kabar": news(since)})


@require_GET
def official(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """The official page and the findings as the draft stands, asked for after a change was stored."""
    _, draft = find_draft(request, uid, version)
    context = official_page(draft).context(draft_address(draft))
    return JsonResponse(
        {
            "revisi": draft.revision,
            "lembar": render_to_string("web/sop/matriks.html", context, request),
            "temuan": render_to_string("web/sop/susun_temuan.html", context, request),
        }
    )


def answered(
    request: HttpRequest, draft: ProcedureVersion, authority: Authority, act: Callable[[], Edited]
) -> HttpResponse:
    """Do it, and answer the script with the pieces of the page, a plain form with the page itself."""
    scripted = "otomatis" in request.POST
    try:
        edited = act()
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        status = 409 if isinstance(refusal, EditConflict) else 422
        draft.refresh_from_db(fields=["revision", "state"])
        if scripted:
            told = {**table_news(request, draft, sheet_of(draft)), "kalimat": refusal.sentence}
            return JsonResponse(told, status=status)
        return editor(request, draft, authority, refused=refusal, status=status)
    draft.revision = edited.version.revision
    if scripted:
        return JsonResponse({**table_news(request, draft, edited.sheet), "kabar": news(edited.meanwhile)})
    for sentence in news(edited.meanwhile):
        messages.info(request, f"Sementara itu {sentence}")
    messages.success(request, "Perubahan disimpan.")
    row = request.POST.get("row", "")
    where = reverse("web:sop_susun", args=[draft.procedure.uid, draft.number])
    return redirect(f"{where}#b-{row}" if row else where)


def table_news(request: HttpRequest, draft: ProcedureVersion, sheet: Sheet) -> dict[str, Any]:
    """What the page's script has to change in its table: the order of the rows, and those that it shows
    otherwise (it sends the stamps of what it shows)."""
    stamps = frozenset(request.POST.get("cap", "").split(","))
    table = sheet_page(sheet, scripted=True)
    rows = {"rows": table.unseen(stamps), "units": table.units, "draft": draft}
    columns = {"columns": sheet.columns, "draft": draft}
    told = {
        "revisi": draft.revision,
        "pukul": clock_time(timezone.localtime(moment(request))),
        "urutan": [row.key for row in table.rows],
        "baris": render_to_string("web/sop/susun_baris.html", rows, request),
    }
    if table.stamp not in stamps:
        told["cap"] = table.stamp
        told["kepala"] = render_to_string("web/sop/susun_kepala.html", columns, request)
        told["kolom"] = render_to_string("web/sop/susun_kolom.html", columns, request)
    return told
