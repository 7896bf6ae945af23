"""A stored version as a graph, and its drawing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from runtut.procedures.enums import IN_MAKING
from runtut.procedures.graph import Column, Graph, StepNode, least_of, split_modes
from runtut.procedures.models import ProcedureVersion, Step
from runtut.procedures.rendering import MatrixDrawing, matrix_svg

KEPT = 256

Kept = TypeVar("Kept")


class _Shelf(Generic[Kept]):
    """The last few results by version uid. Only versions that never change again are kept: a uid, unlike a
    row number, is never given twice."""

    def __init__(self) -> None:
        self._items: OrderedDict[UUID, Kept] = OrderedDict()
        self._guard = Lock()

    def get(self, version: ProcedureVersion, make: Callable[[], Kept]) -> Kept:
        if version.state in IN_MAKING:
            return make()
        with self._guard:
            if version.uid in self._items:
                self._items.move_to_end(version.uid)
                return self._items[version.uid]
        made = make()
        with self._guard:
            self._items[version.uid] = made
            while len(self._items) > KEPT:
                self._items.popitem(last=False)
        return made


_graphs: _Shelf[Graph] = _Shelf()
_drawings: _Shelf[MatrixDrawing] = _Shelf()


def graph_of(version: ProcedureVersion) -> Graph:
    """Return the version's steps and columns; columns carry the ids of its Performer rows.

    Three queries the first time; none afterwards once the version is ratified.
    """
    return _graphs.get(version, lambda: _read(version))


def drawing_of(version: ProcedureVersion, graph: Graph) -> MatrixDrawing:
    """Return the flowchart matrix of the version for the screen, kept once the version is ratified. `graph`
    is the version's own."""
    return _drawings.get(version, lambda: matrix_svg(graph))


def _read(version: ProcedureVersion) -> Graph:
    performers = version.performers.order_by("sequence", "id")
    columns = tuple(Column(row.pk, row.name, row.role) for row in performers)
    steps = version.steps.order_by("no").prefetch_related("step_performers")
    return Graph(steps=tuple(_node(step) for step in steps), columns=columns)


def _node(step: Step) -> StepNode:
    rows = sorted(step.step_performers.all(), key=lambda row: row.pk)
    mode, actors, joint = split_modes([(row.performer_id, row.mode) for row in rows])
    return StepNode(
        no=step.no,
        activity=step.activity,
        label=step.label,
        kind=step.kind,
        work=step.work,
        topic=step.topic,
        actors=actors,
        mode=mode,
        joint=joint,
        rule_value=step.time_value,
        rule_unit=step.time_unit,
        minutes=step.minutes,
        outputs=tuple(step.outputs),
        requirements=tuple(step.requirements),
        return_to=tuple(step.return_to),
        calls=step.calls,
        time_text=step.time_text,
        note=step.note,
        least=least_of(step.time_low, step.time_unit),
    )
