"""Pengaturan: the patterns of an office's numbers."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from runtut.documents.actions import set_template
from runtut.documents.enums import RegisterKind
from runtut.documents.formulas.numbering import SEGMENTS, check_template
from runtut.documents.queries import register_lines, sample_number
from runtut.organisations.queries import office_of
from runtut.web.forms.base import PageForm
from runtut.web.frame.authority import moment, today
from runtut.web.frame.errors import succeeds
from runtut.web.frame.pages import Crumb, done, page, posted
from runtut.web.views.settings.common import SECTION, find_unit, unit_crumbs


class TemplateForm(PageForm):
    """The pattern of a register's numbers."""

    template = forms.CharField(
        label="Pola nomor",
        max_length=120,
        help_text="Segmen: " + " ".join(f"{{{name}}}" for name in SEGMENTS) + ". Segmen tidak boleh kosong.",
    )


@require_GET
def registers(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The registers of the unit's office this year, with the next number of each."""
    _, unit = find_unit(request, uid)
    office = office_of(unit)
    context = {"office": office, "lines": register_lines(office=office, on=today(request))}
    crumbs = (*unit_crumbs(unit), Crumb("Nomor surat"))
    return page(request, "web/pengaturan/nomor.html", context, section=SECTION, crumbs=crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
def pattern(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Change one pattern; "Lihat contoh" shows the next number without changing anything."""
    authority, unit = find_unit(request, uid)
    office, on = office_of(unit), today(request)
    line = next((one for one in register_lines(office=office, on=on) if one.kind == kind), None)
    if line is None:
        raise Http404
    form = TemplateForm(posted(request), initial={"template": line.template})
    sample = line.sample
    if form.is_valid():
        template = form.cleaned_data["template"]
        if "lihat" in request.POST:
            if succeeds(form, lambda: check_template(template)):
                sample = sample_number(template, office, line.last_number + 1, on)
        elif succeeds(
            form,
            lambda: set_template(
                unit=office,
                kind=RegisterKind(kind),
                year=on.year,
                template=template,
                authority=authority,
                at=moment(request),
            ),
        ):
            return done(request, f"Pola nomor {line.kind.label} disimpan.", "web:unit_nomor", unit.uid)
    context = {"form": form, "line": line, "sample": sample, "office": office, "year": on.year}
    back = reverse("web:unit_nomor", args=[unit.uid])
    crumbs = (*unit_crumbs(unit), Crumb("Nomor surat", back), Crumb(str(line.kind.label)))
    context["back"] = back
    status = 422 if form.errors else 200
    return page(request, "web/pengaturan/pola.html", context, section=SECTION, crumbs=crumbs, status=status)
