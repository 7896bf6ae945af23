"""Whose figures a run has asked for by its form, before the step that gathers them is open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef

from runtut.cases.enums import TaskState
from runtut.cases.models import Case, Task
from runtut.cases.queries import expected_by, run_document
from runtut.core.periods import Quarter
from runtut.documents.enums import DocumentKind
from runtut.documents.formulas.markup.inline import plain_words
from runtut.documents.queries import newest_version
from runtut.organisations.models import Position
from runtut.organisations.queries import calendar_for
from runtut.performance.queries.grid import grid
from runtut.performance.queries.grid_row import GridRow
from runtut.procedures.enums import Work
from runtut.procedures.graph import StepNode
from runtut.procedures.models import ProcedureVersion, Step
from runtut.procedures.queries import graph_of

FORM = "measurement_form"
COLLECTING = frozenset({(Work.COLLECT, "realisation"), (Work.COLLECT, "data_compilation")})
"""Steps by whose end figures are to be handed over."""
TAKING = frozenset({(Work.PREPARE, "data_compilation"), (Work.PREPARE, "measurement")})
"""Steps that begin with figures handed over."""


@dataclass(frozen=True)
class FormSent:
    """A run whose form is out. `by` is until when figures are awaited if every step takes its standard time;
    `rows` are the figures asked for that their owners have not handed over."""

    case: Case
    quarter: Quarter
    by: datetime
    rows: tuple[GridRow, ...]

    @property
    def owners(self) -> dict[int, Position]:
        return {row.indicator.owner_id: row.indicator.owner for row in self.rows}

    def left(self, position_id: int) -> int:
        return sum(row.indicator.owner_id == position_id for row in self.rows)


def sending_no(version: ProcedureVersion) -> int | None:
    """Return the step with which the form goes out to the owners of figures: the one that distributes it, or
    where the SOP has none the step that makes it (no query once the graph is kept)."""
    steps = graph_of(version).steps
    form = next((step for step in steps if step.topic == FORM), None)
    if form is None:
        return None
    for step in steps:
        if step.no <= form.no:
            continue
        if kind_of(step) in COLLECTING | TAKING:
            break
        if step.work == Work.DISTRIBUTE:
            return step.no
    return form.no


def kind_of(step: StepNode) -> tuple[Work, str]:
    return Work(step.work), step.topic


def form_sent(*, case: Case, at: datetime) -> FormSent | None:
    """Return what the form of a run asks for and until when; None where no form is out, or a step that
    gathers has taken over (a constant number of queries)."""
    tasks = Task.objects.filter(case=case, state=TaskState.OPEN).order_by("due_at", "id")
    task = tasks.select_related("case__unit", "case__procedure_version").first()
    return sent_before(task, at) if task else None


def sent_before(task: Task, at: datetime) -> FormSent | None:
    """Return the form that is out while a task is open (nine queries, none while no form is out)."""
    case, steps = task.case, graph_of(task.case.procedure_version).steps
    sent_no = sending_no(case.procedure_version)
    if sent_no is None or case.quarter is None or task.step_no <= sent_no:
        return None
    ahead = (step for step in steps if step.no > sent_no and kind_of(step) in COLLECTING | TAKING)
    gathering = next(ahead, None)
    if gathering is None or not is_ahead(gathering, task.step_no):
        return None
    calendar = calendar_for(unit=case.unit)
    last_no = gathering.no if kind_of(gathering) in COLLECTING else gathering.no - 1
    quarter, numbers = Quarter(case.year, case.quarter), numbers_asked(case)
    return FormSent(
        case=case,
        quarter=quarter,
        by=expected_by(task=task, step_no=last_no, calendar=calendar, at=at),
        rows=tuple(
            row
            for row in grid(unit=case.unit, quarter=quarter)
            if row.is_due and not row.is_handed_over and (numbers is None or row.number in numbers)
        ),
    )


def is_ahead(gathering: StepNode, open_no: int) -> bool:
    """Tell whether no step asks all owners yet: the one that gathers is to come, or asks only those bound to
    it."""
    return open_no < gathering.no or (open_no == gathering.no and gathering.topic == "realisation")


def numbers_asked(case: Case) -> set[str] | None:
    """Return the numbers of the indicators that the run's form asks for, None where it is no document (three
    queries)."""
    blocks = form_blocks(case)
    if blocks is None:
        return None
    return {plain_words(row[0]) for block in blocks if block["type"] == "table" for row in block["rows"]}


def form_blocks(case: Case) -> Sequence[Mapping[str, Any]] | None:
    """Return what the run's form consists of, None where there is none or it is no document."""
    form = next((step for step in graph_of(case.procedure_version).steps if step.topic == FORM), None)
    document = run_document(case=case, kind=DocumentKind.BAHAN, step_no=form.no) if form else None
    if document is None:
        return None
    found: Sequence[Mapping[str, Any]] = newest_version(document=document).content["blocks"]
    return found


def form_note(case: Case) -> str:
    """Return what the form of a run says above its table, for whoever fills the figures in; empty without a
    form (three queries; none for an SOP that makes no form, once its graph is kept)."""
    blocks = form_blocks(case) or ()
    return "\n".join(plain_words(block["text"]) for block in blocks if block["type"] == "paragraph")


def forms_sent_to(
    *, position_ids: Collection[int], unit_paths: Collection[str], at: datetime
) -> list[tuple[FormSent, Position]]:
    """Return the figures that forms have asked of these positions and no step of theirs asks for yet, the
    soonest first. `unit_paths` are the paths of the positions' offices. One query while no form is out, nine
    more for each run whose form is."""
    if not position_ids:
        return []
    form = Step.objects.filter(version=OuterRef("case__procedure_version"), topic=FORM)
    tasks = Task.objects.filter(
        Exists(form),
        unit__path__in=unit_paths,
        state=TaskState.OPEN,
        case__quarter__isnull=False,
        case__paused_at=None,
    )
    known = tasks.select_related("case__unit", "case__procedure_version").order_by("case", "due_at", "id")
    found = []
    for _, group in groupby(known, key=lambda task: task.case_id):
        opened = list(group)
        sent = sent_before(opened[0], at)
        if sent is None:
            continue
        asked = {task.position_id for task in opened}
        meant = set(position_ids) - asked
        found += [(sent, owner) for pk, owner in sent.owners.items() if pk in meant]
    return sorted(found, key=lambda one: one[0].by)


def asked_by_step(case: Case) -> set[int]:
    """Return the positions on whose desk the run is: they are told by their step (one query)."""
    tasks = Task.objects.filter(case=case, state=TaskState.OPEN)
    return set(tasks.values_list("position_id", flat=True))
