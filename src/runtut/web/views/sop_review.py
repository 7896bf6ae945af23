"""Remarks on an SOP in the making, and taking one out of force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from runtut.organisations.models import Authority
from runtut.procedures.actions import answer_comment, comment_on_version, resolve_comment, withdraw
from runtut.procedures.models import ProcedureVersion, ReviewComment
from runtut.procedures.rules import can_review
from runtut.web.forms.sop import SopForm
from runtut.web.forms.sop_review import AnswerForm, CommentForm, WithdrawForm
from runtut.web.frame.authority import acting_in, authorities, moment
from runtut.web.showing.sop_view import may_ratify, steps_to_choose
from runtut.web.views.sop import find_version
from runtut.web.views.sop_edit import draft_address
from runtut.web.views.sop_life import change


def find_to_review(request: HttpRequest, uid: UUID, number: int) -> tuple[Authority, ProcedureVersion]:
    """A version of an SOP that the person may see, and the authority to remark on it."""
    version = find_version(request, uid, number)
    able = (one for one in authorities(request) if can_review(one, version))
    return next(able, None) or acting_in(request, version.procedure.unit), version


def remark(
    request: HttpRequest,
    version: ProcedureVersion,
    form: SopForm,
    act: Callable[[dict[str, Any]], Any],
    sentence: str,
) -> HttpResponse:
    """Make one act on a remark and come back to the remarks."""
    back = f"{draft_address(version)}#h-komentar"
    return change(request, version.procedure, form, act, sentence, back=back, number=version.number)


@require_POST
def comment(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """Remark on a place of the version."""
    authority, found = find_to_review(request, uid, version)
    form = CommentForm(request.POST, steps=steps_to_choose(found))
    return remark(
        request,
        found,
        form,
        lambda data: comment_on_version(
            version=found, text=data["text"], **form.where(), authority=authority, at=moment(request)
        ),
        "Komentar tersimpan.",
    )


def find_comment(version: ProcedureVersion, uid: UUID) -> ReviewComment:
    found = version.comments.select_related("version").filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


@require_POST
def answer(request: HttpRequest, uid: UUID, version: int, comment_uid: UUID) -> HttpResponse:
    """Answer a remark."""
    authority, found = find_to_review(request, uid, version)
    said = find_comment(found, comment_uid)
    return remark(
        request,
        found,
        AnswerForm(request.POST),
        lambda data: answer_comment(comment=said, **data, authority=authority, at=moment(request)),
        "Jawaban tersimpan.",
    )


@require_POST
def resolve(request: HttpRequest, uid: UUID, version: int, comment_uid: UUID) -> HttpResponse:
    """Close a remark."""
    authority, found = find_to_review(request, uid, version)
    said = find_comment(found, comment_uid)
    return remark(
        request,
        found,
        SopForm(request.POST),
        lambda data: resolve_comment(comment=said, authority=authority, at=moment(request)),
        "Komentar diselesaikan.",
    )


@require_POST
def withdrawal(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """Take the version in force out of force."""
    _, found = find_to_review(request, uid, version)
    authority = may_ratify(request, found) or acting_in(request, found.procedure.unit)
    return change(
        request,
        found.procedure,
        WithdrawForm(request.POST),
        lambda data: withdraw(version=found, **data, authority=authority, at=moment(request)),
        "SOP dicabut.",
    )
