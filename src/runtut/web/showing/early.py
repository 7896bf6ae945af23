"""The warning at a step that takes the figures of a quarter which has not ended."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from runtut.cases.models import Task
from runtut.cases.queries import Caution
from runtut.core.periods import Quarter
from runtut.performance.formulas import early_warning
from runtut.performance.queries import collects_figures
from runtut.procedures.enums import Work
from runtut.procedures.graph import StepNode

TAKING: Final = frozenset({"realisation", "data_compilation", "validation", "measurement"})
JUDGING: Final = frozenset({Work.REVIEW, Work.SIGN})


def early_cautions(task: Task, step: StepNode, at: datetime) -> list[Caution]:
    """What whoever enters, examines or approves figures should know of the day. No query once the graph is
    kept."""
    case = task.case
    if case.quarter is None or not takes_figures(task, step):
        return []
    said = early_warning(Quarter(case.year, case.quarter), case.unit.local_date(at))
    return [Caution("early", said)] if said else []


def takes_figures(task: Task, step: StepNode) -> bool:
    if step.topic in TAKING:
        return True
    return step.work in JUDGING and collects_figures(version=task.case.procedure_version)
