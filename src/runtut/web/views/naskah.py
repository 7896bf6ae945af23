"""Writing a document in the browser: the editor, its autosave, its picture as a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtut.cases import actions
from runtut.cases.contrib import written_figures
from runtut.cases.enums import TaskState
from runtut.cases.models import Task
from runtut.cases.queries import task_by_uid, task_of_manuscript
from runtut.cases.registry import Gate
from runtut.cases.rules import can_see_case
from runtut.core.dates import clock_time
from runtut.core.errors import DomainError
from runtut.documents.actions import store_file
from runtut.documents.formulas.signing import By
from runtut.documents.models import DocumentComment, Manuscript
from runtut.documents.queries import (
    Composition,
    attachments_of,
    comments_to_heed,
    composed,
    copies_of,
    delegation_words,
    manuscript_by_uid,
    pictures_of,
    signer_of_manuscript,
)
from runtut.documents.rendering import render_pdf
from runtut.organisations.models import Authority
from runtut.web.forms.manuscript import ManuscriptForm
from runtut.web.frame.authority import acting_for, acting_in, authorities, moment, today, zone_of
from runtut.web.frame.crumbs import run_crumbs
from runtut.web.frame.errors import succeeds
from runtut.web.frame.pages import Crumb, done, page
from runtut.web.frame.parsing import NIL, uid_of
from runtut.web.showing.work import keep, sheet_of
from runtut.web.views.run import visible_case

KEPT_ASIDE: Final = frozenset({"manuscript_moved", "manuscript_is_closed", "writing_is_closed"})


@dataclass
class Desk:
    """A manuscript, its task, and the authority in which the reader may write it, None for who only reads."""

    manuscript: Manuscript
    task: Task
    authority: Authority | None
    is_writer: bool

    @property
    def run(self) -> str:
        return reverse("web:run", args=[self.task.case.uid])


@require_POST
def begin(request: HttpRequest, uid: UUID, task_uid: UUID, output: int) -> HttpResponse:
    """Open the manuscript of a task's output, and keep what was typed on the sheet."""
    case = visible_case(request, uid)
    task = task_by_uid(task_uid)
    if task.case_id != case.pk:
        raise Http404
    authority = writer_of(request, task) or acting_in(request, case.unit)
    if authority.position_id == task.position_id and task.state == TaskState.OPEN:
        keep(request, sheet_of(request, task, authority))
    manuscript = actions.start_writing(task=task, output=output, authority=authority, at=moment(request))
    return redirect("web:naskah", manuscript.uid)


def writer_of(request: HttpRequest, task: Task) -> Authority | None:
    """The authority in which the reader may write for a task: its position's, or that of one taking part."""
    own = acting_for(request, task.position_id)
    others = task.participants.values_list("position_id", flat=True) if own is None else ()
    return own or next((found for one in others if (found := acting_for(request, one))), None)


def desk(request: HttpRequest, uid: UUID) -> Desk:
    """The manuscript; 404 for whoever may not see its run."""
    manuscript = manuscript_by_uid(uid)
    task = task_of_manuscript(manuscript) if manuscript else None
    if manuscript is None or task is None:
        raise Http404
    if not any(can_see_case(one, task.case) for one in authorities(request)):
        raise Http404
    is_open = task.state == TaskState.OPEN and manuscript.version is None
    writer = writer_of(request, task)
    return Desk(manuscript, task, writer if is_open else None, writer is not None)


@require_http_methods(["GET", "HEAD", "POST"])
def naskah(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The editor; for who may not write, the document as it stands."""
    found = desk(request, uid)
    if request.method == "POST":
        return pressed(request, found)
    return shown(request, found, form_of(found))


def form_of(found: Desk, request: HttpRequest | None = None) -> ManuscriptForm:
    manuscript = found.manuscript
    initial = {
        "title": manuscript.title,
        "heading": "\n".join(manuscript.frame.get("title", [])),
        "text": manuscript.text,
        "revision": manuscript.revision,
        "signs_as": manuscript.signs_as,
    }
    sent = (request.POST, request.FILES) if request else ()
    signers = signing_words(manuscript)
    return ManuscriptForm(*sent, is_letter=is_letter(manuscript), signers=signers, initial=initial)


def signing_words(manuscript: Manuscript) -> list[tuple[By, str]]:
    """In whose names the manuscript may be signed, in words; nothing where there is no choice."""
    signer = signer_of_manuscript(manuscript)
    return delegation_words(position=signer, kind=manuscript.kind) if signer else []


def is_letter(manuscript: Manuscript) -> bool:
    return manuscript.frame.get("form") == "surat"


def pressed(request: HttpRequest, found: Desk) -> HttpResponse:
    """Save what was typed, then do what the button says. A refusal comes back with everything typed."""
    form = form_of(found, request)
    if not form.is_valid() or not succeeds(form, lambda: save(request, found, form)):
        return refused(request, found, form)
    press, deed = button(request, found, form)
    if press and not succeeds(form, deed):
        return refused(request, found, form)
    if request.POST.get("kerjakan") == "selesai":
        return done(request, "Naskah tersimpan. Periksa syaratnya, lalu teruskan.", found.run)
    return done(request, "Naskah tersimpan.", "web:naskah", found.manuscript.uid)


def refused(request: HttpRequest, found: Desk, form: ManuscriptForm) -> HttpResponse:
    """After a meeting with somebody else's text the stored one is shown: the typed one lies beside it."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    if not codes & KEPT_ASIDE:
        if "revision" in form.cleaned_data:
            form.go_on_from(found.manuscript.revision)
        return shown(request, found, form, status=422)
    again = desk(request, found.manuscript.uid)
    sentence = str(form.non_field_errors()[0])
    return shown(request, again, form_of(again), status=409, problems=((sentence, "salinan"),))


def save(request: HttpRequest, found: Desk, form: ManuscriptForm) -> None:
    data = form.cleaned_data
    found.manuscript = actions.save_writing(
        manuscript=found.manuscript,
        revision=data["revision"],
        title=data["title"],
        heading=data["heading"],
        text=data["text"],
        signs_as=data.get("signs_as") or None,
        authority=acting(request, found),
        at=moment(request),
    )


def acting(request: HttpRequest, found: Desk) -> Authority:
    """In what the reader acts: as writer where they may write, else as whoever they are in the office."""
    writer = found.authority or writer_of(request, found.task)
    return writer or acting_in(request, found.task.case.unit)


def button(request: HttpRequest, found: Desk, form: ManuscriptForm) -> tuple[bool, Callable[[], Any]]:
    """What is to be done after saving: take off an attachment, put figures back, choose a copy, add an
    attachment."""
    given: dict[str, Any] = {
        "authority": acting(request, found),
        "at": moment(request),
    }
    manuscript = found.manuscript
    dropped = manuscript.attachments.filter(uid=uid_of(request.POST.get("lepas", "")) or NIL).first()
    if dropped:
        return True, lambda: actions.detach(attachment=dropped, **given)
    if request.POST.get("kerjakan") == "angka":
        return True, lambda: actions.renew_figures(manuscript=manuscript, **given)
    copy = manuscript.copies.filter(uid=uid_of(request.POST.get("pakai", "")) or NIL).first()
    if copy:
        return True, lambda: actions.choose_copy(manuscript=manuscript, copy=copy, **given)
    upload = form.cleaned_data.get("attachment")
    return bool(upload), lambda: attach(manuscript, upload, form.cleaned_data["attachment_title"], given)


def attach(manuscript: Manuscript, upload: Any, title: str, given: dict[str, Any]) -> None:
    try:
        file = store_file(unit=manuscript.unit, name=upload.name or "", content=upload.read(), **given)
    except DomainError as refusal:
        refusal.field = "attachment"
        raise
    actions.attach(manuscript=manuscript, file=file, title=title, **given)


@require_POST
def autosave(request: HttpRequest, uid: UUID) -> JsonResponse:
    """Save while somebody writes; tell when, and how it looks now."""
    found = desk(request, uid)
    form = form_of(found, request)
    if not form.is_valid():
        return JsonResponse({"kalimat": " ".join(all_errors(form))}, status=422)
    try:
        save(request, found, form)
    except DomainError as refusal:
        return JsonResponse({"kalimat": refusal.sentence}, status=refusal.status)
    manuscript = found.manuscript
    made = composed(manuscript=manuscript, on=today(request))
    look = render_to_string("web/naskah/lembar.html", {"made": made, "content": made.content})
    return JsonResponse(
        {
            "pukul": local_clock(manuscript, request),
            "revisi": manuscript.revision,
            "lembar": look,
            "kurang": left_to_do(made),
        }
    )


def all_errors(form: ManuscriptForm) -> list[str]:
    return [str(sentence) for sentences in form.errors.values() for sentence in sentences]


def local_clock(manuscript: Manuscript, request: HttpRequest) -> str:
    return clock_time(moment(request).astimezone(zone_of(manuscript.unit)))


@require_GET
def as_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The document as it would be printed now, marked as a draft."""
    found = desk(request, uid)
    made = composed(manuscript=found.manuscript, on=today(request))
    pdf = render_pdf(made.content, at=found.manuscript.saved_at, pictures=pictures_of(made.content))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def shown(
    request: HttpRequest,
    found: Desk,
    form: ManuscriptForm,
    *,
    status: int = 200,
    problems: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """Draw the page."""
    made = composed(manuscript=found.manuscript, on=today(request))
    context = {
        "naskah": found.manuscript,
        "task": found.task,
        "run": found.run,
        "authority": found.authority,
        "form": form,
        "made": made,
        "content": made.content,
        "left": left_to_do(made),
        "figures": figures_amiss(request, found, made),
        "attachments": attachments_of(found.manuscript),
        "copies": copies_of(manuscript=found.manuscript) if found.is_writer else (),
        "problems": problems,
        "remarks": remarks_for(found),
    }
    crumbs = run_crumbs(found.task.case, Crumb(found.manuscript.title))
    return page(request, "web/naskah/tulis.html", context, section="kerja", crumbs=crumbs, status=status)


def figures_amiss(request: HttpRequest, found: Desk, made: Composition) -> list[Gate]:
    """Return what in the figures of the text keeps it from being handed over."""
    if found.authority is None or made.problem:
        return []
    return written_figures(found.task, found.manuscript.kind, made.content, moment(request))


def remarks_for(found: Desk) -> list[DocumentComment]:
    """What was remarked on the version that somebody is writing on from."""
    document = found.manuscript.document
    return comments_to_heed(document=document) if found.authority and document else []


def left_to_do(made: Composition) -> str:
    """What keeps the document from being handed over, in a sentence."""
    if made.problem:
        return f"Belum dapat disusun: {made.problem}."
    if made.is_empty:
        return "Naskah masih kosong."
    return f"Masih perlu diisi: {', '.join(made.hints)}." if made.hints else ""
