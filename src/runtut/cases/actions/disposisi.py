"""A run that starts from a letter whose disposisi were given before."""

from __future__ import annotations

from datetime import datetime

from runtut.cases import engine
from runtut.cases.actions.runs import perform
from runtut.cases.enums import EventKind
from runtut.cases.models import Case, Task
from runtut.cases.queries.documents import disposisi_given
from runtut.cases.queries.sheet import open_tasks, output_name, read_sheet
from runtut.cases.registry import OutputSpec
from runtut.core.locks import write_transaction
from runtut.documents.models import Disposisi
from runtut.organisations.models import Authority


def take_up_disposisi(*, case: Case, authority: Authority, at: datetime) -> Case:
    """Count the disposisi that stand on a run's letter already as the work of its first steps.

    A step counts as done when it asks for a disposisi alone, and the position it waits for has given one to
    everybody who acts next. Whoever starts the run ties it; the output names who gave it and when. Call it in
    the transaction of the start.
    """
    with write_transaction():
        while (waiting := sole_task(case)) and (given := disposisi_given(waiting)):
            case = tie(waiting, given, authority, at)
    return case


def sole_task(case: Case) -> Task | None:
    tasks = list(open_tasks(case)[:2])
    return tasks[0] if len(tasks) == 1 else None


def tie(task: Task, given: Disposisi, authority: Authority, at: datetime) -> Case:
    sheet = read_sheet(task.uid, at=at)
    name = output_name(task)
    return perform(
        sheet=sheet,
        changes=engine.complete(sheet.graph, sheet.bindings, sheet.state, sheet.attempt),
        kind=EventKind.COMPLETED,
        authority=authority,
        at=at,
        note="Disposisi sudah diberikan pada suratnya.",
        data={"outputs": [name], "disposisi": given.uid},
        outputs=[OutputSpec(name, disposisi=given)],
    )
