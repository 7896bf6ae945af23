"""How long an SOP takes, and what changing a step would do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from runtut.core.numbers import format_decimal
from runtut.procedures.graph.study import ENOUGH, Study, StudyStep
from runtut.reports.queries import duration_study, procedure_figures
from runtut.web.forms.sop_study import StudyForm
from runtut.web.frame.crumbs import sop_crumbs
from runtut.web.frame.pages import Crumb, page
from runtut.web.showing.sop_view import steps_to_choose
from runtut.web.views.sop import find_version
from runtut.web.views.sop_edit import draft_address

WIDEST = 100


@dataclass(frozen=True)
class StudyRow:
    """A step with its figures as they are read, and its bar as a share of the longest."""

    step: StudyStep
    longest: float
    whole: float
    is_critical: bool

    @property
    def minutes(self) -> int:
        return round(self.step.minutes)

    @property
    def total(self) -> int:
        return round(self.step.total)

    @property
    def bar(self) -> int:
        return round(WIDEST * self.step.total / self.longest) if self.longest else 0

    @property
    def share(self) -> str:
        """The part of the whole that it takes, in words: a little is not nothing."""
        share = 100 * self.step.total / self.whole if self.whole else 0
        return "kurang dari 1 %" if 0 < share < 0.5 else f"{round(share)} %"

    @property
    def returns(self) -> int:
        return round(100 * self.step.returns)

    @property
    def visits(self) -> str:
        return format_decimal(Decimal(self.step.visits), 1)

    @property
    def saved(self) -> int:
        """Minutes that a run would be shorter with half the time at this step."""
        return round(self.whole - self.step.if_halved)


def rows_of(found: Study) -> list[StudyRow]:
    longest = found.critical.total
    return [StudyRow(step, longest, found.expected, step.no == found.critical.no) for step in found.steps]


@dataclass(frozen=True)
class Effect:
    """What a change would do, in whole minutes."""

    no: int
    expected: int
    ninetieth: int
    difference: int

    @property
    def is_shorter(self) -> bool:
        return self.difference < 0


def effect_of(no: int, now: Study, then: Study) -> Effect:
    return Effect(no, round(then.expected), then.ninetieth, round(then.expected - now.expected))


@require_GET
def duration(request: HttpRequest, uid: UUID, version: int) -> HttpResponse:
    """`?langkah=5&nilai=2&satuan=hari&kembali=10` asks what a change would do; `?anggapan=30` assumes more
    returns."""
    found = find_version(request, uid, version)
    steps = steps_to_choose(found)
    if not steps:
        raise Http404
    form = StudyForm(request.GET or None, steps=steps)
    what_if = form.what_if()
    now, then = duration_study(version=found, assumed=form.assumed(), what_if=what_if)
    context = {
        "version": found,
        "form": form,
        "study": now,
        "figures": procedure_figures(version=found),
        "expected": round(now.expected),
        "rows": rows_of(now),
        "effect": effect_of(what_if.no, now, then) if what_if and then else None,
        "assumed": round(100 * form.assumed()),
        "enough": ENOUGH,
    }
    back = draft_address(found)
    crumbs = sop_crumbs(Crumb(found.title, back), Crumb("Waktu"))
    status = 422 if form.errors else 200
    return page(request, "web/sop/waktu.html", context, section="sop", crumbs=crumbs, status=status)
