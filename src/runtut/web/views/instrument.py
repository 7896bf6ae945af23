"""The page of an instrument: made and changed while it is a draft, read and followed afterwards."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from runtut.cases.models import Case
from runtut.core.numbers import format_decimal
from runtut.evaluation import actions
from runtut.evaluation.models import Instrument, Question, Section
from runtut.evaluation.queries import (
    collecting_of,
    instrument_by_uid,
    making_task,
    problems_of,
    respondent_matrix,
    tree_of,
)
from runtut.evaluation.rules import makes
from runtut.organisations.models import Authority
from runtut.web.forms.evaluation import HeadForm, QuestionForm, SectionForm
from runtut.web.frame.authority import acting_for, acting_in, authorities, moment, today
from runtut.web.frame.crumbs import run_crumbs
from runtut.web.frame.errors import refusal_of, succeeds
from runtut.web.frame.pages import Crumb, FormText, form_page, page, posted
from runtut.web.views.run import visible_case


def visible_instrument(request: HttpRequest, uid: UUID) -> Instrument:
    """The instrument; 404 for whoever may not see its run."""
    found = instrument_by_uid(uid)
    if found is None:
        raise Http404
    visible_case(request, found.case.uid)
    return found


def maker(request: HttpRequest, case: Case) -> Authority:
    """The authority in which the reader makes the run's instrument. Whether it suffices is decided by the
    action."""
    task = making_task(case)
    return (acting_for(request, task.position) if task else None) or acting_in(request, case.unit)


def given(request: HttpRequest, case: Case) -> dict[str, Any]:
    return {"authority": maker(request, case), "at": moment(request)}


@require_POST
def begin(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin the instrument of a run, from the ready-made one or empty."""
    case = visible_case(request, uid)
    example = request.POST.get("awal") != "kosong"
    made = actions.open_instrument(case=case, example=example, **given(request, case))
    sentence = "Contoh disalin. Ubah sesuai keperluan." if example else "Instrumen dibuat. Tambahkan bagian."
    messages.success(request, sentence)
    return redirect("web:instrumen", made.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def instrument(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An instrument with its sections and questions; POST saves title and instructions."""
    found = visible_instrument(request, uid)
    form = HeadForm(posted(request), initial={"title": found.title, "intro": found.intro})
    if form.is_valid():
        data = form.cleaned_data
        if succeeds(
            form,
            lambda: actions.describe_instrument(
                instrument=found, title=data["title"], intro=data["intro"], **given(request, found.case)
            ),
        ):
            messages.success(request, "Judul dan petunjuk tersimpan.")
            return redirect("web:instrumen", found.uid)
    return shown(request, found, form, status=422 if form.errors else 200)


def shown(
    request: HttpRequest, found: Instrument, form: HeadForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Draw the page."""
    case, tree = found.case, tree_of(found)
    task = making_task(case) if found.is_draft else None
    collecting = None if found.is_draft else collecting_of(found)
    mine = authorities(request)
    matrix = respondent_matrix(collecting=collecting, on=today(request)) if collecting else []
    context = {
        "instrument": found,
        "case": case,
        "form": form,
        "tree": tree,
        "total": format_decimal(sum((one.section.weight for one in tree), Decimal(0))),
        "problems": problems_of(tree) if found.is_draft else [],
        "refusals": [(refusal, "")] if refusal else [],
        "edits": task is not None and any(makes(one, task) for one in mine),
        "collecting": collecting,
        "matrix": matrix,
        "answered": sum(one.has_answered for one in matrix),
        "collects": bool(
            collecting and collecting.is_open and any(makes(one, collecting.task) for one in mine)
        ),
    }
    crumbs = run_crumbs(case, Crumb("Instrumen"))
    return page(request, "web/instrumen/susun.html", context, section="kerja", crumbs=crumbs, status=status)


def address(found: Instrument, anchor: str = "") -> str:
    return reverse("web:instrumen", args=[found.uid]) + (f"#{anchor}" if anchor else "")


def form_of(
    request: HttpRequest, found: Instrument, form: Any, act: Any, words: FormText, anchor: str = ""
) -> HttpResponse:
    """A page with one form about a piece of an instrument."""
    return form_page(
        request,
        form=form,
        act=act,
        words=words,
        back=address(found, anchor),
        section="kerja",
        crumbs=run_crumbs(found.case, Crumb("Instrumen", address(found))),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_section(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new section."""
    found = visible_instrument(request, uid)
    return form_of(
        request,
        found,
        SectionForm(posted(request)),
        lambda data: actions.put_section(instrument=found, **data, **given(request, found.case)),
        FormText("Tambah bagian", "Tambah", "Bagian ditambahkan."),
    )


def find_section(request: HttpRequest, uid: UUID) -> Section:
    found = get_object_or_404(Section.objects.select_related("instrument__case__unit"), uid=uid)
    visible_case(request, found.instrument.case.uid)
    return found


def find_question(request: HttpRequest, uid: UUID) -> Question:
    chosen = Question.objects.select_related("section__instrument__case__unit")
    found = get_object_or_404(chosen, uid=uid)
    visible_case(request, found.section.instrument.case.uid)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a section."""
    found = find_section(request, uid)
    whole = found.instrument
    return form_of(
        request,
        whole,
        SectionForm(posted(request), initial=SectionForm.initial_of(found)),
        lambda data: actions.put_section(
            instrument=whole, section=found, **data, **given(request, whole.case)
        ),
        FormText(f"Ubah bagian {found.title}", "Simpan", "Bagian diubah."),
        f"bagian-{found.uid}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new question in a section."""
    found = find_section(request, uid)
    whole = found.instrument
    return form_of(
        request,
        whole,
        QuestionForm(posted(request)),
        lambda data: actions.put_question(
            section=found, facts=QuestionForm.facts(data), **given(request, whole.case)
        ),
        FormText("Tambah pertanyaan", "Tambah", "Pertanyaan ditambahkan.", f"Dalam bagian {found.title}."),
        f"bagian-{found.uid}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a question."""
    found = find_question(request, uid)
    whole = found.section.instrument
    return form_of(
        request,
        whole,
        QuestionForm(posted(request), initial=QuestionForm.initial_of(found)),
        lambda data: actions.put_question(
            section=found.section,
            question=found,
            facts=QuestionForm.facts(data),
            **given(request, whole.case),
        ),
        FormText("Ubah pertanyaan", "Simpan", "Pertanyaan diubah."),
        f"butir-{found.uid}",
    )


def pressed(request: HttpRequest, found: Instrument, act: Any, success: str, anchor: str) -> HttpResponse:
    """Make the one domain call; a refusal comes back to the page."""
    if refusal := refusal_of(act):
        form = HeadForm(initial={"title": found.title, "intro": found.intro})
        return shown(request, found, form, refusal=refusal.sentence, status=refusal.status)
    messages.success(request, success)
    return HttpResponseRedirect(address(found, anchor))


@require_POST
def shift_section(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Move a section one place."""
    found = find_section(request, uid)
    whole, up = found.instrument, request.POST.get("arah") == "naik"
    return pressed(
        request,
        whole,
        lambda: actions.move_section(section=found, up=up, **given(request, whole.case)),
        f"Bagian {found.title} digeser.",
        f"bagian-{found.uid}",
    )


@require_POST
def shift_question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Move a question one place, from the edge of its section into the next."""
    found = find_question(request, uid)
    whole, up = found.section.instrument, request.POST.get("arah") == "naik"
    return pressed(
        request,
        whole,
        lambda: actions.move_question(question=found, up=up, **given(request, whole.case)),
        "Pertanyaan digeser.",
        f"butir-{found.uid}",
    )


@require_POST
def remove_section(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Remove a section with its questions."""
    found = find_section(request, uid)
    whole = found.instrument
    return pressed(
        request,
        whole,
        lambda: actions.drop_section(section=found, **given(request, whole.case)),
        f"Bagian {found.title} dihapus beserta pertanyaannya.",
        "bagian",
    )


@require_POST
def remove_question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Remove a question."""
    found = find_question(request, uid)
    whole = found.section.instrument
    return pressed(
        request,
        whole,
        lambda: actions.drop_question(question=found, **given(request, whole.case)),
        "Pertanyaan dihapus.",
        f"bagian-{found.section.uid}",
    )
