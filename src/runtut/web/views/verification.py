"""Whether a paper is what it says: open to everybody who holds one, and telling no more than the paper."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from runtut.documents.formulas.codes import read_code, shown_code
from runtut.documents.queries import check_file, missing_signers, paper_of_file, public_paper
from runtut.organisations.queries import office_of
from runtut.procedures.enums import VersionState
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import public_version
from runtut.procedures.rules import CLOSED
from runtut.web.forms.signing import CheckForm
from runtut.web.frame.pages import Crumb, page, posted
from runtut.web.frame.throttle import slowed

LOOKS: Final = 60
FILES: Final = 12


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Find a paper by its code (`?kode=`) or by the file itself."""
    if request.method != "POST" and request.GET.get("kode"):
        return redirect("web:periksa_kode", read_code(request.GET["kode"]) or "tidak-terbaca")
    if request.method == "POST" and (answer := slowed(request, "file", FILES)):
        return answer
    form = CheckForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        paper = paper_of_file(content=form.cleaned_data["file"])
        if paper:
            return shown(request, paper.code, form)
        context["unknown"] = True
    status = 422 if form.errors else 200
    return page(request, "web/periksa/mulai.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """A paper by its code; a file sent here is held against it."""
    posts = request.method == "POST"
    if answer := slowed(request, "file" if posts else "look", FILES if posts else LOOKS):
        return answer
    form = CheckForm(posted(request), request.FILES or None)
    return shown(request, code, form)


def shown(request: HttpRequest, code: str, form: CheckForm) -> HttpResponse:
    """Draw a paper, with what was found about the file where one was sent."""
    found = public_paper(code=code)
    crumbs = (Crumb("Periksa naskah", reverse("web:periksa")),)
    if found is None and (sop := public_version(code=code)):
        return shown_sop(request, sop)
    if found is None:
        return page(request, "web/periksa/tidak_ada.html", {"code": code}, crumbs=crumbs, status=404)
    check = check_file(paper=found, content=form.cleaned_data["file"]) if form.is_valid() else None
    context = {
        "paper": found,
        "code": shown_code(found.code),
        "office": office_of(found.document.unit).name,
        "form": form,
        "check": check,
        "waiting": missing_signers(version=found.version),
    }
    status = 422 if form.errors else 200
    return page(request, "web/periksa/naskah.html", context, crumbs=crumbs, status=status)


def shown_sop(request: HttpRequest, version: ProcedureVersion) -> HttpResponse:
    """Draw what stands about a printed SOP: no more than its identity page says, and whether it stands."""
    totals = version.steps.aggregate(count=Count("id"), minutes=Sum("minutes"))
    crumbs = (Crumb("Periksa naskah", reverse("web:periksa")),)
    context = {
        "version": version,
        "code": shown_code(version.code),
        "office": office_of(version.procedure.unit).name,
        "closed": version.state in CLOSED,
        "waiting": version.state == VersionState.RATIFIED,
        **totals,
    }
    return page(request, "web/periksa/sop.html", context, crumbs=crumbs)
