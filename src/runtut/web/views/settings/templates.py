"""How the documents of an office look and begin: letterhead picture, and the text of every kind."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from runtut.core.errors import DomainError
from runtut.documents.actions import (
    drop_document_template,
    drop_logo,
    set_document_template,
    set_logo,
)
from runtut.documents.enums import TemplateKind
from runtut.documents.errors import ContentRefused
from runtut.documents.formulas.sheets import places_of
from runtut.documents.queries import (
    Template,
    logo_of,
    pictures_of,
    shipped_kinds,
    template_content,
    template_for,
    templates_for,
)
from runtut.documents.rendering import render_pdf
from runtut.organisations.models import OrganisationUnit
from runtut.web.forms.base import PageForm
from runtut.web.forms.settings import NoForm
from runtut.web.forms.template import LogoForm, TemplateForm
from runtut.web.frame.authority import moment
from runtut.web.frame.errors import succeeds
from runtut.web.frame.pages import Crumb, FormText, done, form_page, page, posted
from runtut.web.views.settings.common import SECTION, find_unit, unit_crumbs


def template_crumbs(unit: OrganisationUnit) -> tuple[Crumb, ...]:
    return (*unit_crumbs(unit), Crumb("Naskah", reverse("web:templat_daftar", args=[unit.uid])))


def find_kind(kind: str) -> TemplateKind:
    """A kind that offices write; 404 for any other."""
    found = next((one for one in shipped_kinds() if one.value == kind), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The kinds with where their text comes from, and the picture of the letterhead."""
    authority, unit = find_unit(request, uid)
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" else LogoForm()
    given: dict[str, Any] = {"unit": unit, "authority": authority, "at": moment(request)}
    if form.is_valid() and succeeds(form, lambda: change_logo(form, request, given)):
        return done(request, "Lambang kop surat diubah.", "web:templat_daftar", unit.uid)
    context = {
        "unit": unit,
        "form": form,
        "logo": logo_of(unit=unit),
        "templates": templates_for(unit=unit, kinds=shipped_kinds()).values(),
    }
    crumbs = (*unit_crumbs(unit), Crumb("Naskah"))
    status = 422 if form.errors else 200
    template = "web/pengaturan/templat_daftar.html"
    return page(request, template, context, section=SECTION, crumbs=crumbs, status=status)


def change_logo(form: LogoForm, request: HttpRequest, given: dict[str, Any]) -> None:
    if request.POST.get("kerjakan") == "lepas":
        drop_logo(**given)
    else:
        upload = form.cleaned_data["file"]
        content = upload.read() if upload else b""
        set_logo(name=upload.name if upload else "lambang", content=content, **given)


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Change the text of a kind; see how it looks before it is saved."""
    authority, unit = find_unit(request, uid)
    current = template_for(kind=find_kind(kind), unit=unit)
    form = form_of(current, request)
    saves = request.POST.get("kerjakan") == "simpan"
    if saves and form.is_valid():
        given: dict[str, Any] = {"unit": unit, "kind": kind, "authority": authority, "at": moment(request)}
        if succeeds(form, lambda: set_document_template(**form.cleaned_data, **given)):
            return done(request, f"Templat {current.kind.label} disimpan.", "web:templat_daftar", unit.uid)
    content, problem = look(typed(current, form), unit)
    context = {
        "unit": unit,
        "template": current,
        "form": form,
        "content": content,
        "problem": problem,
        "places": places_of(current.kind).items(),
    }
    crumbs = (*template_crumbs(unit), Crumb(current.kind.label))
    status = 422 if form.errors else 200
    return page(
        request, "web/pengaturan/templat.html", context, section=SECTION, crumbs=crumbs, status=status
    )


def form_of(current: Template, request: HttpRequest) -> TemplateForm:
    initial = {"title": current.title, "text": current.text, "is_letter": current.is_letter}
    return TemplateForm(posted(request), initial=initial, is_sheet=current.is_sheet)


def typed(current: Template, form: PageForm) -> Template:
    """The template as the form has it, or as it stands while nothing valid was sent."""
    if not form.is_valid():
        return current
    data = form.cleaned_data
    return Template(current.kind, data["title"], data["text"].replace("\r\n", "\n"), data["is_letter"])


def look(shown: Template, unit: OrganisationUnit) -> tuple[dict[str, Any] | None, str]:
    """What a template prints; without content, the reason in words."""
    try:
        return template_content(template=shown, unit=unit), ""
    except ContentRefused as refusal:
        return None, refusal.sentence


@require_http_methods(["GET", "HEAD", "POST"])
def template_pdf(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """A sheet printed from the template, saved or as just typed. Changes nothing."""
    _, unit = find_unit(request, uid)
    current = template_for(kind=find_kind(kind), unit=unit)
    content, problem = look(typed(current, form_of(current, request)), unit)
    if content is None:
        raise NotPrintable(problem=problem.rstrip("."))
    pdf = render_pdf(content, at=moment(request), pictures=pictures_of(content))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


class NotPrintable(DomainError):
    code = "not_printable"
    template = "{problem}. Kembali dan perbaiki bagian itu."


def drop(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Go back to the text of the unit above, or to the shipped one, after a confirmation."""
    authority, unit = find_unit(request, uid)
    found = find_kind(kind)
    given: dict[str, Any] = {"unit": unit, "kind": found, "authority": authority, "at": moment(request)}
    return form_page(
        request,
        form=NoForm(posted(request)),
        act=lambda data: drop_document_template(**given),
        words=FormText(
            f"Kembalikan templat {found.label.lower()}",
            "Kembalikan templat",
            "Templat dikembalikan.",
            consequences=(
                "Naskah baru memakai templat unit di atasnya, atau templat bawaan.",
                "Naskah yang sudah ditulis tidak berubah.",
            ),
            is_risky=True,
        ),
        back=reverse("web:templat_daftar", args=[unit.uid]),
        section=SECTION,
        crumbs=template_crumbs(unit),
    )


@require_GET
def logo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The picture of the letterhead, as the page shows it."""
    _, unit = find_unit(request, uid)
    found = logo_of(unit=unit)
    if found is None:
        raise Http404
    content = next(iter(pictures_of({"letterhead": {"logo": found.file.sha256}}).values()), b"")
    answer = HttpResponse(content, content_type=found.file.content_type)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
