"""Putting an edited sheet into the rows of a draft: only what changed is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.db.models import F

from runtut.procedures.actions.writing import low_of
from runtut.procedures.graph.editing import Row, Sheet
from runtut.procedures.models import Performer, ProcedureVersion, ReviewComment, Step, StepPerformer

ASIDE: Final = 10_000
"""Where step numbers wait while they change places: a number is unique within a version."""
WRITTEN: Final = (
    "activity", "label", "kind", "work", "topic", "requirements", "outputs", "time_text", "time_value",
    "time_low", "time_unit", "minutes", "note", "return_to", "return_confidence", "calls",
)  # fmt: skip


def write_sheet(version: ProcedureVersion, before: Sheet, after: Sheet) -> None:
    """Write the difference between two sheets of a draft. Remarks stay with the steps they are about."""
    performers = _write_columns(version, before, after)
    steps = {str(step.uid): step for step in version.steps.all()}
    _renumber_comments(version, before, after)
    gone = [steps[row.key].pk for row in before.rows if after.row(row.key) is None]
    if gone:
        Step.objects.filter(pk__in=gone).delete()
    numbers, old_numbers = after.numbers, before.numbers
    moved = [row for row in after.rows if old_numbers.get(row.key) not in (None, numbers[row.key])]
    Step.objects.filter(pk__in=[steps[row.key].pk for row in moved]).update(no=F("no") + ASIDE)
    changed = [row for row in after.rows if _differs(row, before, after)]
    _write_steps(version, changed, steps, numbers)
    for row in moved:
        steps[row.key].no = numbers[row.key]
    Step.objects.bulk_update([steps[row.key] for row in moved], ["no"])
    _write_marks(changed, steps, performers)


def _differs(row: Row, before: Sheet, after: Sheet) -> bool:
    """Whether a row says another thing, or its arrows have other numbers now."""
    old = before.row(row.key)
    if old is None or old.cells != row.cells:
        return True
    targets = row.cells["return_to"]
    return any(before.numbers.get(key) != after.numbers.get(key) for key in targets)


def _write_columns(version: ProcedureVersion, before: Sheet, after: Sheet) -> dict[str, Performer]:
    performers = {str(one.uid): one for one in version.performers.all()}
    if before.columns == after.columns:
        return performers
    kept = {column.key for column in after.columns}
    # Names are unique within a version: those that are given away stand aside first.
    for one in performers.values():
        if str(one.uid) in kept:
            one.name = f"{one.pk}~"
    Performer.objects.filter(pk__in=[one.pk for key, one in performers.items() if key not in kept]).delete()
    Performer.objects.bulk_update([one for key, one in performers.items() if key in kept], ["name"])
    for sequence, column in enumerate(after.columns, start=1):
        one = performers.setdefault(column.key, Performer(version=version, uid=column.key))
        one.name, one.role, one.sequence = column.name, column.role, sequence
    Performer.objects.bulk_update(
        [performers[key] for key in kept if performers[key].pk], ["name", "role", "sequence"]
    )
    Performer.objects.bulk_create([performers[key] for key in kept if not performers[key].pk])
    return performers


def _write_steps(
    version: ProcedureVersion, changed: list[Row], steps: dict[str, Step], numbers: dict[str, int]
) -> None:
    made = []
    for row in changed:
        if row.key not in steps:
            # A new step stands aside too, until those that make room for it have moved.
            steps[row.key] = Step(version=version, uid=row.key, no=numbers[row.key])
            made.append(steps[row.key])
        _fill(steps[row.key], row, numbers)
    Step.objects.bulk_update([steps[row.key] for row in changed if steps[row.key].pk], list(WRITTEN))
    Step.objects.bulk_create(made)


def _fill(step: Step, row: Row, numbers: dict[str, int]) -> None:
    cells, time = row.cells, row.cells["time"]
    for name in ("activity", "label", "kind", "work", "topic", "requirements", "outputs", "note", "calls"):
        setattr(step, name, cells[name])
    step.time_text, step.time_unit, step.minutes = time["text"], time["unit"], time["minutes"]
    step.time_value, step.time_low = Decimal(str(time["value"])), low_of(time)
    step.return_to = [numbers[key] for key in cells["return_to"] if key in numbers]
    step.return_confidence = cells["return_confidence"]


def _write_marks(changed: list[Row], steps: dict[str, Step], performers: dict[str, Performer]) -> None:
    StepPerformer.objects.filter(step__in=[steps[row.key].pk for row in changed]).delete()
    StepPerformer.objects.bulk_create(
        StepPerformer(step=steps[row.key], performer=performers[key], mode=mode, confidence=confidence)
        for row in changed
        for key, mode, confidence in row.cells["performers"]
    )


def _renumber_comments(version: ProcedureVersion, before: Sheet, after: Sheet) -> None:
    numbers = after.numbers
    moved = {no: numbers.get(key) for key, no in before.numbers.items() if numbers.get(key) != no}
    if not moved:
        return
    comments = list(version.comments.filter(step_no__in=list(moved)))
    for comment in comments:
        comment.step_no = moved[comment.step_no] if comment.step_no else None
    ReviewComment.objects.bulk_update(comments, ["step_no"])
