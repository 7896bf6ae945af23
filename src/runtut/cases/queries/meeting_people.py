"""Who would lead, write and come to a meeting that is still to be prepared."""

from __future__ import annotations

from dataclasses import dataclass

from runtut.cases.models import Task
from runtut.cases.queries.sheet import bindings_of_step
from runtut.organisations.enums import Role
from runtut.organisations.models import Position
from runtut.procedures.enums import Work
from runtut.procedures.graph import StepNode
from runtut.procedures.queries import graph_of

WRITERS = frozenset({Role.KASUBBAG_PERENCANAAN, Role.SEKRETARIS_TIM_SAKIP})


@dataclass(frozen=True)
class Proposal:
    """Who would lead, write and come, as the SOP has it."""

    chair: Position | None
    secretary: Position | None
    positions: tuple[Position, ...]


def meeting_step(task: Task) -> StepNode:
    """Return the step at which the meeting that a task prepares is held: the task's own, the next one of kind
    meet, else the last before it."""
    graph = graph_of(task.case.procedure_version)
    after = [step for step in graph.steps if step.no >= task.step_no and step.work == Work.MEET]
    before = [step for step in graph.steps if step.no < task.step_no and step.work == Work.MEET]
    return (after or before[-1:] or [graph.step(task.step_no)])[0]


def proposed_people(task: Task) -> Proposal:
    """Return who would lead, write and come: whoever the run has bound to the meeting's step (two queries).

    The secretary is whoever prepares, unless that is the chair; then the Kasubbag Perencanaan or the
    secretary of the Tim SAKIP among those who take part, else the first of them.
    """
    step = meeting_step(task)
    bound = bindings_of_step(task.case_id, step)
    keys = list(dict.fromkeys(one for performer in step.everyone for one in bound.get(performer, ())))
    found = Position.objects.select_related("unit").in_bulk({*keys, task.position_id})
    people = [found[key] for key in keys]
    chair = people[0] if people else found[task.position_id]
    others = [one for one in people if one != chair]
    writers = [one for one in others if one.role in WRITERS]
    if task.position_id != chair.pk:
        secretary: Position | None = found[task.position_id]
    else:
        secretary = next(iter([*writers, *others]), None)
    return Proposal(chair, secretary, tuple(people))
