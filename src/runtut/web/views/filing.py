"""Putting the papers of a finished run into the archive, where its SOP has no step for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from runtut.cases.actions import file_run
from runtut.cases.models import Case
from runtut.cases.queries import is_unfiled, main_paper, proposed_class, signatures_missing, unfiled_papers
from runtut.cases.rules import may_file
from runtut.documents.models import ArchiveRecord, Document, SignerTurn
from runtut.organisations.models import Authority
from runtut.web.forms.filing import FilingForm
from runtut.web.frame.addresses import run_address
from runtut.web.frame.authority import acting_in, authorities, moment, today
from runtut.web.frame.pages import Crumb, FormText, form_page, posted
from runtut.web.views.run import visible_case


@require_http_methods(["GET", "HEAD", "POST"])
def filing(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The papers of a run, and where they are put away; 404 where nothing is left to be."""
    case = visible_case(request, uid)
    papers = list(unfiled_papers(case).order_by("id"))
    if not is_unfiled(case) and request.method != "POST":
        raise Http404
    main = main_paper(unfiled_papers(case))
    waiting = signatures_missing(case)
    code = proposed_class(main.kind if main else "", case)
    form = FilingForm(posted(request), code=code, on=today(request), waiting=bool(waiting))
    authority = keeper(request, case)

    def act(data: dict[str, Any]) -> ArchiveRecord:
        typed: dict[str, Any] = {"unsigned_reason": "", **data}
        return file_run(case=case, **typed, authority=authority, at=moment(request))

    return form_page(
        request,
        form=form,
        act=act,
        words=FormText(
            f"Arsipkan berkas {case.title}",
            "Arsipkan",
            "Berkas kerja diarsipkan. Naskahnya terkunci dan tidak berubah lagi.",
            "Semua naskah kerja ini masuk satu berkas dengan satu nomor.",
            consequences=tuple(named(papers, waiting)),
        ),
        back=run_address(case.uid),
        section="kerja",
        crumbs=(Crumb(case.title, run_address(case.uid)),),
    )


def named(papers: Sequence[Document], waiting: Sequence[SignerTurn]) -> Iterator[str]:
    """What is put away, and who has not signed it yet."""
    for paper in papers:
        yield f"Diarsipkan dan terkunci: {paper.title}"
    for turn in waiting:
        yield f"Masih ditunggu: tanda tangan {turn.position.short_title} pada {turn.version.document.title}"


def keeper(request: HttpRequest, case: Case) -> Authority:
    """The authority in which the reader may file the run, else the one that is refused."""
    mine = authorities(request)
    return next((one for one in mine if may_file(one, case)), None) or acting_in(request, case.unit)
