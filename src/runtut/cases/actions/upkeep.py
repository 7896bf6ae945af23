"""What the runs make of changes in the organisation."""

from __future__ import annotations

from runtut.cases.enums import TaskState
from runtut.cases.errors import PositionHasTasks
from runtut.cases.models import Task
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import supervising_unit_of, units_within


def ensure_position_is_idle(position: Position) -> None:
    """Raise PositionHasTasks while open tasks wait for a position that is about to close."""
    count = Task.objects.filter(position=position, state=TaskState.OPEN).count()
    if count:
        raise PositionHasTasks(position=position.short_title, count=count)


def follow_moved_unit(unit: OrganisationUnit) -> None:
    """Put the open tasks of a moved unit, and of those below it, on their new supervisor's list."""
    waiting = Task.objects.filter(state=TaskState.OPEN, unit__in=units_within([unit.path]))
    for office_id in waiting.values_list("unit", flat=True).distinct().order_by("unit"):
        supervisor = supervising_unit_of(OrganisationUnit.objects.get(pk=office_id))
        waiting.filter(unit=office_id).update(supervising_unit=supervisor)
