"""What the handlers of this room ask of a task."""

from __future__ import annotations

from runtut.cases.models import Task
from runtut.cases.queries import step_of
from runtut.core.periods import Quarter
from runtut.performance.errors import QuarterMissing


def quarter_of(task: Task) -> Quarter:
    """Return the quarter of the task's run. Raises QuarterMissing for a run without one."""
    if task.case.quarter is None:
        raise QuarterMissing
    return Quarter(task.case.year, task.case.quarter)


def output_name(task: Task) -> str:
    """Return the first output's name in the SOP, the step's own name where it has none."""
    step = step_of(task)
    return step.outputs[0] if step.outputs else step.label
