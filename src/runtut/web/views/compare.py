"""Two versions of a document beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runtut.cases.models import Case
from runtut.cases.queries import runs_of_document
from runtut.cases.rules import can_see_case
from runtut.documents.formulas.passages import Passage, gathered, passages_of
from runtut.documents.models import Document, DocumentVersion
from runtut.documents.queries import DocumentView, compare_versions, document_view
from runtut.web.frame.authority import authorities
from runtut.web.frame.crumbs import run_crumbs
from runtut.web.frame.pages import Crumb, page
from runtut.web.frame.parsing import whole_number
from runtut.web.views.document import visible_document


@dataclass(frozen=True)
class Group:
    """Passages that stand together; unchanged ones are folded away."""

    passages: list[Passage]

    @property
    def is_changed(self) -> bool:
        return any(one.is_changed for one in self.passages)


def run_for(request: HttpRequest, document: Document) -> Case | None:
    """The newest run that made or used a document, if it is open to the reader (one query)."""
    run = runs_of_document(document).order_by("-id").first()
    return run if run and any(can_see_case(one, run) for one in authorities(request)) else None


def crumbs_to(document: Document, run: Case | None) -> tuple[Crumb, ...]:
    """The trail to a page of a document: through its run, where there is one."""
    return run_crumbs(run, Crumb(document.title, reverse("web:dokumen_rinci", args=[document.uid])))


def chosen(view: DocumentView, text: str, otherwise: int) -> DocumentVersion:
    """The version with a number; another one where the number is none of the document's."""
    wanted = whole_number(text, otherwise)
    by_number = {one.number: one for one in view.versions}
    return by_number.get(wanted) or by_number.get(otherwise) or view.newest


@require_GET
def compare(request: HttpRequest, uid: UUID) -> HttpResponse:
    """`?dari=1&ke=2`: the older and the newer; without them, the last two."""
    view = document_view(document=visible_document(request, uid))
    newer = chosen(view, request.GET.get("ke", ""), view.newest.number)
    older = chosen(view, request.GET.get("dari", ""), newer.number - 1)
    context = {
        "document": view.document,
        "versions": sorted(view.versions, key=lambda one: one.number),
        "older": older,
        "newer": newer,
        "comparison": compare_versions(older=older, newer=newer),
        "groups": [Group(group) for group in gathered(passages_of(older.content, newer.content))],
        "voided": [one for one in older.endorsements.all() if one.voided_at is not None],
    }
    crumbs = (*crumbs_to(view.document, run_for(request, view.document)), Crumb("Bandingkan versi"))
    return page(request, "web/dokumen/banding.html", context, section="kerja", crumbs=crumbs)
