"""A run that starts from a letter whose disposisi were given before."""

from __future__ import annotations

from datetime import datetime

from runtut.cases.actions.runs import done_beforehand, sole_task
from runtut.cases.models import Case, Task
from runtut.cases.queries.documents import disposisi_given
from runtut.cases.queries.sheet import output_name
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


def tie(task: Task, given: Disposisi, authority: Authority, at: datetime) -> Case:
    output = OutputSpec(output_name(task), disposisi=given)
    note = "Disposisi sudah diberikan pada suratnya."
    source = f"disposisi {given.from_position.short_title} pada suratnya"
    return done_beforehand(task, output, note, source, authority, at, disposisi=given.uid)
