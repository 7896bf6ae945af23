"""A document to be read and remarked on, passage by passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from runtut.documents.actions import comment_on
from runtut.documents.models import DocumentComment
from runtut.documents.queries import attachments_to, comments_of, document_view, presentation_of
from runtut.documents.rendering import check_content, printed_blocks
from runtut.web.forms.base import PageForm
from runtut.web.frame.authority import acting_in, authorities, moment
from runtut.web.frame.errors import succeeds
from runtut.web.frame.pages import Crumb, done, page, posted
from runtut.web.frame.parsing import whole_number
from runtut.web.views.compare import chosen, crumbs_to, run_for
from runtut.web.views.document import visible_document


class CommentForm(PageForm):
    """A remark on one passage."""

    text = forms.CharField(label="Komentar", required=False, widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True)
class Marked:
    """A passage with its number and the remarks on it."""

    number: int
    block: dict[str, Any]
    comments: list[DocumentComment]


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, uid: UUID) -> HttpResponse:
    """`?versi=2` another version than the newest; `?bagian=3` opens the form of a passage."""
    view = document_view(document=visible_document(request, uid))
    version = chosen(view, request.GET.get("versi", ""), view.newest.number)
    passage = whole_number(request.GET.get("bagian", ""), -1)
    form = CommentForm(posted(request))
    if form.is_valid():
        given: dict[str, Any] = {"authority": acting_in(request, view.document.unit), "at": moment(request)}
        text = form.cleaned_data["text"]
        if succeeds(form, lambda: comment_on(version=version, block=passage, text=text, **given)):
            return done(request, "Komentar tersimpan.", "web:dokumen_baca", uid)
    content = check_content(presentation_of(version=version).content)
    comments = comments_of(version=version)
    blocks = enumerate(printed_blocks(content), start=1)
    run = run_for(request, view.document)
    context = {
        "run": run,
        "document": view.document,
        "version": version,
        "content": content,
        "attachments": attachments_to(version),
        "passages": [Marked(number, block, comments.get(number, [])) for number, block in blocks],
        "whole": comments.get(0, []),
        "passage": passage,
        "form": form,
        "count": sum(map(len, comments.values())),
        "may_comment": version.number == view.newest.number
        and any(one.position_id for one in authorities(request)),
        "address": reverse("web:dokumen_baca", args=[uid]),
    }
    crumbs = (*crumbs_to(view.document, run), Crumb("Baca"))
    status = 422 if form.errors else 200
    return page(request, "web/dokumen/baca.html", context, section="kerja", crumbs=crumbs, status=status)
