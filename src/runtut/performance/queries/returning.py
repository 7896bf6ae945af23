"""Which figures a return of a run may take along, for whoever returns it to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from runtut.cases.models import Task
from runtut.core.periods import Quarter
from runtut.performance.enums import GivenBack, RealisationState
from runtut.performance.queries.grid import grid
from runtut.performance.queries.grid_row import GridRow
from runtut.performance.queries.runs import collects_again


@dataclass(frozen=True)
class FiguresBack:
    """`rows` are handed over and may be given back; `already` came back at their examination and were not
    handed over again. `steps` are the targets that the figures follow."""

    rows: tuple[GridRow, ...]
    already: tuple[GridRow, ...]
    steps: tuple[int, ...]

    @property
    def proposed(self) -> GivenBack:
        """What is meant where nothing is said: those named, or, where some came back before, only these."""
        return GivenBack.NONE if self.already else GivenBack.CHOSEN


def figures_back(*, task: Task, target_nos: Iterable[int]) -> FiguresBack | None:
    """Return what a return of this task to one of these steps may take along; None where no figure follows
    it (four queries, none where no target is a step that collects or an earlier one)."""
    case = task.case
    if case.quarter is None:
        return None
    steps = tuple(
        no
        for no in target_nos
        if collects_again(version=case.procedure_version, first_no=no, last_no=task.step_no - 1)
    )
    if not steps:
        return None
    rows = [row for row in grid(unit=case.unit, quarter=Quarter(case.year, case.quarter)) if row.is_due]
    awaiting = {RealisationState.SUBMITTED, RealisationState.APPROVED}
    found = tuple(row for row in rows if row.state in awaiting)
    already = tuple(row for row in rows if row.state == RealisationState.RETURNED)
    return FiguresBack(found, already, steps) if found else None
