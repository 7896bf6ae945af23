"""Letters that wait for somebody: for their first disposisi, or for whoever was given one."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Final

from django.db.models import Case as Choice
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from runtut.cases.enums import CaseState
from runtut.cases.models import Case, CaseBinding, TaskOutput
from runtut.cases.queries.plan import PlannedStep, RunPlan
from runtut.documents.enums import Urgency
from runtut.documents.models import Disposisi, DisposisiRecipient, IncomingLetter
from runtut.procedures.enums import Work

MOST_LETTERS: Final = 25
RANKS: Final = ((Urgency.SANGAT_SEGERA, 0), (Urgency.SEGERA, 1))
"""Which letters come before the others."""


def undisposed_letters() -> QuerySet[IncomingLetter]:
    """Return the letters that nobody has disposed of, and that no run was begun from; a cancelled run is
    none."""
    given = Disposisi.objects.filter(letter=OuterRef("pk"))
    begun = Case.objects.filter(letter=OuterRef("pk")).exclude(state=CaseState.CANCELLED)
    return IncomingLetter.objects.filter(~Exists(given), ~Exists(begun))


def unanswered_disposisi() -> QuerySet[DisposisiRecipient]:
    """Return the recipients who have not acted on a disposisi, without those for whom a run from its letter
    has a task: that run asks them. A run that had ended before the disposisi was given asks nobody."""
    bound = CaseBinding.objects.filter(
        Q(case__closed_at=None) | Q(case__closed_at__gte=OuterRef("disposisi__given_at")),
        case__letter=OuterRef("disposisi__letter"),
        position=OuterRef("position"),
    ).exclude(case__state=CaseState.CANCELLED)
    return DisposisiRecipient.objects.filter(~Exists(bound), acted_at=None)


def rank(urgency: str) -> Choice:
    """Return the rank of a letter by its sifat, for ordering."""
    whens = [When(**{urgency: value}, then=Value(number)) for value, number in RANKS]
    return Choice(*whens, default=Value(len(RANKS)), output_field=IntegerField())


def letters_to_dispose(*, position_ids: Collection[int], limit: int = MOST_LETTERS) -> list[IncomingLetter]:
    """Return the letters that wait for their first disposisi from these positions, the heads of the offices
    that received them: the most urgent first, then the longest waiting (one query)."""
    rows = undisposed_letters().filter(unit__positions__in=position_ids, unit__positions__is_head=True)
    rows = rows.select_related("unit").annotate(rank=rank("urgency")).order_by("rank", "registered_at", "id")
    return list(rows[:limit])


def disposisi_to_answer(
    *, position_ids: Collection[int], limit: int = MOST_LETTERS
) -> list[DisposisiRecipient]:
    """Return what was given to these positions and waits to be acted on: the most urgent letters first, then
    the longest waiting (one query)."""
    rows = (
        unanswered_disposisi()
        .filter(position__in=position_ids)
        .select_related(
            "position", "disposisi__letter__unit", "disposisi__from_position", "disposisi__given_by"
        )
    )
    rows = rows.annotate(rank=rank("disposisi__letter__urgency"), since=F("disposisi__given_at"))
    return list(rows.order_by("rank", "since", "id")[:limit])


def steps_done_by(*, plan: RunPlan, letter: IncomingLetter) -> tuple[PlannedStep, ...]:
    """Return the first steps of a run that the disposisi on a letter would do already: those that ask for a
    disposisi alone, of one position, which has given one to everybody who acts next (two queries)."""
    given = [
        (link.from_position_id, {one.position_id for one in link.recipients.all()})
        for link in Disposisi.objects.filter(letter=letter).prefetch_related("recipients")
    ]
    done = []
    for step, following in pairwise(plan.steps):
        node = plan.graph.step(step.no)
        if node.work != Work.DISPOSISI or len(node.outputs) > 1 or len(step.positions) != 1:
            break
        giver = step.positions[0]
        wanted = {*following.positions, *following.participants} - {giver}
        if not wanted or not any(one == giver and wanted <= to for one, to in given):
            break
        done.append(step)
    return tuple(done)


def steps_of_disposisi(*, letter: IncomingLetter) -> dict[int, list[TaskOutput]]:
    """Return, by run, the outputs of its steps that are disposisi of a letter, in order (one query)."""
    outputs = TaskOutput.objects.filter(disposisi__letter=letter).select_related(
        "task", "disposisi__from_position"
    )
    found: dict[int, list[TaskOutput]] = {}
    for one in outputs.order_by("task__step_no", "id"):
        found.setdefault(one.task.case_id, []).append(one)
    return found
