"""An instrument with its sections and questions, and the task that makes it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from runtut.cases.enums import TaskState
from runtut.cases.models import Case, Task
from runtut.core.numbers import format_decimal
from runtut.evaluation import formulas
from runtut.evaluation.enums import QuestionKind
from runtut.evaluation.models import Instrument, Question, Section
from runtut.procedures.enums import Work
from runtut.procedures.models import ProcedureVersion, Step

INSTRUMENT: Final = "instrument"
REPORT: Final = "instrument_report"
DATA: Final = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class SectionTree:
    """A section with its questions, in order. `number` counts from 1."""

    number: int
    section: Section
    questions: tuple[Question, ...]


@cache
def example_instrument() -> dict[str, Any]:
    """Return the ready-made instrument, as data: title, intro, and sections of questions."""
    found: dict[str, Any] = json.loads((DATA / "instrument_kecamatan.json").read_text(encoding="utf-8"))
    return found


def evaluates_a_year(*, version: ProcedureVersion) -> bool:
    """Tell whether an SOP evaluates by an instrument: it looks back on a year, not on a quarter (one
    query)."""
    return Step.objects.filter(version=version, topic=INSTRUMENT, work=Work.PREPARE).exists()


def instrument_by_uid(uid: UUID) -> Instrument | None:
    """Return an instrument with its run and office (one query)."""
    return Instrument.objects.select_related("case__unit", "case__procedure_version").filter(uid=uid).first()


def instrument_of(case: Case) -> Instrument | None:
    """Return the newest edition of a run's instrument, None before its first (one query)."""
    return (
        Instrument.objects.select_related("case__unit", "case__procedure_version")
        .filter(case=case)
        .order_by("-edition")
        .first()
    )


def task_for(case: Case, work: Work, topic: str = INSTRUMENT) -> Task | None:
    """Return the newest task of a run at a step of one kind of work and topic (two queries)."""
    steps = Step.objects.filter(version=case.procedure_version_id, work=work, topic=topic)
    numbers = list(steps.values_list("no", flat=True))
    tasks = Task.objects.filter(case=case, step_no__in=numbers)
    return tasks.select_related("position", "case__unit", "case__procedure_version").order_by("-id").first()


def making_task(case: Case) -> Task | None:
    """Return the open task in which a run's instrument is made, None while there is none (two queries)."""
    task = task_for(case, Work.PREPARE)
    return task if task is not None and task.state == TaskState.OPEN else None


def tree_of(instrument: Instrument) -> list[SectionTree]:
    """Return the sections of an instrument with their questions (two queries)."""
    sections = instrument.sections.order_by("sequence", "id").prefetch_related("questions")
    return [
        SectionTree(
            number, section, tuple(sorted(section.questions.all(), key=lambda one: (one.sequence, one.pk)))
        )
        for number, section in enumerate(sections, start=1)
    ]


def problems_of(tree: list[SectionTree]) -> list[str]:
    """Return, in words, what an instrument lacks before it can be used; empty when nothing."""
    if not tree:
        return ["belum ada bagian"]
    found = []
    left = formulas.weights_left(one.section.weight for one in tree)
    if left:
        total = format_decimal(Decimal(100) - left)
        found.append(f"jumlah bobot {total}, seharusnya 100")
    for one in tree:
        if not one.questions:
            found.append(f"bagian {one.section.title} belum berisi pertanyaan")
        elif not any(QuestionKind(question.kind).is_scored for question in one.questions):
            found.append(f"bagian {one.section.title} belum berisi pertanyaan yang dinilai")
    return found
